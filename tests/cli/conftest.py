"""The command as people run it: what it said where, and how it ended."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from cli.main import main


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, which is one JSON document and nothing else."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """What it said of bad input: one line, and nothing on standard output."""
        assert self.status == 2, f"ended with {self.status}: {self.out}{self.err}"
        assert self.out == ""
        [line] = self.err.splitlines()
        return line


Arshjul = Callable[..., Ended]


@pytest.fixture
def arshjul(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Arshjul:
    """`arshjul("status", "--json")` runs the command in this process."""
    monkeypatch.delenv("ARSHJUL_CONFIG", raising=False)

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["arshjul", *map(str, arguments)])
        capsys.readouterr()
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return run
