"""Rows of tables whose columns are lost: name, values and period follow one another with spaces between.

A row begins at a line and ends with its period (or, for an activity, its dates). Called by `tables`.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from arshjul.plan_reader.cells import Cut, Grammar, closing_at_end, cut_cells, tidy_cell
from arshjul.plan_reader.lines import Flow, Line, segments_of, squash, without_spaces
from arshjul.plan_reader.paragraphs import glue
from arshjul.plan_reader.rows import Row, Stop, is_name
from arshjul.plan_reader.table_head import TableHead
from arshjul.plan_reader.words import ReaderWords

_NAME_LINES = 5
_ROW_LINES = 24
_ROW_REACH = 60
_ROW_LENGTH = 3000  # letters: a longer row is none
_NAME_LENGTH = 400
_CLOSING_KEYS = ("period", "periodicity")
# Which columns are filled when fewer values than columns are left, by how many there are.
_LIKELY: dict[int, tuple[str, ...]] = {
    1: ("target",),
    2: ("outcome", "target"),
    3: ("outcome", "previous", "target"),
    4: ("outcome", "previous", "target", "council_target"),
    5: ("outcome", "outcome_men", "outcome_women", "target", "council_target"),
}
_DATE = r"\d{4}-\d{2}-\d{2}"
_DATES = re.compile(
    rf"(?P<title>.*?)\s*(?<!\S)(?P<start>{_DATE})(?:\s*[-–—]\s*|\s+)(?P<end>{_DATE})(?P<rest>.*)", re.S
)
_ONE_DATE = re.compile(rf"(?P<title>.*?)\s(?P<start>{_DATE})(?P<rest>.*)", re.S)


def indicator_row(
    head: TableHead,
    lines: Sequence[Line],
    index: int,
    stop: Stop,
    grammar: Grammar,
    flow: Flow,
    *,
    strict: bool,
) -> Row | None:
    """The row that begins on `lines[index]`; `strict` after a text, where prose must not pass for a row."""
    closing = next((key for key in _CLOSING_KEYS if key in head.keys), None)
    values = [key for key in head.keys[1:] if key not in _CLOSING_KEYS]
    text = spaced = ""  # the latter with the spaces that begin a page
    ends = _ends(lines, index, stop)
    for end, following in zip_longest(ends, ends[1:]):
        line = lines[end - 1]
        spaced = glue(spaced, line.text, flow) if text else line.text.lstrip()
        text = glue(text, _after(lines, end - 1), flow) if text else line.text.lstrip()
        found = closing_at_end(text, grammar) if closing else None
        if closing and found is None:
            continue
        if found and following and _goes_on(found, text, lines[following - 1], grammar):
            continue
        cut_from = text[: found.start()] if found else text if text[-1:] == " " else f"{text} "
        cut = cut_cells(cut_from, len(values), grammar, keeps_spaces=flow.keeps_spaces)
        if not cut.exact and spaced != text and found:
            begins = found.start() + len(spaced.rstrip()) - len(text.rstrip())
            again = cut_cells(spaced[:begins], len(values), grammar, keeps_spaces=flow.keeps_spaces)
            cut = again if again.exact else cut
        filled = [cell for cell in cut.cells if cell]
        alone = found is not None and not squash(line.text[: line.text.rfind(found.group())])
        if not cut.name or (not (filled or (alone and not strict)) and not (cut.exact and found)):
            if strict and found:
                return None
            continue
        if strict and not is_name(cut.name, lines, index):
            return None
        cells, uncertain = _placed(cut, values, grammar)
        cells = {head.keys[0]: squash(cut.name), **cells}
        if closing and found:
            cells[closing] = squash(found.group())
        return Row(cells, lines[index].number, end, uncertain)
    return None


def stacked_row(
    head: TableHead, lines: Sequence[Line], index: int, stop: Stop, grammar: Grammar
) -> Row | None:
    """The row that has each cell on a line of its own, under one another, as many as there are columns."""
    values = list(head.keys[1:])
    if any(key in _CLOSING_KEYS for key in values) or _is_cell(lines[index], grammar):
        return None
    ends = _ends(lines, index, stop)
    names = next((place for place, end in enumerate(ends) if _is_cell(lines[end - 1], grammar)), 0)
    below = ends[names : names + len(values)]
    stacked = len(below) == len(values) and all(_is_cell(lines[end - 1], grammar) for end in below)
    if not stacked or not 0 < names <= _NAME_LINES:
        return None
    name = squash(" ".join(lines[end - 1].words for end in ends[:names]))
    cells = zip(values, (tidy_cell(lines[end - 1].words, grammar) for end in below), strict=True)
    return Row({head.keys[0]: name, **{k: c for k, c in cells if c}}, lines[index].number, below[-1])


def _is_cell(line: Line, grammar: Grammar) -> bool:
    """Whether a line is one value and nothing else; a dash is an empty one."""
    if line.words in ("-", "–", "—"):
        return True
    cut = cut_cells(f"x {line.words} ", 1, grammar, keeps_spaces=False)
    return cut.name.strip() == "x" and len(cut.cells) == 1


def _goes_on(found: re.Match[str], text: str, line: Line, grammar: Grammar) -> bool:
    """Whether a period goes on over the next line ("VB" over "2031")."""
    longer = closing_at_end(f"{text.rstrip()} {line.words}", grammar)
    return longer is not None and longer.start() == found.start()


def gap_row(head: TableHead, line: Line, index: int, grammar: Grammar, *, strict: bool) -> Row | None:
    """The row of one line whose cells are parted by gaps but stand under no columns."""
    closing = next((key for key in _CLOSING_KEYS if key in head.keys), None)
    segments = segments_of(line)
    if closing is None or head.keys[-1] != closing or not 3 <= len(segments) <= len(head.keys):
        return None
    last = closing_at_end(segments[-1].text, grammar)
    if last is None or last.group() != segments[-1].text:
        return None
    name = segments[0].text
    if strict and not is_name(name, [line], 0):
        return None
    values = list(head.keys[1:-1])
    texts = tuple(segment.text for segment in segments[1:-1])
    cells, uncertain = _placed(Cut(name, texts, len(texts) == len(values)), values, grammar)
    return Row({head.keys[0]: name, **cells, closing: segments[-1].text}, line.number, index + 1, uncertain)


def activity_row(
    lines: Sequence[Line], index: int, stop: Stop, words: ReaderWords, flow: Flow, *, strict: bool
) -> Row | None:
    """The activity whose title begins on `lines[index]`: it ends with its dates and a mark of deviation."""
    text = ""
    one_date: Row | None = None
    for end in _ends(lines, index, stop):
        text = glue(text, _after(lines, end - 1), flow) if text else lines[end - 1].text.lstrip()
        found = _DATES.fullmatch(text)
        single = _ONE_DATE.fullmatch(text) if found is None else None
        dated = found or single
        if dated is None or not dated["title"].strip() or len(dated["title"]) > _NAME_LENGTH:
            continue
        rest = squash(dated["rest"])
        marks = words.deviation_yes | words.deviation_no
        if rest and without_spaces(rest) not in marks:
            return one_date
        cells = {"title": squash(dated["title"]), "start": dated["start"]}
        if found:
            cells["end"] = found["end"]
        if rest:
            cells["deviation"] = rest
        if strict and not is_name(cells["title"], lines, index):
            return None
        row = Row(cells, lines[index].number, end, uncertain=found is None)
        if found is None:
            one_date = row
            continue
        if not rest and end < len(lines) and without_spaces(lines[end].text) in marks:
            return Row({**cells, "deviation": lines[end].words}, row.line, end + 1)
        return row
    return one_date


def _after(lines: Sequence[Line], index: int) -> str:
    """The line's text; spaces that begin it after a page's end tell no empty cells."""
    before = lines[index - 1] if index else None
    return lines[index].text.lstrip() if before is not None and before.soft else lines[index].text


def _ends(lines: Sequence[Line], index: int, stop: Stop) -> list[int]:
    """The indices after the printed lines that a row from `index` on may reach."""
    ends: list[int] = []
    length = 0
    for position in range(index, min(len(lines), index + _ROW_REACH)):
        if position > index and stop(position):
            break
        length += len(lines[position].text)
        if length > _ROW_LENGTH:
            break
        if not lines[position].blank:
            ends.append(position + 1)
        if len(ends) == _ROW_LINES:
            break
    return ends


def _placed(cut: Cut, columns: Sequence[str], grammar: Grammar) -> tuple[dict[str, str], bool]:
    """The cells by column and whether their places are a guess.

    Counted spaces tell where cells were empty, but a person should look when values are fewer than columns.
    """
    tidy = [tidy_cell(cell, grammar) for cell in cut.cells]
    filled = [cell for cell in tidy if cell]
    council = next((cell for cell in filled if grammar.council.fullmatch(cell)), None)
    council_known = council is not None and "council_target" in columns
    left = [cell for cell in filled if not (council_known and cell is council)]
    open_columns = [key for key in columns if not (council_known and key == "council_target")]
    uncertain = 0 < len(left) < len(open_columns)
    if cut.exact:
        return {key: cell for key, cell in zip(columns, tidy, strict=True) if cell}, uncertain
    if len(left) != len(open_columns):
        likely = [key for key in _LIKELY.get(len(left), ()) if key in open_columns]
        open_columns = likely if len(likely) == len(left) else open_columns
    cells = dict(zip(open_columns, left, strict=False))
    if council_known and council is not None:
        cells["council_target"] = council
    return cells, uncertain
