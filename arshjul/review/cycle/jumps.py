"""A value outside what its own series has shown.

The statistic is the individuals chart: the mean of the earlier values, and 2.66 times the mean of the
distances between each value and the next (about three standard deviations). At least four earlier values.
Counts build up over the year, so a count is held against the same report of earlier years; what is a level
also against all earlier reports in order, where the same report has too few. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from arshjul.catalogue import Measure, Method, Sex
from arshjul.compilation import IndicatorResult
from arshjul.history import WHOLE_UNIT, History
from arshjul.numbers import decimals_of, format_quantity, round_half_up
from arshjul.review.cycle.as_document import part_before
from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.finding import Finding, Severity

FEWEST = 4  # earlier values
_FACTOR = Decimal("2.66")  # of the individuals chart: 3 divided by 1.128
_ORDER: Mapping[str, int] = {"T1": 1, "T2": 2, "VB": 3}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a series has shown: its mean and the limits around it, and how many values they rest on."""

    mean: Decimal
    low: Decimal
    high: Decimal
    values: int

    def holds(self, number: Decimal) -> bool:
        """Whether a value lies within the limits."""
        return self.low <= number <= self.high


def limits_of(series: Sequence[Decimal], decimals: int) -> Limits | None:
    """The limits of a series in order of time; None on fewer than four values.

    A series that never moved has limits one step of its printed decimals wide.
    """
    if len(series) < FEWEST:
        return None
    mean = sum(series, Decimal(0)) / len(series)
    moved = sum((abs(b - a) for a, b in pairwise(series)), Decimal(0)) / (len(series) - 1)
    room = max(_FACTOR * moved, Decimal(1).scaleb(-decimals))
    return Limits(mean, min(mean - room, *series), max(mean + room, *series), len(series))


def jumps(reviewed: Reviewed) -> Iterator[Finding]:
    """Each sub-unit's value, and the unit's where no sub-unit's explains it; a comment explains."""
    for result in reviewed.compiled.indicators.values():
        found = False
        for part in result.parts:
            figure = part.figures.get(Sex.TOTAL)
            if figure is None or figure.withheld:
                continue
            periods, series = _series(reviewed, result, part.scope)
            finding = _jump(reviewed, result, part.scope, figure.number, periods, series)
            if finding:
                found = True
                if not part.comment:
                    yield finding
        if not found and result.number is not None:
            periods, series = _series(reviewed, result, WHOLE_UNIT)
            finding = _jump(reviewed, result, WHOLE_UNIT, result.number, periods, series)
            if finding:
                yield finding


def _series(reviewed: Reviewed, result: IndicatorResult, scope: str) -> tuple[list[str], list[Decimal]]:
    data = reviewed.data
    known = reviewed.periods.get(result.indicator.id, frozenset())
    key = (data.key.year, _ORDER.get(data.key.kind.value, 0))
    earlier = sorted((p for p in known if _when(p) < key), key=_when)
    same = [p for p in earlier if p.split()[0] == data.key.kind.value]
    periods = same
    if result.measure.method is not Method.SUM and len(same) < FEWEST:
        periods = earlier
    found = [(p, n) for p in periods if (n := _value(data.history, p, scope, result)) is not None]
    return [p for p, _ in found], [n for _, n in found]


def _when(period: str) -> tuple[int, int]:
    kind, _, year = period.partition(" ")
    return (int(year), _ORDER.get(kind, 0)) if year.isdigit() else (0, 0)


def _value(history: History, period: str, scope: str, result: IndicatorResult) -> Decimal | None:
    return part_before(history, (period,), scope, result)


def _jump(
    reviewed: Reviewed,
    result: IndicatorResult,
    scope: str,
    number: Decimal,
    periods: Sequence[str],
    series: Sequence[Decimal],
) -> Finding | None:
    measure: Measure = result.measure
    decimals = max([measure.decimals, *map(decimals_of, series)]) if series else measure.decimals
    limits = limits_of(series, min(decimals, 2))
    if limits is None or limits.holds(number):
        return None
    value = format_quantity(number, measure.unit, measure.decimals)
    low, high = (round_half_up(n, measure.decimals) for n in (limits.low, limits.high))
    printed = [format_quantity(n, measure.unit, measure.decimals) for n in series]
    name = "Enheten" if scope == WHOLE_UNIT else reviewed.data.scope_name(scope)
    where = result.indicator.name if scope == WHOLE_UNIT else f"{result.indicator.name}, {name}"
    least = format_quantity(max(low, Decimal(0)), "", measure.decimals)
    span = f"{least}–{format_quantity(high, measure.unit, measure.decimals)}"
    return Finding(
        "jump-against-history",
        Severity.WARNING,
        where,
        f"{name} har {value}, långt utanför vad serien brukar visa ({span} efter {limits.values} tidigare "
        f"värden). Ingen kommentar förklarar det.",
        {
            "indicator": result.indicator.id,
            "value": value,
            "earlier": "; ".join(f"{p}: {v}" for p, v in zip(periods, printed, strict=True)),
            "statistic": "medelvärdet ± 2,66 gånger den genomsnittliga skillnaden mellan värden i följd",
            "span": span,
            "scope": scope,
        },
        mend="Kontrollera att värdet är rätt inskrivet. Är det rätt skriver du vad som förklarar det.",
    )
