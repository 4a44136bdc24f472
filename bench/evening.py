"""A whole city's evening through Prefect: a full inbox is read, then T2 is compiled and its letters go out.

    python -m bench.evening                          720 units, two workers, about an hour
    python -m bench.evening --units 48 --workers 1

Everything is an installation's own: PostgreSQL with pg_trgm (the system's package), Prefect's server on it,
a work pool and its workers, an e-mail server. Two runs are begun as their schedules would begin them, upkeep
for the inbox and T2 for the reports; whatever they spread in the pool is waited for. Processor seconds are
those of the workers with all that they start. Not a test, but it ends with 1 where a unit has no report.
"""

import argparse
import os
import platform
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.cycle import CycleKey
from arshjul.office import open_office
from arshjul.plan import Kind
from arshjul.steps.answers.collecting import inbox_files
from arshjul.steps.cycle.settled import settled
from bench.answered_city import compile_time
from bench.orchestration import processor_seconds
from bench.portal import free_port
from cli.options import current_time
from tests.city.installation import City, children, until
from tests.city.server import started_postgresql
from tests.databases import new_database

A_NIGHT = 8 * 3600.0
ASK_EVERY, LOOK_EVERY = 10.0, 2.0  # seconds; to ask costs the server something, too
MEGA = 1024.0


class Watched:
    """What the workers' processes spend, and the memory of the largest of them."""

    def __init__(self, workers: list[int]) -> None:
        self._workers = workers
        self.largest = 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def seconds(self) -> float:
        return sum(map(processor_seconds, self._workers))

    def _look(self) -> None:
        while True:
            for process in [child for worker in self._workers for child in children(worker)]:
                self.largest = max(self.largest, _memory(process))
            time.sleep(LOOK_EVERY)


def _memory(process: int) -> float:
    """The most that a process has had, in MB; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / MEGA for line in lines if line.startswith("VmHWM")), 0.0)


def evening(folder: Path, units: int, workers: int) -> bool:
    """Live it, print what it took; whether every unit got its report."""
    with ExitStack() as ending:
        outbox = ending.enter_context(OutboxServer(folder / "utkorg"))
        server = ending.enter_context(started_postgresql(durable=True))
        database, prefect = (ending.enter_context(new_database(server)) for _ in range(2))
        city = City(folder / "stad", database, prefect, free_port())
        ending.callback(city.engine.dispose)
        url = database.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        begun = time.perf_counter()
        words = ("load-example", str(folder / "stad"), "--units", str(units), "--answers", "--database", url)
        city.arshjul(*words, patience=A_NIGHT)
        file = city.config / "settings.yaml"
        file.write_text(file.read_text("utf-8").replace("8025", str(outbox.port)), "utf-8")
        print(f"made, opened and answered in {time.perf_counter() - begun:.0f} s", flush=True)
        with open_office(city.config, current_time) as office:
            key = CycleKey(office.installation.organisation.units[0].code, Kind.T2, 2026)
            compiles = compile_time(office, key)
            reads = settled(office, key).milestones.opens + timedelta(days=14)
            files = len(inbox_files(office))
        ending.enter_context(city.server())
        until(city.is_up)
        city.deploy()
        watched = Watched([ending.enter_context(city.worker()).pid for _ in range(workers)])
        print(f"{'part':<34}{'clock s':>9}{'work s':>9}{'runs':>6}", flush=True)
        for name, run, at in (
            (f"{files} workbooks read", "upkeep", reads),
            (f"{units} units' T2 and its letters", "t2", compiles),
        ):
            seconds, clock, done = watched.seconds(), time.perf_counter(), _ended(city)
            year = {"year": 2026} if run == "t2" else {}
            city.start(run, now=at.isoformat(), **year)
            until(lambda: _is_quiet(city, done), A_NIGHT, ASK_EVERY)  # noqa: B023
            spent = watched.seconds() - seconds
            passed = time.perf_counter() - clock
            print(f"{name:<34}{passed:>9.0f}{spent:>9.0f}{_ended(city) - done:>6}", flush=True)
        compiled, letters = city.steps("compile"), city.count("SELECT count(*) FROM letter")
        sent = city.count("SELECT count(*) FROM letter WHERE state = 'sent'")
        failed = len(city.runs("FAILED", "CRASHED"))
        print(f"{compiled} reports, {sent} of {letters} letters sent, {failed} runs failed")
        print(f"the largest process {watched.largest:.0f} MB")
        return compiled >= units and not failed  # a department compiles its own later


def _ended(city: City) -> int:
    return len(city.runs("COMPLETED", "FAILED", "CRASHED"))


def _is_quiet(city: City, ended: int) -> bool:
    """Whether something has ended, and nothing of what was begun is left."""
    return _ended(city) > ended and not city.runs("SCHEDULED", "PENDING", "RUNNING")


def main() -> int:
    """Live the evening that was asked for."""
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--units", type=int, default=720)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="arshjul-bench-") as folder:
        return 0 if evening(Path(folder), chosen.units, chosen.workers) else 1


if __name__ == "__main__":
    sys.exit(main())
