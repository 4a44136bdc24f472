"""A file as rows of cells, wherever it came from, and the sentences of what is wrong in them. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Cell = str | Decimal | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One row; `line` is its number as people see it, from 1."""

    line: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """The cell, None where the row is shorter; blank text is nothing."""
        value = self.cells[index] if index < len(self.cells) else None
        if isinstance(value, str):
            value = value.strip(" \t\n\N{NO-BREAK SPACE}")
        return None if value == "" else value


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A sheet or a whole CSV file. `point` means that numbers have a decimal point in it."""

    name: str
    rows: tuple[ExportRow, ...]
    sheet: str = ""
    point: bool = False


@dataclass(frozen=True, slots=True)
class LineFault:
    """Why a line cannot be taken: its number, the column's header and one sentence in Swedish."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"rad {self.line}, {self.column}" if self.column else f"rad {self.line}"
        return f"{place}: {self.message}"
