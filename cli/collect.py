"""`arshjul collect`: read returned workbooks from files or folders, without waiting for the next run."""

import shutil
from datetime import datetime
from pathlib import Path

import click

from arshjul.errors import BadInput
from arshjul.steps.answers.collecting import Collected, collect_file
from cli.options import config_option, current_time, now_option, opened


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FIL…")
@now_option
@config_option
def collect(paths: tuple[Path, ...], now: datetime | None, config: Path) -> None:
    """Läs in ifyllda underlag, i Excel eller Word. Filerna ligger kvar; en kopia läses.

    \b
    Exempel:
      arshjul collect ~/Hämtat/"Underlag T2 2026 SOL anna.xlsx"
      arshjul collect svar/
    """
    files = [file for path in paths for file in _files(path)]
    collected = Collected()
    with opened(config) as office:
        inbox = office.installation.settings.folders.inbox
        inbox.mkdir(parents=True, exist_ok=True)
        for file in files:
            copy = inbox / file.name
            shutil.copyfile(file, copy)
            collected.add(collect_file(office, copy, now or current_time()))
    for label, names in (
        ("mottaget", collected.accepted),
        ("återsänt", collected.rejected),
        ("oförändrat", collected.unchanged),
        ("läst förut", collected.seen_before),
        ("i karantän", collected.quarantined),
        ("väntar kvar", collected.stuck),
    ):
        for name in names:
            click.echo(f"{label:>11}  {name}")


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith((".", "~$")))
    if not path.is_file():
        raise BadInput("filen finns inte", str(path))
    return [path]
