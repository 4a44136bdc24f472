"""Commands from a cold start, beside an interpreter that only takes in SQLAlchemy and pandas.

    python -m bench.cold_start

Seconds of processor time, the best of several; ratios hold within one run.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

CONFIG = Path(__file__).parents[1] / "config"
ARSHJUL = Path(sys.executable).parent / "arshjul"
COMMANDS = {
    "status": ["status", "--config"],
    "wheel 2026": ["wheel", "2026", "--config"],
    "plan show": ["plan", "show"],
}
AIM_SECONDS, TIMES = 0.5, 5


def spent(command: list[str], folder: Path) -> float:
    """The least processor time of some runs, in seconds."""
    found = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=os.environ)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def main() -> None:
    """Measure each command on the example installation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([ARSHJUL, "init", "plats"], cwd=folder, check=True, capture_output=True)
        config = folder / "plats"
        bare = spent([sys.executable, "-c", "import sqlalchemy, pandas"], folder)
        print(f"{'import sqlalchemy, pandas':<28}{bare:6.2f} s CPU")
        for title, words in COMMANDS.items():
            where = CONFIG / "plans" / "SOL-2026.yaml" if title == "plan show" else config
            took = spent([str(ARSHJUL), *words, str(where)], folder)
            print(f"{'arshjul ' + title:<28}{took:6.2f} s CPU, {took / bare:.2f} of it; aim {AIM_SECONDS} s")


if __name__ == "__main__":
    main()
