"""An export read from beginning to end: which source it is, what is wrong, which values it gives. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arshjul.organisation import Organisation
from arshjul.sources.declared import Sources, SourceSpec
from arshjul.sources.gathering import SourceValue, gather_values
from arshjul.sources.places import Places
from arshjul.sources.recognition import recognise
from arshjul.sources.rows import read_rows
from arshjul.sources.table import ExportTable, LineFault
from arshjul.sources.totals import wrong_totals


@dataclass(frozen=True, slots=True)
class ReadExport:
    """What a file says. With any fault it is not to be loaded: half an export is a wrong figure.

    `rows` are the lines that were read, `skipped` those about units that are not here.
    """

    source: str
    spec: SourceSpec
    values: tuple[SourceValue, ...]
    faults: tuple[LineFault, ...]
    notes: tuple[str, ...]
    rows: int
    skipped: int

    @property
    def months(self) -> tuple[str, ...]:
        """The months that the values are of, in order."""
        return tuple(sorted({value.month for value in self.values}))


def read_export(
    tables: Sequence[ExportTable], sources: Sources, organisation: Organisation, today: date, name: str
) -> ReadExport:
    """The file against the declared sources; BadInput where it is none of them."""
    found = recognise(tables, sources.sources, name)
    rows = read_rows(found, Places(organisation, sources), f"{today.year}-{today.month:02}")
    gathered = gather_values(found, rows.records, sources)
    faults = [*rows.faults, *wrong_totals(found, rows), *gathered.faults]
    notes = list(rows.notes)
    if rows.skipped:
        notes.append(f"{rows.skipped} rader gäller enheter som inte finns här och räknas inte.")
    if rows.records and not gathered.values and not faults:
        notes.append("inget i filen har någon mottagare. Se över gives i sources.yaml.")
    return ReadExport(
        source=found.source,
        spec=found.spec,
        values=tuple(gathered.values),
        faults=tuple(sorted(faults, key=lambda fault: fault.line)),
        notes=tuple(notes),
        rows=len(rows.records),
        skipped=rows.skipped,
    )
