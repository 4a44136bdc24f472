"""What it costs to write an archive package, against copying the same files and hashing them.

    python bench/archiving.py               the files of a unit's report: some thirty, a few megabytes

Seconds on the clock, the middle one of several, in one run. Both see their bytes safely on disk, and the
package is read back besides. The goal is a ratio of 2. Not a test: what it prints is read by people.
"""

import argparse
import hashlib
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from arshjul.adapters.archive import Event, Holding, Marking, Part, write_package

GOAL = 2.0


def files_of(count: int, kilobytes: int) -> dict[str, bytes]:
    """So many files of about that size, the same each time."""
    chance = random.Random(1)
    return {f"filer/{n:03d}.bin": chance.randbytes(kilobytes * 1024) for n in range(count)}


def holding(files: dict[str, bytes]) -> Holding:
    """A package with half of the files in each part."""
    names = sorted(files)
    half = len(names) // 2
    parts = (
        Part("public", "Offentlig del", Marking("Offentlig."), {n: files[n] for n in names[:half]}),
        Part("restricted", "Del som prövas", Marking("Sekretess."), {n: files[n] for n in names[half:]}),
    )
    at = datetime(2026, 10, 30, 7, tzinfo=UTC)
    return Holding(
        name="SOL-T2-2026-v1",
        title="Tertialrapport 2 2026",
        created=at,
        creator="Staden",
        creator_id="",
        unit="Enheten",
        receiver="",
        register_number="SOL 2026/1",
        period=(date(2026, 1, 1), date(2026, 8, 31)),
        disposal_rule="Bevaras.",
        software="Årshjul",
        software_version="1",
        parts=parts,
        events=(Event("creation", at, "Rapporten godkändes."),),
    )


def copied_and_hashed(source: Path, target: Path) -> None:
    """The floor: every file copied, put safely on the disk, and hashed as it lies."""
    shutil.copytree(source, target)
    for path in target.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                hashlib.file_digest(file, "sha256")


def timed(work: Callable[[Path], object]) -> float:
    """The seconds of one run, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        work(Path(folder) / "SOL-T2-2026-v1")
        return perf_counter() - began


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--files", type=int, default=30)
    arguments.add_argument("--kilobytes", type=int, default=100)
    arguments.add_argument("--times", type=int, default=21)
    asked = arguments.parse_args()
    files = files_of(asked.files, asked.kilobytes)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        for name, content in files.items():
            (source / name).parent.mkdir(exist_ok=True)
            (source / name).write_bytes(content)
        package = holding(files)
        # Turn by turn, since a disk that others use is quick one second and slow the next.
        runs = [
            (
                timed(lambda target: copied_and_hashed(source, target)),
                timed(lambda target: write_package(target, package)),
            )
            for _ in range(asked.times)
        ]
    floor, ours = (median(of) for of in zip(*runs, strict=True))
    print(f"{asked.files} files of {asked.kilobytes} kB")
    print(f"  copied and hashed       {floor * 1000:8.1f} ms")
    print(f"  package, read back      {ours * 1000:8.1f} ms   ratio {ours / floor:.2f} (goal {GOAL:g})")


if __name__ == "__main__":
    main()
