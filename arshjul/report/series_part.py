"""Indicators through the years: one figure each, with the year's target as a line and breaks told of.

An earlier value on people stands here only where it has left the unit before, or is compared with in this
report and may be shown. Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Iterator

from arshjul.catalogue import Sex, read_target
from arshjul.compilation import Compiled, IndicatorResult
from arshjul.compilation.series import Series, series_of
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import round_half_up
from arshjul.report.blocks import Block, Figure, Paragraph, Voice
from arshjul.report.period_chart import Point, over_periods
from arshjul.suppression.register import cell_name

FEWEST = 3  # points that make a figure worth its room


def series_blocks(compiled: Compiled) -> Iterator[Block]:
    """The figures of all indicators that have values of three years or more."""
    figures = [figure for result in compiled.indicators.values() for figure in _figure(compiled, result)]
    if figures:
        yield Paragraph("Så har indikatorerna utvecklats. Den streckade linjen är årets mål.")
        yield from figures


def _figure(compiled: Compiled, result: IndicatorResult) -> Iterator[Block]:
    data, measure = compiled.data, result.measure
    series = series_of(data, result)
    told = [point for point in series.points if _may_be_told(compiled, result, point.period)]
    if len(told) < FEWEST:
        return
    aim = read_target(result.target)
    target = aim.number if aim else None
    shown = {point.period for point in told}
    breaks = {one.period: one.why for one in series.breaks if one.period in shown}
    points = [
        Point(one.period, round_half_up(one.figure.number, measure.decimals), target, one.period in breaks)
        for one in told
    ]
    name = "Årsmål" if result.indicator.target else "KF:s årsmål"
    title = f"{result.indicator.name}, {told[0].period}–{told[-1].period}"
    figure = over_periods(title, points, measure.unit, f"{name} {data.key.year}", measure.decimals)
    yield _with_breaks(figure, breaks)
    yield from _notes(series, shown)


def _with_breaks(figure: Figure, breaks: dict[str, str]) -> Figure:
    if not breaks:
        return figure
    said = " ".join(f"Serien bryts före {period}: {why}." for period, why in breaks.items())
    return Figure(figure.svg, f"{figure.alt} {said}", figure.caption, figure.width)


def _notes(series: Series, shown: set[str]) -> Iterator[Paragraph]:
    for one in series.breaks:
        if one.period in shown:
            words = f"Värdena före och efter kan inte jämföras rakt av: {one.why}."
            yield Paragraph(words, Voice.NOTE, label=f"Serien bryts före {one.period}")


def _may_be_told(compiled: Compiled, result: IndicatorResult, period: str) -> bool:
    data = compiled.data
    if period == str(data.key) or not result.measure.people:
        return True
    if any(one.period == period and not one.figure.withheld for one in result.compared):
        return True
    name = cell_name(result.indicator.id, WHOLE_UNIT, Sex.TOTAL, period)
    return any(name in release.cells for release in data.released)
