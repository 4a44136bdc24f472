"""What a second worker gives: T2 compiled, reviewed and rendered for a sample of a city's units.

    python -m bench.workers                          24 units on SQLite
    python -m bench.workers --units 48 --database postgresql+psycopg://postgres@127.0.0.1/postgres

So many processes take four units at a time off one queue, each run on a copy of the same answered city. The
start of the processes is left out. Seconds by the clock, the best of `--times`, taken by turns so that a busy
machine is busy for both. Not a test: what it prints is read by people.
"""

import argparse
import multiprocessing
import os
import platform
import sys
import tempfile
import time
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Empty
from typing import Any

from sqlalchemy import make_url

from arshjul.cycle import CycleKey
from arshjul.office import open_office
from arshjul.steps.cycle.rounds import cycles_round
from bench.answered_city import compile_time, copied, made_city, require_all
from cli.options import current_time

AIM = 1.4
UNITS_A_JOB = 4


def with_workers(config: Path, keys: list[CycleKey], workers: int) -> float:
    """Seconds until so many processes have taken every job off one queue."""
    context = multiprocessing.get_context("spawn")
    jobs: Any = context.Queue()
    for start in range(0, len(keys), UNITS_A_JOB):
        jobs.put(keys[start : start + UNITS_A_JOB])
    ready = [context.Event() for _ in range(workers)]
    go = context.Event()
    started = [
        context.Process(target=_work, args=(str(config), jobs, one, go, keys[0]), daemon=True)
        for one in ready
    ]
    for process in started:
        process.start()
    for one in ready:
        one.wait()
    begun = time.perf_counter()
    go.set()
    for process in started:
        process.join()
        assert process.exitcode == 0, "a worker failed"
    return time.perf_counter() - begun


def _work(config: str, jobs: Any, ready: Event, go: Event, first: CycleKey) -> None:
    with open_office(Path(config), current_time) as office:
        at = compile_time(office, first)
        ready.set()
        go.wait()
        while True:
            try:
                job = jobs.get(timeout=0.2)
            except Empty:
                return
            require_all(cycles_round(office, job, at), job)


def main() -> None:
    """Measure what was asked for."""
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--units", type=int, default=24)
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--database", type=make_url, help="a PostgreSQL whose user may make databases")
    chosen = parser.parse_args()
    spent = {1: float("inf"), 2: float("inf")}
    with tempfile.TemporaryDirectory(prefix="arshjul-bench-") as folder:
        answered = Path(folder) / "stad"
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        keys = made_city(answered, chosen.units)
        for _ in range(chosen.times):
            for workers in spent:
                with copied(answered, chosen.database) as config:
                    spent[workers] = min(spent[workers], with_workers(config, keys, workers))
    for workers, seconds in spent.items():
        print(f"{workers} at work: {seconds:8.1f} s {1000 * seconds / chosen.units:8.0f} ms a unit")
    gain = spent[1] / spent[2]
    print(f"two against one: {gain:.2f} times ({'kept' if gain >= AIM else 'MISSED'}, aim {AIM})")


if __name__ == "__main__":
    sys.exit(main())
