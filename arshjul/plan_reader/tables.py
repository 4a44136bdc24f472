"""Reading a table: its rows, the text under each that explains it, repeated heads, what fits nowhere.

Called by `goal_body` with the lines of one goal. How a row is found is in `loose_rows` and `column_rows`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from arshjul.plan_reader.cells import grammar_of, tidy_cell
from arshjul.plan_reader.column_rows import closing_of, column_row
from arshjul.plan_reader.headings import NUMBERED, is_row_analysis, looks_like_heading, section_key
from arshjul.plan_reader.lines import Flow, Line, segments_of
from arshjul.plan_reader.loose_rows import activity_row, gap_row, indicator_row, stacked_row
from arshjul.plan_reader.paragraphs import glue, is_ended
from arshjul.plan_reader.reading import Noted
from arshjul.plan_reader.rows import Row, Stop
from arshjul.plan_reader.table_head import TableHead, table_head
from arshjul.plan_reader.words import ReaderWords

_REMARK_LINES = 12
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_COLUMN = re.compile(r"[A-ZÅÄÖ][^\d%]{0,24}\d?")  # "Budget", "T1", "Timmar per månad"
_CELLS = 3  # so many pieces on a line are a row


@dataclass(slots=True)
class TableRow:
    """A row and the lines of the text that explains it."""

    row: Row
    analysis: list[Line] = field(default_factory=list)
    explained: bool = False  # a heading "Analys" stood under it


@dataclass(slots=True)
class Table:
    """What was read under one head; `end` is the index after its last line."""

    table: str
    rows: list[TableRow] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)
    form: list[Noted] = field(default_factory=list)
    end: int = 0
    before_heading: bool = False  # an unknown heading ended it


@dataclass(frozen=True, slots=True)
class Manner:
    """How this document is laid out, as far as the reading of tables needs it.

    `airy`: the headings of sections stand alone with a blank line after them, so an "Analys" directly
    over its text explains a row.
    """

    words: ReaderWords
    flow: Flow
    airy: bool


def read_table(
    head: TableHead, lines: Sequence[Line], index: int, manner: Manner, *, last: bool = False
) -> Table:
    """Read from the head that begins on `lines[index]` to the next section, another table or the end.

    Under the `last` goal an unknown heading ends it too.
    """
    words = manner.words
    table = Table(head.table, form=noted_lines(lines[index : head.end], "tabellhuvud"))

    def stops(position: int) -> bool:
        line = lines[position]
        return (
            is_row_analysis(line, words)
            or section_key(line, words) is not None
            or table_head(lines, position, words) is not None
        )

    position = head.end
    while position < len(lines):
        line = lines[position]
        if line.blank:
            position += 1
            continue
        if table_head(lines, position, words) is not None:
            break
        if explains_row(lines, position, table, head, manner):
            table.rows[-1].explained = True
            table.form.append(Noted(line.number, line.words, "rubrik"))
            position += 1
            continue
        if section_key(line, words) is not None or _stands_outside(line, head, table):
            break
        if last and _heads_another_table(lines, position):
            table.before_heading = True
            break
        after = _row_or_text(table, head, lines, position, stops, manner)
        if last and table.unplaced and table.unplaced[-1] is line and _is_heading(lines, position, manner):
            table.unplaced.pop()
            table.before_heading = True
            break
        position = after
    table.end = position
    return table


def explains_row(lines: Sequence[Line], index: int, table: Table, head: TableHead, manner: Manner) -> bool:
    """Whether a heading "Analys" on the line belongs to the table's last row and not to the goal."""
    line = lines[index]
    if not table.rows or table.rows[-1].explained or not is_row_analysis(line, manner.words):
        return False
    if head.real and line.row is not None:
        return True
    if line.heading is not None:
        return not line.heading
    followed_by_blank = index + 1 < len(lines) and lines[index + 1].blank and not lines[index + 1].soft
    return not (manner.airy and followed_by_blank)


def _stands_outside(line: Line, head: TableHead, table: Table) -> bool:
    """Whether a table whose rows are known has ended: the line is in none of them.

    A text that explains a row may go on over a page, where the rule over it is missing.
    """
    explaining = bool(table.rows) and table.rows[-1].explained and line.page is not None
    return head.real and line.row is None and not explaining


def _row_or_text(
    table: Table, head: TableHead, lines: Sequence[Line], index: int, stops: Stop, manner: Manner
) -> int:
    """Take a row, else a line of explanation, else a line that fits nowhere; the index after it."""
    in_text = bool(table.rows) and table.rows[-1].explained
    remark = 0 if in_text else _remark_end(head, table, lines, index)
    if remark:
        table.rows[-1].analysis += lines[index:remark]
        return remark
    if not in_text or _may_begin_row(lines, index):
        row = _take_row(head, lines, index, stops, manner, strict=in_text)
        if row is not None and _continues(row, table, head, lines, index):
            table.rows[-1].row = _joined(table.rows[-1].row, row, manner)
            return row.end
        if row is not None and head.keys[0] in row.cells:
            table.rows.append(TableRow(row))
            return row.end
    if in_text:
        following = table.rows[-1].analysis
        if following and index and lines[index - 1].blank:
            following.append(lines[index - 1])
        following.append(lines[index])
    else:
        table.unplaced.append(lines[index])
    return index + 1


def _remark_end(head: TableHead, table: Table, lines: Sequence[Line], index: int) -> int:
    """The index after the sentences that stand right under an activity without a heading; 0 where none do.

    A title has no full stop, so what ends with one above the next row, or above a blank line, is a remark.
    """
    told = head.table == "activity" and table.rows and not table.rows[-1].analysis
    if not told or head.real or "analysis" in head.keys or not index or lines[index - 1].blank:
        return 0
    end = 0
    for place in range(index, min(len(lines), index + _REMARK_LINES)):
        line = lines[place]
        if line.blank or _DATE.search(line.text) or len(segments_of(line)) > 1:
            break
        if is_ended(line.text):
            end = place + 1
    return end


def _heads_another_table(lines: Sequence[Line], index: int) -> bool:
    """Whether a line that stands free is the heading of a table with columns of its own.

    Its head has words in every cell. A row's name that goes on over two lines goes on with small letters.
    """
    line = lines[index]
    if not index or not lines[index - 1].blank or len(segments_of(line)) > 1 or is_ended(line.text):
        return False
    following = next((below for below in lines[index + 1 : index + 4] if not below.blank), None)
    cells = [cell.text for cell in segments_of(following)] if following else []
    stands_so = line.words[:1].isupper() or NUMBERED.match(line.words) is not None
    return stands_so and len(cells) > 1 and all(_COLUMN.fullmatch(cell) for cell in cells)


def _is_heading(lines: Sequence[Line], index: int, manner: Manner) -> bool:
    """Whether a line that is no row stands over a paragraph as a heading does."""
    following = next((below for below in lines[index + 1 : index + 4] if not below.blank), None)
    return lines[index - 1].blank and looks_like_heading(None, lines[index], following, manner.flow)


def _continues(row: Row, table: Table, head: TableHead, lines: Sequence[Line], index: int) -> bool:
    """Whether what was read is the rest of the row before, broken over a page."""
    closing = closing_of(head)
    if not table.rows or table.rows[-1].explained or not head.placed:
        return False
    name = row.cells.get(head.keys[0])
    if name is None:
        return True
    broken = index > 0 and lines[index - 1].soft
    return closing is not None and closing not in row.cells and (broken or name[:1].islower())


def _joined(row: Row, rest: Row, manner: Manner) -> Row:
    """A row with the rest of its cells."""
    grammar = grammar_of(manner.words)
    cells = dict(row.cells)
    for key, text in rest.cells.items():
        joined = glue(cells[key], text, manner.flow) if key in cells else text
        cells[key] = tidy_cell(joined, grammar) or ""
    return replace(row, cells=cells, end=rest.end)


def _may_begin_row(lines: Sequence[Line], index: int) -> bool:
    """Whether a row may begin after a text: after a blank line, a finished sentence or with cells apart."""
    before = lines[index - 1] if index else None
    if before is None or before.blank or is_ended(before.text):
        return True
    return bool(lines[index].segments) or len(segments_of(lines[index])) >= _CELLS


def _take_row(
    head: TableHead, lines: Sequence[Line], index: int, stops: Stop, manner: Manner, *, strict: bool
) -> Row | None:
    """The row on the line, by columns where they are known, else by the form of its values."""
    grammar = grammar_of(manner.words)
    if head.placed:
        row = column_row(head, lines, index, stops, grammar, manner.flow, strict=strict)
        if row is not None:
            return row
    if lines[index].segments or head.tabbed or head.real:
        return None
    if head.table == "activity":
        return activity_row(lines, index, stops, manner.words, manner.flow, strict=strict)
    if head.placed:
        row = gap_row(head, lines[index], index, grammar, strict=strict)
    else:
        row = stacked_row(head, lines, index, stops, grammar)
    return row or indicator_row(head, lines, index, stops, grammar, manner.flow, strict=strict)


def without_repeated_heads(lines: Sequence[Line], manner: Manner) -> tuple[list[Line], list[Noted]]:
    """The lines with a soft blank for every head that only repeats the one above it after a page break."""
    words = manner.words
    kept: list[Line] = []
    noted: list[Noted] = []
    current: TableHead | None = None
    index = 0
    while index < len(lines):
        line = lines[index]
        head = None if line.blank else table_head(lines, index, words)
        if head is not None and current is not None and head.keys == current.keys:
            noted += noted_lines(lines[index : head.end], "upprepat tabellhuvud")
            while kept and kept[-1].blank:
                kept.pop()
            kept.append(replace(line, text="", segments=(), soft=True))
            index = head.end
            continue
        if head is not None:
            kept += lines[index : head.end]
            current, index = head, head.end
            continue
        if section_key(line, words) is not None and not is_row_analysis(line, words):
            current = None
        if not (line.blank and kept and kept[-1].soft):
            kept.append(line)
        index += 1
    return kept, noted


def noted_lines(lines: Sequence[Line], kind: str) -> list[Noted]:
    """The printed lines under one kind."""
    return [Noted(line.number, line.words, kind) for line in lines if not line.blank]
