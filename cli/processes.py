"""Processes that a command keeps going: started in order, started again when one dies, ended together.

What they are is said by `arshjul serve`. A child ends by itself when this process is killed outright
(`tasks.parent`).
"""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from arshjul.errors import ArshjulError

TOO_OFTEN = 5  # deaths
WITHIN_SECONDS = 120.0
END_SECONDS = 30.0


@dataclass(slots=True)
class Kept:
    """One process. `name` is what people call it, `log` the file that gets what it says; `ready` waits until
    it can be used, or raises.
    """

    name: str
    command: Sequence[str]
    log: Path
    ready: Callable[["Kept"], None] = lambda _: None
    deaths: list[float] = field(default_factory=list)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)
        self.ready(self)

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def end(self) -> None:
        """Ask it to end; make it, if it will not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def revive(kept: Sequence[Kept], say: Callable[[str], None]) -> list[str]:
    """Start those again that have died; their names. ArshjulError where one dies over and over."""
    revived = []
    for each in kept:
        if each.is_alive():
            continue
        at = time.monotonic()
        each.deaths = [death for death in each.deaths if at - death < WITHIN_SECONDS] + [at]
        if len(each.deaths) > TOO_OFTEN:
            raise ArshjulError(f"{each.name} stannar gång på gång. Se efter i {each.log} och starta om.")
        say(f"{each.name} hade stannat och startas igen.")
        each.start()
        revived.append(each.name)
    return revived


def is_alive(process: int) -> bool:
    """Whether a process of this machine lives."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
