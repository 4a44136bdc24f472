"""`arshjul serve`: Prefect's server and the year's schedules together, for a small installation."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from arshjul.config import load_installation
from arshjul.errors import ArshjulError
from arshjul.wheel import local_day
from cli.options import config_option, current_time
from cli.prefect_settings import prepare_prefect

START_SECONDS = 90


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=4200,
    show_default=True,
    metavar="PORT",
    help="Porten för Prefects sida, bara på den här datorn.",
)
@config_option
def serve(port: int, config: Path) -> None:
    """Låt årshjulet gå: starta Prefect och kör varje sak på sin dag. Avsluta med Ctrl-C.

    \b
    Exempel:
      arshjul serve
      arshjul serve --port 4300 --config /srv/arshjul/config
    """
    installation = load_installation(config)
    prepare_prefect(installation.settings.folders.prefect, log_level="ERROR")
    os.environ["ARSHJUL_CONFIG"] = str(config.resolve())
    os.environ.setdefault("PREFECT_API_URL", f"http://127.0.0.1:{port}/api")
    os.environ.setdefault("PREFECT_SERVER_UI_API_URL", f"http://127.0.0.1:{port}/api")
    year = local_day(current_time()).year
    server = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_until_up(server, port)
        from prefect import serve as serve_deployments

        from flows.year import deployments

        click.echo(f"Årshjulet går. Följ det på http://127.0.0.1:{port} (Ctrl-C avslutar).")
        serve_deployments(
            *deployments(installation, (year - 1, year, year + 1)),
            pause_on_shutdown=False,  # a stop over a date must not delete the run that waits
            print_starting_message=False,
        )
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_up(server: subprocess.Popen[bytes], port: int) -> None:
    click.echo("Prefect startas …")
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ArshjulError(
                f"Prefect kunde inte starta. Är port {port} upptagen? Välj en annan med --port."
            )
        try:
            with urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise ArshjulError("Prefect kom inte igång i tid. Försök igen, eller se efter i dess mapp.")
