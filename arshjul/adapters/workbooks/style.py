"""How a form workbook looks: colours, widths, heights that fit the text, and the printed page.

Colour never says anything alone: an answer cell is also framed, a required question has a star. Called by
`arshjul.adapters.workbooks.writing` only.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from arshjul.adapters.workbooks.layout import ANSWER, EARLIER, INSTRUCTION, LABEL
from arshjul.form import FieldKind, Heading

WIDTHS = {LABEL: 32, EARLIER: 34, ANSWER: 56, INSTRUCTION: 40}  # in characters of the common font
_SMALL = 10  # the size of what stands beside the question and the answer
_SMALL_COLUMNS = ((EARLIER,), (INSTRUCTION,))
_LINE = 15.0  # points a line takes
_TALLEST = 405.0  # points; Excel allows no row above 409
_INK, _QUIET, _DEEP, _MIST, _GREY = "#1F2A30", "#5B6770", "#17495C", "#DDEAEE", "#F1F3F4"
_OPEN, _OPEN_EDGE, _FILLED = "#FFF8D6", "#C9A227", "#E6F4E3"

PROTECTION = {  # what a person may still do on a locked sheet
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}


@dataclass(frozen=True, slots=True)
class FieldLook:
    """The formats along the row of one kind of field."""

    label: Format
    earlier: Format
    nothing_earlier: Format
    answer: Format
    instruction: Format


@dataclass(frozen=True, slots=True)
class Style:
    """The formats of one workbook."""

    title: Format
    subtitle: Format
    header: Format
    headings: dict[int, Format]
    fields: dict[FieldKind, FieldLook]
    info_label: Format
    info: Format
    given: Format
    filled: Format
    due: Format
    guide_label: Format
    guide: Format
    link: Format
    link_note: Format


def styles(book: xlsxwriter.Workbook) -> Style:
    """All formats, made in `book`."""

    def look(**properties: object) -> Format:
        common = {"font_name": "Calibri", "font_size": 11, "font_color": _INK}
        common |= {"align": "left", "valign": "vcenter"}  # an indent needs both
        return book.add_format({**common, **properties})

    line = {"bottom": 1, "bottom_color": "#D5DBDE", "text_wrap": True, "indent": 1}
    opened = {
        "bg_color": _OPEN,
        "border": 1,
        "border_color": _OPEN_EDGE,
        "locked": False,
        "text_wrap": True,
        "indent": 1,
    }

    def field_look(valign: str, **answer: object) -> FieldLook:
        across = {**line, "valign": valign}
        return FieldLook(
            label=look(**across, bold=True),
            earlier=look(**across, bg_color=_GREY, font_color=_QUIET, font_size=_SMALL),
            nothing_earlier=look(**across),
            answer=look(**opened, valign=valign, **answer),
            instruction=look(**across, font_color=_QUIET, font_size=_SMALL),
        )

    return Style(
        title=look(bold=True, font_size=20, font_color=_DEEP, indent=1),
        subtitle=look(font_color=_QUIET, indent=1),
        header=look(bold=True, font_color="#FFFFFF", bg_color=_QUIET, indent=1),
        headings={
            1: look(
                bold=True,
                font_size=14,
                font_color="#FFFFFF",
                bg_color=_DEEP,
                text_wrap=True,
                indent=1,
            ),
            2: look(
                bold=True,
                font_size=12,
                font_color=_DEEP,
                bg_color=_MIST,
                text_wrap=True,
                indent=1,
            ),
            3: look(
                bold=True,
                font_color=_DEEP,
                valign="bottom",
                text_wrap=True,
                bottom=2,
                bottom_color=_DEEP,
                indent=1,
            ),
        },
        info_label=look(**line, font_color=_QUIET),
        given=look(**line, valign="vcenter", bg_color=_GREY, bold=True),
        info=look(**line),
        fields={
            FieldKind.TEXT: field_look("top"),
            FieldKind.CHOICE: field_look("vcenter", bold=True),
            # General, not a fixed form of number: "11,7 %" then shows as what it became, and is read as that.
            FieldKind.NUMBER: field_look("vcenter", bold=True),
            FieldKind.DATE: field_look("vcenter", bold=True, num_format="yyyy-mm-dd"),
        },
        filled=book.add_format({"bg_color": _FILLED}),
        due=look(
            bold=True,
            font_size=14,
            bg_color=_OPEN,
            border=1,
            border_color=_OPEN_EDGE,
            indent=1,
        ),
        guide_label=look(bold=True, text_wrap=True, font_color=_DEEP, valign="top", indent=1),
        guide=look(text_wrap=True, valign="top"),
        link=look(font_color="#0B57D0", underline=1, indent=1),
        link_note=look(font_color=_QUIET),
    )


def row_height(texts: Iterable[tuple[str, tuple[int, ...]]]) -> float:
    """Points that the tallest of the texts needs, each in the columns that it spans together."""
    tallest = max((_lines(text, _room(columns)) * _line(columns) for text, columns in texts), default=_LINE)
    return min(_TALLEST, tallest + 8)


def heading_height(heading: Heading) -> float:
    """Points for a heading over the whole width, with air above the small ones."""
    size = {1: 1.6, 2: 1.35}.get(heading.level, 1.1)
    lines = _lines(heading.text, int(_room((LABEL, EARLIER, ANSWER, INSTRUCTION)) / size))
    return min(_TALLEST, lines * _LINE * size + (16 if heading.level == 3 else 8))


def pieces(text: str, *columns: int) -> Iterator[str]:
    """`text` cut at line ends or spaces into pieces that can be seen whole in the columns, at least one."""
    room = _room(columns)
    most = int((_TALLEST - 8) / _line(columns))
    taken: list[str] = []
    used = 0
    for paragraph in text.splitlines() or [""]:
        for part in _cut(paragraph, room * (most - 2)):
            lines = _lines(part, room)
            if taken and used + lines > most:
                yield "\n".join(taken)
                taken, used = [], 0
            taken.append(part)
            used += lines
    yield "\n".join(taken)


def set_up_page(page: Worksheet, left: str, right: str, foot: str) -> None:
    """A4 across, one page wide, with unit and report above and sheet and page number below."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.set_header(f"&L&9{_plain(left)}&R&9{_plain(right)}")
    page.set_footer(f"&L&9{_plain(foot)}&R&9Sid &P av &N")


def _plain(text: str) -> str:
    """Text for a page header, where "&" begins a command; Excel takes 255 characters in all."""
    return text[:100].replace("&", "&&")


def _room(columns: tuple[int, ...]) -> int:
    """Characters on a line. Widths count figures, and letters are narrower; words break a little early."""
    fit = 1.2 if columns in _SMALL_COLUMNS else 1.1
    return int((sum(WIDTHS[column] for column in columns) - 2) * fit)


def _line(columns: tuple[int, ...]) -> float:
    return _LINE * _SMALL / 11 if columns in _SMALL_COLUMNS else _LINE


def _lines(text: str, room: int) -> int:
    return sum(max(1, math.ceil(len(line) / room)) for line in text.splitlines()) or 1


def _cut(paragraph: str, longest: int) -> Iterator[str]:
    while len(paragraph) > longest:
        space = paragraph.rfind(" ", 0, longest)
        end = space if space > 0 else longest
        yield paragraph[:end]
        paragraph = paragraph[end:].lstrip(" ")
    yield paragraph
