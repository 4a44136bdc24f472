"""`arshjul sources`: load exports from other systems, see what was loaded, undo a load."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from arshjul.adapters.export_files import MAX_BYTES
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.sources.changes import Changes
from arshjul.steps.figures.sources import Loaded, LoadRow, list_loads, load_export, undo_load
from arshjul.wheel import STOCKHOLM
from cli.options import config_option, current_time, json_option, now_option, opened

_SHOWN = 40  # lines of changes that a person is shown; --json has them all


@click.group()
def sources() -> None:
    """Exporter ur andra system: läs in dem, se vad som är inläst, ångra."""


@sources.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FIL…")
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle ändras, men ändra inget.")
@now_option
@json_option
@config_option
def load(files: tuple[Path, ...], dry_run: bool, now: datetime | None, as_json: bool, config: Path) -> None:
    """Läs in exporter (CSV eller XLSX). Filen känns igen på sina rubriker.

    Varje rad kontrolleras. Är något fel läses inget ur den filen in, och varje fel visas med rad och kolumn.
    Samma fil en gång till ändrar inget. Filen sparas inte, och av en enkät sparas bara antal per verksamhet.

    \b
    Exempel:
      arshjul sources load sjukfranvaro.csv ekonomi.xlsx
      arshjul sources load enkat.csv --dry-run
    """
    results: list[tuple[Path, Loaded | BadInput]] = []
    with opened(config) as office:
        for file in files:
            try:
                results.append((file, _load(office, file, now or current_time(), dry_run=dry_run)))
            except BadInput as trouble:
                results.append((file, trouble))
    if as_json:
        shown = [_as_json(file, result) for file, result in results]
        click.echo(json.dumps({"files": shown, "dry_run": dry_run}, ensure_ascii=False, indent=2))
    else:
        for file, result in results:
            if len(results) > 1 or isinstance(result, Loaded):  # of one file that is not read, once is enough
                _tell(file, result, dry_run=dry_run)
    _fail_on_faults(results)


@sources.command("list")
@json_option
@config_option
def list_(as_json: bool, config: Path) -> None:
    """Visa inläsningarna, den senaste först.

    \b
    Exempel:
      arshjul sources list
    """
    with opened(config) as office:
        rows = list_loads(office)
        titles = {source: spec.title for source, spec in office.installation.sources.sources.items()}
    if as_json:
        click.echo(json.dumps({"loads": [_row_as_json(row) for row in rows]}, ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo("Inget är inläst. Läs in en export med ”arshjul sources load FIL”.")
    for row in rows:
        state = "ångrad" if row.undone_at else f"{row.counts} av {row.values} värden gäller"
        at = row.loaded_at.astimezone(STOCKHOLM)
        months = row.months[0] if len(row.months) == 1 else f"{row.months[0]} till {row.months[-1]}"
        title = titles.get(row.source, row.source)
        click.echo(f"{row.id:>4}  {at:%Y-%m-%d %H:%M}  {title}, {months}: {row.file_name} ({state})")


@sources.command()
@click.argument("number", type=int, metavar="NUMMER")
@now_option
@json_option
@config_option
def undo(number: int, now: datetime | None, as_json: bool, config: Path) -> None:
    """Ångra en inläsning: det som gällde före den gäller igen.

    \b
    Exempel:
      arshjul sources undo 12
    """
    with opened(config) as office:
        changes = undo_load(office, number, now or current_time())
    if as_json:
        click.echo(json.dumps({"load": number, **_changes_as_json(changes)}, ensure_ascii=False, indent=2))
        return
    click.echo(f"Inläsning {number} är ångrad.")
    _tell_changes(changes)


def _load(office: Office, file: Path, now: datetime, *, dry_run: bool) -> Loaded:
    try:
        with file.open("rb") as opened_file:
            content = opened_file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput("filen finns inte", str(file)) from None
    except OSError as error:
        raise BadInput(f"filen går inte att öppna ({error.strerror})", str(file)) from None
    return load_export(office, content, file.name, now, dry_run=dry_run)


def _tell(file: Path, result: Loaded | BadInput, *, dry_run: bool) -> None:
    if isinstance(result, BadInput):
        click.echo(f"{file.name}: {result.sentence}")
        return
    read = result.read
    click.echo(
        f"{file.name}: {read.spec.title}, {read.rows} rader"
        + (f", {_span(read.months)}" if read.months else "")
    )
    for note in read.notes:
        click.echo(f"  obs   {note}")
    for fault in read.faults:
        click.echo(f"  fel   {fault}")
    if read.faults:
        click.echo("  Inget lästes in. Rätta felen och läs in filen igen.")
        return
    _tell_changes(result.changes)
    if result.load is not None:
        click.echo(f"  Inläst som nummer {result.load}. Ångra med ”arshjul sources undo {result.load}”.")
    elif dry_run:
        click.echo("  Prov: inget ändrades.")


def _span(months: tuple[str, ...]) -> str:
    return months[0] if len(months) == 1 else f"{months[0]} till {months[-1]}"


def _tell_changes(changes: Changes) -> None:
    lines = list(changes.lines())
    for word, said in lines[:_SHOWN]:
        click.echo(f"  {word:<6} {said}")
    if len(lines) > _SHOWN:
        click.echo(f"  … och {len(lines) - _SHOWN} ändringar till (visa alla med --json)")
    if changes.nothing:
        click.echo("  Inget nytt: allt i filen är redan inläst.")
    elif changes.unchanged:
        click.echo(f"  {changes.unchanged} värden är som förut.")


def _fail_on_faults(results: list[tuple[Path, Loaded | BadInput]]) -> None:
    """One line on standard error that names the first trouble, and exit status 2."""
    for file, result in results:
        if isinstance(result, BadInput):
            raise BadInput(result.sentence, result.where or str(file))
        if result.read.faults:
            first, more = result.read.faults[0], len(result.read.faults) - 1
            others = f" ({more} fel till i filen)" if more else ""
            raise BadInput(f"{first.message} Inget ur filen lästes in{others}.", f"{file}, rad {first.line}")


def _as_json(file: Path, result: Loaded | BadInput) -> dict[str, Any]:
    if isinstance(result, BadInput):
        return {"file": str(file), "source": None, "error": result.sentence}
    read = result.read
    return {
        "file": str(file),
        "source": read.source,
        "rows": read.rows,
        "skipped": read.skipped,
        "months": list(read.months),
        "faults": [{"line": f.line, "column": f.column, "message": f.message} for f in read.faults],
        "notes": list(read.notes),
        "load": result.load,
        **_changes_as_json(result.changes),
    }


def _changes_as_json(changes: Changes) -> dict[str, Any]:
    return {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "gone": len(changes.gone),
        "unchanged": changes.unchanged,
        "changes": [{"what": word, "value": said} for word, said in changes.lines()],
    }


def _row_as_json(row: LoadRow) -> dict[str, Any]:
    return {
        "load": row.id,
        "source": row.source,
        "file": row.file_name,
        "rows": row.rows,
        "values": row.values,
        "counts": row.counts,
        "units": list(row.units),
        "months": list(row.months),
        "loaded_at": row.loaded_at.isoformat(),
        "undone_at": row.undone_at.isoformat() if row.undone_at else None,
    }
