"""An indicator through the years: its value of the same period each year, and where the series breaks.

A series breaks where sub-units came or went and where the indicator was another one; a sub-unit that took
over after one breaks nothing for the unit. Called by report and review. Pure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from arshjul.catalogue import Sex
from arshjul.compilation.figures import IndicatorResult
from arshjul.compilation.withholding import Figure
from arshjul.cycle_data import CycleData
from arshjul.history import WHOLE_UNIT, EarlierValue
from arshjul.organisation import Unit
from arshjul.values import COLUMNS, unit_figures, with_totals


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one period ("T2 2025")."""

    period: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Break:
    """Between `before` and `period` the series is not one: why, in a Swedish phrase."""

    before: str
    period: str
    why: str


@dataclass(frozen=True, slots=True)
class Series:
    """The points, the oldest first, and the breaks between them."""

    points: tuple[Point, ...]
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class _Year:
    period: str
    figure: Figure
    scopes: frozenset[str]
    formerly: str


def series_of(data: CycleData, result: IndicatorResult) -> Series:
    """The unit's values of the same kind of report year by year, with today's last where it may be shown."""
    years = list(_years(data, result))
    points = tuple(Point(year.period, year.figure) for year in years)
    breaks = tuple(
        Break(before.period, after.period, why)
        for before, after in pairwise(years)
        if (why := _why(data.unit, before, after))
    )
    return Series(points, breaks)


def _years(data: CycleData, result: IndicatorResult) -> Iterator[_Year]:
    of_kind = [
        value
        for value in data.history.values
        if value.indicator == result.indicator.id
        and value.period.startswith(f"{data.key.kind} ")
        and value.period != str(data.key)
    ]
    for period in sorted({value.period for value in of_kind}):
        values = [value for value in of_kind if value.period == period]
        figure = _figure(values, result)
        if figure is not None:
            scopes = frozenset(value.scope for value in values if value.scope != WHOLE_UNIT)
            yield _Year(period, figure, scopes, values[0].formerly)
    today = result.figures.get(Sex.TOTAL)
    if today is not None and not today.withheld:
        told = frozenset(part.scope for part in result.parts if part.figures)
        yield _Year(str(data.key), today, told, "")


def _figure(values: list[EarlierValue], result: IndicatorResult) -> Figure | None:
    kept = next((v for v in values if v.scope == WHOLE_UNIT and v.sex is Sex.TOTAL), None)
    if kept is not None:
        return Figure(kept.number, kept.respondents)
    rows = [
        (v.indicator, v.scope, v.sex, v.number, pd.NA if v.respondents is None else v.respondents)
        for v in values
        if v.scope != WHOLE_UNIT
    ]
    if not rows:
        return None
    methods = {result.indicator.id: result.measure.method}
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"number": object, "respondents": object})
    made = unit_figures(with_totals(frame, methods), methods)
    for row in made.to_dict("records"):
        if row["sex"] == Sex.TOTAL:
            return Figure(row["number"], None if pd.isna(row["respondents"]) else int(row["respondents"]))
    return None


def _why(unit: Unit, before: _Year, after: _Year) -> str:
    reasons = []
    if before.formerly != after.formerly:
        reasons.append(f"indikatorn hade tidigare beteckningen {before.formerly or after.formerly}")
    if before.scopes and after.scopes:
        heirs = {subunit.predecessor: subunit.code for subunit in unit.subunits if subunit.predecessor}
        carried = {
            heirs.get(scope, scope) if heirs.get(scope) in after.scopes else scope for scope in before.scopes
        }
        names = {subunit.code: subunit.name for subunit in unit.subunits}
        if came := after.scopes - carried:
            reasons.append(f"{_listed(names.get(code, code) for code in came)} har tillkommit")
        if went := carried - after.scopes:
            reasons.append(f"{_listed(names.get(code, code) for code in went)} ingår inte längre")
    return "; ".join(reasons)


def _listed(names: Iterable[str]) -> str:
    *first, last = sorted(names)
    return f"{', '.join(first)} och {last}" if first else last
