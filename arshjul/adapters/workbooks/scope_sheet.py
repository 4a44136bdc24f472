"""One scope's sheet of a form workbook: question, what was before, the answer, how to answer.

How the cells look is in `arshjul.adapters.workbooks.style`, what they accept in
`arshjul.adapters.workbooks.cell_rules`. Called by `arshjul.adapters.workbooks.writing` only.
"""

from xlsxwriter.worksheet import Worksheet

from arshjul.adapters.workbooks.cell_rules import ChoiceLists, cell_rule
from arshjul.adapters.workbooks.layout import (
    ANSWER,
    ANSWER_HEADER,
    CELL_LIMIT,
    EARLIER,
    HEADER_ROW,
    ID,
    IDS_MARK,
    INSTRUCTION,
    LABEL,
    SCOPE_MARK,
    SUBTITLE_ROW,
    TITLE_ROW,
)
from arshjul.adapters.workbooks.style import (
    PROTECTION,
    WIDTHS,
    Style,
    heading_height,
    pieces,
    row_height,
    set_up_page,
)
from arshjul.form import Field, FieldKind, Form, Given, Heading, Info, Sheet
from arshjul.swedish_dates import swedish_date


class ScopeSheet:
    """One scope's sheet, written from the top down."""

    def __init__(self, page: Worksheet, form: Form, sheet: Sheet, looks: Style, lists: ChoiceLists) -> None:
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
        if rule := cell_rule(field, self._lists):
            page.data_validation(self._row, ANSWER, self._row, ANSWER, rule)
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

    def _finish(self) -> None:
        page = self._page
        page.conditional_format(
            HEADER_ROW + 1, ANSWER, self._row, ANSWER, {"type": "no_blanks", "format": self._looks.filled}
        )
        page.protect("", PROTECTION)
        page.set_selection(HEADER_ROW + 1, ANSWER, HEADER_ROW + 1, ANSWER)
        set_up_page(page, self._form.unit_name, self._form.cycle, self._sheet.title)
        page.repeat_rows(TITLE_ROW, HEADER_ROW)
        page.print_area(0, LABEL, max(self._row - 1, HEADER_ROW), INSTRUCTION)
