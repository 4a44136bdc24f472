"""A small city on PostgreSQL, Prefect's server on PostgreSQL, and two workers; one of them is killed.

Everything here is real: the server, the work pool, the workers as processes. Slow, and so among the faults.
"""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import URL, create_engine, text

from arshjul.adapters.outbox_server import OutboxServer
from tests.databases import SERVER_VARIABLE, new_database, postgresql
from tests.faults.test_serving import free_port, until

__all__ = ["postgresql"]

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
UNITS = 14
OPENS, COMPILES = "2026-08-24T08:00:00+02:00", "2026-09-17T08:00:00+02:00"


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

    def runs(self, *states: str) -> list[str]:
        """The runs that this test has started, in these states; the year's own are far off."""
        found = self.ask("/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": list(states)}}}})
        return [run["name"] for run in found if run["parameters"].get("now")]

    def count(self, query: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(text(query)).scalar_one())

    def steps(self, kind: str) -> int:
        """How many cycles have taken the step."""
        return self.count(f"SELECT count(*) FROM step WHERE name LIKE '{kind}%'")


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    """The process and everything that it has started, at once."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def require_trigrams(server: URL) -> None:
    """Prefect's server wants an extension that the packaged PostgreSQL comes without."""
    engine = create_engine(server)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        ).scalar()
    engine.dispose()
    if found is None:
        pytest.skip(f"set {SERVER_VARIABLE} to a PostgreSQL with contrib (pg_trgm), as Debian's is")


@pytest.fixture
def city(tmp_path: Path, postgresql: URL) -> Iterator[City]:
    require_trigrams(postgresql)
    with ExitStack() as open_now:
        outbox = open_now.enter_context(OutboxServer(tmp_path / "utkorg"))
        database = open_now.enter_context(new_database(postgresql))
        prefect = open_now.enter_context(new_database(postgresql))
        made = City(tmp_path / "stad", database, prefect, free_port())
        url = database.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        words = ("load-example", str(tmp_path / "stad"), "--units", str(UNITS), "--database", url)
        made.arshjul(*words)
        settings = made.config / "settings.yaml"
        settings.write_text(settings.read_text("utf-8").replace("8025", str(outbox.port)), "utf-8")
        server = ("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(made.port))
        open_now.enter_context(made.process(*server))
        until(made.is_up)
        made.arshjul("status")  # the first command makes the tables
        made.arshjul("deploy")
        yield made
        made.engine.dispose()


def test_two_workers_share_the_city_and_one_killed_in_the_middle_loses_and_doubles_nothing(
    city: City, tmp_path: Path
) -> None:
    with city.worker() as first, city.worker():
        city.start("t2", year=2026, now=OPENS)
        until(lambda: city.steps("open") >= 3)
        kill_all(first)  # with whatever it was doing
        until(lambda: not city.runs("SCHEDULED", "PENDING"))
        until(lambda: not city.runs("RUNNING") or city.steps("open") == UNITS)
        city.start("upkeep", now=OPENS)  # what the dead one had begun
        until(lambda: city.steps("open") == UNITS)
        until(lambda: not city.runs("SCHEDULED", "PENDING"))
        asked = city.count("SELECT count(*) FROM notice WHERE kind = 'request'")
        sent = "SELECT count(*) FROM letter WHERE state = 'sent'"
        until(
            lambda: (
                city.count(sent) > 0 and not city.count("SELECT count(*) FROM letter WHERE state <> 'sent'")
            )
        )
    letters = Counter(
        str(message_from_bytes(path.read_bytes())["Message-ID"])
        for path in (tmp_path / "utkorg").glob("*.eml")
    )
    forms = city.count("SELECT count(*) FROM form")
    assert forms == asked == city.count("SELECT count(DISTINCT (cycle_id, person)) FROM form")
    assert (
        city.count("SELECT count(*) FROM cycle WHERE lease_holder IS NOT NULL AND lease_until > now()") == 0
    )
    assert sum(times - 1 for times in letters.values()) <= 1  # the one in flight may come twice


def test_one_unit_that_fails_stops_no_other_and_the_operator_gets_one_letter(
    city: City, tmp_path: Path
) -> None:
    broken = sorted((city.config / "plans").glob("*.yaml"))[0]
    broken.write_text("goals: [", "utf-8")
    with city.worker(), city.worker():
        city.start("t2", year=2026, now=OPENS)
        until(lambda: city.steps("open") == UNITS - 1)
        until(lambda: not city.runs("SCHEDULED", "PENDING", "RUNNING"))
    letters = [message_from_bytes(path.read_bytes()) for path in (tmp_path / "utkorg").glob("*.eml")]
    assert sum("arshjul-drift@" in str(letter["To"]) for letter in letters) == 1
    assert city.steps("open") == UNITS - 1
