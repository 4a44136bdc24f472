"""`arshjul purge`: what got in and must not be kept is taken out of every version."""

from datetime import datetime
from pathlib import Path

import click

from arshjul.plan import Kind
from arshjul.steps.archive.purging import purge as purge_field
from cli.decide import by_option
from cli.options import (
    ReportTime,
    config_option,
    current_time,
    cycle_arguments,
    now_option,
    one_cycle,
    opened,
)


@click.command()
@cycle_arguments
@click.option(
    "--scope", metavar="KOD", help="Verksamheten eller avsnittet. Utan det: enhetschefens egen text."
)
@click.option(
    "--field",
    "field_id",
    required=True,
    metavar="FÄLT",
    help="Fältet, som G10.analysis; målet, som G10; APT; eller en åtgärds eller uppgifts beteckning, som L3.",
)
@click.option(
    "--reason", required=True, metavar="SKÄL", help="Varför det tas bort. Skriv inte själva uppgiften."
)
@by_option
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle tas bort, och ändra ingenting.")
@now_option
@config_option
def purge(
    kind: Kind,
    year: ReportTime,
    unit: str | None,
    scope: str | None,
    field_id: str,
    reason: str,
    by: str,
    dry_run: bool,
    now: datetime | None,
    config: Path,
) -> None:
    """Ta bort en uppgift som har kommit in men inte får finnas, ur alla versioner.

    \b
    Exempel:
      arshjul purge T2 2026 --scope HUMLAN --field G10.analysis --by karin \\
          --reason "Ett personnummer stod i analysen." --dry-run
      arshjul purge T2 2026 --scope HUMLAN --field APT --by karin --reason "Mötets ord pekar ut en brukare."
    """
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        done = purge_field(office, key, scope, field_id, by, reason, now or current_time(), dry_run=dry_run)
    found = ", ".join(f"{what} ({number})" for what, number in done.counts.items()) or "ingenting"
    click.echo(f"{'Skulle tas bort' if dry_run else 'Borttaget'} ur: {found}.")
    for sentence in dict.fromkeys(done.left):
        click.echo(sentence)
    if not dry_run and done.counts:
        click.echo(
            f"Kör ”arshjul run {key} --unit {key.unit_code}” för ett nytt utkast. Säkerhetskopior "
            "och brev som redan har gått påverkas inte: se docs/drift.md."
        )
