"""Complaints and deviations in the form of annual reports: a row a category, a column a period, and the
total.

Made of what the case system gave by category and month, else of what sub-units answered. Counts of events,
not of people. Called by the report. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from arshjul.cycle_data import CycleData
from arshjul.form import FieldKind
from arshjul.history import WHOLE_UNIT
from arshjul.plan import Kind
from arshjul.report_kinds import SUBUNIT, Question

RECEIVED, OPEN, CLOSED = "cases.received", "cases.open", "cases.closed"
SECTIONS = ("complaints", "deviations")
_NOUGHT = Decimal(0)
_TERTIALS = (Kind.T1, Kind.T2, Kind.VB)  # the last stands for September to December


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A category: how many came in within each period (None: not told), in all, and how they stand today."""

    category: str
    by_period: Mapping[Kind, Decimal | None]
    total: Decimal | None
    open: Decimal | None = None
    closed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ComplaintsResult:
    """The table with its periods in order. `origin` is empty where people counted."""

    periods: tuple[Kind, ...]
    rows: tuple[ComplaintRow, ...]
    origin: str

    @property
    def total(self) -> ComplaintRow:
        """All categories together."""
        by_period = {kind: _together([row.by_period[kind] for row in self.rows]) for kind in self.periods}
        return ComplaintRow(
            "Totalt",
            by_period,
            _together([row.total for row in self.rows]),
            _together([row.open for row in self.rows]),
            _together([row.closed for row in self.rows]),
        )


def complaints_result(data: CycleData) -> ComplaintsResult | None:
    """The unit's complaints; None where nothing has been told."""
    last = data.milestones.period_end.month
    periods = tuple(kind for number, kind in enumerate(_TERTIALS) if number * 4 < last)
    asked = [q for q in data.kind.asks if q.section in SECTIONS]
    stored = [
        one.value
        for one in data.given.months
        if one.value.field in (RECEIVED, OPEN, CLOSED) and one.value.month[:4] == str(data.key.year)
    ]
    if stored:
        system = data.given.announced[RECEIVED]
        newest = max(value.month for value in stored)
        rows = tuple(_rows_of_source(data, periods))
        return ComplaintsResult(periods, rows, f"{system} per {newest}")
    rows = tuple(_rows_of_answers(data, asked, periods))
    if all(row.total is None for row in rows):
        return None
    return ComplaintsResult(periods, rows, "")


def _rows_of_source(data: CycleData, periods: tuple[Kind, ...]) -> Iterator[ComplaintRow]:
    year = str(data.key.year)
    values = [one.value for one in data.given.months if one.value.month[:4] == year]
    for category in dict.fromkeys(value.detail for value in values if value.field == RECEIVED):
        of_category = [value for value in values if value.detail == category]
        received = [value for value in of_category if value.field == RECEIVED]
        by_period: dict[Kind, Decimal | None] = {
            kind: sum((v.number for v in received if (int(v.month[5:]) - 1) // 4 == number), Decimal(0))
            for number, kind in enumerate(periods)
        }
        newest: dict[str, Decimal] = {}  # open cases are a stock: of each sub-unit the newest month counts
        for value in sorted((v for v in of_category if v.field == OPEN), key=lambda v: v.month):
            newest[value.scope] = value.number
        yield ComplaintRow(
            category,
            by_period,
            _together(list(by_period.values())),
            _together(list(newest.values())),
            _together([value.number for value in of_category if value.field == CLOSED]),
        )


def _rows_of_answers(
    data: CycleData, asked: list[Question], periods: tuple[Kind, ...]
) -> Iterator[ComplaintRow]:
    """Sub-units count from January in each report; a period's own part is the difference."""
    for question in asked:
        if question.kind is not FieldKind.NUMBER or question.scope != SUBUNIT:
            continue
        answers = {subunit.code: data.answer(subunit.code, question.id) for subunit in data.asked_subunits}
        now = {scope: a.number for scope, a in answers.items() if a is not None and a.number is not None}
        told = [*(_earlier(data, question.id, kind) for kind in periods[:-1]), now]
        parts = [
            _grown(before, after, now) for before, after in pairwise([dict.fromkeys(now, _NOUGHT), *told])
        ]
        title = data.kind.heading(question.section).title
        yield ComplaintRow(title, dict(zip(periods, parts, strict=True)), _together(list(now.values())))


def _earlier(data: CycleData, question: str, kind: Kind) -> dict[str, Decimal]:
    period = f"{kind} {data.key.year}"
    values = [v for v in data.history.values if v.period == period and v.indicator == question]
    return {value.scope: value.number for value in values if value.scope != WHOLE_UNIT}


def _grown(
    before: Mapping[str, Decimal], after: Mapping[str, Decimal], now: Mapping[str, Decimal]
) -> Decimal | None:
    """What came in between two counts of each sub-unit; None where the periods would not add up to the total:
    another had answered, or a count was higher than it came to be."""
    if not now or not before.keys() == after.keys() == now.keys():
        return None
    if not all(before[scope] <= after[scope] <= now[scope] for scope in now):
        return None
    return sum(after.values(), _NOUGHT) - sum(before.values(), _NOUGHT)


def _together(numbers: list[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None
