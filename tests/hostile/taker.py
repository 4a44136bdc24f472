"""Hands what is hostile to a process of its own (`tests.hostile.taking`), and hears what became of it."""

import json
import select
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SLOW_SECONDS, LARGE_MB = 5.0, 500.0  # what an input may cost
PATIENCE = 90.0  # seconds before a process that does not answer is ended


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an input: "read", "refused" with a sentence, or "crashed" with what was said."""

    end: str
    said: str
    seconds: float
    megabytes: float


class Taker:
    """A process that dies or does not answer is a crash, and another is started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def home(self) -> Path:
        """The installation's folder."""
        return self._folder / str(self._number)

    @property
    def material(self) -> Path:
        """Sound files of every kind, to make hostile ones of."""
        self._started()
        return self.home / "material"

    def take(self, kind: str, name: str, content: bytes | Mapping[str, Any]) -> Answer:
        """Let the program take an input of a kind; `name` is what the file is called."""
        process = self._started()
        path = self.home / "input.bin"
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        path.write_bytes(data)
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps({"kind": kind, "name": name, "path": str(path)}) + "\n")
            process.stdin.flush()
            answers, _, _ = select.select([process.stdout], [], [], PATIENCE)
            line = process.stdout.readline() if answers else ""
        except BrokenPipeError:
            line = ""
        if not line:
            process.kill()
            process.wait()
            self._process = None
            how = "did not answer" if not answers else f"died ({process.returncode})"
            return Answer("crashed", f"the process {how}", PATIENCE, 0)
        return Answer(**json.loads(line))

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is None:
            self._number += 1
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.hostile.taking", str(self.home)],
                cwd=ROOT,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            assert self._process.stdout is not None
            assert self._process.stdout.readline() == "ready\n"
        return self._process

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(30)
