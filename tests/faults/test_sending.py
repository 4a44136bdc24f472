"""A sender killed at each place of its work, on both databases: the next one sends what is left, each once.

Only what had been handed over and not yet noted as sent comes twice, with one Message-ID, and is told.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store.database import Database
from arshjul.config import load_installation
from arshjul.crash_points import CrashPoint
from arshjul.office import Office
from cli.demo_installation import copy_config
from tests.databases import kind_of_store, store_url
from tests.example import CONFIG
from tests.steps.posted import letters, tell

__all__ = ["kind_of_store", "store_url"]

HANDFUL = 3  # so that the letters are claimed in two handfuls
ROOT = Path(__file__).parents[2]


def send(config: Path, url: str, **faults: str) -> subprocess.CompletedProcess[str]:
    """A sender's whole life."""
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.sender", str(config), url, str(HANDFUL)],
        cwd=ROOT,
        env=os.environ | faults,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("place", "in_doubt", "twice"),
    [
        pytest.param(f"{CrashPoint.LETTERS_CLAIMED}:2", 0, 0, marks=pytest.mark.faults),
        (f"{CrashPoint.LETTER_NOTED}:5", 1, 0),
        (f"{CrashPoint.LETTER_HANDED_OVER}:2", 1, 1),
        pytest.param(CrashPoint.LETTER_MARKED, 0, 0, marks=pytest.mark.faults),
    ],
)
def test_what_a_killed_sender_left_is_sent_by_the_next_and_only_the_one_in_flight_can_come_twice(
    place: str, in_doubt: int, twice: int, store_url: str, tmp_path: Path
) -> None:
    with OutboxServer(tmp_path / "utkorg") as outbox:
        config = copy_config(CONFIG, tmp_path / "installation", outbox.port)
        database = Database(store_url)
        database.migrate()
        office = Office(load_installation(config), database, lambda: datetime.now(UTC), "provet:0:a")
        people = [person.id for person in office.installation.organisation.people][:6]
        tell(office, *people)
        assert send(config, store_url, ARSHJUL_KILL_AT=place).returncode == -signal.SIGKILL
        again = send(config, store_url)
        assert again.returncode == 0, again.stderr
        assert again.stdout.split()[1] == str(in_doubt)
        assert send(config, store_url).stdout.split() == ["0", "0"]
        came = Counter(str(message_from_bytes(path.read_bytes())["Message-ID"]) for path in outbox.letters())
    ledger = {letter.message_id: letter for letter in letters(office)}
    database.close()
    assert came.keys() == ledger.keys()
    assert {letter.state for letter in ledger.values()} == {"sent"}
    assert sum(letter.uncertain for letter in ledger.values()) == in_doubt
    assert sorted(came.values()) == [1] * (len(people) - twice) + [2] * twice
    assert all(ledger[message_id].uncertain for message_id, times in came.items() if times > 1)
