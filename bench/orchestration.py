"""What Prefect costs a city's evening: T2 compiled in a batch by a real worker, against plain calls.

    python -m bench.orchestration                    48 units on SQLite
    python -m bench.orchestration --units 24 --database postgresql+psycopg://postgres@127.0.0.1/postgres

Server, work pool and worker are the ones of an installation, and so are the letters that go out in the end.
The batch is run twice: the second time nothing is due, and what that costs is the start of a process, which
is left out of the sum and told of by itself. Processor seconds say most, since the load of the machine
changes them little; they are those of the batch's process, of the worker and of the server while it goes,
without what both spend when nothing happens. Not a test: what it prints is read by people.
"""

import argparse
import json
import multiprocessing
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from sqlalchemy import URL, make_url

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.cycle import CycleKey
from arshjul.office import open_office
from arshjul.steps.cycle.morning import post_what_waits
from arshjul.steps.cycle.rounds import cycles_round
from bench.answered_city import compile_time, copied, made_city, require_all
from bench.portal import free_port
from cli.options import current_time
from tests.databases import new_database

AIM_ON_TOP, LOOK_EVERY = 1.10, 5.0
SETTLE_SECONDS, IDLE_SECONDS, GRACE_SECONDS = 20.0, 30.0, 20.0
ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds: of processors by who spent them, and of the clock from begun to done."""

    work: float
    server: float
    clock: float


def plainly(config: Path, keys: list[CycleKey]) -> Spent:
    """The same functions called one after another, in a process of their own."""
    context = multiprocessing.get_context("spawn")
    told: Any = context.Queue()
    process = context.Process(target=_plainly, args=(str(config), keys, told))
    process.start()
    work, clock = told.get()
    process.join()
    return Spent(work, 0.0, clock)


def _plainly(config: str, keys: list[CycleKey], told: Any) -> None:
    with open_office(Path(config), current_time) as office:
        at = compile_time(office, keys[0])
        begun, worked = time.perf_counter(), time.process_time()
        require_all(cycles_round(office, keys, at), keys)
        post_what_waits(office, at)
        told.put((time.process_time() - worked, time.perf_counter() - begun))


class Served:
    """A Prefect server and a worker of one installation."""

    def __init__(self, config: Path, database: URL | None) -> None:
        self._port = free_port()
        self._api = f"http://127.0.0.1:{self._port}/api"
        home = config.parent / "data" / "prefect"
        home.mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        self._environment = kept | {
            "ARSHJUL_CONFIG": str(config),
            "PREFECT_HOME": str(home),
            "PREFECT_API_URL": self._api,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_LOGGING_LEVEL": "WARNING",
            "PREFECT_LOGGING_TO_API_ENABLED": "false",
        }
        if database is not None:
            asynchronous = database.set(drivername="postgresql+asyncpg")
            self._environment["PREFECT_API_DATABASE_CONNECTION_URL"] = asynchronous.render_as_string(
                hide_password=False
            )
        self._log = home / "prefect.log"

    @contextmanager
    def going(self) -> Iterator[tuple[int, int]]:
        """Both run, and the year is deployed; the process ids of server and worker."""
        with ExitStack() as ending:
            server = ("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self._port))
            first = ending.enter_context(self._process(*server))
            while not self._is_up():
                time.sleep(0.5)
            subprocess.run(
                [sys.executable, "-m", "cli.main", "deploy"],
                env=self._environment,
                check=True,
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
            )
            worker = ("prefect", "worker", "start", "--pool", "arshjul", "--type", "process", "--limit", "1")
            yield first, ending.enter_context(self._process(*worker))

    def idle(self, server: int, worker: int) -> tuple[float, float]:
        """What server and worker spend in a second when nothing happens; they have just started."""
        time.sleep(SETTLE_SECONDS)
        before = processor_seconds(server), processor_seconds(worker)
        time.sleep(IDLE_SECONDS)
        after = processor_seconds(server), processor_seconds(worker)
        return (after[0] - before[0]) / IDLE_SECONDS, (after[1] - before[1]) / IDLE_SECONDS

    def batch(
        self, server: int, worker: int, idle: tuple[float, float], parameters: dict[str, object]
    ) -> Spent:
        """A batch in the pool, from asking for it until its process has ended."""
        [found] = self._ask("/deployments/filter", {"deployments": {"name": {"any_": ["batch"]}}})
        before, begun = (processor_seconds(worker), processor_seconds(server)), time.perf_counter()
        asked = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        run = self._ask(f"/deployments/{found['id']}/create_flow_run", asked)["id"]
        while True:
            [now] = self._ask("/flow_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
            if now["state_type"] in ("COMPLETED", "FAILED", "CRASHED"):
                break
            time.sleep(LOOK_EVERY)  # to ask costs the server something, too
        assert now["state_type"] == "COMPLETED", now["state"]
        while _children(worker):
            time.sleep(0.2)
        passed = time.perf_counter() - begun
        return Spent(
            processor_seconds(worker) - before[0] - idle[1] * passed,
            processor_seconds(server) - before[1] - idle[0] * passed,
            now["total_run_time"],
        )

    def _ask(self, path: str, body: dict[str, Any]) -> Any:
        request = Request(
            f"{self._api}{path}", json.dumps(body).encode(), {"content-type": "application/json"}
        )
        with urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def _is_up(self) -> bool:
        try:
            with urlopen(f"{self._api}/health", timeout=2):
                return True
        except (URLError, OSError):
            return False

    @contextmanager
    def _process(self, *words: str) -> Iterator[int]:
        with (
            self._log.open("ab") as log,
            subprocess.Popen(
                [sys.executable, "-m", *words], cwd=ROOT, env=self._environment, stdout=log, stderr=log
            ) as process,
        ):
            try:
                yield process.pid
            finally:
                process.terminate()
                try:
                    process.wait(GRACE_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()


def processor_seconds(process: int) -> float:
    """What a process has used, with what it has started and, where that has ended, waited for."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / TICKS
    return own + sum(map(processor_seconds, _children(process)))


def _children(process: int) -> list[int]:
    found = []
    for thread in Path(f"/proc/{process}/task").iterdir():
        found += [int(pid) for pid in (thread / "children").read_text().split()]
    return found


def main() -> None:
    """Measure what was asked for."""
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--units", type=int, default=48)
    parser.add_argument("--database", type=make_url, help="a PostgreSQL (with pg_trgm) for both")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="arshjul-bench-") as folder, ExitStack() as ending:
        answered = Path(folder) / "stad"
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        keys = made_city(answered, chosen.units)
        outbox = ending.enter_context(OutboxServer(Path(folder) / "utkorg"))
        with copied(answered, chosen.database, outbox.port) as config:
            plain = plainly(config, keys)
        of_prefect = ending.enter_context(new_database(chosen.database)) if chosen.database else None
        with copied(answered, chosen.database, outbox.port) as config:
            with open_office(config, current_time) as office:
                at = compile_time(office, keys[0])
            parameters = {"kind": "T2", "year": 2026, "units": [key.unit_code for key in keys]}
            served = Served(config, of_prefect)
            with served.going() as (server, worker):
                asked = parameters | {"now": at.isoformat()}
                idle = served.idle(server, worker)
                batch, nothing = (served.batch(server, worker, idle, asked) for _ in range(2))
    tell(chosen.units, plain, batch, nothing)


def tell(units: int, plain: Spent, batch: Spent, nothing: Spent) -> None:
    """The table, and whether the aim was kept."""
    print(f"{units} units, T2 compiled, reviewed and rendered in three forms, and the letters about it")
    print(f"{'seconds':<32}{'work':>8}{'server':>8}{'clock':>8}")
    for name, spent in (("plain calls", plain), ("a batch", batch), ("the batch with nothing due", nothing)):
        print(f"{name:<32}{spent.work:>8.1f}{spent.server:>8.1f}{spent.clock:>8.1f}")
    work, server = batch.work - nothing.work, batch.server - nothing.server
    for words, ratio in (
        ("processors, the start left out", (work + max(server, 0.0)) / plain.work),
        ("processors, with the start", (batch.work + batch.server) / plain.work),
        ("clock, the start left out", batch.clock / plain.clock),
    ):
        print(f"  {words:<32}{100 * (ratio - 1):+6.1f} % on top of plain calls")
    kept = (work + max(server, 0.0)) / plain.work <= AIM_ON_TOP
    print(f"  {'kept' if kept else 'MISSED'}, aim 10 %, start excluded")


if __name__ == "__main__":
    sys.exit(main())
