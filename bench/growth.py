"""Whether a city's time follows its units and its memory stays: T2 compiled for 45 units, then for 180.

    python -m bench.growth                       45 and 180 units, on SQLite
    python -m bench.growth --units 45 180 720    a whole city; its answers take most of an hour to make

Each city is made, opened and answered, its returned workbooks read, its T2 compiled, reviewed and rendered
in three forms: in one process for each city, whose memory is looked at in the end. Seconds of the processor,
which the load of the machine changes least. Not a test: what it prints is read by people.
"""

import argparse
import multiprocessing
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from arshjul.cycle import CycleKey
from arshjul.office import open_office
from arshjul.plan import Kind
from arshjul.steps.answers.collecting import collect_file, inbox_files
from arshjul.steps.cycle.rounds import cycles_round
from arshjul.steps.cycle.settled import settled
from bench.answered_city import SEED, compile_time, require_all
from cli.example.answers import open_and_answer
from cli.example.words import read_city_words
from cli.example.writing import write_city
from cli.options import current_time

AIM_MEMORY, AIM_SPREAD = 1000.0, 1.15


@dataclass(frozen=True)
class Grown:
    """A city: its units and workbooks, seconds of each part, and the most memory (MB) while it was closed."""

    units: int
    workbooks: int
    opened: float
    read: float
    compiled: float
    memory: float

    @property
    def a_unit(self) -> float:
        """Seconds a unit, to read its answers and compile them."""
        return (self.read + self.compiled) / self.units


def measured(units: int) -> Grown:
    """A city of so many units, made by one process and closed by another."""
    with tempfile.TemporaryDirectory(prefix="arshjul-bench-") as folder:
        _apart(_make, folder, units)
        found = _apart(_close, folder, units)
        assert isinstance(found, Grown)
        return found


def _apart(work: Callable[[str, int], Grown | None], folder: str, units: int) -> Grown | None:
    """What `work` gives, done in a process that has done nothing else; what fails there fails here."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (folder, units))


def _make(folder: str, units: int) -> None:
    words = read_city_words()
    city = write_city(Path(folder), words, units, SEED, 2026, "", lambda _share: None)
    keys = [CycleKey(made.unit.code, Kind.T2, 2026) for made in city.units]
    with open_office(Path(folder) / "config", current_time) as office:
        open_and_answer(office, keys, words, SEED, lambda _share: None)


def _close(folder: str, units: int) -> Grown:
    begun = time.process_time()
    with open_office(Path(folder) / "config", current_time) as office:
        keys = [CycleKey(unit.code, Kind.T2, 2026) for unit in office.installation.organisation.units]
        keys = [key for key in keys if office.installation.unit(key.unit_code).subunits]
        assert len(keys) == units
        at = settled(office, keys[0]).milestones.opens + timedelta(days=14)
        opened = time.process_time()
        files = inbox_files(office)
        taken = [collect_file(office, path, at) for path in files]
        read = time.process_time()
        closed = cycles_round(office, keys, compile_time(office, keys[0]))
        done = time.process_time()
    memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    require_all(closed, keys)
    assert closed.steps.get("compile", 0) >= units, "some report was not made"
    assert not any(each.stuck or each.quarantined for each in taken), "some workbook was not read"
    return Grown(units, len(files), opened - begun, read - opened, done - read, memory)


def main() -> None:
    """Measure what was asked for."""
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--units", type=int, nargs="+", default=[45, 180])
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(
        f"{'units':>6}{'workbooks':>11}{'open s':>9}{'read s':>9}{'compile s':>11}{'s a unit':>10}{'MB':>7}"
    )
    found = []
    for units in chosen.units:
        city = measured(units)
        found.append(city)
        print(
            f"{city.units:>6}{city.workbooks:>11}{city.opened:>9.1f}{city.read:>9.1f}{city.compiled:>11.1f}"
            f"{city.a_unit:>10.3f}{city.memory:>7.0f}",
            flush=True,
        )
    spread = max(city.a_unit for city in found) / min(city.a_unit for city in found)
    memory = max(city.memory for city in found)
    kept = "kept" if spread <= AIM_SPREAD and memory <= AIM_MEMORY else "MISSED"
    print(f"most against least a unit: {spread:.2f} times; most memory {memory:.0f} MB ({kept}; 1.15, 1000)")


if __name__ == "__main__":
    sys.exit(main())
