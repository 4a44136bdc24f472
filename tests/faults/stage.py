"""Where a play is struck: an installation, a store and a mail server.

`Stage.run` starts the program of `tests.faults.drive` as a process; what it made is read by
`tests.faults.outcome`.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from arshjul.adapters.outbox_server import OutboxServer
from cli.demo_installation import copy_config
from tests.example import CONFIG
from tests.faults.outcome import Outcome, outcome_of
from tests.faults.ready import ROOT, Ready
from tests.faults.setting import Setting

KILLED = -9

TAKEN = "bearbetas just nu av ett annat program"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, and what it said."""

    code: int
    said: str
    trouble: str


@dataclass
class Stage:
    """One play: its folder, its store and its mail server."""

    folder: Path
    setting: Setting
    ready: Ready | None = None  # without it each run is a Python started afresh
    said: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def at(
        cls, folder: Path, database: str, filled: Path, ready: Ready | None = None, **more: Any
    ) -> Iterator["Stage"]:
        """A fresh installation of the example in `folder`, with its store at the URL `database`."""
        with OutboxServer(folder / "utkorg") as outbox:
            copy_config(CONFIG, folder, port=25)  # a copy goes into the archive, and is the same in each run
            stage = cls(folder, Setting(database, outbox.port, str(filled), **more), ready)
            (folder / "setting.json").write_text(json.dumps(asdict(stage.setting)), "utf-8")
            yield stage

    def start(self, faults: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """The program, started."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.drive", str(self.folder)],
            cwd=ROOT,
            env=os.environ | (faults or {}),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    @contextmanager
    def stopped_at(self, place: str, *, may_meet: bool = False) -> Iterator[subprocess.Popen[str]]:
        """The program, standing still at `place`; afterwards it goes on to its end.

        `may_meet`: somebody else may have taken the cycle meanwhile, and it may be told so instead.
        """
        process = self.start({"ARSHJUL_STOP_AT": place})
        stands = os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        assert stands is not None
        assert stands.si_code == os.CLD_STOPPED, f"did not come by {place}: {self.ended(process)}"
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            ended = self.ended(process)
        assert ended.code == 0 or (may_meet and TAKEN in ended.trouble), ended.trouble

    def ended(self, process: subprocess.Popen[str]) -> Ended:
        """The program, when it has ended."""
        said, trouble = process.communicate(timeout=240)
        return self._ended(process.returncode, said, trouble)

    def _ended(self, code: int, said: str, trouble: str) -> Ended:
        self.said += said.splitlines()
        return Ended(code, said, trouble)

    def run(self, faults: Mapping[str, str] | None = None) -> Ended:
        """Run the program to its end, or to where a fault strikes."""
        if self.ready is None:
            return self.ended(self.start(faults))
        return self._ended(*self.ready.run(self.folder, faults or {}))

    def struck_at(self, place: str) -> None:
        """Run the program to `place` ("letters-claimed:3") and kill it there."""
        ended = self.run({"ARSHJUL_KILL_AT": place})
        assert ended.code == KILLED, f"was not struck at {place}: {ended}"

    def finished(self) -> Outcome:
        """Run the program to its end; what it made."""
        ended = self.run()
        assert ended.code == 0, ended.trouble
        assert "0 ändringar när det körs igen" in ended.said
        return self.outcome()

    def outcome(self) -> Outcome:
        """What has been made so far."""
        return outcome_of(self.folder, self.setting.database, self.said)
