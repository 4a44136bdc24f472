"""What the soak looks at: memory, files and connections of every process, and whether they have grown.

Called by `bench.soak`, whose first lines say what counts as growth.
"""

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

MORE_MEMORY, MORE_MEGABYTES, MORE_HANDLES = 1.10, 20.0, 8
KINDS = (("prefect server", "Prefect"), ("prefect worker", "arbetare"), ("portal_process", "portal"))


@dataclass
class Counted:
    """What was done, and what went wrong."""

    saves: int = 0
    pages: int = 0
    runs: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """A process at a moment: memory in MB, open files, connections."""

    memory: float
    files: int
    connections: int


def look_at(parent: int, looks: dict[str, list[Look]]) -> None:
    """Every process of the installation that lasts, as it is now."""
    looks.setdefault("arshjul serve", []).append(look(parent))
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    for line in listed.stdout.splitlines():
        pid, _, command = line.strip().partition(" ")
        plain = command.replace(" -m ", " ")
        name = next((called for words, called in KINDS if words in plain), None)
        if name is not None:
            try:
                looks.setdefault(name, []).append(look(int(pid)))
            except OSError:
                continue  # it has just ended


def look(pid: int) -> Look:
    """One process: what it holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    memory = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1000  # type: ignore[index]
    handles = [os.readlink(path) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
    sockets = sum(handle.startswith("socket:") for handle in handles)
    return Look(memory, len(handles) - sockets, sockets)


def told(looks: dict[str, list[Look]], counted: Counted, letters: int, seconds: float) -> int:
    """Print the table; 1 where something has grown or gone wrong."""
    print(
        f"{seconds / 60:.0f} minuter: {counted.saves} sparningar, {counted.pages} sidor, {counted.runs} "
        f"körningar, {letters} brev, {len(counted.errors)} fel"
    )
    for error in sorted(set(counted.errors)):
        print(f"  {counted.errors.count(error)} gånger: {error}")
    print(f"{'':16}{'minne, MB':>24}{'filer':>16}{'anslutningar':>16}")
    print(f"{'':16}{'början':>12}{'slutet':>12}{'början':>8}{'slutet':>8}{'början':>8}{'slutet':>8}")
    grown = bool(counted.errors)
    for name, found in looks.items():
        third = max(1, len(found) // 3)
        first, last = found[third // 2 : third + 1], found[-third:]
        pairs = [
            (median(getattr(one, what) for one in first), median(getattr(one, what) for one in last))
            for what in ("memory", "files", "connections")
        ]
        (was, is_now), *handles = pairs
        more = is_now > was * MORE_MEMORY and is_now - was > MORE_MEGABYTES
        more = more or any(after - before > MORE_HANDLES for before, after in handles)
        grown = grown or more
        cells = f"{was:>12.0f}{is_now:>12.0f}" + "".join(f"{b:>8.0f}{a:>8.0f}" for b, a in handles)
        print(f"{name:16}{cells}  {'VÄXER' if more else 'jämnt'}")
    return int(grown)
