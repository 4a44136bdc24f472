"""`arshjul backup` and `arshjul restore`: a safety copy of an installation, and one made of it."""

from datetime import datetime
from pathlib import Path

import click

from arshjul.adapters.backup import Copied, back_up, check_copy, restore_data, restore_files
from arshjul.adapters.store.database import Database
from arshjul.config import load_installation
from arshjul.wheel import STOCKHOLM
from cli.options import asked_for_folder, config_option, current_time, database_option, now_option, opened

MEGABYTE = 1_000_000


@click.command()
@click.argument("into", type=click.Path(path_type=Path), metavar="MAPP")
@now_option
@config_option
def backup(into: Path, now: datetime | None, config: Path) -> None:
    """Gör en säkerhetskopia av hela installationen i MAPP, medan den är igång.

    Kopian får en egen mapp med dag och tid i namnet. Den innehåller personuppgifter: förvara den därefter.

    \b
    Exempel:
      arshjul backup /srv/kopior
      arshjul backup /mnt/kopior --config /srv/arshjul/config
    """
    with opened(config) as office:
        made = back_up(
            office.installation, office.database, asked_for_folder(into), now or current_time(), click.echo
        )
    _tell(made)


@click.command()
@click.argument("copy", type=click.Path(path_type=Path), metavar="KOPIA")
@click.argument("into", type=click.Path(path_type=Path), metavar="MAPP")
@database_option("En tom databas att fylla, t.ex. postgresql+psycopg://…")
@click.option("--dry-run", is_flag=True, help="Kontrollera kopian och säg vad som skulle göras, inget mer.")
def restore(copy: Path, into: Path, database: str | None, dry_run: bool) -> None:
    """Gör en installation i MAPP av en säkerhetskopia. Inget som finns skrivs över.

    Utan --database används den som står i kopians settings.yaml, annars en ny SQLite-fil. En kopia från
    SQLite kan återställas till PostgreSQL, och tvärtom.

    \b
    Exempel:
      arshjul restore /srv/kopior/arshjul-2026-11-22T083000 /srv/arshjul --dry-run
      arshjul restore KOPIA /srv/arshjul --database postgresql+psycopg://arshjul@localhost/arshjul
    """
    _tell(check_copy(copy))
    if dry_run:
        click.echo(f"Inget gjordes. Utan --dry-run görs en installation i {into}.")
        return
    config = restore_files(copy, into)
    installation = load_installation(config)
    store = Database(database or installation.settings.database_url)
    try:
        rows = restore_data(copy, installation, store)
    finally:
        store.close()
    click.echo(f"Återställt i {into}: {rows} rader i databasen.")
    if database:
        click.echo(f"Skriv databasens adress i {config / 'settings.yaml'} (database) innan du startar.")
    click.echo(
        "Brev som gick efter kopian kan gå en gång till. Se efter med ”arshjul status” innan du startar."
    )


def _tell(copied: Copied) -> None:
    at = copied.made_at.astimezone(STOCKHOLM)
    click.echo(
        f"{copied.path}: {copied.rows} rader och {copied.files} filer, {copied.size / MEGABYTE:.1f} MB, "
        f"från {at:%Y-%m-%d kl. %H.%M}. Allt är kontrollerat mot kontrollsummorna."
    )
