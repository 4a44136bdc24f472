"""The lines of an export checked one by one: types, ranges, choices, whom they are about, doubles.

A line with a fault gives nothing; all faults of a file are told at once. What adds up is in `totals`. Called
by `arshjul.sources.reading`. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.numbers import format_number, parse_number, parse_quantity
from arshjul.sources.declared import ColumnKind, ColumnSpec, Others
from arshjul.sources.months import read_month
from arshjul.sources.places import Place, Places
from arshjul.sources.recognition import Recognised, plain
from arshjul.sources.table import Cell, ExportRow, LineFault

_SEXES = {
    Sex.WOMEN: ("k", "kv", "kvinna", "kvinnor", "kvinnor/flickor", "flicka", "flickor"),
    Sex.MEN: ("m", "man", "män", "män/pojkar", "pojke", "pojkar"),
    Sex.TOTAL: ("t", "totalt", "alla", "samtliga", "båda"),
    None: ("annat", "vill inte svara", "okänt", "ej angivet", "uppgift saknas"),
}
_SEX_OF = {word: sex for sex, words in _SEXES.items() for word in words}
_TWO_WAYS = re.compile(r"[-−]?[1-9]\d{0,2}\.\d{3}")
_LARGEST = Decimal(10) ** 13
_SHOWN = 40  # characters of a cell that a message repeats


@dataclass(frozen=True, slots=True)
class Record:
    """One line that holds: whom it is about, when, of which sex, and its columns.

    `sex` TOTAL is a line about everybody; None a line whose sex is not told, which counts in the total only.
    """

    line: int
    place: Place
    month: str
    sex: Sex | None
    values: Mapping[str, Decimal | str | None]

    def number(self, column: str) -> Decimal | None:
        """The number in a column, None where the cell is empty."""
        value = self.values.get(column)
        return value if isinstance(value, Decimal) else None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A line of totals and how many records stood before it."""

    line: int
    before: int
    values: Mapping[str, Decimal | str | None]


@dataclass(slots=True)
class Rows:
    """What the lines of a file are."""

    records: list[Record] = field(default_factory=list)
    total_rows: list[TotalRow] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    skipped: int = 0  # lines about others
    notes: list[str] = field(default_factory=list)


class _Unfit(Exception):
    """What stands in a cell cannot be taken; `str()` is the sentence. Stays in this module."""


def read_rows(found: Recognised, places: Places, last_month: str) -> Rows:
    """Every line below the headers. A month after `last_month` has not been yet and is a fault."""
    rows = Rows()
    seen: dict[tuple[object, ...], int] = {}
    for row in found.lines():
        if any(plain(row.cell(index)) in map(plain, found.spec.total_words) for index in range(3)):
            values, _ = _values(found, row, lenient=True)
            rows.total_rows.append(TotalRow(row.line, len(rows.records), values))
            continue
        values, faults = _values(found, row)
        skipped = rows.skipped
        record = _record(found, row, values, faults, places, rows, last_month)
        if rows.skipped > skipped:
            continue  # what stands in others' rows is theirs to mend
        rows.faults += faults
        if record is None or faults:
            continue
        if found.spec.once:
            key = tuple(_key(record, found, column) for column in found.spec.once)
            if key in seen:
                sentence = f"samma uppgift står på rad {seen[key]}. Ta bort den ena."
                rows.faults.append(LineFault(row.line, "", sentence))
                continue
            seen[key] = row.line
        rows.records.append(record)
    if not rows.records and not rows.faults and not rows.skipped:
        rows.faults.append(
            LineFault(found.table.rows[found.header].line, "", "inga rader står under rubrikerna.")
        )
    return rows


def _key(record: Record, found: Recognised, column: str) -> object:
    match found.spec.columns[column].kind:
        case ColumnKind.PLACE:
            return record.place
        case ColumnKind.MONTH:
            return record.month
        case ColumnKind.SEX:
            return record.sex
        case _:
            value = record.values.get(column)
            return plain(value) if isinstance(value, str) else value


def _values(
    found: Recognised, row: ExportRow, *, lenient: bool = False
) -> tuple[dict[str, Decimal | str | None], list[LineFault]]:
    """The plain columns of a line; of a total row whatever can be read."""
    values: dict[str, Decimal | str | None] = {}
    faults = []
    for key, index in found.columns.items():
        column = found.spec.columns[key]
        cell = row.cell(index)
        try:
            if cell is None:
                if not column.may_be_empty and not lenient:
                    raise _Unfit("här står inget. Fyll i eller ta bort raden.")
                values[key] = None
            elif column.kind in (ColumnKind.NUMBER, ColumnKind.WHOLE):
                values[key] = _number(cell, column, point=found.table.point)
            else:
                values[key] = _text(cell, column)
        except _Unfit as unfit:
            if not lenient:
                shown = "" if found.spec.individuals else _quoted(cell)
                faults.append(LineFault(row.line, found.heading(key), f"{shown}{unfit}"))
    return values, faults


def _quoted(cell: Cell) -> str:
    text = " ".join(str(cell).split()) if cell is not None else ""
    return f"”{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}” " if text else ""


def _text(cell: Cell, column: ColumnSpec) -> str:
    text = (
        cell.isoformat()
        if isinstance(cell, date)
        else format_number(cell)
        if isinstance(cell, Decimal)
        else str(cell)
    )
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        text = str(int(cell))  # a cost centre or a code, not an amount
    if not column.choices:
        return text
    choice = next((choice for choice in column.choices if plain(choice) == plain(text)), None)
    if choice is None:
        raise _Unfit(f"finns inte bland {', '.join(column.choices)}.")
    return choice


def _number(cell: Cell, column: ColumnSpec, *, point: bool) -> Decimal:
    number = cell if isinstance(cell, Decimal) else _written_number(cell, point=point)
    if abs(number) > _LARGEST:
        raise _Unfit("är orimligt stort.")
    if column.kind is ColumnKind.WHOLE and number % 1:
        raise _Unfit("är inget helt tal.")
    if column.minimum is not None and number < column.minimum:
        raise _Unfit(f"är för litet: minst {format_number(column.minimum)}.")
    if column.maximum is not None and number > column.maximum:
        raise _Unfit(f"är för stort: högst {format_number(column.maximum)}.")
    return number


def _written_number(cell: Cell, *, point: bool) -> Decimal:
    if not isinstance(cell, str):
        raise _Unfit("är inget tal.")
    text = cell[-1] + cell[:-1] if cell.endswith(("-", "−")) else cell  # some systems write the sign last
    if point and re.fullmatch(r"[-−+]?\d+\.\d+", text):
        return Decimal(text.replace("−", "-"))
    if not point and _TWO_WAYS.fullmatch(text):
        raise _Unfit("kan läsas på två sätt. Exportera med decimalkomma och utan tusentalspunkt.")
    quantity = parse_quantity(text)
    if quantity is not None and quantity.unit.casefold() in ("kr", "tkr", "st", "tim"):
        return quantity.number
    number = parse_number(text)
    if number is None:
        raise _Unfit("är inget tal.")
    return number


def _record(
    found: Recognised,
    row: ExportRow,
    values: dict[str, Decimal | str | None],
    faults: list[LineFault],
    places: Places,
    rows: Rows,
    last_month: str,
) -> Record | None:
    """The line's record; None where it is about others or cannot be placed."""
    place = _place(found, row, values, faults, places, rows)
    if place is None:
        return None
    month_column = found.spec.of_kind(ColumnKind.MONTH) or ""
    month = read_month(row.cell(found.columns[month_column])) if month_column in found.columns else None
    if month is None:
        heading = found.heading(month_column) if month_column in found.columns else ""
        if values.get(month_column) is not None or not heading:
            cell = "" if found.spec.individuals else _quoted(values.get(month_column))
            faults.append(LineFault(row.line, heading, f"{cell}är ingen månad. Skriv som 2026-08."))
        return None
    if month > last_month:
        heading = found.heading(month_column)
        faults.append(LineFault(row.line, heading, f"{month} har inte varit än."))
    if not places.exists_in(place, month):
        note = f"rad {row.line}: {place[1]} fanns inte i {place[0]} i {month}; raden räknas ändå."
        rows.notes.append(note)
    sex_column = found.spec.of_kind(ColumnKind.SEX)
    sex: Sex | None = Sex.TOTAL
    if sex_column in found.columns and sex_column is not None:
        written = values.get(sex_column)
        if written is None:
            sex = None
        elif plain(written) in _SEX_OF:
            sex = _SEX_OF[plain(written)]
        else:
            faults.append(
                LineFault(
                    row.line, found.heading(sex_column), "är inget kön som känns igen. Skriv K eller M."
                )
            )
    return Record(row.line, place, month, sex, values)


def _place(
    found: Recognised,
    row: ExportRow,
    values: Mapping[str, Decimal | str | None],
    faults: list[LineFault],
    places: Places,
    rows: Rows,
) -> Place | None:
    column = found.spec.of_kind(ColumnKind.PLACE)
    unit_column = found.spec.of_kind(ColumnKind.UNIT)
    unit = None
    if (
        unit_column in found.columns
        and unit_column is not None
        and (said := values.get(unit_column)) is not None
    ):
        unit = places.unit(str(said))
        if unit is None:
            _of_others(found, row, unit_column, str(said), faults, rows)
            return None
    written = values.get(column) if column else None
    if column is None or written is None:
        return None
    here = places.find(str(written), unit)
    if len(here) == 1:
        return next(iter(here))
    if here:
        codes = " och ".join(sorted({code for code, _ in here}))
        sentence = f"”{written}” finns i flera enheter ({codes}). Ta med en kolumn för enheten."
        faults.append(LineFault(row.line, found.heading(column), sentence))
        return None
    _of_others(found, row, column, str(written), faults, rows)
    return None


def _of_others(
    found: Recognised, row: ExportRow, column: str, written: str, faults: list[LineFault], rows: Rows
) -> None:
    if found.spec.others is Others.SKIP:
        rows.skipped += 1
        return
    sentence = (
        f"”{written[:_SHOWN]}” finns inte här. Rätta namnet, eller lägg till det under places i sources.yaml."
    )
    faults.append(LineFault(row.line, found.heading(column), sentence))
