"""What Prefect costs a city's evening, and what a second worker gives: T2 compiled for a sample of units.

    python bench/city_flow.py                    24 units on SQLite; through Prefect against plain calls, and
                                                 two workers against one
    python bench/city_flow.py --units 48 --database postgresql+psycopg://postgres@127.0.0.1/postgres

The same answered city is copied for each run. Starting Prefect's server and the workers' imports are left
out. Seconds by the clock, the best of `--times`, taken by turns so that a busy machine is busy for all. Not a
test: what it prints is read by people.
"""

import argparse
import multiprocessing
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Empty
from typing import Any

import yaml
from sqlalchemy import URL, make_url

from arshjul.adapters.store.copying import copy_in, copy_out
from arshjul.adapters.store.database import Database
from arshjul.cycle import CycleKey
from arshjul.office import Office, open_office
from arshjul.plan import Kind
from arshjul.steps.answers.collecting import collect_file, inbox_files
from arshjul.steps.cycle.rounds import Round, cycles_round
from arshjul.steps.cycle.settled import settled
from cli.example.answers import open_and_answer
from cli.example.words import read_city_words
from cli.example.writing import write_city
from cli.options import current_time
from cli.prefect_settings import prepare_prefect
from tests.databases import new_database

AIM_ON_TOP, AIM_TWO = 1.10, 1.4
UNITS_A_JOB = 4
SEED = 6


def made_city(folder: Path, units: int) -> list[CycleKey]:
    """An answered city on SQLite; its cycles."""
    words = read_city_words()
    city = write_city(folder, words, units, SEED, 2026, "", lambda _share: None)
    keys = [CycleKey(made.unit.code, Kind.T2, 2026) for made in city.units]
    with open_office(folder / "config", current_time) as office:
        open_and_answer(office, keys, words, SEED, lambda _share: None)
        at = settled(office, keys[0]).milestones.opens + timedelta(days=14)
        for path in inbox_files(office):
            collect_file(office, path, at)
    return keys


@contextmanager
def copied(answered: Path, server: URL | None) -> Iterator[Path]:
    """A copy to work on, its config folder; on PostgreSQL where there is a server for it."""
    with tempfile.TemporaryDirectory(prefix="arshjul-bench-") as folder, ExitStack() as ending:
        home = Path(folder) / "stad"
        shutil.copytree(answered, home)
        if server is not None:
            _move_to(home, ending.enter_context(new_database(server)))
        yield home / "config"


def _move_to(home: Path, url: URL) -> None:
    written = url.render_as_string(hide_password=False)
    rows = home / "kopia"
    rows.mkdir()
    source, target = Database(f"sqlite:///{home / 'data' / 'arshjul.sqlite'}"), Database(written)
    revision, _ = copy_out(source, rows)
    copy_in(target, rows, revision)
    source.close()
    target.close()
    file = home / "config" / "settings.yaml"
    settings = yaml.safe_load(file.read_text("utf-8"))
    file.write_text(yaml.safe_dump(settings | {"database": written}, allow_unicode=True), "utf-8")


def compile_time(office: Office, key: CycleKey) -> datetime:
    """When the cycle is compiled."""
    return settled(office, key).milestones.compile


def plainly(config: Path, keys: list[CycleKey]) -> float:
    """Seconds of plain calls."""
    with open_office(config, current_time) as office:
        at = compile_time(office, keys[0])
        begun = time.perf_counter()
        done = cycles_round(office, keys, at)
        spent = time.perf_counter() - begun
    _require_all(done, keys)
    return spent


def through_prefect(config: Path, keys: list[CycleKey]) -> float:
    """Seconds of the same in tasks, as a batch in the work pool takes them; the server runs already."""
    from prefect import flow

    from flows.steps.spreading import cycles_here
    from tasks.installed import close_offices, installed_office

    os.environ["ARSHJUL_CONFIG"] = str(config)
    at = compile_time(installed_office(), keys[0])
    spent: list[float] = []

    @flow(name="bench", log_prints=False)
    def evening() -> Round:
        begun = time.perf_counter()
        done = cycles_here("T2 2026", keys, at)
        spent.append(time.perf_counter() - begun)
        return done

    done = evening()
    close_offices()
    _require_all(done, keys)
    return spent[0]


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
            _require_all(cycles_round(office, job, at), job)


def _require_all(done: Round, keys: list[CycleKey]) -> None:
    assert not done.troubles, [trouble.words for trouble in done.troubles]
    assert done.units == len(keys)


def best(runs: dict[str, Callable[[], float]], times: int) -> dict[str, float]:
    """The fewest seconds of each, by turns."""
    found = dict.fromkeys(runs, float("inf"))
    for _ in range(times):
        for name, run in runs.items():
            found[name] = min(found[name], run())
            print(f"  {name}: {found[name]:.1f} s", flush=True)
    return found


def main() -> None:
    """Measure what was asked for."""
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--units", type=int, default=24)
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--database", type=make_url, help="a PostgreSQL whose user may make databases")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="arshjul-bench-") as folder:
        prepare_prefect(Path(folder) / "prefect")
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
        from prefect.testing.utilities import prefect_test_harness

        answered = Path(folder) / "stad"
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        keys = made_city(answered, chosen.units)

        def on_a_copy(run: Callable[[Path], float]) -> float:
            with copied(answered, chosen.database) as config:
                return run(config)

        quiet = temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
        with prefect_test_harness(server_startup_timeout=300), quiet:
            spent = best(
                {
                    "plain calls": lambda: on_a_copy(lambda config: plainly(config, keys)),
                    "through Prefect": lambda: on_a_copy(lambda config: through_prefect(config, keys)),
                },
                chosen.times,
            )
        spent |= best(
            {
                "one worker": lambda: on_a_copy(lambda config: with_workers(config, keys, 1)),
                "two workers": lambda: on_a_copy(lambda config: with_workers(config, keys, 2)),
            },
            chosen.times,
        )
    print(f"{chosen.units} units, T2 compiled, reviewed and rendered in three forms")
    for name, seconds in spent.items():
        print(f"  {name:<16}{seconds:8.1f} s {1000 * seconds / chosen.units:8.0f} ms a unit")
    on_top, gain = spent["through Prefect"] / spent["plain calls"], spent["one worker"] / spent["two workers"]
    print(f"  Prefect on top: {100 * (on_top - 1):+.1f} % ({_kept(on_top <= AIM_ON_TOP)}, aim 10 %)")
    print(f"  two workers: {gain:.2f} times ({_kept(gain >= AIM_TWO)}, aim {AIM_TWO})")


def _kept(held: bool) -> str:
    return "kept" if held else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
