"""`arshjul deploy`: Prefect's deployments brought in step with the wheel, on a server that runs already."""

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import click

from arshjul.config import Installation, load_installation
from arshjul.errors import ArshjulError
from arshjul.wheel import local_day
from cli.options import CONFIG_VARIABLE, config_option, current_time
from cli.prefect_settings import prepare_prefect

if TYPE_CHECKING:
    from flows.deploying import Change

POOL = "arshjul"
API = "http://127.0.0.1:4200/api"


@click.command()
@click.option(
    "--work-pool",
    "pool",
    default=POOL,
    show_default=True,
    metavar="NAMN",
    help="Arbetspoolen som körningarna läggs i. Finns den inte görs den.",
)
@click.option("--dry-run", is_flag=True, help="Visa bara vad som skulle ändras.")
@config_option
def deploy(pool: str, dry_run: bool, config: Path) -> None:
    """Lägg in årshjulet i Prefect: nya datum läggs till, gamla tas bort. En gång till ändrar ingenting.

    Gäller den Prefect-server som PREFECT_API_URL pekar ut, annars den på den här datorn.

    \b
    Exempel:
      arshjul deploy --dry-run
      arshjul deploy --work-pool arshjul
    """
    installation = load_installation(config)
    api = os.environ.setdefault("PREFECT_API_URL", API)
    prepare_prefect(installation.settings.folders.prefect)
    require_server(api)
    changes = deploy_wheel(installation, config, pool, dry_run=dry_run)
    for change in changes:
        click.echo(f"{change.deployment}: {change.what}")
    if not changes:
        click.echo("Prefect stämmer redan med årshjulet. Inget ändrades.")
    elif dry_run:
        click.echo("Inget ändrades. Kör utan --dry-run för att göra ändringarna.")


def deploy_wheel(
    installation: Installation, config: Path, pool: str, *, dry_run: bool = False
) -> "list[Change]":
    """Bring the server in step with the wheel of last year, this year and the next."""
    from flows.deploying import bring_in_step
    from flows.year import table

    now = current_time()
    year = local_day(now).year
    return bring_in_step(
        table(installation, (year - 1, year, year + 1)),
        pool,
        {CONFIG_VARIABLE: str(config.resolve())},
        now + timedelta(days=installation.settings.schedules.horizon_days),
        at_once=installation.settings.schedules.at_once,
        dry_run=dry_run,
    )


def require_server(api: str) -> None:
    """ArshjulError, with what to do, where no Prefect server answers."""
    try:
        with urlopen(f"{api}/health", timeout=5):
            return
    except (URLError, OSError, ValueError):
        raise ArshjulError(
            f"Ingen Prefect-server svarar på {api}. Starta den, eller ange adressen i PREFECT_API_URL."
        ) from None
