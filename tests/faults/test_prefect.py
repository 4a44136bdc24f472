"""The same through the command and Prefect's own flows: `arshjul run`, killed while it sends letters."""

import os
import signal
import subprocess
import sys
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.crash_points import CrashPoint
from cli.demo_installation import copy_config
from tests.example import CONFIG
from tests.faults.outcome import TWICE
from tests.faults.stage import KILLED, ROOT

pytestmark = pytest.mark.faults

RUN = ("run", "T2", "2026", "--unit", "SOL", "--now", "2026-08-24T08:00", "--config")


def run(config: Path, kill_at: str = "") -> tuple[int, str]:
    """`arshjul run` on the morning when the cycle opens."""
    return arshjul(*RUN, str(config), kill_at=kill_at)


def arshjul(*words: str, kill_at: str = "") -> tuple[int, str]:
    """A command; its exit status and what it said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", *words],
        cwd=ROOT,
        env=os.environ | {"ARSHJUL_KILL_AT": kill_at},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        process.wait(timeout=240)
    finally:
        end_the_rest(process.pid)
    assert process.stdout is not None
    return process.returncode, process.stdout.read()


def end_the_rest(session: int) -> None:
    """Prefect's server is a process of its own, which a killed command leaves behind."""
    try:
        os.killpg(session, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_a_flow_killed_twice_sends_only_what_was_in_flight_once_more(tmp_path: Path) -> None:
    with OutboxServer(tmp_path / "utkorg") as outbox:
        config = copy_config(CONFIG, tmp_path, outbox.port)
        assert run(config, kill_at=f"{CrashPoint.LETTER_NOTED}:2")[0] == KILLED
        assert run(config, kill_at=f"{CrashPoint.LETTER_HANDED_OVER}:3")[0] == KILLED
        status, said = run(config)
        letters = [message_from_bytes(path.read_bytes()) for path in outbox.letters()]
    assert (status, said.count(TWICE)) == (0, 1), said
    times = Counter(str(letter["Message-ID"]) for letter in letters)
    assert sorted(times.values())[-2:] == [1, 2]
    assert len(times) == len({str(letter["To"]) for letter in letters})
    assert arshjul("status", "T2", "2026", "--config", str(config))[1].count(TWICE) == 2
