"""The program, standing ready: it has imported everything and runs each play in a process forked from it.

For the matrix, where starting Python and importing would take longer than the plays. What a process knows
when it begins is the same as in one that was started afresh: this one has played nothing.

Run as `python -m tests.faults.ready`; `Ready` is the other end.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.faults import drive

ROOT = Path(__file__).parents[2]
STOPPED = 1000  # no exit status: the play stands still


class Ready:
    """The other end: `run` plays in a process of its own and says how it ended."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    @classmethod
    @contextmanager
    def standing(cls) -> Iterator["Ready"]:
        """A program that stands ready, until the end."""
        with subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as program:
            yield cls(program)

    def run(self, folder: Path, faults: Mapping[str, str]) -> tuple[int, str, str]:
        """Exit status, standard output and standard error of a play in `folder`; or STOPPED."""
        code = self._ask({"folder": str(folder), "faults": dict(faults)})
        return code, *_told(folder)

    def go_on(self, folder: Path) -> tuple[int, str, str]:
        """The same of the play that stood still, which now goes on."""
        return self._ask({}), *_told(folder)

    def _ask(self, order: Mapping[str, object]) -> int:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps(order) + "\n")
        self._program.stdin.flush()
        return int(self._program.stdout.readline())


def _told(folder: Path) -> tuple[str, str]:
    said, trouble = (folder / name for name in ("said.txt", "trouble.txt"))
    return said.read_text("utf-8"), trouble.read_text("utf-8")


def stand_ready() -> None:
    """Play what is asked for, one after another; an order without a folder lets the last one go on."""
    process = 0
    for line in sys.stdin:
        order = json.loads(line)
        if order:
            process = os.fork()
            if process == 0:
                os._exit(_played(Path(order["folder"]), order["faults"]))
        else:
            os.kill(process, signal.SIGCONT)
        _, status = os.waitpid(process, os.WUNTRACED)
        sys.stdout.write(f"{STOPPED if os.WIFSTOPPED(status) else os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _played(folder: Path, faults: Mapping[str, str]) -> int:
    """The process that plays."""
    os.environ.update(faults)
    for stream, name in ((sys.stdout, "said.txt"), (sys.stderr, "trouble.txt")):
        file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, stream.fileno())
    try:
        return drive.main(folder)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    stand_ready()
