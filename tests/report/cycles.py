"""The example unit's year in memory: one cycle of each kind with every part filled, the same each time.

Answers are made from the forms themselves, so a new question is answered as well. What other systems give,
five years of values and a plan that was changed stand beside them, so that every figure and table is drawn.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from zlib import crc32

from arshjul.answers import RawCell
from arshjul.catalogue import Sex
from arshjul.compilation import Compiled, compile_cycle
from arshjul.config.settings import Shown
from arshjul.cycle import CycleKey
from arshjul.cycle_data import SUMMARY, Counted, CycleData, EarlierJudgements, EarlierPlan, Judged
from arshjul.form import READY, YES, Field, FieldKind
from arshjul.form_checking import check_sheet
from arshjul.form_making import asked_goals, make_forms
from arshjul.history import WHOLE_UNIT, EarlierValue, History
from arshjul.plan import Attainment, Goal, Kind, Plan
from arshjul.report.blocks import Report
from arshjul.report.building import build_report
from arshjul.sources.gathering import SourceValue
from arshjul.sources.given import GivenValue, GivenValues, Stored
from arshjul.wheel import milestones, year_entries
from tests.unit.demo_cycle import installation

YEAR = 2026
SENTENCES = (
    "Veckomötena hålls på måndagar och leds av deltagarna själva.",
    "Resultatet är bättre än i våras, särskilt bland dem som är nya.",
    "Två moment har skjutits upp för att lokalen byggdes om under sommaren.",
    "Bildstödet finns nu vid varje arbetsstation och används varje dag.",
    "Personalgruppen har gått igenom rutinen och övat på den i par.",
    "Vi följer upp på nytt i december och tar med oss det som återstår.",
    "Samverkan med fastighetsförvaltningen fungerar men tar tid.",
    "Genomförandeplaneringsmötena har blivit kortare och bättre förberedda.",
)
MONTHS = {Kind.T1: 4, Kind.T2: 8, Kind.VB: 12}


def _pick(name: str, of: int) -> int:
    return crc32(name.encode()) % of


def _text(name: str) -> str:
    first = _pick(name, len(SENTENCES))
    count = 2 + _pick(name + "n", 3)
    return " ".join(SENTENCES[(first + place) % len(SENTENCES)] for place in range(count))


def _written(scope: str, field: Field) -> object:
    name = f"{scope} {field.id}"
    match field.kind:
        case FieldKind.TEXT:
            if field.part == "comment":
                return SENTENCES[_pick(name, len(SENTENCES))]
            return None if field.part == "dispute" else _text(name)
        case FieldKind.DATE:
            return date(YEAR, 10, 1 + _pick(name, 15))
        case FieldKind.NUMBER:
            if field.id.startswith("economy"):
                return 40000 + _pick(name, 900)
            if field.part.endswith("respondents"):
                return 6 + _pick(name, 12)
            top = min(field.maximum or 40, 40 if field.unit == "st" else 100)
            return top - _pick(name, max(top // 3, 2))
        case FieldKind.CHOICE:
            if field.part == "deviation":
                return field.choices[_pick(name, 5) != 0]
            if field.part == "state":
                return None
            return YES if field.id == READY else field.choices[_pick(name, min(2, len(field.choices)))]


def _submissions(data: CycleData) -> dict[str, Counted]:
    forms = make_forms(
        data.unit, data.plan, data.catalogue, data.kind, data.history, str(data.key), YEAR,
        data.milestones.due.date(), data.milestones.opens.date(),
    )  # fmt: skip
    found: dict[str, Counted] = {}
    for form in forms:
        for sheet in form.sheets:
            if sheet.scope == "RETUREN":  # one always fails to answer
                continue
            cells = {
                field.id: RawCell(value, field.id)  # type: ignore[arg-type]
                for field in sheet.fields()
                if (value := YES if field.id == READY else _written(sheet.scope, field)) is not None
            }
            reading = check_sheet(sheet, cells)
            assert not reading.faults, reading.faults
            at = datetime(YEAR, 9, 4, 12, tzinfo=UTC)
            found[sheet.scope] = Counted(sheet.scope, 1, at, f"{sheet.scope}-1", reading.answers)
    return found


def _earlier(plan: Plan, kind: Kind) -> Iterator[EarlierValue]:
    for place, (_, indicator) in enumerate(plan.indicators()):
        for year in range(YEAR - 4, YEAR):
            number = Decimal(60 + 3 * (year - YEAR + 4) + _pick(f"{indicator.id}{year}", 6))
            formerly = "I99" if place == 4 and year < YEAR - 2 else ""
            yield EarlierValue(
                f"{kind} {year}", WHOLE_UNIT, indicator.id, number, Sex.TOTAL, 60, formerly=formerly
            )


def _given(data: CycleData) -> GivenValues:
    last = MONTHS[data.key.kind]
    month = f"{YEAR}-{last:02}"
    months: list[Stored] = []
    values: list[GivenValue] = []

    def at(scope: str, field: str, detail: str, when: str, number: Decimal) -> None:
        value = SourceValue("SOL", scope, field, detail, Sex.TOTAL, when, number)
        months.append(Stored("example", 3, value))

    for subunit in data.unit.subunits:
        budget = Decimal(3000 + _pick(subunit.code, 2500))
        share = Decimal(last) / 12
        off = Decimal(_pick(subunit.code + "o", 500) - 260)
        for field, number in (
            ("economy.budget_tkr", budget),
            ("economy.outcome_tkr", (budget + off) * share),
            ("economy.forecast_tkr", budget + off),
        ):
            at(subunit.code, field, "Personal", month, number * Decimal("0.8"))
            at(subunit.code, field, "Lokaler", month, number * Decimal("0.2"))
        for field in ("people.came", "people.left"):
            number = Decimal(5 + _pick(subunit.code + field, 9))
            values.append(GivenValue(subunit.code, field, Sex.TOTAL, number, month, "Verksamhetssystemet", 4))
    for name in ("budget", "outcome", "forecast"):
        field = f"economy.{name}_tkr"
        total = sum((one.value.number for one in months if one.value.field == field), Decimal(0))
        values.append(GivenValue("economy", field, Sex.TOTAL, total, month, "Ekonomisystemet", 3))
    for number in range(1, last + 1):
        for category in ("Synpunkt", "Klagomål", "Avvikelse", "Tillbud"):
            count = Decimal(_pick(f"{category}{number}", 9))
            at("LARKAN", "cases.received", category, f"{YEAR}-{number:02}", count)
    announced = {"cases.received": "Ärendesystemet"}
    return GivenValues(tuple(values), announced, tuple(months))


def _changed(plan: Plan) -> Plan:
    """The plan as it was in the last report: one target was another, one indicator was not there."""

    def of(goal: Goal) -> Goal:
        indicators = tuple(
            replace(one, target="75 %") if one.id == "I03" else one
            for one in goal.indicators
            if one.id != "I09"
        )
        return replace(goal, indicators=indicators, goals=tuple(of(below) for below in goal.goals))

    return replace(plan, goals=tuple(of(goal) for goal in plan.goals))


@cache
def cycle_data(kind: Kind) -> CycleData:
    """The cycle of the year's VP, T1, T2 or VB."""
    here = installation()
    key = CycleKey("SOL", kind, YEAR)
    rules = here.wheel.rules("SOL", kind)
    report_kind = here.kind("SOL", kind)
    assert rules is not None
    assert report_kind is not None
    unit, plan = here.unit("SOL"), here.plans["SOL", YEAR]
    empty = CycleData(
        key=key,
        unit=unit,
        plan=plan,
        kind=report_kind,
        milestones=milestones(rules, kind, YEAR),
        registry_number="SOL 2026/14",
        expected=(*(s.code for s in unit.subunits), *(("economy",) if kind is not Kind.VP else ())),
        submissions={},
        catalogue=here.measures("SOL"),
        history=History(values=tuple(_earlier(plan, kind)) if kind in MONTHS else ()),
        handler="Karin Ekdahl",
    )
    data = replace(empty, submissions=_submissions(empty))
    goals = asked_goals(plan, report_kind)
    cycle = (Attainment.FULL, Attainment.PARTIAL, Attainment.NOT_MET)
    judged = {
        goal.id: Judged(cycle[place % 3] if report_kind.judges_goals else None, _text(goal.id))
        for place, goal in enumerate(goals)
    }
    judged[SUMMARY] = Judged(None, "\n".join(_text(f"summary{number}") for number in range(3)))
    went = {goal.id: Judged(cycle[place % 3], _text(f"went {goal.id}")) for place, goal in enumerate(goals)}
    meetings = {s: date(YEAR, 10, 1 + _pick(s, 15)) for s in data.submissions if s != "economy"}
    return replace(
        data,
        judgements=judged,
        apt_dates=meetings,
        earlier_plan=EarlierPlan("T1 2026", _changed(plan)) if kind is not Kind.T1 else None,
        went=EarlierJudgements("T2 2025", went) if kind is Kind.VP else None,
        given=_given(data) if kind in MONTHS else data.given,
    )


@cache
def compiled_cycle(kind: Kind) -> Compiled:
    """The same, compiled."""
    return compile_cycle(cycle_data(kind))


def year_report(kind: Kind, shown: Shown | None = None) -> Report:
    """The report of the cycle."""
    entries = year_entries(installation().wheel, "SOL", YEAR)
    return build_report(compiled_cycle(kind), shown or Shown(), entries, date(YEAR, 9, 23))
