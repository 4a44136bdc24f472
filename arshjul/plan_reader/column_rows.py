"""Rows of tables whose columns are known: by real cells, tabs, wide gaps or positions on the page.

A cell may go on over several lines; a row that closes with a period is complete with it and with the lines
that continue its cells. Where rows too are known (real cells, ruling lines) one may come in pieces, without
its name. Called by `tables`.
"""

from collections.abc import Sequence

from arshjul.plan_reader.cells import Grammar, closing_at_end, tidy_cell
from arshjul.plan_reader.lines import Flow, Line, Segment, segments_of, squash
from arshjul.plan_reader.paragraphs import glue
from arshjul.plan_reader.rows import Row, Stop, is_name
from arshjul.plan_reader.table_head import Column, TableHead

_ROW_REACH = 40
_CLOSING_KEYS = ("period", "periodicity", "end")
_NEAR = 2.0


def column_row(
    head: TableHead,
    lines: Sequence[Line],
    index: int,
    stop: Stop,
    grammar: Grammar,
    flow: Flow,
    *,
    strict: bool,
) -> Row | None:
    """The row that begins on `lines[index]`, or None where the line does not keep to the columns."""
    first = _cells_of(head, lines[index])
    if first is None:
        return None
    if lines[index].whole:
        complete = head.keys[0] in first and _complete(first, head, grammar)
        return _row(first, lines[index], index + 1, grammar) if complete or not strict else None
    if lines[index].row is not None:
        return _ruled_row(head, lines, index, grammar, flow, strict=strict)
    if head.keys[0] not in first:
        return None
    cells: dict[str, str] = {}
    end = index
    room = 0.0  # letters that the name's last line had room for
    while end < len(lines) and end < index + _ROW_REACH and not (end > index and stop(end)):
        line = lines[end]
        if line.blank:
            if _complete(cells, head, grammar) and not line.soft:
                break
            end += 1
            continue
        more = _cells_of(head, line)
        if more is None or (
            _complete(cells, head, grammar)
            and not _completes_period(cells, more, head, grammar)
            and _begins_another(cells, more, head, room)
        ):
            break
        room = _room(head, line) if head.keys[0] in more else room
        for key, text in more.items():
            cells[key] = glue(cells[key], text, flow) if key in cells else text
        end += 1
    while end > index and lines[end - 1].blank:
        end -= 1
    if len(cells) < 2 or head.keys[0] not in cells:
        return None
    if strict and not (_complete(cells, head, grammar) and is_name(cells[head.keys[0]], lines, index)):
        return None
    return _row(cells, lines[index], end, grammar)


def _ruled_row(
    head: TableHead, lines: Sequence[Line], index: int, grammar: Grammar, flow: Flow, *, strict: bool
) -> Row | None:
    """The row between two ruling lines: all its lines, wherever in the row each cell stands."""
    cells: dict[str, str] = {}
    end = index
    while end < len(lines) and (lines[end].blank or lines[end].row == lines[index].row):
        more = {} if lines[end].blank else _cells_of(head, lines[end])
        if more is None:
            return None
        for key, text in more.items():
            cells[key] = glue(cells[key], text, flow) if key in cells else text
        end += 1
    if strict and not (head.keys[0] in cells and _complete(cells, head, grammar)):
        return None
    return _row(cells, lines[index], end, grammar)


def _row(cells: dict[str, str], line: Line, end: int, grammar: Grammar) -> Row:
    """The row with its cells tidied."""
    tidy = {
        key: cell
        for key, text in cells.items()
        if (cell := _paragraphs(text) if key == "analysis" else tidy_cell(text, grammar))
    }
    return Row(tidy, line.number, end)


def _cells_of(head: TableHead, line: Line) -> dict[str, str] | None:
    """The line's words by column, or None where they run across the columns as a text does."""
    if head.tabbed and "\t" not in line.text.strip():
        return {head.keys[0]: line.words}
    segments = segments_of(line)
    loose = not line.segments and not line.whole
    if loose and len(segments) == len(head.columns):
        return {column.key: segment.text for column, segment in zip(head.columns, segments, strict=True)}
    if not head.tabbed and not line.whole and len(head.columns) > 1 and (len(segments) == 1 or loose):
        first = segments[0]
        if first.start < head.columns[0].end and first.end > head.columns[1].start + _NEAR:
            return None
    cells: dict[str, str] = {}
    for segment in segments:
        key = _column_at(head.columns, segment, 0.0 if head.tabbed or line.whole else _NEAR).key
        if loose and not head.tabbed and key in cells:
            return None  # gaps part the cells, but they do not stand under one another
        cells[key] = f"{cells[key]} {segment.text}" if key in cells else segment.text
    return cells


def _column_at(columns: Sequence[Column], segment: Segment, near: float) -> Column:
    """The column that the segment overlaps most, else the last one that begins before it."""

    def overlap(column: Column) -> float:
        return min(column.end, segment.end) - max(column.start, segment.start)

    best = max(columns[1:], key=overlap, default=columns[0])
    if overlap(best) > 0 and segment.start >= best.start - (segment.end - segment.start):
        if segment.start < columns[0].end:
            return columns[0]
        return best
    before = [column for column in columns if column.start <= segment.start + near]
    return before[-1] if before else columns[0]


def _paragraphs(text: str) -> str | None:
    """The text of a cell that explains the row, a newline between its paragraphs; None for a dash."""
    kept = "\n".join(filter(None, map(squash, text.split("\n"))))
    return kept if any(letter.isalnum() for letter in kept) else None


def _room(head: TableHead, line: Line) -> float:
    """How many letters more would have gone into the first column on this line."""
    first = segments_of(line)[0]
    if head.tabbed:
        return float("inf")
    letter = (first.end - first.start) / max(1, len(first.text))
    return (head.columns[1].start - 2 * letter - first.end) / letter - 1 if letter else 0.0


def closing_of(head: TableHead) -> str | None:
    """The column that every row fills once: its period, or the day an activity ends."""
    return next((key for key in _CLOSING_KEYS if key in head.keys), None)


def _complete(cells: dict[str, str], head: TableHead, grammar: Grammar) -> bool:
    """Whether the row's closing column is filled with what such a column holds."""
    closing = closing_of(head)
    if closing is None:
        return len(cells) > 1
    return closing in cells and (closing == "end" or closing_at_end(cells[closing], grammar) is not None)


def _completes_period(cells: dict[str, str], more: dict[str, str], head: TableHead, grammar: Grammar) -> bool:
    """Whether a line goes on with a period that was broken in its cell ("T2" over "2024")."""
    closing = closing_of(head)
    if closing not in ("period", "periodicity") or closing not in more or closing not in cells:
        return False
    joined = squash(f"{cells[closing]} {more[closing]}")
    found = closing_at_end(joined, grammar)
    if found is None or found.group() != joined:
        return False
    return not any(key in cells and more[key][:1].isdigit() for key in more if key != closing)


def _begins_another(cells: dict[str, str], more: dict[str, str], head: TableHead, room: float) -> bool:
    """Whether a line's cells begin the next row when the one before has all it needs.

    `room` is how many letters more the name's last line had room for.
    """
    name = more.get(head.keys[0])
    if name is None:
        return False
    if len(more) > 1:
        closing = closing_of(head)
        return closing in more if closing else any(key in cells for key in more if key != head.keys[0])
    goes_on = name[:1].islower() or name[:1] in "(/" or cells[head.keys[0]].rstrip()[-1:] in "-/,"
    return not goes_on and len(name.split(maxsplit=1)[0]) <= room
