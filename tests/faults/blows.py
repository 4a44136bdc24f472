"""What strikes a play at a place, each as something that holds while the program goes on from there.

The program stands still at the place, the blow falls, the program goes on as far as it comes and says in one
line what is wrong; then all is well again. A kill needs no more than the place. Called by the matrix.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from enum import StrEnum

import psycopg
from sqlalchemy import make_url

from arshjul.adapters.store import tables
from tests.faults.ready import STOPPED
from tests.faults.scenes import Staged
from tests.faults.stage import KILLED, Ended

NOBODYS_WAIT = 0.2  # seconds that the program waits for the database here, instead of thirty


class Blow(StrEnum):
    """By the words of the table."""

    KILL = "dödad"
    DISK = "full disk"
    LOCK = "låst databas"
    MAIL = "ingen e-post"
    CLOCK = "klockan bakåt"
    SERVER = "PostgreSQL dödad"


@contextmanager
def full_disk(stage: Staged) -> Iterator[None]:
    """Not a byte more goes onto the disk under data/."""
    ballast = stage.folder / "data" / ".barlast"
    with ballast.open("wb", buffering=0) as file:
        piece = 1 << 20
        while piece:
            try:
                file.write(bytes(piece))
            except OSError:
                piece //= 2
    yield
    ballast.unlink()


@contextmanager
def locked_database(stage: Staged) -> Iterator[None]:
    """Somebody else writes, and does not finish."""
    url = make_url(stage.setting.database)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database), timeout=2, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    written = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(written) as other:
        other.execute("SET lock_timeout = '2s'")
        names = ", ".join(f'"{table.name}"' for table in tables.Base.metadata.sorted_tables)
        other.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")  # type: ignore[arg-type]
        yield


def strike(
    blow: Blow, stage: Staged, place: str, kill_server: Callable[[], AbstractContextManager[None]]
) -> None:
    """Play to `place`, let the blow fall there, and see that the program ends in good order."""
    if blow in (Blow.KILL, Blow.CLOCK):
        ended = stage.run({"ARSHJUL_KILL_AT": place})
        assert ended.code == KILLED, f"was not struck at {place}: {ended}"
        if blow is Blow.CLOCK:
            in_good_order(stage.run(hours_back=1))
        return
    falls: Mapping[Blow, Callable[[], AbstractContextManager[None]]] = {
        Blow.DISK: lambda: full_disk(stage),
        Blow.LOCK: lambda: locked_database(stage),
        Blow.MAIL: stage.without_mail,
        Blow.SERVER: kill_server,
    }
    ended = stage.run({"ARSHJUL_STOP_AT": place}, lock_wait_seconds=NOBODYS_WAIT)
    assert ended.code == STOPPED, f"did not stand still at {place}: {ended}"
    try:
        with falls[blow]():
            ended = stage.go_on()
    except BaseException:
        if ended.code == STOPPED:
            stage.go_on()
        raise
    in_good_order(ended)


def in_good_order(ended: Ended) -> None:
    """It came to its end, or said in one line what was in the way."""
    assert ended.code in (0, 2), ended.trouble[-3000:]
    assert ended.trouble.count("\n") == (ended.code == 2), ended.trouble


def kill_all(processes: list[int]) -> None:
    """As when the power goes."""
    for process in processes:
        try:
            os.kill(process, 9)
        except ProcessLookupError:
            continue
