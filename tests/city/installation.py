"""A city as it runs: its installation, Prefect's server on PostgreSQL, and workers as processes of their own.

Called by the test of two workers, and by `bench.evening`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from sqlalchemy import URL, create_engine, text

ROOT = Path(__file__).parents[2]
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

    def worker(self) -> AbstractContextManager["subprocess.Popen[bytes]"]:
        return self.process(
            "prefect", "worker", "start", "--pool", "arshjul", "--type", "process", "--limit", "1"
        )

    def server(self) -> AbstractContextManager["subprocess.Popen[bytes]"]:
        return self.process("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self.port))

    def arshjul(self, *words: str, patience: float = 300.0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=patience,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, path: str, body: dict[str, Any]) -> Any:
        request = Request(
            f"{self.api}{path}", json.dumps(body).encode(), {"content-type": "application/json"}
        )
        with urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or "null")

    def is_up(self) -> bool:
        try:
            with urlopen(f"{self.api}/health", timeout=2):
                return True
        except (URLError, HTTPError, OSError):
            return False

    def deploy(self) -> None:
        """Put the year in Prefect, its own times switched off: these tests live by a clock of their own."""
        self.arshjul("deploy")
        for found in self.ask("/deployments/filter", {}):
            self.ask(f"/deployments/{found['id']}/pause_deployment", {})

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


def until(true: Callable[[], bool], patience: float = PATIENCE, look_every: float = 0.5) -> None:
    """Wait for it to be true."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(look_every)


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
