"""A small city on PostgreSQL, Prefect's server on PostgreSQL, and two workers; one of them is killed.

Everything here is real: the server, the work pool, the workers as processes. Slow, and so among the faults.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import URL, create_engine, text

from arshjul.adapters.outbox_server import OutboxServer
from tests.city.server import postgresql_with_extensions
from tests.databases import new_database
from tests.faults.test_serving import free_port

__all__ = ["postgresql_with_extensions"]

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("city")]  # one city for all of them

ROOT = Path(__file__).parents[2]
UNITS, A_BATCH, BROKEN = 50, 25, 20  # two batches
OPENS = "2026-08-24T08:00:00+02:00"
UPKEEP = "2026-08-24T08:30:00+02:00"
PATIENCE = 600.0


class City:
    """An installation with its database, and the Prefect server that serves it."""

    def __init__(self, folder: Path, database: URL, prefect: URL, port: int) -> None:
        self.config = folder / "config"
        self.engine = create_engine(database)
        self.api = f"http://127.0.0.1:{port}/api"
        self.port = port
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        self.environment = kept | {
            "ARSHJUL_CONFIG": str(self.config),
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_API_URL": self.api,
            "PREFECT_API_DATABASE_CONNECTION_URL": prefect.set(
                drivername="postgresql+asyncpg"
            ).render_as_string(hide_password=False),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "PREFECT_LOGGING_LEVEL": "WARNING",
        }
        self.log = folder / "prefect.log"

    @contextmanager
    def process(self, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
        """A process of the city's, with the children that it has; ended in the end."""
        with self.log.open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield started
        finally:
            kill_all(started)

    def worker(self) -> Any:
        return self.process(
            "prefect", "worker", "start", "--pool", "arshjul", "--type", "process", "--limit", "1"
        )

    def arshjul(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, path: str, body: dict[str, Any]) -> Any:
        request = Request(
            f"{self.api}{path}", json.dumps(body).encode(), {"content-type": "application/json"}
        )
        with urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def is_up(self) -> bool:
        try:
            with urlopen(f"{self.api}/health", timeout=2):
                return True
        except (URLError, HTTPError, OSError):
            return False

    def start(self, deployment: str, **parameters: object) -> None:
        """A run of a deployment now, as its schedule would start it."""
        [found] = self.ask("/deployments/filter", {"deployments": {"name": {"any_": [deployment]}}})
        run = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        self.ask(f"/deployments/{found['id']}/create_flow_run", run)

    def runs(self, *states: str) -> list[dict[str, Any]]:
        """The runs that this test has started, in these states; the year's own are far off."""
        found = self.ask("/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": list(states)}}}})
        return [run for run in found if run["parameters"].get("now")]

    def count(self, query: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(text(query)).scalar_one())

    def steps(self, kind: str) -> int:
        """How many cycles have taken the step."""
        return self.count(f"SELECT count(*) FROM step WHERE name LIKE '{kind}%'")


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.5)


def children(process: int) -> list[int]:
    """What a process has started, and what that has: a flow run is a session of its own."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    own = [pid for pid, parent in pairs if parent == process]
    return [*own, *(pid for child in own for pid in children(child))]


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    """The process and everything that it has started, at once."""
    for pid in [process.pid, *children(process.pid)]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, postgresql_with_extensions: URL) -> Iterator[City]:
    """The city when its T2 has been opened: one unit's plan is broken, and a worker was killed on the way."""
    folder = tmp_path_factory.mktemp("tva-arbetare")
    with ExitStack() as open_now:
        outbox = open_now.enter_context(OutboxServer(folder / "utkorg"))
        database = open_now.enter_context(new_database(postgresql_with_extensions))
        prefect = open_now.enter_context(new_database(postgresql_with_extensions))
        made = City(folder / "stad", database, prefect, free_port())
        url = database.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        made.arshjul("load-example", str(folder / "stad"), "--units", str(UNITS), "--database", url)
        settings = made.config / "settings.yaml"
        kept = settings.read_text("utf-8").replace("8025", str(outbox.port))
        settings.write_text(kept.replace("schedules:", f"schedules:\n  batch_units: {A_BATCH}"), "utf-8")
        made.arshjul("status")  # the first command makes the tables
        server = ("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(made.port))
        open_now.enter_context(made.process(*server))
        until(made.is_up)
        made.arshjul("deploy")
        sorted((made.config / "plans").glob("*.yaml"))[BROKEN].write_text("goals: [", "utf-8")
        live(made)
        yield made
        made.engine.dispose()


def live(city: City) -> None:
    """Two workers, one of whom is killed with what it was doing; upkeep takes up what it had begun."""
    with city.worker() as first, city.worker() as second:
        city.start("t2", year=2026, now=OPENS)
        until(lambda: city.steps("open") >= 1)
        kill_all(next(worker for worker in (first, second) if children(worker.pid)))
        city.start("upkeep", now=UPKEEP)
        until(lambda: city.steps("open") == UNITS - 1)
        until(lambda: bool(city.runs("FAILED")))  # the batch of the broken unit, when it has told of it
        until(lambda: city.count("SELECT count(*) FROM letter WHERE state = 'sent'") > UNITS)
        until(lambda: not city.count("SELECT count(*) FROM letter WHERE state <> 'sent'"))
        until(lambda: not city.runs("SCHEDULED", "PENDING"))


def letters(city: City) -> list[Message]:
    return [
        message_from_bytes(path.read_bytes()) for path in (city.config.parents[1] / "utkorg").glob("*.eml")
    ]


def test_everything_is_opened_once_though_a_worker_was_killed_in_the_middle(city: City) -> None:
    forms = city.count("SELECT count(*) FROM form")
    assert city.steps("open") == UNITS - 1
    assert forms == city.count("SELECT count(*) FROM (SELECT DISTINCT cycle_id, person FROM form) AS once")
    assert forms == city.count("SELECT count(*) FROM notice WHERE kind = 'request'")


def test_every_letter_goes_once_save_perhaps_the_one_in_flight(city: City) -> None:
    times = Counter(str(letter["Message-ID"]) for letter in letters(city))
    assert len(times) == city.count("SELECT count(*) FROM letter WHERE state = 'sent'")
    assert sum(times.values()) - len(times) <= 1


def test_the_unit_that_failed_stopped_no_other_and_the_operator_got_one_letter_of_it(city: City) -> None:
    assert city.steps("open") == UNITS - 1
    assert sum("arshjul-drift@" in str(letter["To"]) for letter in letters(city)) == 1


def test_no_cycle_is_left_held(city: City) -> None:
    held = "SELECT count(*) FROM cycle WHERE lease_holder IS NOT NULL"
    assert city.count(held) <= 1  # that of the dead one lapses by itself
