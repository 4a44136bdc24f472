"""`arshjul collect`: read returned workbooks from files or folders, without waiting for the next run."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.steps.answers.collecting import Collected, collect_file
from cli.options import config_option, current_time, now_option, opened


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FIL…")
@now_option
@config_option
def collect(paths: tuple[Path, ...], now: datetime | None, config: Path) -> None:
    """Läs in ifyllda underlag, i Excel eller Word. Filerna ligger kvar; en kopia läses.

    Det som redan ligger i inkorgen läses där, och flyttas.

    \b
    Exempel:
      arshjul collect ~/Hämtat/"Underlag T2 2026 SOL anna.xlsx"
      arshjul collect svar/
    """
    files = [file for path in paths for file in _files(path)]
    collected = Collected()
    with opened(config) as office:
        folders = office.installation.settings.folders
        folders.inbox.mkdir(parents=True, exist_ok=True)
        for file in files:
            collected.add(_read(office, file, folders.inbox, now or current_time()))
    for line in _told(collected):
        click.echo(line)
    if not files:
        click.echo("Där finns inga filer att läsa.")
    if collected.quarantined:
        click.echo(f"Skälet står i en .txt-fil bredvid var och en i {folders.quarantine}.")


def _read(office: Office, file: Path, inbox: Path, now: datetime) -> Collected:
    """One file: what lies in the inbox is read there, of all else a copy beside what waits in the inbox."""
    if file.resolve().parent == inbox.resolve():
        return collect_file(office, file, now)
    with TemporaryDirectory(prefix=".collect-", dir=inbox) as aside:
        copy = Path(aside) / file.name
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            return Collected(stuck=[f"{file.name} ({error.strerror})"])
        return collect_file(office, copy, now)


def _told(collected: Collected) -> Iterator[str]:
    for label, names in (
        ("mottaget", collected.accepted),
        ("återsänt", collected.rejected),
        ("oförändrat", collected.unchanged),
        ("läst förut", collected.seen_before),
        ("i karantän", collected.quarantined),
        ("inte läst", collected.stuck),
    ):
        for name in names:
            yield f"{label:>11}  {name}"


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith((".", "~$")))
    if not path.is_file():
        raise BadInput("filen finns inte", str(path))
    return [path]
