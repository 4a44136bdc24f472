"""The kinds of report: what each one's form asks for, which parts it shows, what it compares with.

A report kind is data (`config/report_kinds.yaml`, read by `arshjul.config`), so that a city can word its
own questions and headings. What hangs on the plan (goals, indicators, activities) is asked for by rule;
everything else is a `Question` in a section. Called by form making, compilation and the report. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from arshjul.form import FieldKind
from arshjul.plan import Kind, Level

SUBUNIT = "subunit"  # the scope of a question that every sub-unit answers


@dataclass(frozen=True, slots=True)
class Question:
    """One question besides the plan's own. `id` is the field's id, "<section>.<part>" ("complaints.count").

    `scope` is `SUBUNIT`, or the name of the section that answers it ("economy"). `unit`, `decimals`,
    `minimum` and `maximum` are a number's; `choices` a choice's. `smallest_count`: a count of
    events below it is not shown (0: all are).
    """

    id: str
    kind: FieldKind
    label: str
    instruction: str
    scope: str = SUBUNIT
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 0
    minimum: int | None = 0
    maximum: int | None = None
    secret: bool = False
    smallest_count: int = 0

    @property
    def section(self) -> str:
        """The section that the question stands in ("complaints")."""
        return self.id.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """What stands above the questions of a section, in the form and in the report."""

    section: str
    title: str
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class GoalQuestion:
    """What a plan asks under each goal. `part` ends the field's id ("G12.approach").

    What the plan that it starts from says in the section of that name is shown beside the field.
    """

    part: str
    label: str
    instruction: str
    required: bool = False


class PartName(StrEnum):
    """What a part of a report is made of."""

    SUMMARY = "summary"  # the manager's summary of the whole
    ABOUT = "about"  # the unit, its sub-units, and who answered
    UNITS = "units"  # of a department: its units, each with its manager's words on the whole
    OVERVIEW = "overview"  # all goals with their status, and the charts
    GOALS = "goals"  # the chain of goals with texts, indicators and activities
    SECTION = "section"  # the answers to one section's questions
    CHAPTER = "chapter"  # a heading over the parts of level 2 that follow it
    OFF_PLAN = "off_plan"  # goals, indicators and activities that do not go as planned
    INDICATORS = "indicators"  # the indicators that the report asks for, in one table
    CHANGES = "changes"  # indicators and targets that are others than in the last report
    SERIES = "series"  # indicators through the years, as figures
    FORECAST = "forecast"  # budget, outcome and forecast of the year, with the deviation
    ECONOMY = "economy"  # the same by sub-unit and account, as a figure too, and the section's texts
    INCIDENTS = "incidents"  # complaints and deviations through the year, by category
    MOVEMENTS = "movements"  # how many people came and left
    APT = "apt"  # when each workplace takes the report up
    WHEEL = "wheel"  # the year as a figure
    DUTIES = "duties"  # what recurred and was noted as done, of one section of the wheel's duties
    ACTIONS = "actions"  # what was promised, and what became of it
    METHOD = "method"  # how the figures were counted, and what is missing
    APPENDIX = "appendix"  # the sub-units' texts in full


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a report, in the order of the report.

    `section` is set for those of `OF_A_SECTION` only: one of the kind's, of `DUTIES` one that duties name.
    A part of `level` 2 stands under the chapter before it.
    """

    name: PartName
    heading: str
    section: str | None = None
    level: int = 1

    def __post_init__(self) -> None:
        if self.level not in (1, 2):
            raise ValueError("level ska vara 1 eller 2")


OF_A_SECTION = frozenset({PartName.SECTION, PartName.FORECAST, PartName.ECONOMY, PartName.DUTIES})


@dataclass(frozen=True, slots=True)
class CityPart:
    """A field of the city's own system that takes a whole part of the report, or "goals" for all of them.

    `part` is a part's name or its section; `name` what the field is called there.
    """

    part: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CitySystem:
    """The city's own system that a report is entered into: what its fields are called, in its order.

    Under a goal: "status", "analysis", "subunits", or the key of one of the plan's texts; of an indicator:
    "outcome", "women", "men", "target", "comment"; of an activity: "deviation", "comment".
    """

    name: str = ""
    goal: Mapping[str, str] = field(default_factory=dict)
    indicator: Mapping[str, str] = field(default_factory=dict)
    activity: Mapping[str, str] = field(default_factory=dict)


GOALS = "goals"
INDICATOR_FIELDS = frozenset({"outcome", "women", "men", "target", "comment"})
ACTIVITY_FIELDS = frozenset({"deviation", "comment"})
GOAL_FIELDS = frozenset({"status", "analysis", "subunits"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """Earlier periods, relative to the report's own: T2 `years_back=1` is "T2 2025" for T2 2026.

    Of a monthly report either named `months`, best first, or so many `months_back`.
    """

    kind: Kind
    years_back: int = 0
    months: tuple[int, ...] = ()
    months_back: int | None = None

    def __post_init__(self) -> None:
        monthly = bool(self.months) or self.months_back is not None
        if monthly != (self.kind is Kind.MR) or (self.months and self.months_back is not None):
            raise ValueError("månadsrapporter, och bara de, skrivs med ett av months och months_back")
        if any(not 1 <= month <= 12 for month in self.months):
            raise ValueError("months ska vara månader, 1 till 12")

    def periods(self, year: int, month: int = 0) -> tuple[str, ...]:
        """The periods' names in `arshjul.history` ("T2 2025", "MR 2026-03"), best first."""
        if self.kind is not Kind.MR:
            return (f"{self.kind} {year - self.years_back}",)
        if self.months_back is not None:
            counted = 12 * (year - self.years_back) + (month or 12) - 1 - self.months_back
            return (f"{self.kind} {counted // 12}-{counted % 12 + 1:02}",)
        return tuple(f"{self.kind} {year - self.years_back}-{number:02}" for number in self.months)


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report.

    `title` is the report's ("Tertialrapport 2"), `introduction` stands first on every form sheet.
    `goal_levels` are the levels that a form asks status and analysis for, `status_levels` those that carry
    a status in the report. `goal_texts` maps the key of a goal's text to its heading, in printing order;
    `form_texts` and `report_texts` say which of them the form shows and the report prints.
    `compared_with` is what the indicator tables compare with, `prefill` where "förra gången" in the form
    comes from; for both the first period that has a value counts. A kind that does not judge its goals
    (a plan) asks `goal_asks` instead of status and analysis, beside what the newest of `went` said of the
    goal. A `brief` report is one sheet. `city_parts` are what is entered into the city's own system, in its
    order.
    """

    kind: Kind
    title: str
    introduction: str
    goal_levels: tuple[Level, ...] = (Level.UNIT,)
    status_levels: tuple[Level, ...] = (Level.UNIT,)
    asks_indicators: bool = True
    asks_activities: bool = True
    judges_goals: bool = True
    goal_asks: tuple[GoalQuestion, ...] = ()
    brief: bool = False
    goal_texts: Mapping[str, str] = field(default_factory=dict)
    form_texts: tuple[str, ...] = ()
    report_texts: tuple[str, ...] = ()
    headings: tuple[SectionHeading, ...] = ()
    asks: tuple[Question, ...] = ()
    parts: tuple[Part, ...] = ()
    compared_with: tuple[Earlier, ...] = ()
    prefill: tuple[Earlier, ...] = ()
    went: tuple[Earlier, ...] = ()
    city: CitySystem = field(default_factory=CitySystem)
    city_parts: tuple[CityPart, ...] = ()

    def heading(self, section: str) -> SectionHeading:
        """The heading of a section; KeyError where the kind has no such section."""
        for heading in self.headings:
            if heading.section == section:
                return heading
        raise KeyError(section)

    def sections(self, scope: str) -> Iterator[tuple[SectionHeading, tuple[Question, ...]]]:
        """What a scope (`SUBUNIT` or a section's name) is asked, section by section."""
        for heading in self.headings:
            questions = tuple(q for q in self.asks if q.section == heading.section and q.scope == scope)
            if questions:
                yield heading, questions

    def shows_duties(self, section: str) -> bool:
        """Whether a part of the report takes up what was noted of duties with that section."""
        return any(part.name is PartName.DUTIES and part.section == section for part in self.parts)

    def compared_periods(self, year: int) -> tuple[str, ...]:
        """The periods that a table compares with, best first ("T2 2025")."""
        return tuple(period for earlier in self.compared_with for period in earlier.periods(year))

    def prefill_periods(self, year: int, month: int = 0) -> tuple[str, ...]:
        """The periods that a form shows values and texts from, best first."""
        return tuple(period for earlier in self.prefill for period in earlier.periods(year, month))

    def went_periods(self, year: int) -> tuple[str, ...]:
        """The reports that a plan's form quotes on how each goal went, the best first."""
        return tuple(period for earlier in self.went for period in earlier.periods(year))


# What stands in the units' own reports and not in a department's.
_OF_UNITS_ONLY = frozenset(
    {PartName.APT, PartName.WHEEL, PartName.ACTIONS, PartName.CHANGES, PartName.MOVEMENTS, PartName.APPENDIX}
)


def of_department(kind: ReportKind) -> ReportKind:
    """The report as a department compiles it from its units': who they are and what they say comes early."""
    parts = [part for part in kind.parts if part.name not in _OF_UNITS_ONLY]
    after = next((n for n, part in enumerate(parts, start=1) if part.name is PartName.ABOUT), 0)
    parts[after:after] = [
        Part(PartName.UNITS, "Enheterna i korthet"),
        *(
            []
            if any(p.name is PartName.OFF_PLAN for p in parts)
            else [Part(PartName.OFF_PLAN, "Det som avviker")]
        ),
    ]
    return replace(kind, parts=tuple(parts), city_parts=())
