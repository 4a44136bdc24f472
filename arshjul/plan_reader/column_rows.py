"""Rows of tables whose columns are known: by real cells, tabs, wide gaps or positions on the page.

A cell may go on over several lines; a row that closes with a period is complete with it and with the lines
that continue its cells. Called by `tables`.
"""

from collections.abc import Sequence

from arshjul.plan_reader.cells import Grammar, closing_at_end, tidy_cell
from arshjul.plan_reader.lines import Flow, Line, Segment, segments_of, squash
from arshjul.plan_reader.paragraphs import glue, is_ended
from arshjul.plan_reader.rows import Row, Stop
from arshjul.plan_reader.table_head import Column, TableHead

_ROW_REACH = 40
_CLOSING_KEYS = ("period", "periodicity", "deviation", "end")
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
    if first is None or head.keys[0] not in first:
        return None
    if lines[index].whole:
        return _row(first, lines[index], index + 1, grammar) if len(first) > 1 or not strict else None
    cells: dict[str, str] = {}
    end = index
    while end < len(lines) and end < index + _ROW_REACH and not (end > index and stop(end)):
        line = lines[end]
        if line.blank:
            if _complete(cells, head, grammar) and not line.soft:
                break
            end += 1
            continue
        more = _cells_of(head, line)
        if more is None or _begins_another(cells, more, head, grammar):
            break
        for key, text in more.items():
            cells[key] = glue(cells[key], text, flow) if key in cells else text
        end += 1
    while end > index and lines[end - 1].blank:
        end -= 1
    if len(cells) < 2 or head.keys[0] not in cells:
        return None
    if strict and not _complete(cells, head, grammar):
        return None
    return _row(cells, lines[index], end, grammar)


def _row(cells: dict[str, str], line: Line, end: int, grammar: Grammar) -> Row:
    """The row with its cells tidied."""
    tidy = {key: cell for key, text in cells.items() if (cell := tidy_cell(text, grammar))}
    return Row(tidy, line.number, end)


def _cells_of(head: TableHead, line: Line) -> dict[str, str] | None:
    """The line's words by column, or None where they run across the columns as a text does."""
    segments = segments_of(line)
    tabbed = not line.segments and "\t" in line.text.strip()
    if tabbed and len(segments) == len(head.columns):
        return {column.key: segment.text for column, segment in zip(head.columns, segments, strict=True)}
    cells: dict[str, str] = {}
    for number, segment in enumerate(segments):
        column = _column_at(head.columns, segment)
        if column is head.columns[0] and len(head.columns) > 1 and not line.whole and not tabbed:
            limit = head.columns[1].start if number == 0 else segment.end
            if segment.end > limit + _NEAR and len(segments) == 1:
                return None
        cells[column.key] = f"{cells[column.key]} {segment.text}" if column.key in cells else segment.text
    return cells


def _column_at(columns: Sequence[Column], segment: Segment) -> Column:
    """The column that the segment overlaps most, else the last one that begins before it."""

    def overlap(column: Column) -> float:
        return min(column.end, segment.end) - max(column.start, segment.start)

    best = max(columns[1:], key=overlap, default=columns[0])
    if overlap(best) > 0 and segment.start >= best.start - (segment.end - segment.start):
        if segment.start < columns[0].end:
            return columns[0]
        return best
    before = [column for column in columns if column.start <= segment.start + _NEAR]
    return before[-1] if before else columns[0]


def _complete(cells: dict[str, str], head: TableHead, grammar: Grammar) -> bool:
    """Whether the row's last column is filled with what such a column holds."""
    closing = next((key for key in _CLOSING_KEYS if key in head.keys), None)
    if closing is None or closing in ("deviation", "end"):
        return len(cells) > 1 and (head.table != "activity" or "end" in cells)
    return closing in cells and closing_at_end(cells[closing], grammar) is not None


def _begins_another(cells: dict[str, str], more: dict[str, str], head: TableHead, grammar: Grammar) -> bool:
    """Whether a line's cells are the beginning of the next row."""
    if not cells or head.keys[0] not in more:
        return False
    if not _complete(cells, head, grammar):
        return False
    name = more[head.keys[0]]
    if any(key in cells and key != head.keys[0] for key in more):
        return True
    return not (
        name[:1].islower() or name[:1] in "(/" or squash(cells[head.keys[0]])[-1:] in "-/,"
    ) or is_ended(cells[head.keys[0]])
