"""Opening an export: CSV (semicolon, comma or tab; UTF-8, UTF-16 or Windows-1252) and XLSX, as rows of cells.

Workbooks are read by the same careful reader as returned forms. What the cells mean is in `arshjul.sources`.
Called by `arshjul.steps.figures.sources`.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

from arshjul.adapters.workbooks.cells import SheetCells, Value, read_sheets
from arshjul.adapters.workbooks.package import SEND_THE_FORM, open_package
from arshjul.errors import BadInput
from arshjul.sources.table import Cell, ExportRow, ExportTable

MAX_BYTES = 15_000_000
MAX_ROWS = 60_000  # a city's sub-units for ten months; more takes too long to answer
MAX_COLUMNS = 500
_SEPARATORS = (";", "\t", ",")
_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")


def read_tables(content: bytes, name: str) -> tuple[ExportTable, ...]:
    """The sheets of the file, one for a CSV; BadInput where it cannot be read."""
    if not content.strip():
        raise BadInput("filen är tom. Gör om exporten.", name)
    if len(content) > MAX_BYTES:
        raise BadInput(
            f"filen är större än {MAX_BYTES // 1_000_000} MB. Exportera färre månader åt gången.", name
        )
    if content.startswith((_ZIP, _OLE)):
        return _workbook(content, name)
    return (_csv(content, name),)


def _workbook(content: bytes, name: str) -> tuple[ExportTable, ...]:
    try:
        sheets = read_sheets(open_package(content, name, MAX_BYTES), name)
    except BadInput as trouble:
        sentence = trouble.sentence.replace(
            SEND_THE_FORM, "Spara exporten som .xlsx eller .csv och försök igen."
        )
        raise BadInput(sentence.replace("skicka den", "läs in den"), name) from trouble
    return tuple(_sheet(sheet, name) for sheet in sheets)


def _sheet(sheet: SheetCells, name: str) -> ExportTable:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), value in sheet.cells.items():
        if column < MAX_COLUMNS:
            rows.setdefault(row, {})[column] = _cell(value)
    return ExportTable(
        name=name,
        sheet=sheet.name,
        rows=tuple(
            ExportRow(row + 1, tuple(cells.get(column) for column in range(max(cells) + 1)))
            for row, cells in sorted(rows.items())
        ),
    )


def _cell(value: Value) -> Cell:
    if isinstance(value, float) and not isinstance(value, bool):
        return Decimal(f"{value:.15g}") if isfinite(value) else str(value)
    if isinstance(value, str | bool | date | datetime):
        return value
    return str(value)


def _csv(content: bytes, name: str) -> ExportTable:
    text = _decoded(content, name)
    separator = _separator(text)
    return ExportTable(name, tuple(_lines(text, separator, name)), point=separator == ",")


def _decoded(content: bytes, name: str) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput("filen är varken en textfil eller en arbetsbok. Exportera som .csv eller .xlsx.", name)


def _separator(text: str) -> str:
    """What parts the columns: what most lines have equally many of; semicolons first where it is a draw."""
    lines = text.splitlines()[:50]
    best, most = ";", (0, 0)
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        except csv.Error:  # which row it is and why is said when the rows are read
            continue
        if widths:
            width, times = max(widths.items(), key=lambda one: (one[1], one[0]))
            if (times, width) > most:
                best, most = separator, (times, width)
    return best


def _lines(text: str, separator: str, name: str) -> Iterator[ExportRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for count, cells in enumerate(reader):
            if count >= MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise BadInput(
                    "filen har orimligt många rader eller kolumner. Exportera mindre åt gången.", name
                )
            yield ExportRow(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(
            f"rad {line} går inte att läsa: ett citattecken saknas eller fältet är för långt.", name
        ) from error
