"""Writing a form as an Excel workbook that a deputy can fill in without a manual.

One sheet to read first, then one sheet a scope: question, what was before, the answer, how to answer.
Only the answer cells are open. The same form gives the same bytes. How the cells look is in
`arshjul.adapters.workbooks.style`, reading in `arshjul.adapters.workbooks.reading`. Called by the step that
makes the forms of a cycle.
"""

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from arshjul.adapters.workbooks.guidance import write_read_first
from arshjul.adapters.workbooks.layout import (
    ABOUT_SHEET,
    ANSWER,
    ANSWER_HEADER,
    CELL_LIMIT,
    EARLIER,
    HEADER_ROW,
    ID,
    IDS_MARK,
    INSTRUCTION,
    LABEL,
    LIST_COLUMN,
    READ_FIRST_SHEET,
    SCHEMA,
    SCOPE_MARK,
    SUBTITLE_ROW,
    TITLE_ROW,
    cell_name,
)
from arshjul.adapters.workbooks.style import (
    PROTECTION,
    WIDTHS,
    Style,
    heading_height,
    pieces,
    row_height,
    set_up_page,
    styles,
)
from arshjul.form import Field, FieldKind, Form, Given, Heading, Info, Sheet
from arshjul.swedish_dates import swedish_date

_FORBIDDEN_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_workbook(form: Form) -> bytes:
    """The form as the bytes of an .xlsx file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            # What people wrote stays text, also where it looks like a formula, a link or a number.
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": f"Underlag {form.cycle}, {form.unit_name}",
            "author": "Årshjul",
            "created": datetime(form.year, 1, 1),  # noqa: DTZ001 - a fixed date: same form, same bytes
        }
    )
    looks = styles(book)
    names = sheet_names(form)
    first = book.add_worksheet(READ_FIRST_SHEET)
    sheets = [(sheet, book.add_worksheet(names[sheet.scope])) for sheet in form.sheets]
    about = book.add_worksheet(ABOUT_SHEET)
    about.very_hidden()
    lists = _Lists(about)
    write_read_first(first, form, names, looks)
    for sheet, page in sheets:
        _SheetWriter(page, form, sheet, looks, lists).write()
    _write_about(about, form, names)
    first.activate()
    book.close()
    return target.getvalue()


def sheet_names(form: Form) -> dict[str, str]:
    """The name of each scope's sheet: its title as far as Excel allows, every name once."""
    names: dict[str, str] = {}
    taken = {READ_FIRST_SHEET.lower(), ABOUT_SHEET, "history", ""}
    for sheet in form.sheets:
        plain = " ".join(sheet.title.translate(_FORBIDDEN_IN_SHEET_NAMES).split()).strip("'")
        name = plain[:31].strip(" '")
        count = 2
        while name.lower() in taken:
            ending = f" ({count})"
            name = plain[: 31 - len(ending)].strip(" '") + ending
            count += 1
        taken.add(name.lower())
        names[sheet.scope] = name
    return names


class _Lists:
    """The lists of choices, each written once on the hidden sheet: a cell's own list holds 255 characters."""

    def __init__(self, page: Worksheet) -> None:
        self._page = page
        self._known: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> str:
        """The formula that names where the list stands."""
        if choices not in self._known:
            column = LIST_COLUMN + len(self._known)
            for row, choice in enumerate(choices):
                self._page.write_string(row, column, choice)
            letters = cell_name(0, column)[:-1]
            self._known[choices] = f"={ABOUT_SHEET}!${letters}$1:${letters}${len(choices)}"
        return self._known[choices]


class _SheetWriter:
    """One scope's sheet, written from the top down."""

    def __init__(self, page: Worksheet, form: Form, sheet: Sheet, looks: Style, lists: _Lists) -> None:
        self._page = page
        self._form = form
        self._sheet = sheet
        self._looks = looks
        self._lists = lists
        self._row = HEADER_ROW + 1

    def write(self) -> None:
        """Everything on the sheet."""
        self._top()
        for row in self._sheet.rows:
            match row:
                case Heading():
                    self._heading(row)
                case Given():
                    self._given(row)
                case Info():
                    self._info(row)
                case Field():
                    self._field(row)
        self._finish()

    def _top(self) -> None:
        page, looks = self._page, self._looks
        page.set_column(ID, ID, None, None, {"hidden": True})
        for column, width in WIDTHS.items():
            page.set_column(column, column, width)
        page.write_string(TITLE_ROW, ID, SCOPE_MARK + self._sheet.scope)
        page.write_string(HEADER_ROW, ID, IDS_MARK)
        page.write_string(TITLE_ROW, LABEL, self._sheet.title, looks.title)
        page.write_string(
            SUBTITLE_ROW,
            LABEL,
            f"{self._form.cycle} · {self._form.unit_name} · lämnas senast {swedish_date(self._form.due)}",
            looks.subtitle,
        )
        page.set_row(TITLE_ROW, 30)
        page.set_row(SUBTITLE_ROW, 20)
        headers = {
            LABEL: "Fråga",
            EARLIER: "Förra gången",
            ANSWER: ANSWER_HEADER,
            INSTRUCTION: "Så svarar ni",
        }
        for column, text in headers.items():
            page.write_string(HEADER_ROW, column, text, looks.header)
        page.set_row(HEADER_ROW, 20)
        page.freeze_panes(HEADER_ROW + 1, 0)

    def _heading(self, heading: Heading) -> None:
        look = self._looks.headings[min(heading.level, 3)]
        self._page.write_string(self._row, LABEL, heading.text[:CELL_LIMIT], look)
        self._page.merge_range(self._row, LABEL, self._row, INSTRUCTION, heading.text[:CELL_LIMIT], look)
        self._page.set_row(self._row, heading_height(heading))
        self._row += 1

    def _info(self, info: Info) -> None:
        for number, piece in enumerate(pieces(info.text, EARLIER, ANSWER, INSTRUCTION)):
            label = "" if number else info.label
            self._page.write_string(self._row, LABEL, label, self._looks.info_label)
            self._page.merge_range(self._row, EARLIER, self._row, INSTRUCTION, piece, self._looks.info)
            height = row_height(((label, (LABEL,)), (piece, (EARLIER, ANSWER, INSTRUCTION))))
            self._page.set_row(self._row, height)
            self._row += 1

    def _given(self, given: Given) -> None:
        """A value from another system, locked, with its origin beside it.

        It begins left of the answers: what stands among them without a field is taken for a slip of the hand.
        """
        looks = self._looks.fields[FieldKind.NUMBER]
        note = f"{given.origin}. Hämtat, går inte att ändra här."
        self._page.write_string(self._row, LABEL, given.label, looks.label)
        self._page.merge_range(self._row, EARLIER, self._row, ANSWER, given.text, self._looks.given)
        self._page.write_string(self._row, INSTRUCTION, note, looks.instruction)
        self._page.set_row(
            self._row, max(26.0, row_height(((given.label, (LABEL,)), (note, (INSTRUCTION,)))))
        )
        self._row += 1

    def _field(self, field: Field) -> None:
        page, looks = self._page, self._looks.fields[field.kind]
        label = f"{field.label} *" if field.required else field.label
        earlier = [""]
        if field.earlier is not None:
            earlier = list(pieces(f"{field.earlier.source}: {field.earlier.text}", EARLIER))
        page.write_string(self._row, ID, field.id)
        page.write_string(self._row, LABEL, label, looks.label)
        page.write_string(
            self._row, EARLIER, earlier[0], looks.earlier if earlier[0] else looks.nothing_earlier
        )
        page.write_blank(self._row, ANSWER, None, looks.answer)
        page.write_string(self._row, INSTRUCTION, field.instruction, looks.instruction)
        self._validate(field)
        least = 26.0
        if field.kind is FieldKind.TEXT:
            least = 128.0 if field.required else 52.0
        texts = ((label, (LABEL,)), (earlier[0], (EARLIER,)), (field.instruction, (INSTRUCTION,)))
        page.set_row(self._row, max(least, row_height(texts)))
        self._row += 1
        for piece in earlier[1:]:  # a long text goes on in the rows below, so that nothing of it is hidden
            for column in (LABEL, ANSWER, INSTRUCTION):
                page.write_blank(self._row, column, None, looks.nothing_earlier)
            page.write_string(self._row, EARLIER, piece, looks.earlier)
            page.set_row(self._row, row_height(((piece, (EARLIER,)),)))
            self._row += 1

    def _validate(self, field: Field) -> None:
        rule = _validation(field, self._lists)
        if rule:
            self._page.data_validation(self._row, ANSWER, self._row, ANSWER, rule)

    def _finish(self) -> None:
        page = self._page
        page.conditional_format(
            HEADER_ROW + 1, ANSWER, self._row, ANSWER, {"type": "no_blanks", "format": self._looks.filled}
        )
        page.protect("", PROTECTION)
        page.set_selection(HEADER_ROW + 1, ANSWER, HEADER_ROW + 1, ANSWER)
        set_up_page(page, f"{self._form.unit_name}", self._form.cycle, self._sheet.title)
        page.repeat_rows(TITLE_ROW, HEADER_ROW)
        page.print_area(0, LABEL, max(self._row - 1, HEADER_ROW), INSTRUCTION)


def _validation(field: Field, lists: _Lists) -> dict[str, object]:
    """What Excel accepts in the field's cell, with what it says to the one who writes something else."""
    match field.kind:
        case FieldKind.CHOICE:
            return {
                "validate": "list",
                "source": lists.source(field.choices),
                "error_title": "Välj i listan",
                "error_message": "Klicka på pilen till höger om rutan och välj ett av svaren där.",
            }
        case FieldKind.NUMBER:
            low = field.minimum
            bounds: dict[str, object] = {"criteria": ">=", "value": -1e12 if low is None else low}
            said = "" if low is None else f" som är minst {low}"
            if field.maximum is not None:
                bounds = {
                    "criteria": "between",
                    "minimum": -1e12 if low is None else low,
                    "maximum": field.maximum,
                }
                said = (
                    f" som är högst {field.maximum}" if low is None else f" från {low} till {field.maximum}"
                )
            return {
                "validate": "decimal",
                **bounds,
                "error_title": "Här går bara ett tal",
                "error_message": f"Skriv ett tal{said}, med decimalkomma och utan andra ord. "
                "Det du vill förklara skriver du i kommentaren.",
            }
        case FieldKind.DATE:
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": datetime(2000, 1, 1),  # noqa: DTZ001 - Excel's days have no zone
                "maximum": datetime(2100, 12, 31),  # noqa: DTZ001
                "input_title": "Datum",
                "input_message": "Skriv datumet som år-månad-dag, till exempel 2026-09-15.",
                "error_title": "Här går bara ett datum",
                "error_message": "Skriv datumet som år-månad-dag, till exempel 2026-09-15.",
            }
        case FieldKind.TEXT:
            return {}


def _write_about(page: Worksheet, form: Form, names: dict[str, str]) -> None:
    facts = {
        "schema": str(SCHEMA),
        "form_id": form.id,
        "number": str(form.number),
        "unit_code": form.unit_code,
        "cycle": form.cycle,
        "kind": form.kind.value,
        "year": str(form.year),
        "person": form.person,
        **{f"sheet {scope}": name for scope, name in names.items()},
    }
    for row, (key, value) in enumerate(facts.items()):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
    page.protect("", PROTECTION)
