"""`arshjul judge`, `explain`, `approve`, `correct`: what a manager decides, each on record."""

from datetime import datetime
from pathlib import Path

import click

from arshjul.adapters.judgements import read_judgements
from arshjul.plan import Kind
from arshjul.steps import deciding
from cli.options import config_option, current_time, cycle_arguments, now_option, one_cycle, opened

by_option = click.option(
    "--by", required=True, metavar="PERSON", help="Den som beslutar, med id ur organisation.yaml."
)


@click.command()
@cycle_arguments
@click.option("--file", "file", required=True, type=click.Path(path_type=Path), metavar="FIL")
@by_option
@now_option
@config_option
def judge(
    kind: Kind, year: int, unit: str | None, file: Path, by: str, now: datetime | None, config: Path
) -> None:
    """Läs in enhetschefens bedömningar och texter från en fil.

    \b
    Filen är YAML, ett mål i taget:
      G04: {attainment: FULL, text: "…"}
      summary: {text: "…"}
    Exempel:
      arshjul judge T2 2026 --file bedomning.yaml --by karin
    """
    judged = read_judgements(file)
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        deciding.judge(office, key, by, judged, now or current_time())
    click.echo(f"{len(judged)} bedömningar sparade.")


@click.command()
@cycle_arguments
@click.argument("finding", type=int, metavar="NUMMER")
@click.option("--reason", required=True, metavar="SKÄL", help="Varför iakttagelsen inte behöver rättas.")
@by_option
@now_option
@config_option
def explain(
    kind: Kind,
    year: int,
    unit: str | None,
    finding: int,
    reason: str,
    by: str,
    now: datetime | None,
    config: Path,
) -> None:
    """Stäng en iakttagelse med ett skäl. Numren står i ”arshjul status”.

    \b
    Exempel:
      arshjul explain T2 2026 3 --by karin --reason "Värdet kom in efter mätningen och är känt."
    """
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        deciding.close_finding(office, key, by, finding, reason, now or current_time())
    click.echo(f"Iakttagelse {finding} är stängd.")


@click.command()
@cycle_arguments
@by_option
@now_option
@config_option
def approve(kind: Kind, year: int, unit: str | None, by: str, now: datetime | None, config: Path) -> None:
    """Godkänn rapporten. Filerna fryses; en ändring efteråt blir en rättelse med nytt nummer.

    \b
    Exempel:
      arshjul approve T2 2026 --by karin
    """
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        sha256 = deciding.approve(office, key, by, now or current_time())
    click.echo(f"{key} är godkänd. Kontrollsumma: {sha256}")


@click.command()
@cycle_arguments
@click.option("--changes", required=True, metavar="TEXT", help="Vad som rättas och varför.")
@by_option
@now_option
@config_option
def correct(
    kind: Kind, year: int, unit: str | None, changes: str, by: str, now: datetime | None, config: Path
) -> None:
    """Börja en rättelse av en godkänd rapport. Den gamla versionen står kvar.

    \b
    Exempel:
      arshjul correct T2 2026 --by karin --changes "Antalet avslutade på Humlan är rättat från 3 till 2."
    """
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        number = deciding.begin_correction(office, key, by, changes, now or current_time())
    click.echo(f"Version {number} av {key} kan nu ändras, sammanställas och godkännas.")
