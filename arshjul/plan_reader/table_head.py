"""Table heads: which columns a table of indicators or activities has, and where they stand.

A head may lie on one line or be broken over many, its words set apart by tabs, wide gaps, positions or
only by single spaces. Called by `goal_body` (to begin a table) and `tables` (to see a repeated head).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from arshjul.plan_reader.lines import Line, Segment, segments_of, without_spaces
from arshjul.plan_reader.words import ReaderWords

_HEAD_LINES = 16  # printed lines that the longest head takes when every word stands on its own
_HEAD_REACH = 40  # the same with blank lines between them
_HEAD_LETTERS = 250
_LONGEST_NAME = 60
_CAPTION = 60
_NEAR = 1.0
_YEAR = re.compile(r"20\d\d")
UNKNOWN = "?"  # begins the key of a column whose name nobody knows


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, and where it begins when the source shows that."""

    key: str
    printed: str
    start: float = 0.0
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class TableHead:
    """A head over the lines from its first to `end` (index, not included).

    `placed` is whether the columns' places are known; else values are told apart by their form.
    """

    table: str
    columns: tuple[Column, ...]
    end: int
    placed: bool
    real: bool = False  # its rows are known: real cells or ruling lines
    tabbed: bool = False  # set apart by tabs: a line without any is a piece of the first cell

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns' keys in printed order."""
        return tuple(column.key for column in self.columns)


def table_head(lines: Sequence[Line], index: int, words: ReaderWords) -> TableHead | None:
    """The head that begins on `lines[index]`, as long as it reaches."""
    first = without_spaces(lines[index].text[:_HEAD_LETTERS])
    for table, begins in words.table_begins:
        if begins.match(first):
            columns = words.columns[table]
            return _placed_head(table, columns, lines, index) or _flowing_head(table, columns, lines, index)
    return None


def is_caption(lines: Sequence[Line], index: int, words: ReaderWords) -> bool:
    """Whether the line only says what table follows it ("Indikatorer", "Aktiviteter för målet")."""
    text = lines[index].words
    first = without_spaces(text)
    if len(text) > _CAPTION or text[-1:] in ".:" or not any(b.match(first) for _, b in words.table_begins):
        return False
    below = next((place for place in range(index + 1, len(lines)) if not lines[place].blank), None)
    return below is not None and table_head(lines, below, words) is not None


def _placed_head(
    table: str, columns: Mapping[str, tuple[str, ...]], lines: Sequence[Line], index: int
) -> TableHead | None:
    """A head whose columns stand apart; its wrapped words lie under one another."""
    merged: list[Segment] = []
    tabbed = not lines[index].segments and "\t" in lines[index].text.strip()
    best: TableHead | None = None
    for end in range(index + 1, min(index + 9, len(lines)) + 1):
        line = lines[end - 1]
        if line.blank:
            if end - 1 > index and best is not None and not line.soft:
                break
            continue
        if line.row != lines[index].row:
            break
        segments = segments_of(line)
        if end - 1 == index and len(segments) < 2:
            return None
        if tabbed and "\t" not in line.text:
            break
        merged = _merge(merged, segments)
        found = _by_year([_column_of(segment, columns) for segment in merged])
        named = found[0].key == next(iter(columns))
        if named and _is_head(
            [column.key for column in found], complete=end - 1 == index or lines[index].whole
        ):
            best = TableHead(table, _settled(found), end, True, lines[index].row is not None, tabbed)
        elif sum(len(segment.text) for segment in merged) > _HEAD_LETTERS:
            break
    return best


def _merge(merged: Sequence[Segment], segments: Sequence[Segment]) -> list[Segment]:
    """The segments of a head's next line added under those they overlap most."""
    result = list(merged)
    for segment in segments:
        position = max(range(len(merged)), key=lambda place: _overlap(merged[place], segment), default=None)
        if position is None or _overlap(merged[position], segment) < -_NEAR:
            result.append(segment)
        else:
            above = result[position]
            joined = f"{above.text} {segment.text}"
            result[position] = Segment(min(above.start, segment.start), max(above.end, segment.end), joined)
    return sorted(result, key=lambda segment: segment.start)


def _overlap(one: Segment, other: Segment) -> float:
    """How far two segments lie over one another; negative is the gap between them."""
    return min(one.end, other.end) - max(one.start, other.start)


def _is_head(keys: Sequence[str], *, complete: bool) -> bool:
    """Whether the columns make a head: a name and something known to measure or to date.

    A column of an unknown name is allowed where the head is `complete` on one line.
    """
    known = [key for key in keys if not key.startswith(UNKNOWN)]
    enough = len(known) == len(keys) if not complete else len(known) >= max(2, len(keys) / 2)
    return enough and len(known) > 1 and len(set(keys)) == len(keys)


def _column_of(segment: Segment, columns: Mapping[str, tuple[str, ...]]) -> Column:
    """The column whose name stands in the segment; an unknown one has its printed name as its key."""
    squashed = without_spaces(segment.text)
    for key, patterns in columns.items():
        if any(re.fullmatch(pattern, squashed, re.I) for pattern in patterns):
            return Column(key, segment.text, segment.start, segment.end)
    if _YEAR.fullmatch(squashed) and "previous" in columns:
        return Column("previous", segment.text, segment.start, segment.end)
    return Column(f"{UNKNOWN}{segment.text}", segment.text, segment.start, segment.end)


@cache
def _flowing_pattern(names: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    """Any column's name in text without spaces; the group bears the column's key."""
    pairs = [(pattern, key) for key, patterns in names for pattern in patterns]
    pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
    return re.compile(
        "|".join(f"(?P<{key}_{number}>{pattern})" for number, (pattern, key) in enumerate(pairs)), re.I
    )


def _flowing_head(
    table: str, columns: Mapping[str, tuple[str, ...]], lines: Sequence[Line], index: int
) -> TableHead | None:
    """A head whose columns' places are lost: names one after another, over as many lines as they fill."""
    pattern = _flowing_pattern(tuple(columns.items()))
    text, printed, position = "", 0, 0
    found: list[Column] = []
    best: TableHead | None = None
    for end in range(index + 1, min(index + _HEAD_REACH, len(lines)) + 1):
        line = lines[end - 1]
        if line.blank:
            continue
        printed += 1
        text += without_spaces(line.text)
        if printed > _HEAD_LINES or len(text) - position > _LONGEST_NAME:
            break
        # A name may go on over the line ("KF:s årsmål" + "år 2031"): the last one is read again.
        if found:
            position -= len(found.pop().printed)
        position += _take_columns(text[position:], pattern, found)
        dated = _by_year(found)
        if position == len(text) and len({column.key for column in dated}) == len(dated) > 1:
            best = TableHead(table, _settled(dated), end, placed=False)
    return best


def _by_year(columns: Sequence[Column]) -> list[Column]:
    """The columns; of two outcomes under years ("Utfall 2025", "Utfall 2024") the later is this year's."""
    dated = [column for column in columns if column.key == "previous" and _YEAR.search(column.printed)]
    if len(dated) != 2 or any(column.key == "outcome" for column in columns):
        return list(columns)
    years = [max(_YEAR.findall(column.printed)) for column in dated]
    if years[0] == years[1]:
        return list(columns)
    newest = dated[years.index(max(years))]
    return [replace(column, key="outcome") if column is newest else column for column in columns]


def _settled(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, where an outcome under the heading of a year is this year's if there is no other."""
    if any(column.key == "outcome" for column in columns):
        return tuple(columns)
    return tuple(replace(column, key="outcome") if column.key == "previous" else column for column in columns)


def _take_columns(text: str, pattern: re.Pattern[str], found: list[Column]) -> int:
    """Add the columns that `text` begins with; how many letters they take."""
    position = 0
    while name := pattern.match(text, position):
        key = (name.lastgroup or "").rsplit("_", 1)[0]
        found.append(Column(key, name.group()))
        position = name.end()
    return position
