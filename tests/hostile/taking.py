"""A process that takes what is hostile and says what became of each: `python -m tests.hostile.taking FOLDER`.

What it costs is measured here: seconds of this process, and the most memory that it has had. The other end is
`tests.hostile.taker`.
"""

import ctypes
import gc
import json
import os
import resource
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any

from tests.hostile.program import Program

GIGABYTE = 1 << 30
MOST_ADDRESSES = 6 * GIGABYTE  # what stops the process itself; what an input may use is in `taker.LARGE_MB`


@contextmanager
def measured() -> Iterator[Callable[[], tuple[float, float]]]:
    """Gives the seconds that this process has worked since, and the most memory that it has had (MB)."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")  # the highest mark is lowered to where it stands now
    began = time.process_time()

    def cost() -> tuple[float, float]:
        status = Path("/proc/self/status").read_text()
        highest = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return time.process_time() - began, int(highest.split()[1]) / 1000

    yield cost


def taken(program: Program, order: Mapping[str, str]) -> dict[str, Any]:
    """Let the program take one input; what became of it."""
    from arshjul.errors import ArshjulError
    from cli.swedish import of_the_system

    content = Path(order["path"]).read_bytes()
    said = StringIO()
    with measured() as cost, redirect_stderr(said):
        try:
            sentence = getattr(program, order["kind"])(order["name"], content)
            end = "refused" if sentence else "read"
        except ArshjulError as trouble:
            end, sentence = "refused", str(trouble)
        except OSError as trouble:
            end, sentence = "refused", of_the_system(trouble)
        except BaseException:
            end, sentence = "crashed", traceback.format_exc()[-3000:]
        del content
        seconds, megabytes = cost()
    return {"end": end, "said": sentence, "seconds": seconds, "megabytes": megabytes}


def main(folder: Path) -> None:
    """Take what is asked, one after another."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    warnings.simplefilter("ignore")
    program = Program(folder)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # nobody else says anything there
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(json.dumps(taken(program, json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
