"""Reports of the product's own making, generated: a plan, what the sub-units answered, what was judged.

`made_reports` draws a cycle of the example's smaller unit with a plan, answers and judgements, and builds its
report with every part that the kind has. `Meant` is what a reader of the finished document should know. For
tests that read a rendered report back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from hypothesis import strategies as st

from arshjul.answers import Answer, State
from arshjul.catalogue import Sex
from arshjul.compilation import Compiled, compile_cycle
from arshjul.cycle import CycleKey
from arshjul.cycle_data import SUMMARY, Counted, CycleData, Judged
from arshjul.form import NO, STATUS_CHOICES, YES, FieldKind
from arshjul.form_making import asked_goals
from arshjul.form_questions import (
    ANALYSIS,
    COMMENT,
    DEVIATION,
    MEN,
    MEN_RESPONDENTS,
    STATUS,
    TOTAL,
    WOMEN,
    WOMEN_RESPONDENTS,
)
from arshjul.history import EarlierValue, History
from arshjul.plan import Attainment, Goal, Kind, Level, Plan
from arshjul.report.blocks import Heading, Report, Table
from arshjul.report.building import build_report
from arshjul.report_kinds import Question, ReportKind
from arshjul.wheel import milestones, year_entries
from tests.unit.demo_cycle import installation
from tests.unit.generated_plans import TEXTS, goals, sentences

UNIT = "HAM"
YEAR = 2026


@dataclass(frozen=True)
class Made:
    """A report and the cycle that it was built of."""

    compiled: Compiled
    report: Report

    @property
    def plan(self) -> Plan:
        """The plan that the report follows up."""
        return self.compiled.data.plan


def with_ids(tops: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """The goals with ids for themselves and their rows."""
    numbers = {letter: count(1) for letter in "GIA"}

    def numbered(goal: Goal) -> Goal:
        return replace(
            goal,
            id=f"G{next(numbers['G']):02}",
            attainment=None,
            indicators=tuple(replace(row, id=f"I{next(numbers['I']):02}") for row in goal.indicators),
            activities=tuple(
                replace(activity, id=f"A{next(numbers['A']):02}", deviation=None, analysis=None)
                for activity in goal.activities
            ),
            goals=tuple(map(numbered, goal.goals)),
        )

    return tuple(map(numbered, tops))


@st.composite
def made_reports(draw: st.DrawFn, kind: Kind) -> Made:
    """A report of that kind (T1, T2, VB)."""
    here = installation()
    unit, report_kind = here.unit(UNIT), here.kind(UNIT, kind)
    rules = here.wheel.rules(UNIT, kind)
    assert rules is not None
    assert report_kind is not None
    numbers = range(1, draw(st.integers(1, 2)) + 1)
    tops = tuple(draw(goals(tuple(Level), str(n), Kind.VP)) for n in numbers)
    plan = Plan(Kind.VP, YEAR, unit.name, with_ids(tops))
    scopes = [subunit.code for subunit in unit.subunits]
    answered = [scope for scope in scopes if draw(st.integers(0, 4))]
    submissions = {scope: _counted(scope, dict(draw(_answers(plan, report_kind)))) for scope in answered}
    if draw(st.booleans()):
        submissions["economy"] = _counted("economy", dict(draw(_section("economy", report_kind))))
    judged = {goal.id: draw(_judgements()) for goal in asked_goals(plan, report_kind)}
    data = CycleData(
        key=CycleKey(UNIT, kind, YEAR),
        unit=unit,
        plan=plan,
        kind=report_kind,
        milestones=milestones(rules, kind, YEAR),
        registry_number="HAM 2026/7",
        expected=(*scopes, "economy"),
        submissions=submissions,
        history=History(values=tuple(_earlier(plan, report_kind))),
        judgements={**judged, SUMMARY: Judged(None, draw(TEXTS))},
        apt_dates={scope: date(YEAR, 10, 8) for scope in answered},
        handler="Malin Sjöberg",
    )
    compiled = compile_cycle(data)
    wheel = year_entries(here.wheel, UNIT, YEAR)
    return Made(compiled, build_report(compiled, here.settings.reports, wheel, date(YEAR, 9, 23)))


def _counted(scope: str, answers: Mapping[str, Answer]) -> Counted:
    return Counted(scope, 1, datetime(YEAR, 9, 4, 12, tzinfo=UTC), f"sha of {scope}", answers)


@st.composite
def _judgements(draw: st.DrawFn) -> Judged:
    return Judged(draw(st.none() | st.sampled_from(Attainment)), draw(st.just("") | TEXTS))


@st.composite
def _answers(draw: st.DrawFn, plan: Plan, kind: ReportKind) -> list[tuple[str, Answer]]:
    given: dict[str, str | int | State] = {}
    for goal in asked_goals(plan, kind):
        given[f"{goal.id}.{STATUS}"] = draw(st.sampled_from([*STATUS_CHOICES, State.NOT_APPLICABLE]))
        given[f"{goal.id}.{ANALYSIS}"] = draw(sentences())
    for _, row in plan.indicators():
        how = draw(st.sampled_from(["total", "sexes", "none"]))
        if how == "total":
            given[f"{row.id}.{TOTAL}"] = draw(st.integers(0, 100))
        if how == "sexes":
            given[f"{row.id}.{WOMEN}"], given[f"{row.id}.{MEN}"] = draw(st.integers(0, 100)), 50
            given[f"{row.id}.{WOMEN_RESPONDENTS}"] = draw(st.integers(5, 9))
            given[f"{row.id}.{MEN_RESPONDENTS}"] = 9
        if draw(st.booleans()):
            given[f"{row.id}.{COMMENT}"] = draw(sentences())
    for _, activity in plan.activities():
        given[f"{activity.id}.{DEVIATION}"] = draw(st.sampled_from([YES, NO]))
        given[f"{activity.id}.{COMMENT}"] = draw(sentences())
    for question in kind.asks:
        if question.scope == "subunit" and draw(st.booleans()):
            given[question.id] = draw(_given(question))
    return [(field, _answer(field, value)) for field, value in given.items()]


@st.composite
def _section(draw: st.DrawFn, section: str, kind: ReportKind) -> list[tuple[str, Answer]]:
    asked = [question for question in kind.asks if question.scope == section]
    return [(question.id, _answer(question.id, draw(_given(question)))) for question in asked]


def _given(question: Question) -> st.SearchStrategy[str | int]:
    if question.kind is FieldKind.NUMBER:
        return st.integers(0, 9_000)
    if question.kind is FieldKind.DATE:
        return st.just("2026-10-08")
    return st.sampled_from(question.choices) if question.choices else sentences()


def _answer(field: str, given: str | int | State) -> Answer:
    if isinstance(given, State):
        return Answer(field, given)
    if isinstance(given, str):
        return Answer(field, State.VALUE, text=given)
    return Answer(field, State.VALUE, number=Decimal(given))


def _earlier(plan: Plan, kind: ReportKind) -> Iterator[EarlierValue]:
    """Last year's value of every other indicator."""
    for number, (_, row) in enumerate(plan.indicators()):
        if number % 2:
            period = kind.compared_periods(YEAR)[0]
            yield EarlierValue(period, "unit", row.id, Decimal(40 + number), Sex.TOTAL)


def rows_of(report: Report, first_column: str) -> list[dict[str, str]]:
    """The rows of the tables under goals that begin with such a column: printed cells by column.

    What a report tells once more (indicators that miss their target, say) is not the goals' own.
    """
    rows = []
    under_goal = False
    for block in report.blocks:
        if isinstance(block, Heading):
            under_goal = block.id.startswith("mal-")
        elif under_goal and isinstance(block, Table) and block.columns[0].title == first_column:
            titles = [column.title for column in block.columns]
            rows += [dict(zip(titles, (cell.text for cell in row), strict=True)) for row in block.rows]
    return rows
