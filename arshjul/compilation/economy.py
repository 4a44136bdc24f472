"""The economy of a unit: budget, outcome, forecast and deviation by sub-unit and account, and in all, in tkr.

Made of what the accounting system gave, else of what was answered for the unit. Called by the report. Pure.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from arshjul.cycle_data import CycleData
from arshjul.history import WHOLE_UNIT
from arshjul.sources.given import Stored

BUDGET, OUTCOME, FORECAST = "economy.budget_tkr", "economy.outcome_tkr", "economy.forecast_tkr"
SECTION = "economy"
COMMON = "Gemensamt för enheten"  # what is booked on the unit as a whole


@dataclass(frozen=True, slots=True)
class EconomyRow:
    """Amounts in tkr, costs positive; None where nobody has told. `scope` is empty for an account or the
    total.
    """

    name: str
    scope: str
    budget: Decimal | None
    outcome: Decimal | None
    forecast: Decimal | None

    @property
    def deviation(self) -> Decimal | None:
        """Budget less forecast for the year: negative where more is spent than there is."""
        if self.budget is None or self.forecast is None:
            return None
        return self.budget - self.forecast


@dataclass(frozen=True, slots=True)
class EconomyResult:
    """The rows by sub-unit and by account, the largest deviation first (whichever way), and the total.

    `as_of` is the month that the amounts hold for, `origin` what they come from ("Agresso per 2026-08", or a
    scope's submission); `dispute` why the one who answers says they are wrong.
    """

    rows: tuple[EconomyRow, ...]
    accounts: tuple[EconomyRow, ...]
    total: EconomyRow
    as_of: str
    origin: str
    from_source: bool
    dispute: str | None


def economy_result(data: CycleData) -> EconomyResult | None:
    """The unit's economy; None where neither a system nor anybody has told of it."""
    stored = [one for one in data.given.months if one.value.field in (BUDGET, OUTCOME, FORECAST)]
    if not stored:
        return _answered(data)
    newest = max(one.value.month for one in stored)
    of_month = [one for one in stored if one.value.month == newest]
    names = {subunit.code: subunit.name for subunit in data.unit.subunits} | {WHOLE_UNIT: COMMON}
    rows = _rows(of_month, lambda one: one.value.scope, names)
    accounts = _rows([one for one in of_month if one.value.detail], lambda one: one.value.detail, {})
    given = next((v for v in data.given.values if v.field in (FORECAST, OUTCOME, BUDGET)), None)
    return EconomyResult(
        rows=tuple(_largest_first(rows)),
        accounts=tuple(_largest_first(accounts)),
        total=EconomyRow(data.whole_words, "", *_amounts(of_month)),
        as_of=newest,
        origin=f"{given.system} per {newest}" if given else newest,
        from_source=True,
        dispute=data.dispute(SECTION, SECTION),
    )


def _answered(data: CycleData) -> EconomyResult | None:
    answers = [data.answer(SECTION, field) for field in (BUDGET, OUTCOME, FORECAST)]
    budget, outcome, forecast = (answer.number if answer else None for answer in answers)
    if budget is None and outcome is None and forecast is None:
        return None
    end = data.milestones.period_end
    return EconomyResult(
        rows=(),
        accounts=(),
        total=EconomyRow(data.whole_words, "", budget, outcome, forecast),
        as_of=f"{end.year}-{end.month:02}",
        origin=data.ref(SECTION),
        from_source=False,
        dispute=None,
    )


def _rows(
    stored: Iterable[Stored], by: Callable[[Stored], str], names: Mapping[str, str]
) -> Iterator[EconomyRow]:
    grouped: dict[str, list[Stored]] = {}
    for one in stored:
        grouped.setdefault(by(one), []).append(one)
    for key, group in grouped.items():
        yield EconomyRow(names.get(key, key), key if key in names else "", *_amounts(group))


def _amounts(stored: Iterable[Stored]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    sums: dict[str, Decimal] = {}
    for one in stored:
        sums[one.value.field] = sums.get(one.value.field, Decimal(0)) + one.value.number
    return sums.get(BUDGET), sums.get(OUTCOME), sums.get(FORECAST)


def _largest_first(rows: Iterable[EconomyRow]) -> list[EconomyRow]:
    """By the size of the deviation whichever way; rows that nothing can be said of last, by name."""
    return sorted(rows, key=lambda row: (row.deviation is None, -abs(row.deviation or Decimal(0)), row.name))
