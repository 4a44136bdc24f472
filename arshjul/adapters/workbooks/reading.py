"""Reading a returned workbook: which form it is, and field by field what stood in it.

Nothing is judged here: a text where a number goes is handed on as it stands (`arshjul.form_checking`
says so). What cannot be read at all is BadInput with one sentence for the one who sent it. Called by the
step that collects answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from arshjul.adapters.workbooks.cells import SheetCells, Value, read_sheets
from arshjul.adapters.workbooks.layout import (
    ABOUT_SHEET,
    ANSWER,
    ANSWER_HEADER,
    ID,
    IDS_MARK,
    SCHEMA,
    SCOPE_MARK,
    cell_name,
)
from arshjul.adapters.workbooks.package import open_package
from arshjul.answers import RawCell, ReturnedForm
from arshjul.errors import BadInput
from arshjul.plan import Kind

MAX_BYTES = 10_000_000
_TOP = 60  # the rows among which a sheet's marks stand, however many were inserted above them


def read_workbook(data: bytes, name: str, limit: int = MAX_BYTES) -> ReturnedForm:
    """What a returned file says; `name` is the file's, for messages. BadInput where it cannot be read."""
    sheets = read_sheets(open_package(data, name, limit), name)
    facts = _facts(next((sheet for sheet in sheets if sheet.name == ABOUT_SHEET), None), name)
    pages = [page for sheet in sheets if (page := _Page.of(sheet)) is not None]
    scopes: dict[str, dict[str, RawCell]] = {}
    stray: list[RawCell] = []
    for page in sorted(pages, key=lambda page: not page.is_own(facts)):  # a copied sheet comes after its own
        own = scopes.setdefault(page.scope, page.cells)
        stray += (cell for key, cell in page.filled() if key not in own or own[key].value != cell.value)
        stray += page.stray
    return ReturnedForm(
        name=name,
        form_id=facts["form_id"],
        number=int(facts["number"]),
        unit_code=facts["unit_code"],
        cycle=facts["cycle"],
        kind=Kind(facts["kind"]),
        year=int(facts["year"]),
        person=facts["person"],
        scopes=scopes,
        stray=tuple(stray),
    )


def _facts(sheet: SheetCells | None, name: str) -> dict[str, str]:
    cells: Mapping[tuple[int, int], Value] = sheet.cells if sheet else {}
    facts = {str(key): str(cells.get((row, 1), "")) for (row, column), key in cells.items() if column == 0}
    wanted = {"schema", "form_id", "number", "unit_code", "cycle", "kind", "year", "person"}
    numbers = all(_is_small_number(facts.get(key, "")) for key in ("schema", "number", "year"))
    if not wanted <= facts.keys() or not numbers or facts["kind"] not in set(Kind):
        raise BadInput(
            "Arbetsboken är inget underlag från Årshjul. Skicka den fil som kom med brevet, ifylld.", name
        )
    if int(facts["schema"]) != SCHEMA:
        raise BadInput(
            "Underlaget är gjort i en annan version av Årshjul och kan inte läsas. "
            "Be om ett nytt underlag och flytta över svaren.",
            name,
        )
    return facts


def _is_small_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9


@dataclass(frozen=True, slots=True)
class _Page:
    """One sheet that bears our marks."""

    name: str
    scope: str
    cells: dict[str, RawCell] = field(default_factory=dict)
    stray: list[RawCell] = field(default_factory=list)

    @classmethod
    def of(cls, sheet: SheetCells) -> "_Page | None":
        """The sheet read by its marks, None where it is none of ours or has lost them."""
        marks = {at: value for at, value in sheet.cells.items() if at[0] < _TOP and isinstance(value, str)}
        scope = next((str(v) for v in marks.values() if str(v).startswith(SCOPE_MARK)), None)
        head = next((at for at, value in marks.items() if value == IDS_MARK), None)
        if scope is None or head is None:
            return None
        header, ids = head
        answers = next(
            (at[1] for at, value in marks.items() if at[0] == header and value == ANSWER_HEADER),
            ids + ANSWER - ID,
        )
        page = cls(sheet.name, scope.removeprefix(SCOPE_MARK))
        for row in sorted({at[0] for at in sheet.cells if at[0] > header and at[1] in (ids, answers)}):
            value = sheet.cells.get((row, answers))
            page.take(
                str(sheet.cells.get((row, ids), "")).strip(),
                RawCell(
                    None if isinstance(value, str) and not value.strip() else value,
                    f"bladet {sheet.name}, cell {cell_name(row, answers)}",
                ),
            )
        return page

    def take(self, field_id: str, cell: RawCell) -> None:
        """Keep the cell as the field's; what has no field, or a field already answered, as stray."""
        known = self.cells.get(field_id)
        if field_id and (known is None or known.value is None):
            self.cells[field_id] = cell
        elif cell.value is not None and (known is None or cell.value != known.value):
            self.stray.append(cell)

    def is_own(self, facts: Mapping[str, str]) -> bool:
        """Whether the sheet still has the name it was given."""
        return self.name == facts.get(f"sheet {self.scope}")

    def filled(self) -> Iterator[tuple[str, RawCell]]:
        """The fields in which something stands."""
        return ((key, cell) for key, cell in self.cells.items() if cell.value is not None)
