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

_LEFT, _RIGHT, _TOP, _BOTTOM = 30.0, 620.0, 40.0, 236.0
_HEIGHT = 270.0
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
    room = (high - low) * 0.25 or abs(high) * 0.2 or 1.0
    low, high = low - room, high + room
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
    drawn += [
        svg.line(x(place), y(one.value), x(place + 1), y(other.value), svg.stroke(svg.PETROL, 2.4))
        for place, (one, other) in enumerate(pairwise(points))
        if one.value is not None and other.value is not None and not other.breaks
    ]
    for place, point in enumerate(points):
        if point.breaks:
            drawn.append(svg.line(x(place) - step / 2, _TOP, x(place) - step / 2, _BOTTOM, _BREAK))
    for place, point in enumerate(points):
        if point.value is None:
            drawn.append(svg.text(x(place), _BOTTOM - 10, NO_DATA, size=11, anchor="middle", colour=svg.SOFT))
            continue
        level = y(point.value)
        drawn.append(svg.disc(x(place), level, 4.5, svg.fill(svg.PETROL)))
        # Written on the side of the point where the target's line is not.
        below = point.target is not None and point.value < point.target
        printed = format_quantity(point.value, unit, decimals)
        drawn.append(svg.text(x(place), level + (23 if below else -12), printed, anchor="middle", bold=True))
    last = next((point.target for point in reversed(points) if point.target is not None), None)
    if last is not None:
        words = [target_name, format_quantity(last, unit, decimals)]
        end = x(max(place for place, point in enumerate(points) if point.target is not None)) + step / 2
        drawn.append(svg.lines_of_text(end + 8, y(last), words, size=SIZE, colour=svg.TARGET))
    return Figure(
        svg.document(WIDTH, _HEIGHT, title, drawn),
        _in_words(title, points, unit, target_name, decimals),
        title,
    )


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
