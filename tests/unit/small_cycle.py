"""A small unit's T2 2026, made in a line: goals as they are given, answers by sub-unit and field."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from arshjul.answers import Answer, State
from arshjul.catalogue import Measure, Method, Sex
from arshjul.cycle import CycleKey
from arshjul.cycle_data import Counted, CycleData
from arshjul.form import FieldKind
from arshjul.history import EarlierValue, History
from arshjul.organisation import Subunit, Unit
from arshjul.plan import Goal, Indicator, Kind, Level, Plan
from arshjul.report_kinds import Earlier, Part, PartName, Question, ReportKind, SectionHeading
from arshjul.wheel import STOCKHOLM, Milestones

Given = Decimal | State | str | int
Answers = Mapping[str, Mapping[str, Given]]

SHARE = Measure(Method.MEAN, "%")
COUNT = Measure(Method.SUM, "st")
SURVEY = Measure(Method.WEIGHTED_MEAN, "%", by_sex=True, people=True)
LARKAN, HUMLAN, HYVELN = "LARKAN", "HUMLAN", "HYVELN"
NAMES = {LARKAN: "Ateljé Lärkan", HUMLAN: "Humlan", HYVELN: "Snickeriet Hyveln"}

KIND = ReportKind(
    kind=Kind.T2,
    title="Tertialrapport 2",
    introduction="",
    goal_texts={"expected_result": "Förväntat resultat"},
    report_texts=("expected_result",),
    headings=(SectionHeading("complaints", "Synpunkter"), SectionHeading("economy", "Ekonomi")),
    asks=(
        Question("complaints.count", FieldKind.NUMBER, "Antal", "Skriv ett heltal.", unit="st"),
        Question("complaints.share", FieldKind.NUMBER, "Besvarade i tid", "Skriv talet.", unit="%"),
        Question(
            "complaints.form", FieldKind.CHOICE, "Vanligaste vägen", "Välj.", choices=("Brev", "Samtal")
        ),
        Question("complaints.text", FieldKind.TEXT, "Vad handlar de om?", "Skriv."),
        Question("economy.tkr", FieldKind.NUMBER, "Utfall", "Skriv.", scope="economy", unit="tkr"),
        Question("economy.analysis", FieldKind.TEXT, "Analys", "Skriv.", scope="economy"),
    ),
    parts=(
        Part(PartName.SUMMARY, "Sammanfattning"),
        Part(PartName.ABOUT, "Om underlaget"),
        Part(PartName.OVERVIEW, "Läget för målen"),
        Part(PartName.GOALS, "Uppföljning av mål"),
        Part(PartName.SECTION, "Ekonomi", "economy"),
        Part(PartName.SECTION, "Synpunkter", "complaints"),
        Part(PartName.APT, "Rapporten på APT"),
        Part(PartName.METHOD, "Så är siffrorna framtagna"),
        Part(PartName.APPENDIX, "Verksamheternas texter"),
    ),
    compared_with=(Earlier(Kind.T2, 1), Earlier(Kind.T2, 2)),
)


def _morning(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 8, tzinfo=STOCKHOLM)


DATES = Milestones(
    kind=Kind.T2,
    year=2026,
    period_start=date(2026, 1, 1),
    period_end=date(2026, 8, 31),
    as_of=date(2026, 8, 31),
    opens=_morning(8, 24),
    reminders=(_morning(9, 8),),
    last_day=None,
    due=_morning(9, 11),
    escalation=_morning(9, 15),
    compile=_morning(9, 17),
    approve_by=_morning(9, 25),
    distribute=None,
    apt_by=_morning(10, 16),
    archive=_morning(10, 30),
)


def unit(*codes: str) -> Unit:
    """A unit with these sub-units."""
    subunits = tuple(Subunit(code, NAMES[code], aliases=(NAMES[code].split()[-1],)) for code in codes)
    return Unit(
        code="SOL",
        name="Solgläntan",
        short_name="Solgläntan",
        administration="Björkvikens stadsdelsförvaltning",
        department="Stöd och service",
        people="deltagare",
        subunits=subunits,
        assignments=(),
    )


def goal(*indicators: Indicator, level: Level = Level.UNIT, **more: Any) -> Goal:
    """One goal, "G1"."""
    return Goal(
        more.pop("id", "G1"), level, more.pop("title", "Deltagarna väljer"), indicators=indicators, **more
    )


def answer(field: str, given: Given) -> Answer:
    """A field's answer: a number, a text or a state that says why there is neither."""
    if isinstance(given, State):
        return Answer(field, given)
    if isinstance(given, str):
        return Answer(field, State.VALUE, text=given)
    return Answer(field, State.VALUE, number=Decimal(given))


def cycle(
    goals: tuple[Goal, ...] | Goal,
    answers: Answers,
    *,
    asked: tuple[str, ...] = (LARKAN, HUMLAN),
    sections: tuple[str, ...] = (),
    measures: Mapping[str, Measure] | None = None,
    earlier: tuple[EarlierValue, ...] = (),
    **more: Any,
) -> CycleData:
    """The cycle's data; whoever is asked and not in `answers` has not answered."""
    submissions = {
        scope: Counted(
            scope,
            1,
            datetime(2026, 9, 4, 12, tzinfo=UTC),
            f"sha of {scope} {sorted(given)}",
            {field: answer(field, value) for field, value in given.items()},
        )
        for scope, given in answers.items()
    }
    data: dict[str, Any] = {
        "key": CycleKey("SOL", Kind.T2, 2026),
        "unit": unit(*asked),
        "plan": Plan(Kind.VP, 2026, "Solgläntan", goals if isinstance(goals, tuple) else (goals,)),
        "kind": KIND,
        "milestones": DATES,
        "registry_number": "SOL 2026/14",
        "expected": (*asked, *sections),
        "submissions": submissions,
        "catalogue": measures or {},
        "history": History(values=earlier),
        "handler": "Karin Ekdahl",
    }
    return CycleData(**{**data, **more})


def earlier_value(
    number: Given,
    *,
    period: str = "T2 2025",
    scope: str = "unit",
    sex: Sex = Sex.TOTAL,
    respondents: int | None = None,
    indicator: str = "I1",
) -> EarlierValue:
    """A value of an earlier period."""
    assert not isinstance(number, State)
    return EarlierValue(period, scope, indicator, Decimal(number), sex, respondents)


def survey(women: tuple[Given, Given] | None, men: tuple[Given, Given] | None) -> dict[str, Given]:
    """A survey's answers for I1: (value, respondents) for each sex that has any."""
    given: dict[str, Given] = {}
    for sex, one in (("women", women), ("men", men)):
        if one is not None:
            given |= {f"I1.{sex}": one[0], f"I1.{sex}_respondents": one[1]}
    return given
