"""An indicator over periods: a line with every value written, and the target as a line to compare with.

Called where a report is built. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from arshjul.numbers import format_quantity
from arshjul.report import svg
from arshjul.report.blocks import Figure
from arshjul.report.charts import NO_DATA, SIZE, WIDTH

_LEFT, _RIGHT, _TOP, _BOTTOM = 30.0, 620.0, 34.0, 174.0
_HEIGHT = 206.0  # four of them, with their captions, fill a page
_TARGET = svg.stroke(svg.TARGET, 1.8) + ' stroke-dasharray="5 3"'
_BREAK = svg.stroke(svg.SOFT, 1.4) + ' stroke-dasharray="1.5 4"'


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one period ("2024", "T2 2025"), and the target that held then.

    `breaks`: it cannot be compared with those before it.
    """

    period: str
    value: Decimal | None
    target: Decimal | None = None
    breaks: bool = False


def over_periods(
    title: str, points: Sequence[Point], unit: str, target_name: str = "Årsmål", decimals: int | None = None
) -> Figure:
    """A line through the values, broken where one is missing; the target is a stair beside it."""
    known = [value for point in points for value in (point.value, point.target) if value is not None]
    low, high = (float(min(known)), float(max(known))) if known else (0.0, 1.0)
    spread = (high - low) or abs(high) * 0.5 or 1.0
    low, high = low - spread * 0.4, high + spread * 0.2  # the lowest value may be written below its point
    step = (_RIGHT - _LEFT) / max(len(points), 1)

    def x(place: int) -> float:
        return _LEFT + step * (place + 0.5)

    def y(value: Decimal) -> float:
        return _BOTTOM - (float(value) - low) / (high - low) * (_BOTTOM - _TOP)

    drawn = [svg.line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM, svg.stroke(svg.SOFT, 1.2))]
    for place, point in enumerate(points):
        drawn.append(svg.line(x(place), _BOTTOM, x(place), _BOTTOM + 5, svg.stroke(svg.SOFT, 1.2)))
        drawn.append(
            svg.text(x(place), _BOTTOM + 22, point.period, size=SIZE, anchor="middle", colour=svg.SOFT)
        )
    for target, group in groupby(enumerate(points), key=lambda numbered: numbered[1].target):
        if target is not None:
            places = [place for place, _ in group]
            begin, end = x(places[0]) - step / 2, x(places[-1]) + step / 2
            drawn.append(svg.line(begin, y(target), end, y(target), _TARGET))
    joined = {
        place: (y(one.value), y(other.value))
        for place, (one, other) in enumerate(pairwise(points))
        if one.value is not None and other.value is not None and not other.breaks
    }
    drawn += [
        svg.line(x(place), begin, x(place + 1), end, svg.stroke(svg.PETROL, 2.4))
        for place, (begin, end) in joined.items()
    ]
    for place, point in enumerate(points):
        if point.breaks:
            drawn.append(svg.line(x(place) - step / 2, _TOP, x(place) - step / 2, _BOTTOM, _BREAK))
    # A long unit beside every value would run into the next one: it is then written once, above them all.
    whole = [format_quantity(one.value, unit, decimals) for one in points if one.value is not None]
    once = any(svg.text_width(words, SIZE) > step - 10 for words in whole)
    beside = "" if once else unit
    if once:
        drawn.append(svg.text(_LEFT, 18, unit, size=SIZE, colour=svg.SOFT))
    for place, point in enumerate(points):
        if point.value is None:
            drawn.append(svg.text(x(place), _BOTTOM - 10, NO_DATA, size=11, anchor="middle", colour=svg.SOFT))
            continue
        level = y(point.value)
        drawn.append(svg.disc(x(place), level, 4.5, svg.fill(svg.PETROL)))
        slopes = (
            (joined[place - 1][0] - level) / step if place - 1 in joined else 0.0,
            (joined[place][1] - level) / step if place in joined else 0.0,
        )
        printed = format_quantity(point.value, beside, decimals)
        off, down, anchor = _clear_of(
            slopes, svg.text_width(printed, SIZE), None if point.target is None else y(point.target) - level
        )
        drawn.append(svg.text(x(place) + off, level + down, printed, anchor=anchor, bold=True))
    last = next((point.target for point in reversed(points) if point.target is not None), None)
    if last is not None:
        end = x(max(place for place, point in enumerate(points) if point.target is not None)) + step / 2
        words = [
            line
            for said in (target_name, format_quantity(last, beside, decimals))
            for line in svg.wrap(said, WIDTH - end - 8, SIZE)
        ]
        drawn.append(svg.lines_of_text(end + 8, y(last), words, size=SIZE, colour=svg.TARGET))
    return Figure(
        svg.document(WIDTH, _HEIGHT, title, drawn),
        _in_words(title, points, unit, target_name, decimals),
        title,
    )


def _clear_of(slopes: tuple[float, float], wide: float, target: float | None) -> tuple[float, float, str]:
    """Where a value is written so that no line runs through it: across, down and anchor from its point.

    `slopes`: how much the lines to the left and to the right of the point fall for each step away from it,
    0 where there is none. `target`: how far below the point the target's line lies.
    """
    reach = wide / 2
    above_is_free = all(slope * reach > -6 for slope in slopes) and not (target and -28 < target < -7)
    below_is_free = all(slope * reach < 6 for slope in slopes) and not (target and 7 < target < 28)
    if above_is_free and not (below_is_free and target and target < 0):
        return 0.0, -12.0, "middle"
    if below_is_free:
        return 0.0, 23.0, "middle"
    # A steep line through the point: above it, on the side where the line is below.
    return (-8.0, -8.0, "end") if slopes[1] < slopes[0] else (8.0, -8.0, "start")


def _in_words(title: str, points: Sequence[Point], unit: str, target_name: str, decimals: int | None) -> str:
    said = []
    targets = {point.target for point in points}
    for point in points:
        words = NO_DATA if point.value is None else format_quantity(point.value, unit, decimals)
        if point.target is not None and len(targets) > 1:
            words += f" ({_lower(target_name)} {format_quantity(point.target, unit, decimals)})"
        said.append(f"{point.period} {words}")
    one = next(iter(targets)) if len(targets) == 1 else None
    against = f" {target_name} {format_quantity(one, unit, decimals)}." if one is not None else ""
    return f"Linjediagram. {title}. {'; '.join(said)}.{against}"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
