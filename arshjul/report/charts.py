"""The charts of a report: bars against a target, two bars side by side, differences from zero.

Each gives a `Figure`: the drawing with every value written in it, and an alt text that says the same in
words. Nothing is told by colour alone. Numbers come exact and are printed by `arshjul.numbers`. Pure.
Called where a report is built. See also `period_chart`, `goals_figure` and `wheel_figure`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from arshjul.numbers import format_number, format_quantity
from arshjul.report import svg
from arshjul.report.blocks import Figure

WIDTH = 720.0
SIZE = 13.0
NO_DATA = "uppgift saknas"

_ROW = 30.0
_BAR = 17.0
_TOP = 34.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A name and its value; without one, `missing` is written where the bar would be."""

    label: str
    value: Decimal | None
    missing: str = NO_DATA
    total: bool = False  # the unit as a whole: set in bold, a little apart


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and two values, such as men and women, or arrivals and departures."""

    label: str
    first: Decimal | None
    second: Decimal | None
    missing: str = NO_DATA


@dataclass(frozen=True, slots=True)
class Target:
    """A line to compare with: "Årsmål" 85. `at_most` where a low value is the good one."""

    name: str
    value: Decimal
    at_most: bool = False

    def is_met(self, value: Decimal) -> bool:
        """Whether `value` reaches the target."""
        return value <= self.value if self.at_most else value >= self.value


def bars_against_target(
    title: str, bars: Sequence[Bar], unit: str, target: Target | None = None, decimals: int | None = None
) -> Figure:
    """One bar for each sub-unit; a bar that misses the target is hatched. Values may be negative."""
    known = [bar.value for bar in bars if bar.value is not None]
    scale = _Scale.over([*known, *([target.value] if target else [])], [bar.label for bar in bars])
    drawn: list[str] = []
    values: list[str] = []
    y = _TOP if target else 8.0
    for bar in bars:
        if bar.total and y > _TOP:
            y += 8
            drawn.append(svg.line(0, y - 5, WIDTH, y - 5, svg.stroke(svg.GRID)))
        drawn.append(_label(bar.label, scale.left, y + _ROW / 2, bold=bar.total))
        if bar.value is None:
            drawn.append(_missing(scale, y, bar.missing))
        else:
            hatched = target is not None and not target.is_met(bar.value)
            drawn.append(_bar(scale, y + (_ROW - _BAR) / 2, _BAR, bar.value, svg.PETROL, hatched=hatched))
            printed = format_quantity(bar.value, unit, decimals)
            values.append(_value(scale, y + _ROW / 2, bar.value, printed, bold=bar.total))
        y += _ROW
    drawn.append(_zero_line(scale, 26 if target else 4, y))
    height = y + 8
    if target:
        drawn += _target_line(scale, target, format_quantity(target.value, unit, decimals), y)
    drawn += values  # above the target's line
    if target:
        drawn.append(_key(y + 24, [("Når målet", svg.PETROL, False), ("Når inte målet", svg.PETROL, True)]))
        height = y + 36
    return Figure(
        svg.document(WIDTH, height, title, drawn),
        _bars_in_words(title, bars, unit, target, decimals),
        title,
    )


def differences(title: str, bars: Sequence[Bar], unit: str, decimals: int | None = None) -> Figure:
    """One bar for each sub-unit to either side of zero: economy against budget, change since last year."""
    values = [bar.value for bar in bars if bar.value is not None]
    scale = _Scale.over(values, [bar.label for bar in bars])
    drawn: list[str] = []
    said: list[str] = []
    y = 8.0
    for bar in bars:
        if bar.total and y > _ROW:
            y += 8
            drawn.append(svg.line(0, y - 5, WIDTH, y - 5, svg.stroke(svg.GRID)))
        drawn.append(_label(bar.label, scale.left, y + _ROW / 2, bold=bar.total))
        if bar.value is None:
            drawn.append(_missing(scale, y, bar.missing))
            said.append(f"{bar.label} {bar.missing}")
        else:
            printed = _with_unit(format_number(bar.value, decimals, sign=True), unit)
            drawn.append(
                _bar(scale, y + (_ROW - _BAR) / 2, _BAR, bar.value, svg.PETROL, hatched=bar.value < 0)
            )
            drawn.append(_value(scale, y + _ROW / 2, bar.value, printed, bold=bar.total))
            said.append(f"{bar.label} {printed}")
        y += _ROW
    drawn.append(_zero_line(scale, 4, y))
    return Figure(
        svg.document(WIDTH, y + 8, title, drawn), f"Stapeldiagram. {title}. {'; '.join(said)}.", title
    )


def pairs(
    title: str,
    named: Sequence[Pair],
    names: tuple[str, str],
    unit: str,
    target: Target | None = None,
    decimals: int | None = None,
) -> Figure:
    """Two bars for each name, the second one hatched: men and women, arrivals and departures."""
    known = [value for pair in named for value in (pair.first, pair.second) if value is not None]
    scale = _Scale.over([*known, *([target.value] if target else [])], [pair.label for pair in named])
    drawn: list[str] = []
    values: list[str] = []
    said: list[str] = []
    row, thick = 46.0, 15.0
    y = _TOP if target else 8.0
    for pair in named:
        drawn.append(_label(pair.label, scale.left, y + row / 2, lines=3))
        words = []
        for place, (name, value) in enumerate(zip(names, (pair.first, pair.second), strict=True)):
            top = y + 5 + place * (thick + 3)
            if value is None:
                drawn.append(_missing(scale, top + (thick - _ROW) / 2, pair.missing))
                words.append(f"{name.lower()} {pair.missing}")
                continue
            printed = format_quantity(value, unit, decimals)
            drawn.append(_bar(scale, top, thick, value, (svg.PETROL, svg.PLUM)[place], hatched=place == 1))
            values.append(_value(scale, top + thick / 2, value, printed))
            words.append(f"{name.lower()} {printed}")
        said.append(f"{pair.label}: {', '.join(words)}")
        y += row
    drawn.append(_zero_line(scale, 26 if target else 4, y))
    if target:
        drawn += _target_line(scale, target, format_quantity(target.value, unit, decimals), y)
        said.append(_target_in_words(target, unit, decimals))
    drawn += values  # above the target's line
    drawn.append(_key(y + 24, [(names[0], svg.PETROL, False), (names[1], svg.PLUM, True)]))
    return Figure(
        svg.document(WIDTH, y + 36, title, drawn), f"Stapeldiagram. {title}. {'; '.join(said)}.", title
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a value lies between the names on the left and the margin on the right."""

    left: float
    right: float
    low: float
    high: float

    @classmethod
    def over(cls, values: Sequence[Decimal], labels: Sequence[str]) -> "_Scale":
        widest = max((svg.text_width(label, SIZE) for label in labels), default=0.0)
        low, high = float(min([*values, Decimal(0)])), float(max([*values, Decimal(0)]))
        left = min(max(widest + 14, 90), 250)
        # A bar below zero has its value written to the left of it.
        return cls(
            left, WIDTH - 92, low - (high - low) * 0.16 if low < 0 else 0.0, high if high > low else low + 1
        )

    def at(self, value: Decimal) -> float:
        return self.left + (float(value) - self.low) / (self.high - self.low) * (self.right - self.left)


def _label(words: str, width: float, middle: float, *, bold: bool = False, lines: int = 2) -> str:
    if bold:
        return svg.text(
            width - 10, middle + SIZE * 0.34, svg.shorten(words, width - 12, SIZE), anchor="end", bold=True
        )
    return svg.lines_of_text(width - 10, middle, svg.wrap(words, width - 12, SIZE, lines), anchor="end")


def _bar(scale: _Scale, y: float, thick: float, value: Decimal, colour: str, *, hatched: bool) -> str:
    left, right = sorted((scale.at(Decimal(0)), scale.at(value)))
    if not hatched:
        return svg.rect(left, y, right - left, thick, svg.fill(colour))
    return (
        svg.rect(left, y, right - left, thick, svg.fill(svg.TINT))
        + svg.hatch(left, y, right - left, thick, colour)
        + svg.rect(left, y, right - left, thick, svg.stroke(colour, 1.2))
    )


def _value(scale: _Scale, middle: float, value: Decimal, printed: str, *, bold: bool = False) -> str:
    """The number at the end of its bar, on a ground of its own: a target's line may run just there."""
    wide = svg.text_width(printed, SIZE)
    x = scale.at(value) - wide - 9 if value < 0 else scale.at(value) + 3
    ground = svg.rect(x, middle - 9, wide + 6, 18, svg.fill(svg.PAPER))
    anchor, at = ("end", x + wide + 3) if value < 0 else ("start", x + 4)
    return ground + svg.text(at, middle + SIZE * 0.34, printed, anchor=anchor, bold=bold)


def _missing(scale: _Scale, y: float, words: str) -> str:
    return svg.text(scale.at(Decimal(0)) + 7, y + _ROW / 2 + SIZE * 0.34, words, colour=svg.SOFT)


def _zero_line(scale: _Scale, top: float, bottom: float) -> str:
    x = scale.at(Decimal(0))
    return svg.line(x, top, x, bottom, svg.stroke(svg.SOFT, 1.2))


def _target_line(scale: _Scale, target: Target, printed: str, bottom: float) -> list[str]:
    x = scale.at(target.value)
    words = f"{target.name} {printed}"
    half = svg.text_width(words, SIZE) / 2
    return [
        svg.line(x, 24, x, bottom, svg.stroke(svg.TARGET, 1.8) + ' stroke-dasharray="5 3"'),
        svg.text(
            min(max(x, half), WIDTH - half),
            15,
            words,
            size=SIZE,
            anchor="middle",
            colour=svg.TARGET,
            bold=True,
        ),
    ]


def _key(y: float, entries: Sequence[tuple[str, str, bool]]) -> str:
    """What the kinds of bar mean."""
    drawn, x = [], 0.0
    for words, colour, hatched in entries:
        drawn.append(svg.rect(x, y - 11, 22, 12, svg.fill(svg.TINT if hatched else colour)))
        if hatched:
            drawn.append(
                svg.hatch(x, y - 11, 22, 12, colour) + svg.rect(x, y - 11, 22, 12, svg.stroke(colour, 1.2))
            )
        drawn.append(svg.text(x + 29, y, words, size=12.5, colour=svg.SOFT))
        x += 29 + svg.text_width(words, 12.5) + 26
    return "".join(drawn)


def _with_unit(printed: str, unit: str) -> str:
    return f"{printed}\N{NO-BREAK SPACE}{unit}" if unit else printed


def _bars_in_words(
    title: str, bars: Sequence[Bar], unit: str, target: Target | None, decimals: int | None
) -> str:
    said = [
        f"{bar.label} {bar.missing if bar.value is None else format_quantity(bar.value, unit, decimals)}"
        for bar in bars
    ]
    sentences = [f"Stapeldiagram. {title}.", f"{'; '.join(said)}."]
    if target:
        known = [bar for bar in bars if bar.value is not None and not bar.total]
        met = sum(target.is_met(bar.value) for bar in known if bar.value is not None)
        sentences.append(f"{_target_in_words(target, unit, decimals)}; {met} av {len(known)} når målet.")
    return " ".join(sentences)


def _target_in_words(target: Target, unit: str, decimals: int | None) -> str:
    most = "högst " if target.at_most else ""
    return f"{target.name} {most}{format_quantity(target.value, unit, decimals)}"
