"""`arshjul review EXPORT --against`: what an export of the city's system does not have as it was approved.

The other side is a cycle's newest approved version, a report file, or a saved `plan.yaml`. How the two are
compared is in `arshjul.review.against`; here are only the files and the words.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

from arshjul import plan_reader
from arshjul.adapters.documents.reading import lines_of_document, read_document, read_plan_file
from arshjul.errors import BadInput
from arshjul.plan import Kind, Plan
from arshjul.review.against import compare
from arshjul.review.departures import Comparison, Departure, Difference
from arshjul.review.source_lines import SourceLines
from arshjul.steps.report.approved import approved_document
from cli.options import one_cycle, opened, read_report_time

_CYCLE = re.compile(rf"({'|'.join(Kind)})\s+(\S+)", re.IGNORECASE)
_LONGEST = 160  # letters of a text that is shown whole


def tell_departures(export: Path, against: str, unit: str | None, as_json: bool, config: Path) -> bool:
    """Print how the export departs from what was approved; whether it does."""
    name, approved = _approved(against, unit, config)
    if export.suffix.lower() in (".yaml", ".yml"):
        comparison = compare(approved, read_plan_file(export))
    else:
        lines = read_document(export)
        try:
            reading = plan_reader.read(lines)
        except BadInput as error:
            raise type(error)(error.sentence, error.where or export.name) from error
        comparison = compare(approved, reading.plan, SourceLines.of(lines, reading.places))
    if as_json:
        told = {
            "against": name,
            "compared": comparison.compared,
            "differences": [departure.as_json() for departure in comparison.departures],
            "only_approved": list(comparison.only_approved),
            "only_exported": list(comparison.only_exported),
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in _words(export.name, name, comparison):
            click.echo(line)
    return bool(comparison.departures)


def _approved(against: str, unit: str | None, config: Path) -> tuple[str, Plan]:
    """What was approved, and what it is called."""
    found = _CYCLE.fullmatch(against.strip())
    if found is None:
        return Path(against).name, read_plan_file(Path(against))
    with opened(config) as office:
        key = one_cycle(office, Kind(found[1].upper()), read_report_time(found[2]), unit)
        version, file, content = approved_document(office, key)
    name = f"{key} {key.unit_code}, version {version}"
    return name, plan_reader.read(lines_of_document(content, file)).plan


def _words(export: str, name: str, comparison: Comparison) -> Iterator[str]:
    """The departures as a person reads them, in the order of the export."""
    for departure in comparison.departures:
        line = f"rad {departure.line}, " if departure.line else ""
        label = f", {departure.field}" if departure.field else ""
        yield f"{_KINDS[departure.difference]}: {line}{departure.where}{label}"
        yield from _both(departure)
    count = len(comparison.departures)
    result = "inga skillnader" if not count else "1 skillnad" if count == 1 else f"{count} skillnader"
    yield f"{export} mot {name}: {result} i {comparison.compared} fält."
    if comparison.only_approved:
        yield f"Finns bara i det godkända och är inte jämfört: {', '.join(comparison.only_approved)}."
    if comparison.only_exported:
        yield f"Finns bara i exporten och är inte jämfört: {', '.join(comparison.only_exported)}."


_KINDS = {Difference.DIFFERS: "skiljer", Difference.MISSING: "saknas", Difference.ADDED: "tillagt"}


def _both(departure: Departure) -> Iterator[str]:
    """What was approved and what stands in the export."""
    for label, text in (("Godkänt", departure.approved), ("Exporten", departure.exported)):
        if text and (departure.field or departure.difference is Difference.DIFFERS):
            yield f"    {label}: ”{_shortened(text)}”"


def _shortened(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST].rsplit(' ', 1)[0]} …"
