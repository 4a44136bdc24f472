"""Writers wait for the disk together, outside their turns; none is told that it is kept before it is."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from arshjul.adapters.store import disk, tables
from arshjul.adapters.store.database import Database
from tests.store.rows import a_cycle

_CYCLES = tables.Cycle.__tablename__
WAIT = 20.0  # seconds; far more than anything here takes


class SlowDisk:
    """A disk whose flushes wait to be let through; `seen` is the years that stood in the store at each."""

    def __init__(self, database: Path) -> None:
        self.begun, self.may_go_on = threading.Semaphore(0), threading.Semaphore(0)
        self.seen: list[set[int]] = []
        self._database = database

    def flush(self, _opened: int) -> None:
        with sqlite3.connect(self._database) as reader:
            self.seen.append(
                {year for (year,) in reader.execute(f"SELECT year FROM {tables.Cycle.__tablename__}")}
            )
        self.begun.release()
        assert self.may_go_on.acquire(timeout=WAIT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'arshjul.sqlite'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def slow(store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    made = SlowDisk(tmp_path / "arshjul.sqlite")
    monkeypatch.setattr(disk, "_flush_file", made.flush)
    return made


def writer(store: Database, year: int, done: list[int]) -> threading.Thread:
    def write() -> None:
        with store.writing() as session:
            a_cycle(session, year=year)
        done.append(year)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def years(store: Database) -> set[int]:
    with store.reading() as session:
        return set(session.scalars(select(tables.Cycle.year)))


def wait_for(store: Database, wanted: set[int]) -> None:
    for _ in range(int(WAIT * 100)):
        if years(store) == wanted:
            return
        threading.Event().wait(0.01)
    raise AssertionError(f"{years(store)}, inte {wanted}")


def test_while_one_waits_for_a_slow_disk_the_others_write_and_share_the_next_flush(
    store: Database, slow: SlowDisk
) -> None:
    done: list[int] = []
    first = writer(store, 2001, done)
    assert slow.begun.acquire(timeout=WAIT)
    others = [writer(store, year, done) for year in (2002, 2003, 2004)]
    wait_for(store, {2001, 2002, 2003, 2004})  # committed, though nobody has been told so
    assert done == []
    slow.may_go_on.release()
    first.join(WAIT)
    assert slow.begun.acquire(timeout=WAIT)
    assert done == [2001]  # the first flush began before the others had committed
    slow.may_go_on.release(3)
    for thread in others:
        thread.join(WAIT)
    assert sorted(done) == [2001, 2002, 2003, 2004]
    assert slow.seen[0] == {2001}
    assert slow.seen[-1] == {2001, 2002, 2003, 2004}
    assert len(slow.seen) < 4  # four commits


def test_a_disk_that_fails_is_told_to_the_one_who_wrote_and_stops_nobody_else(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_opened: int) -> None:
        raise OSError(5, "disken svarar inte")

    with monkeypatch.context() as during:
        during.setattr(disk, "_flush_file", failing)
        with pytest.raises(OSError, match="disken svarar inte"), store.writing() as session:
            a_cycle(session, year=2001)
    with store.writing() as session:
        a_cycle(session, year=2002)
    assert 2002 in years(store)
