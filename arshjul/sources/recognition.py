"""Which source a file is: by the headers of its columns, wherever among the first rows they stand.

Called by `arshjul.sources.reading`. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from arshjul.errors import BadInput
from arshjul.sources.declared import SourceSpec
from arshjul.sources.table import ExportRow, ExportTable

_TOP = 25  # rows that a system may write above the headers


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table with its source: which row holds the headers and where each column stands."""

    source: str
    spec: SourceSpec
    table: ExportTable
    header: int  # index among the rows
    columns: Mapping[str, int]

    def heading(self, column: str) -> str:
        """The column's header as the file has it."""
        return str(self.table.rows[self.header].cell(self.columns[column]))

    def lines(self) -> Iterator[ExportRow]:
        """The rows below the headers in which anything stands."""
        for row in self.table.rows[self.header + 1 :]:
            if any(row.cell(index) is not None for index in range(len(row.cells))):
                yield row


def plain(text: object) -> str:
    """A header or a name as it is compared: spaces and case put aside."""
    return " ".join(str(text).replace("\N{NO-BREAK SPACE}", " ").split()).casefold()


def recognise(tables: Sequence[ExportTable], specs: Mapping[str, SourceSpec], name: str) -> Recognised:
    """The source that the file is; BadInput names what the nearest one misses, or the two that fit."""
    fitting: list[Recognised] = []
    nearest: tuple[int, SourceSpec, list[str]] | None = None
    for table in tables:
        for source, spec in specs.items():
            for index, row in enumerate(table.rows[:_TOP]):
                columns, missing, twice = _match(spec, row)
                if not missing:
                    if twice:
                        raise BadInput(
                            f"rubriken ”{twice}” står i flera kolumner. Behåll den som gäller och ta bort "
                            "de andra.",
                            f"{name}, rad {row.line}",
                        )
                    fitting.append(Recognised(source, spec, table, index, columns))
                    break
                if columns and (nearest is None or len(columns) > nearest[0]):
                    nearest = len(columns), spec, missing
    fitting.sort(key=lambda one: -len(one.columns))
    if not fitting:
        raise _unknown(specs, nearest, name)
    best = [one for one in fitting if len(one.columns) == len(fitting[0].columns)]
    if len({one.source for one in best}) > 1:
        titles = " och ".join(one.spec.title for one in best)
        raise BadInput(f"rubrikerna passar flera källor ({titles}). Gör dem tydligare i sources.yaml.", name)
    if len(best) > 1:
        sheets = " och ".join(one.table.sheet for one in best)
        raise BadInput(f"flera blad ser ut som {best[0].spec.title}: {sheets}. Behåll ett.", name)
    return best[0]


def _match(spec: SourceSpec, row: ExportRow) -> tuple[dict[str, int], list[str], str]:
    """Where the columns stand in the row, the headers it lacks, and one that stands twice."""
    places: dict[str, list[int]] = {}
    for index in range(len(row.cells)):
        if (cell := row.cell(index)) is not None:
            places.setdefault(plain(cell), []).append(index)
    columns: dict[str, int] = {}
    missing: list[str] = []
    twice = ""
    for key, column in spec.columns.items():
        header = next((header for header in column.headers if plain(header) in places), None)
        if header is None:
            if not column.column_may_be_missing:
                missing.append(column.headers[0])
            continue
        found = places[plain(header)]
        columns[key] = found[0]
        if len(found) > 1:
            twice = header
    return columns, missing, twice


def _unknown(
    specs: Mapping[str, SourceSpec], nearest: tuple[int, SourceSpec, list[str]] | None, name: str
) -> BadInput:
    if not specs:
        return BadInput("inga källor är beskrivna. Lägg till dem i sources.yaml.", name)
    if nearest is None or nearest[0] < 2:
        titles = ", ".join(spec.title for spec in specs.values())
        return BadInput(
            f"filen känns inte igen. Kontrollera att rubrikraden är med. Här finns: {titles}.", name
        )
    _, spec, missing = nearest
    return BadInput(
        f"filen liknar {spec.title} men saknar {_listed(missing)}. Ta med det i exporten, eller ändra "
        "rubrikerna i sources.yaml.",
        name,
    )


def _listed(headers: Sequence[str]) -> str:
    quoted = [f"”{header}”" for header in headers]
    column = "kolumnen" if len(quoted) == 1 else "kolumnerna"
    return f"{column} " + (", ".join(quoted[:-1]) + " och " if len(quoted) > 1 else "") + quoted[-1]
