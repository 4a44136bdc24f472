"""From words with positions to lines with segments: the geometry of a printed page.

Takes what a PDF gives (words, ruling lines) and gives lines in reading order with their cells apart. What a
file is made of is in `arshjul.adapters.documents.pdf`, what the lines mean in `arshjul.plan_reader`. Measures
are points.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby, pairwise, takewhile

from arshjul.plan_reader import Segment
from arshjul.plan_reader.lines import Flow
from arshjul.plan_reader.paragraphs import glue

_SAME_LINE = 0.3  # of the type's size: subscripts stand on the line
_CELL_GAP = 0.9
_LONG_RULE = 100.0
_THICKEST = 3.0
_WRAPPED = Flow(width=80, keeps_spaces=False)
_SET_IN = 1.5


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word: its left and right edge, its baseline, the size and weight of its type."""

    left: float
    right: float
    baseline: float
    size: float
    text: str
    bold: bool = False
    figure: bool = False  # of a drawing: it stands in no line
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Ruling lines of a page: upright (x, from y, to y) and level (y, from x, to x) ones."""

    upright: tuple[tuple[float, float, float], ...] = ()
    level: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page with its cells, before it is numbered."""

    text: str
    segments: tuple[Segment, ...]
    baseline: float
    size: float
    bold: bool
    row: int | None
    walled: bool = False  # upright rules part its cells
    sides: bool = False  # upright rules stand beside it
    all_bold: bool = False
    lead: bool = False  # begins with words in bold and a colon
    figure: bool = False


def lines_of_page(words: Iterable[Word], rules: Rules) -> list[PrintedLine]:
    """The page's lines from the top, their words apart where rules or wide gaps divide them."""
    levels = _levels(rules)
    words = list(words)
    printed: list[PrintedLine] = []
    rows = _rows(word for word in words if not word.figure)
    sizes = [sorted(word.size for word in row)[len(row) // 2] for row in rows]
    numbers = [
        _row_number(levels, rules, row[0].baseline + 0.2 * size)
        for row, size in zip(rows, sizes, strict=True)
    ]
    walls_of = _walls_of_rows(rules, rows, sizes, numbers)
    for place, (row, size, number) in enumerate(zip(rows, sizes, numbers, strict=True)):
        baseline = row[0].baseline
        walls = walls_of[place]
        segments = _segments(row, walls, size)
        letters = sum(len(word.text) for word in row)
        printed.append(
            PrintedLine(
                " ".join(segment.text for segment in segments),
                segments,
                baseline,
                size,
                bold=sum(len(word.text) for word in row if word.bold) > letters / 2,
                row=number,
                walled=len(walls) > 2,
                sides=_sides(rules, baseline + 0.2 * size),
                all_bold=all(word.bold for word in row),
                lead=_has_lead(row),
            )
        )
    printed = _in_rows(printed, levels, rules)
    drawn = [
        PrintedLine(" ".join(word.text for word in row), (), 0.0, 1.0, False, None, figure=True)
        for row in _rows(word for word in words if word.figure)
    ]
    return [*_whole_rows(printed), *drawn]


def _has_lead(words: Sequence[Word]) -> bool:
    """Whether the line begins with words in bold that end in a colon, as a label before a text does."""
    label = list(takewhile(lambda word: word.bold, words))
    return 0 < len(label) < len(words) and label[-1].text.endswith(":")


def _in_rows(lines: Sequence[PrintedLine], levels: Sequence[float], rules: Rules) -> list[PrintedLine]:
    """The lines, those that only chance to stand between the rules of two tables in no row.

    Between rules without walls a row has cells apart, or text that is set in from the rule's end.
    """
    kept: list[PrintedLine] = []
    for row, together in groupby(lines, key=lambda line: line.row):
        block = list(together)
        if row is not None and not any(len(line.segments) > 1 or line.sides for line in block):
            edge = min(_left_end(levels[row - 1], rules), _left_end(levels[row], rules))
            if any(line.segments[0].start < edge + _SET_IN for line in block):
                block = [replace(line, row=None) for line in block]
        kept += block
    return kept


def _left_end(height: float, rules: Rules) -> float:
    """Where the level rule at a height begins."""
    return min((left for y, left, _ in rules.level if abs(y - height) <= _THICKEST), default=0.0)


def _whole_rows(lines: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """The lines, those of one walled table row as one: its cells may be set in the middle of the row."""
    for (row, walled), together in groupby(lines, key=lambda line: (line.row, line.walled)):
        block = list(together)
        if not walled or row is None or len(block) == 1:
            yield from block
            continue
        cells: dict[tuple[float, float], list[str]] = {}
        for segment in (segment for line in block for segment in line.segments):
            cells.setdefault((segment.start, segment.end), []).append(segment.text)
        segments = tuple(Segment(*edges, reduce(_join, texts)) for edges, texts in sorted(cells.items()))
        text = " ".join(segment.text for segment in segments)
        yield replace(block[0], text=text, segments=segments)


def _join(before: str, after: str) -> str:
    """Two lines of a cell as one text."""
    return glue(before, after, _WRAPPED)


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """The words by line, from the top; within a line from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.baseline):
        size = max(word.size, rows[-1][0].size) if rows else 0.0
        if rows and rows[-1][0].baseline - word.baseline <= _SAME_LINE * size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _walls_of_rows(
    rules: Rules, lines: Sequence[Sequence[Word]], sizes: Sequence[float], numbers: Sequence[int | None]
) -> list[list[float]]:
    """The walls of every line: those of its table row, which a line of one cell alone would not show."""
    walls = [
        _walls(rules, line[0].baseline + 0.3 * size, line) for line, size in zip(lines, sizes, strict=True)
    ]
    of_row: dict[int, list[float]] = {}
    for number, found in zip(numbers, walls, strict=True):
        if number is not None and len(found) > len(of_row.get(number, [])):
            of_row[number] = found
    return [
        of_row.get(number, found) if number is not None else found
        for number, found in zip(numbers, walls, strict=True)
    ]


def _walls(rules: Rules, height: float, words: Sequence[Word]) -> list[float]:
    """The places of upright rules that cross the line at `height`, when they make cells of it."""
    walls = sorted({round(x, 0) for x, low, high in rules.upright if low - 1 <= height <= high + 1})
    left = [wall for wall in walls if wall <= words[0].left + 1]
    return [*left[-1:], *(wall for wall in walls if wall > words[0].left + 1)] if len(walls) > 2 else []


def _segments(words: Sequence[Word], walls: Sequence[float], size: float) -> tuple[Segment, ...]:
    """The words grouped by the walls between them, else by wide gaps."""
    if len(walls) > 2:
        cells: dict[int, list[str]] = {}
        for word in words:
            cells.setdefault(bisect_right(walls, (word.left + word.right) / 2), []).append(word.text)
        edges = [min(words[0].left, walls[0]), *walls, max(words[-1].right, walls[-1])]
        return tuple(Segment(edges[cell], edges[cell + 1], " ".join(texts)) for cell, texts in cells.items())
    groups: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.left - before.right > _CELL_GAP * size:
            groups.append([])
        groups[-1].append(word)
    return tuple(
        Segment(group[0].left, group[-1].right, " ".join(word.text for word in group)) for group in groups
    )


def _levels(rules: Rules) -> list[float]:
    """The heights of level rules that are long, be it by many pieces over the cells of a row."""
    lengths: dict[int, float] = {}
    for y, left, right in rules.level:
        lengths[round(y)] = lengths.get(round(y), 0.0) + right - left
    ends = Counter(round(y) for _, low, high in rules.upright for y in (low, high))
    walls = {y for y, count in ends.items() if count > 2}
    return _apart(sorted({y for y, length in lengths.items() if length >= _LONG_RULE} | walls))


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights without those that are only the other edge of the same rule."""
    kept: list[float] = []
    for height in heights:
        if not kept or height - kept[-1] > _THICKEST:
            kept.append(height)
    return kept


def _sides(rules: Rules, height: float) -> bool:
    """Whether upright rules stand on both sides at that height."""
    return sum(low - _THICKEST <= height <= high + _THICKEST for _, low, high in rules.upright) > 1


def _row_number(levels: Sequence[float], rules: Rules, height: float) -> int | None:
    """Which table row the line stands in: between two level rules that are no edges of two tables."""
    place = bisect_right(levels, height)
    if not 0 < place < len(levels):
        return None
    below, above = levels[place - 1], levels[place]
    if _sides(rules, height):
        return place
    walled = all(
        any(low - _THICKEST <= level <= high + _THICKEST for _, low, high in rules.upright)
        for level in (below, above)
    )
    return None if walled else place
