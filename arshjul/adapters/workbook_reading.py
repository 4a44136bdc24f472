"""Reading a returned workbook: which form it is, and field by field what stood in it.

Nothing is judged here: a text where a number goes is handed on as it stands (`arshjul.form_checking`
says so). What cannot be read at all is BadInput with one sentence for the one who sent it. Called by the
step that collects answers.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from arshjul.adapters.workbook_guard import checked
from arshjul.adapters.workbook_layout import (
    ABOUT_SHEET,
    ANSWER,
    ANSWER_HEADER,
    ID,
    IDS_MARK,
    SCHEMA,
    SCOPE_MARK,
    cell_name,
)
from arshjul.adapters.workbook_percent import percent_cells
from arshjul.answers import RawCell, ReturnedForm
from arshjul.errors import BadInput
from arshjul.plan import Kind

MAX_BYTES = 10_000_000
_TOP = 30  # the rows among which a sheet's marks stand, however many were inserted above them

Grid = list[list[object]]


def read_workbook(data: bytes, name: str, limit: int = MAX_BYTES) -> ReturnedForm:
    """What a returned file says; `name` is the file's, for messages. BadInput where it cannot be read."""
    safe = checked(data, name, limit)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(safe)) as book:
            grids: dict[str, Grid] = {
                sheet: list(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))  # type: ignore[arg-type]
                for sheet in book.sheet_names
            }
    except (CalamineError, ValueError, OSError) as error:
        raise BadInput(
            "Filen är skadad och kan inte läsas. Öppna den, spara den igen som .xlsx och skicka den på nytt.",
            name,
        ) from error
    facts = _facts(grids.get(ABOUT_SHEET, []), name)
    percent = percent_cells(safe)
    pages = [
        _Page(sheet, grid, percent.get(sheet, frozenset()))
        for sheet, grid in grids.items()
        if sheet != ABOUT_SHEET
    ]
    scopes: dict[str, dict[str, RawCell]] = {}
    stray: list[RawCell] = []
    for page in sorted(pages, key=lambda page: not page.is_own(facts)):  # a copied sheet comes after its own
        if page.scope is None:
            continue
        if page.scope in scopes:
            stray += page.filled()
            continue
        scopes[page.scope] = page.cells
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


def _facts(grid: Grid, name: str) -> dict[str, str]:
    facts = {str(row[0]): str(row[1]) for row in grid if len(row) > 1 and row[0] != ""}
    wanted = {"schema", "form_id", "number", "unit_code", "cycle", "kind", "year", "person"}
    numbers = all(facts.get(key, "").isdecimal() for key in ("schema", "number", "year"))
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


@dataclass(slots=True)
class _Page:
    """One sheet. `scope` is None for a sheet that is none of ours, or has lost its marks."""

    name: str
    grid: Grid
    percent: frozenset[tuple[int, int]]
    scope: str | None = None
    cells: dict[str, RawCell] = field(default_factory=dict)
    stray: list[RawCell] = field(default_factory=list)
    _answer: int = ANSWER

    def __post_init__(self) -> None:
        ids, header = ID, -1
        for row, line in enumerate(self.grid[:_TOP]):
            for column, value in enumerate(line):
                if isinstance(value, str) and value.startswith(SCOPE_MARK):
                    self.scope = value.removeprefix(SCOPE_MARK)
                elif value == IDS_MARK:
                    ids, header = column, row
        if self.scope is None:
            return
        if header < 0:
            self.scope = None
            return
        headings = self.grid[header]
        self._answer = headings.index(ANSWER_HEADER) if ANSWER_HEADER in headings else ids + ANSWER - ID
        for row in range(header + 1, len(self.grid)):
            self._take(row, str(self._at(row, ids)).strip())

    def is_own(self, facts: dict[str, str]) -> bool:
        """Whether the sheet still has the name it was given."""
        return self.name == facts.get(f"sheet {self.scope}")

    def filled(self) -> Iterator[RawCell]:
        """The fields in which something stands."""
        return (cell for cell in self.cells.values() if cell.value is not None)

    def _take(self, row: int, field_id: str) -> None:
        cell = RawCell(self._value(row), f"bladet {self.name}, cell {cell_name(row, self._answer)}")
        known = self.cells.get(field_id)
        if field_id and (known is None or known.value is None):
            self.cells[field_id] = cell
        elif cell.value is not None and (known is None or cell.value != known.value):
            self.stray.append(cell)

    def _at(self, row: int, column: int) -> object:
        line = self.grid[row]
        return line[column] if column < len(line) else ""

    def _value(self, row: int) -> str | int | float | bool | date | datetime | None:
        value = self._at(row, self._answer)
        if isinstance(value, float) and (row, self._answer) in self.percent:
            # Excel made 0.117 of a written "11,7 %"; the person meant, and sees, 11,7.
            return f"{value * 100:.12g} %".replace(".", ",")
        if isinstance(value, str):
            return value if value.strip() else None
        if value is None or isinstance(value, int | float | date):
            return value
        return str(value)  # a time of day or a duration: a fault, but one that is shown as it stands
