"""`arshjul serve`: Prefect, a worker, the year's schedules and the portal, for a small installation."""

import os
import signal
import sys
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from arshjul.config import load_installation
from arshjul.errors import ArshjulError
from arshjul.wheel import local_day
from cli.deploy import POOL, deploy_wheel
from cli.options import CONFIG_VARIABLE, config_option, current_time, redirect_option
from cli.prefect_settings import prepare_prefect
from cli.processes import Kept, is_alive, revive

START_SECONDS = 90
LOOK_SECONDS = 1.0
AT_ONCE = 2  # runs side by side; two cores are enough for a small installation


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=4200,
    show_default=True,
    metavar="PORT",
    help="Porten för Prefects sida, bara på den här datorn.",
)
@redirect_option
@config_option
def serve(port: int, config: Path) -> None:
    """Låt årshjulet gå: starta Prefect och portalen och kör varje sak på sin dag. Avsluta med Ctrl-C.

    Ändras konfigurationen läggs de nya datumen in av sig själva.

    \b
    Exempel:
      arshjul serve
      arshjul serve --port 4300 --config /srv/arshjul/config
    """
    installation = load_installation(config)
    api = f"http://127.0.0.1:{port}/api"
    prepare_prefect(installation.settings.folders.prefect, log_level="ERROR")
    os.environ |= {CONFIG_VARIABLE: str(config.resolve()), "PREFECT_API_URL": api}
    os.environ.setdefault("PREFECT_SERVER_UI_API_URL", api)
    prefect = [sys.executable, "-m", "prefect"]
    log = installation.settings.folders.prefect / "prefect.log"
    server = Kept(
        "Prefect",
        [*prefect, "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        log,
        lambda kept: _wait_until_up(kept, port),
    )
    worker = Kept(
        "Arbetaren",
        [*prefect, "worker", "start", "--pool", POOL, "--type", "process", "--limit", str(AT_ONCE)],
        log,
    )
    portal = Kept("Portalen", [sys.executable, "-m", "cli.portal_process", str(config.resolve())], log)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to stop is as good as Ctrl-C
    try:
        _serve(server, worker, portal, _Year(config), port)
    except KeyboardInterrupt:
        click.echo("Årshjulet har stannat. Det som har sin dag under tiden tas igen när det startas igen.")


def _serve(server: Kept, worker: Kept, portal: Kept, year: "_Year", port: int) -> None:
    with ExitStack() as ending:
        ending.callback(server.end)
        click.echo("Prefect startas …")
        server.start()
        _bury_dead_runs()
        year.keep_in_step()
        ending.callback(worker.end)
        worker.start()
        ending.callback(portal.end)
        portal.start()
        click.echo(f"Årshjulet går. Följ det på http://127.0.0.1:{port} (Ctrl-C avslutar).")
        click.echo(f"Portalen för chefer och de som svarar: http://127.0.0.1:{year.portal_port}")
        while True:
            time.sleep(LOOK_SECONDS)
            revive((server, worker, portal), click.echo)
            year.keep_in_step()


def _bury_dead_runs() -> None:
    from flows.deploying import bury_dead_runs  # Prefect reads its environment once: only now

    bury_dead_runs(is_alive)


class _Year:
    """The deployments, kept in step with the files of the configuration and with the calendar."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._seen: tuple[date, float] | None = None
        self.portal_port = load_installation(config).settings.portal.port

    def keep_in_step(self) -> None:
        """Deploy anew on a new day and after a change; a configuration with a fault waits for its mending."""
        now = (local_day(current_time()), _changed(self._config))
        if now == self._seen:
            return
        first, self._seen = self._seen is None, now
        try:
            changes = deploy_wheel(load_installation(self._config), self._config, POOL)
        except ArshjulError as trouble:
            if first:
                raise
            click.echo(f"Årshjulet är oförändrat: {trouble}", err=True)
            return
        for change in changes if not first else ():
            click.echo(f"{change.deployment}: {change.what}")


def _changed(config: Path) -> float:
    return max((path.stat().st_mtime for path in config.rglob("*.yaml")), default=0.0)


def _wait_until_up(kept: Kept, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not kept.is_alive():
            raise ArshjulError(
                f"Prefect kunde inte starta. Är port {port} upptagen? Välj en annan med --port. "
                f"Annars står orsaken i {kept.log}."
            )
        try:
            with urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise ArshjulError(f"Prefect kom inte igång i tid. Försök igen, eller se efter i {kept.log}.")
