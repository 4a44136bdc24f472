"""Making the forms of a cycle: one form a person, one sheet for each sub-unit and section she answers for.

The plan decides what is asked (goals, indicators, activities), the report kind what besides, the catalogue
in which reports and of whom, history what is shown as written last time. The rows themselves are in
`arshjul.form_questions` and `arshjul.form_indicators`; writing a form as a workbook in
`arshjul.adapters.workbooks.writing`. Called when a cycle opens. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from arshjul.catalogue import Measure, infer_measure
from arshjul.form import READY, YES_NO, Field, FieldKind, Form, Given, Heading, Info, Row, Sheet
from arshjul.form_indicators import indicator_rows, yearly_row
from arshjul.form_questions import Past, activity_rows, dispute_field, goal_rows, numbered
from arshjul.history import History
from arshjul.numbers import format_quantity
from arshjul.organisation import Subunit, Unit
from arshjul.plan import LEVEL_SWEDISH, Goal, Kind, Plan
from arshjul.report_kinds import SUBUNIT, Question, ReportKind
from arshjul.sources.given import NOTHING_GIVEN, GivenValues

_FIRST = 1  # the number of a form that has not been made anew
HANGS_ABOVE = "Att följa upp för målen ovan"  # what hangs on a goal above the unit's own


def make_forms(
    unit: Unit,
    plan: Plan,
    catalogue: Mapping[str, Measure],
    kind: ReportKind,
    history: History,
    cycle: str,
    year: int,
    due: date,
    day: date,
    *,
    month: int = 0,
    given: GivenValues = NOTHING_GIVEN,
) -> tuple[Form, ...]:
    """The forms of all who answer on `day`, in the order of the assignments.

    Several assignments of one person become one form. Whoever has nothing to answer gets no form: a
    sub-unit or section that the report kind asks nothing of makes no sheet. `month` is a monthly report's,
    `given` what other systems know already.
    """
    subunits = {subunit.code: subunit for subunit in unit.subunits_on(day)}
    asked: dict[str, tuple[set[str], list[str]]] = {}
    for assignment in unit.answering_on(day):
        codes, sections = asked.setdefault(assignment.person, (set(), []))
        codes.update(assignment.subunits)
        sections.extend(section for section in assignment.sections if section not in sections)
    basis = _Basis(plan, catalogue, kind, history, year, month, given)
    forms = []
    for person, (codes, sections) in asked.items():
        sheets = [
            sheet
            for code, subunit in subunits.items()
            if code in codes and (sheet := _subunit_sheet(subunit, basis))
        ]
        sheets += [sheet for name in sections if (sheet := _section_sheet(name, basis))]
        if sheets:
            forms.append(
                Form(cycle, kind.kind, year, unit.code, unit.name, person, _FIRST, due, tuple(sheets))
            )
    return tuple(forms)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What every sheet of a cycle's forms is made of."""

    plan: Plan
    catalogue: Mapping[str, Measure]
    kind: ReportKind
    history: History
    year: int
    month: int
    given: GivenValues

    def past(self, scopes: tuple[str, ...]) -> Past:
        """What earlier periods gave those scopes."""
        return Past(
            self.history,
            scopes,
            self.kind.prefill_periods(self.year, self.month),
            self.kind.compared_periods(self.year),
            self.given,
            f"VP {self.plan.year or self.year}",
            self.kind.went_periods(self.year),
        )


def _subunit_sheet(subunit: Subunit, basis: _Basis) -> Sheet | None:
    """The sheet of one sub-unit: ready mark, the chain of goals, then the kind's own questions.

    None where this report kind asks nothing of sub-units.
    """
    kind = basis.kind
    past = basis.past((subunit.code, subunit.predecessor) if subunit.predecessor else (subunit.code,))
    rows: list[Row] = []
    for part in _parts(basis.plan, kind):
        rows += part.rows(subunit.code, basis.catalogue, kind, past)
    rows += _question_rows(kind, SUBUNIT, past)
    if not any(isinstance(row, Field) for row in rows):
        return None
    return Sheet(subunit.code, subunit.name, (*_opening(kind), *rows))


def _section_sheet(section: str, basis: _Basis) -> Sheet | None:
    """The sheet of one section, or None where this report kind asks nothing of it."""
    asked = list(_question_rows(basis.kind, section, basis.past((section,))))
    if not asked:
        return None
    title = next(heading.title for heading, _ in basis.kind.sections(section))
    return Sheet(section, title, (*_opening(basis.kind), *asked))


def asked_goals(plan: Plan, kind: ReportKind) -> tuple[Goal, ...]:
    """The goals that are asked about: those on the kind's levels, none where it has no levels.

    A plan with no goal on those levels (some units have no goals of their own) is asked for its lowest
    goals instead: somebody has to answer for them.
    """
    if not kind.goal_levels:
        return ()
    on_level = tuple(goal for goal in plan.walk() if goal.level in kind.goal_levels)
    return on_level or tuple(goal for goal in plan.walk() if not goal.goals)


@dataclass(frozen=True, slots=True)
class _PartOfPlan:
    """Goals that are asked for under the same chain, and what hangs on the chain itself."""

    chain: tuple[Goal, ...]  # from the direction goal down to the nearest goal above the asked ones
    hanging: tuple[Goal, ...]  # goals whose indicators and activities are asked for here and nowhere else
    asked: tuple[Goal, ...]  # the goals that get a status and an analysis

    def rows(
        self, subunit: str, catalogue: Mapping[str, Measure], kind: ReportKind, past: Past
    ) -> Iterator[Row]:
        """Heading of the nearest goal, the chain above it, what hangs on the chain, then goal by goal."""
        on_chain = [row for goal in self.hanging for row in _measured(goal, subunit, catalogue, kind, past)]
        if not on_chain and not self.asked:
            return
        if self.chain:
            nearest = self.chain[-1]
            yield Heading(f"{LEVEL_SWEDISH[nearest.level]}: {numbered(nearest)}", 1)
            for goal in self.chain[:-1]:
                yield Info(LEVEL_SWEDISH[goal.level], numbered(goal))
        else:
            yield Heading("Mål", 1)
        if any(isinstance(row, Field) for row in on_chain):
            yield Heading(HANGS_ABOVE, 2)
        yield from on_chain
        for goal in self.asked:
            yield from goal_rows(goal, kind, past)
            yield from _measured(goal, subunit, catalogue, kind, past)


def _parts(plan: Plan, kind: ReportKind) -> Iterator[_PartOfPlan]:
    """The plan cut where the chain changes, in the document's order."""
    asked_ids = {goal.id for goal in asked_goals(plan, kind)}

    def below(
        goals: tuple[Goal, ...], chain: tuple[Goal, ...], hanging: tuple[Goal, ...]
    ) -> Iterator[_PartOfPlan]:
        if hanging and not goals:
            yield _PartOfPlan(chain, hanging, ())
        run: list[Goal] = []
        for goal in goals:
            if goal.id in asked_ids:
                run.append(goal)
            if run and (goal.goals or goal.id not in asked_ids):
                yield _PartOfPlan(chain, hanging, tuple(run))
                run, hanging = [], ()
            if goal.id not in asked_ids:
                yield from below(goal.goals, (*chain, goal), (*hanging, goal))
                hanging = ()
            elif goal.goals:
                yield from below(goal.goals, (*chain, goal), ())
        if run:
            yield _PartOfPlan(chain, hanging, tuple(run))

    yield from below(plan.goals, (), ())


def _measured(
    goal: Goal, subunit: str, catalogue: Mapping[str, Measure], kind: ReportKind, past: Past
) -> Iterator[Row]:
    """What hangs on one goal and concerns this sub-unit: indicators first, then activities."""
    if kind.asks_indicators:
        measured = [(i, catalogue.get(i.id) or infer_measure(i)) for i in goal.indicators]
        asked = [(i, measure) for i, measure in measured if measure.asks(kind.kind, subunit)]
        # Before the others, or a line about one indicator would seem to belong to another.
        for indicator, measure in measured:
            if (indicator, measure) not in asked and measure.asks(Kind.VB, subunit):
                yield yearly_row(indicator)
        for indicator, measure in asked:
            yield from indicator_rows(indicator, measure, past)
    if kind.asks_activities:
        for activity in goal.activities:
            yield from activity_rows(activity, past)


def _opening(kind: ReportKind) -> Iterator[Row]:
    if kind.introduction:
        yield Info("Så här gör ni", kind.introduction)
    yield Field(
        id=READY,
        kind=FieldKind.CHOICE,
        label="Klarmarkerad",
        instruction="Välj Ja när allt på bladet är ifyllt. Först då räknas bladet som inlämnat.",
        choices=YES_NO,
    )


def _question_rows(kind: ReportKind, scope: str, past: Past) -> Iterator[Row]:
    for heading, questions in kind.sections(scope):
        yield Heading(heading.title, 1)
        if heading.instruction:
            yield Info("Så här gör ni", heading.instruction)
        known = [past.given.value(past.scopes[0], question.id) for question in questions]
        for question, value in zip(questions, known, strict=True):
            if value is None:
                yield _question_field(question, past)
            else:
                printed = format_quantity(value.number, question.unit, question.decimals)
                yield Given(question.label, printed, question.id, value.origin)
        if any(known):
            yield dispute_field(heading.section)


def _question_field(question: Question, past: Past) -> Field:
    return Field(
        id=question.id,
        kind=question.kind,
        label=question.label,
        instruction=question.instruction,
        required=question.required,
        choices=question.choices,
        unit=question.unit,
        minimum=question.minimum,
        maximum=question.maximum,
        secret=question.secret,
        earlier=past.text(question.id) if question.kind is FieldKind.TEXT else None,
    )
