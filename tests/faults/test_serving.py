"""`arshjul serve` for real: server, worker and schedules; stopped over a date, killed in mid-run."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.crash_points import CrashPoint
from cli.demo_installation import copy_config
from tests.example import CONFIG
from tests.faults.stage import ROOT

pytestmark = pytest.mark.faults

PATIENCE = 180.0
RUN = ("run", "T2", "2026", "--unit", "SOL", "--now", "2026-08-24T08:00", "--config")
OPENS, LATE = "2026-08-24T08:00:00+02:00", "2026-08-26T09:00:00+02:00"


class Served:
    """One `arshjul serve` on a port of its own, and its server as one talks to it."""

    def __init__(self, config: Path, port: int, kill_at: str) -> None:
        self._api = f"http://127.0.0.1:{port}/api"
        mine = {"ARSHJUL_KILL_AT": kill_at, "PREFECT_WORKER_QUERY_SECONDS": "2"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "serve", "--port", str(port), "--config", str(config)],
            cwd=ROOT,
            env=kept | mine,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait_until_it_goes(self) -> None:
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "Årshjulet går" in line:
                return
        raise AssertionError("".join(said))

    def ask(self, path: str, body: dict[str, Any]) -> Any:
        request = Request(
            f"{self._api}{path}", json.dumps(body).encode(), {"content-type": "application/json"}
        )
        for _ in range(10):
            try:
                with urlopen(request, timeout=30) as answer:
                    return json.load(answer)
            except HTTPError as trouble:
                if trouble.code != 503:  # its database is busy; Prefect's own client asks again, too
                    raise
                time.sleep(2)
        raise AssertionError("the server is busy all the time")

    def plan(self, at: datetime, now: str) -> str:
        """A run of T2 at a time, that is told what time it is; its id."""
        [t2] = self.ask("/deployments/filter", {"deployments": {"name": {"any_": ["t2"]}}})
        run = {
            "parameters": {"unit": "SOL", "year": 2026, "now": now},
            "state": {"type": "SCHEDULED", "state_details": {"scheduled_time": at.isoformat()}},
        }
        made: str = self.ask(f"/deployments/{t2['id']}/create_flow_run", run)["id"]
        return made

    def state(self, run: str) -> str:
        [found] = self.ask("/flow_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
        return str(found["state_name"])

    def processes(self) -> list[int]:
        """The server, the worker and the portal."""
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in listed.stdout.split()]

    def process_named(self, words: str) -> int:
        """The one of them whose command says that."""
        [found] = [
            pid
            for pid in self.processes()
            if words in Path(f"/proc/{pid}/cmdline").read_text("utf-8").replace("\0", " ")
        ]
        return found


@contextmanager
def serving(config: Path, port: int, kill_at: str = "") -> Iterator[Served]:
    served = Served(config, port, kill_at)
    try:
        served.wait_until_it_goes()
        yield served
    finally:
        served.process.send_signal(signal.SIGTERM)
        try:
            served.process.wait(60)
        except subprocess.TimeoutExpired:
            served.process.kill()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.5)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_stop_over_a_date_is_made_up_for_and_the_letters_say_so(tmp_path: Path) -> None:
    with OutboxServer(tmp_path / "utkorg") as outbox:
        config, port = copy_config(CONFIG, tmp_path, outbox.port), free_port()
        with serving(config, port) as served:
            run = served.plan(datetime.now(UTC) + timedelta(seconds=20), LATE)
        time.sleep(25)
        with serving(config, port) as served:
            until(lambda: served.state(run) == "Completed")
        letters = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in outbox.letters()]
    bodies = [body.get_content() for letter in letters if (body := letter.get_body(("plain",)))]
    forms = [body for body in bodies if "T2 2026" in body]
    assert len(forms) == 7
    assert all("skulle ha kommit måndag 24 augusti" in " ".join(body.split()) for body in forms)


def test_killed_run_server_and_worker_lose_nothing_and_leave_nothing_behind(tmp_path: Path) -> None:
    with OutboxServer(tmp_path / "utkorg") as outbox:
        config, port = copy_config(CONFIG, tmp_path, outbox.port), free_port()
        with serving(config, port, f"{CrashPoint.LETTER_HANDED_OVER}:3") as served:
            run = served.plan(datetime.now(UTC), OPENS)
            until(lambda: served.state(run) == "Crashed")  # the worker saw its run die
            begun = served.processes()
            assert len(begun) == 3
            served.process.kill()
            until(lambda: all(is_gone(pid) for pid in begun))
        with serving(config, port) as served:
            worker = served.process_named("worker start")
            os.kill(worker, signal.SIGKILL)
            until(lambda: len(served.processes()) == 3 and worker not in served.processes())
            again = served.plan(datetime.now(UTC), OPENS)
            until(lambda: served.state(again) == "Completed")
        letters = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in outbox.letters()]
    letters = [letter for letter in letters if "T2 2026" in str(letter["Subject"])]
    requests = Counter(str(m["Message-ID"]) for m in letters)
    assert sorted(requests.values())[-2:] in ([1, 1], [1, 2])
    assert len(requests) == len({str(letter["To"]) for letter in letters}) == 7


def test_a_command_that_is_killed_leaves_no_server_behind(tmp_path: Path) -> None:
    with OutboxServer(tmp_path / "utkorg") as outbox:
        config = copy_config(CONFIG, tmp_path, outbox.port)
        kill = {"ARSHJUL_KILL_AT": f"{CrashPoint.LETTERS_CLAIMED}:1"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        command = subprocess.Popen(
            [sys.executable, "-m", "cli.main", *RUN, str(config)],
            cwd=ROOT,
            env=kept | kill,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        command.wait(PATIENCE)
    assert command.returncode == -signal.SIGKILL
    until(lambda: not in_session(command.pid))


def in_session(session: int) -> list[str]:
    """What runs in a session still."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "-s", str(session)], capture_output=True, text=True, check=False
    )
    return listed.stdout.split()
