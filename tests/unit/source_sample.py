"""Exports written in a test, read as files are, against the example's own sources."""

from datetime import date
from functools import cache
from pathlib import Path

from arshjul.adapters.export_files import read_tables
from arshjul.catalogue import Measure, Sex
from arshjul.config import Installation, load_installation
from arshjul.sources.gathering import SourceValue
from arshjul.sources.given import GivenValues, Stored, given_values
from arshjul.sources.reading import ReadExport, read_export

CONFIG = Path(__file__).parents[2] / "config"
TODAY = date(2026, 9, 10)


@cache
def installation() -> Installation:
    """The example installation."""
    return load_installation(CONFIG)


def read(text: str | bytes, name: str = "export.csv") -> ReadExport:
    """What an export says."""
    content = text.encode() if isinstance(text, str) else text
    home = installation()
    return read_export(read_tables(content, name), home.sources, home.organisation, TODAY, name)


def values(text: str | bytes, field: str) -> dict[tuple[str, Sex, str], SourceValue]:
    """The values of one field, by scope, sex and month; the export has no fault."""
    found = read(text)
    assert found.faults == ()
    return {(v.scope, v.sex, v.month): v for v in found.values if v.field == field}


def given(
    *texts: str,
    last_month: str = "2026-08",
    sections: dict[str, str] | None = None,
    measures: dict[str, Measure] | None = None,
) -> GivenValues:
    """What exports give the example unit in the period that ends with `last_month`."""
    unit = installation().unit("SOL")
    stored = []
    for number, text in enumerate(texts, start=1):
        found = read(text)
        assert found.faults == ()
        stored += [Stored(found.source, number, value) for value in found.values]
    asked = [subunit.code for subunit in unit.subunits]
    sources = installation().sources
    return given_values(stored, sources, unit, last_month, asked, sections or {}, measures or {})
