"""The årshjul as a figure: twelve month sectors around rings of reports, meetings and duties.

An entry lies where its dates lie; its name follows the circle and is turned in the lower half, so that
it can be read. Status is a shape, not a colour alone; the alt text lists every entry with its dates.
Called where a report, the portal or `arshjul wheel` shows the year. Pure: `today` is a parameter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from html import escape
from itertools import groupby
from math import pi
from typing import Literal
from zlib import crc32

from arshjul.report import svg
from arshjul.report.blocks import Figure
from arshjul.report.circle import Circle
from arshjul.report.printable import printable
from arshjul.swedish_dates import MONTHS

Ring = Literal["cycle", "meeting", "duty"]
_Sample = Callable[[float, float], str]  # draws a part of the key at a place

# From the month names inwards: the longest names where there is most room.
RINGS: dict[Ring, str] = {"cycle": "Uppföljning", "duty": "Uppgifter", "meeting": "Möten"}
_COLOURS: dict[Ring, tuple[str, str]] = {
    "duty": (svg.PLUM, svg.PLUM_TINT),
    "meeting": (svg.OCHRE, svg.OCHRE_TINT),
    "cycle": (svg.PETROL, svg.PETROL_TINT),
}

# The four states an entry may be in, in the words that are shown, each with its mark.
STATUSES = ("klar", "pågår", "kommande", "försenad")

_SIZE = 12.5
_LANE = 17.5  # the height of one lane of a ring
_BETWEEN = 7.0  # between two rings
_MONTH = 26.0  # the band of month names
_CORE = 150.0  # the radius inside which the unit's name stands
_TODAY = svg.stroke(svg.TARGET, 1.6) + ' stroke-dasharray="1.6 4"'
_LABEL = 230.0  # a longer name is cut; the alt text has it whole


@dataclass(frozen=True, slots=True)
class WheelEntry:
    """Something that happens in the year, from `start` to `end` (the same day for a meeting).

    `link`: where it leads, in a page that shows the wheel; such a wheel is no longer one picture.
    """

    label: str
    start: date
    end: date
    ring: Ring
    status: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry on its lane: the days it lasts and the room its name takes, as shares of the turn."""

    entry: WheelEntry
    begin: float
    end: float
    words_begin: float
    words_end: float

    def meets(self, other: "_Placed") -> bool:
        """Whether two entries of a lane are in each other's way."""
        gap = 0.005
        return self._first < other._last + gap and other._first < self._last + gap

    @property
    def _first(self) -> float:
        return min(self.begin, self.words_begin)

    @property
    def _last(self) -> float:
        return max(self.end, self.words_end)


@dataclass(frozen=True, slots=True)
class _Band:
    """A ring with its lanes, innermost first, from `inner` to `outer`."""

    ring: Ring
    inner: float
    lanes: tuple[tuple[_Placed, ...], ...]

    @property
    def outer(self) -> float:
        return self.inner + _LANE * max(len(self.lanes), 1)


def draw_wheel(year: int, unit: str, entries: Sequence[WheelEntry], today: date | None = None) -> Figure:
    """The wheel of `year`, January at the top and then clockwise, as large as its entries need."""
    shown = sorted(
        (entry for entry in entries if entry.start.year <= year <= entry.end.year),
        key=lambda entry: (list(RINGS).index(entry.ring), entry.start, entry.end, entry.label),
    )
    bands: list[_Band] = []
    edge = _CORE
    for ring in reversed(RINGS):
        entries_there = [entry for entry in shown if entry.ring == ring]
        if not entries_there and shown:
            continue
        bands.append(_Band(ring, edge, _lanes(entries_there, year, edge)))
        edge = bands[-1].outer + _BETWEEN
    title = f"Årshjul {year} för {unit}"
    middle = edge + _MONTH + 12
    circle = Circle(middle, middle, f"hjul-{crc32(title.encode()):08x}")
    drawn = [*_months(circle, year, edge)]
    marked = today is not None and today.year == year
    if today is not None and marked:
        drawn += _today(circle, _turn(today, year), edge)
    for band in bands:
        drawn += _band(circle, band)
    drawn += _core(circle, year, unit)
    statuses = [status for status in STATUSES if any(entry.status == status for entry in shown)]
    key, height = _key(2 * middle, [band.ring for band in reversed(bands)], statuses, marked=marked)
    drawn += key
    return Figure(svg.document(2 * middle, height, title, drawn), _in_words(title, shown), title)


def _turn(day: date, year: int) -> float:
    """How far round the year `day` begins, from 0 to 1; every day is equally wide."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    return min(max((day - first).days, 0), (after - first).days) / (after - first).days


def _lanes(entries: Sequence[WheelEntry], year: int, inner: float) -> tuple[tuple[_Placed, ...], ...]:
    """The entries of a ring: each in the first lane, from within, where nothing is in its way."""
    lanes: list[list[_Placed]] = []
    for entry in entries:
        for place in range(len(lanes) + 1):
            if place == len(lanes):
                lanes.append([])
            placed = _place(entry, year, inner + _LANE * (place + 0.5))
            if not any(placed.meets(other) for other in lanes[place]):
                lanes[place].append(placed)
                break
    return tuple(tuple(lane) for lane in lanes)


def _place(entry: WheelEntry, year: int, radius: float) -> _Placed:
    begin, end = _turn(entry.start, year), _turn(entry.end + timedelta(days=1), year)
    around = 2 * pi * radius
    edge = (8 + (15 if entry.status else 0)) / around
    words = svg.text_width(svg.shorten(entry.label, _LABEL, _SIZE), _SIZE) / around
    if begin + edge + words <= 1:
        return _Placed(entry, begin, end, begin + edge, begin + edge + words)
    # At the year's end there is no room after the day: the name stands before it.
    return _Placed(entry, begin, end, begin - 6 / around - words, begin - 6 / around)


def _months(circle: Circle, year: int, inner: float) -> list[str]:
    middle = inner + _MONTH / 2
    drawn = [svg.disc(circle.x, circle.y, middle, svg.stroke(svg.TINT, _MONTH))]
    for month, name in enumerate(map(str.capitalize, MONTHS), start=1):
        begin = _turn(date(year, month, 1), year)
        end = _turn(date(year, month + 1, 1), year) if month < 12 else 1.0
        drawn.append(circle.spoke(_CORE, inner + _MONTH, begin, svg.stroke(svg.GRID)))
        drawn.append(circle.words(name, middle, begin, end, size=14, place=month, anchor="middle", bold=True))
    return drawn


def _band(circle: Circle, band: _Band) -> list[str]:
    strong, pale = _COLOURS[band.ring]
    drawn = [svg.disc(circle.x, circle.y, band.outer + _BETWEEN / 2, svg.stroke(svg.GRID))]
    for lane, placements in enumerate(band.lanes):
        radius = band.inner + _LANE * (lane + 0.5)
        for number, placed in enumerate(placements):
            place = 100 * (1 + list(RINGS).index(band.ring) * 20 + lane) + number
            width = _LANE - 3
            sector = [circle.arc(radius, placed.begin, placed.end, svg.stroke(pale, width))]
            sector.append(
                circle.spoke(radius - width / 2, radius + width / 2, placed.begin, svg.stroke(strong, 3))
            )
            if placed.entry.status:
                x, y = circle.at(radius, placed.begin + 12 / (2 * pi * radius))
                sector.append(_mark(placed.entry.status, x, y))
            words = svg.shorten(placed.entry.label, _LABEL, _SIZE)
            sector.append(
                circle.words(words, radius, placed.words_begin, placed.words_end, size=_SIZE, place=place)
            )
            drawn += _linked(sector, placed.entry)
    return drawn


def _linked(sector: list[str], entry: WheelEntry) -> list[str]:
    """A sector as a link, named with its dates and status, where it leads somewhere."""
    if entry.link is None:
        return sector
    status = f", {entry.status}" if entry.status else ""
    said = escape(printable(f"{entry.label}, {_days(entry)}{status}"), quote=True)
    return [f'<a href="{escape(entry.link, quote=True)}" aria-label="{said}">', *sector, "</a>"]


def _mark(status: str, x: float, y: float) -> str:
    """A disc with a tick, a half disc, a ring, a triangle: told apart without their colours."""
    n = svg.number
    if status == "klar":
        tick = f'<path d="M{n(x - 2.6)} {n(y + 0.2)}l1.9 1.9 3.4-4" {svg.stroke(svg.PAPER, 1.4)}/>'
        return svg.disc(x, y, 5.4, svg.fill(svg.INK)) + tick
    if status == "pågår":
        half = f'<path d="M{n(x)} {n(y - 5)}a5 5 0 0 0 0 10z" {svg.fill(svg.INK)}/>'
        return svg.disc(x, y, 4.8, svg.stroke(svg.INK, 1.3)) + half
    if status == "försenad":
        return (
            f'<path d="M{n(x)} {n(y - 6)}l6 10.4h-12z" {svg.fill(svg.TARGET)}/>'
            f'<path d="M{n(x)} {n(y - 2.4)}v3.4m0 1.2v1.2" {svg.stroke(svg.PAPER, 1.3)}/>'
        )
    return svg.disc(x, y, 4.8, svg.stroke(svg.INK, 1.3))


def _core(circle: Circle, year: int, unit: str) -> list[str]:
    lines = svg.wrap(unit, 2 * _CORE - 44, 13, 3)
    return [
        svg.disc(circle.x, circle.y, _CORE - 6, svg.fill(svg.TINT)),
        svg.text(circle.x, circle.y - 8, str(year), size=30, anchor="middle", bold=True),
        svg.lines_of_text(circle.x, circle.y + 18 + 8 * (len(lines) - 1), lines, size=13, anchor="middle"),
    ]


def _today(circle: Circle, turn: float, edge: float) -> list[str]:
    x, y = circle.at(edge + _MONTH + 6, turn)  # outside the band, where no month's name is
    return [
        circle.spoke(_CORE - 6, edge + _MONTH + 6, turn, _TODAY),
        svg.disc(x, y, 4, svg.fill(svg.TARGET)),
    ]


def _key(
    width: float, rings: Sequence[Ring], statuses: Sequence[str], *, marked: bool
) -> tuple[list[str], float]:
    """What rings, marks and the line for today mean; and how high the drawing becomes."""
    drawn: list[str] = []
    y = width + 24
    first: list[tuple[str, _Sample]] = [(RINGS[ring], partial(_sample, ring)) for ring in rings]
    second: list[tuple[str, _Sample]] = [(status, partial(_status_sample, status)) for status in statuses]
    if marked:
        second.append(("i dag", _today_sample))
    for row in (first, second):
        x = (width - sum(48 + svg.text_width(words, 13) for words, _ in row) + 22) / 2
        for words, sample in row:
            drawn += [sample(x, y), svg.text(x + 26, y, words, size=13, colour=svg.SOFT)]
            x += 48 + svg.text_width(words, 13)
        y += 26 if row else 0
    return drawn, y - 8


def _sample(ring: Ring, x: float, y: float) -> str:
    strong, pale = _COLOURS[ring]
    return svg.rect(x, y - 11, 18, 14, svg.fill(pale)) + svg.rect(x, y - 11, 3, 14, svg.fill(strong))


def _status_sample(status: str, x: float, y: float) -> str:
    return _mark(status, x + 10, y - 4.5)


def _today_sample(x: float, y: float) -> str:
    return svg.line(x + 9, y - 13, x + 9, y + 4, _TODAY)


def _in_words(title: str, entries: Sequence[WheelEntry]) -> str:
    said = [f"{title}."]
    for ring, group in groupby(entries, key=lambda entry: entry.ring):
        each = "; ".join(
            f"{entry.label} {_days(entry)}{f' ({entry.status})' if entry.status else ''}" for entry in group
        )
        said.append(f"{RINGS[ring]}: {each}.")
    return " ".join(said)


def _days(entry: WheelEntry) -> str:
    """ "4–22 maj", "28 april–5 maj", "8 september"."""
    first, last = entry.start, entry.end
    month = MONTHS[last.month - 1]
    if first == last:
        return f"{last.day} {month}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {month}"
    return f"{first.day} {MONTHS[first.month - 1]}–{last.day} {month}"
