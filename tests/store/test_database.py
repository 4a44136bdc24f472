"""Transactions are all or nothing, writers take turns, and trouble with the database is one sentence."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from arshjul.adapters.store import tables
from arshjul.adapters.store.database import Database
from arshjul.adapters.store.files import PDF, file_content, keep_file
from arshjul.errors import ArshjulError, Busy
from tests.store.rows import NOW, a_cycle


def cycles(store: Database) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(tables.Cycle)) or 0


def test_a_transaction_that_fails_leaves_nothing(store: Database) -> None:
    with pytest.raises(RuntimeError), store.writing() as session:  # noqa: PT012 - the block is the transaction
        a_cycle(session)
        raise RuntimeError("strömmen gick")
    assert cycles(store) == 0


def test_a_broken_rule_of_the_schema_leaves_nothing(store: Database) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:  # noqa: PT012 - the same
        a_cycle(session)
        session.add(tables.Judgement(cycle_id=77, goal="G01", person="karin", synthesis="", at=NOW))
    assert cycles(store) == 0


def test_what_is_done_while_reading_is_not_kept(store: Database) -> None:
    with store.reading() as session:
        a_cycle(session)
    assert cycles(store) == 0


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(store: Database) -> None:
    with store.reading() as reader:
        before = reader.scalar(select(func.count()).select_from(tables.Cycle))
        with store.writing() as writer:
            a_cycle(writer)
        assert reader.scalar(select(func.count()).select_from(tables.Cycle)) == before == 0
    assert cycles(store) == 1


def test_what_is_read_for_one_answer_is_of_one_moment_until_something_is_written_in_it(
    store: Database,
) -> None:
    with store.one_moment():
        assert cycles(store) == 0
        other = threading.Thread(target=lambda: _write(store))
        other.start()
        other.join()
        assert cycles(store) == 0
        with store.writing() as session:
            session.add(tables.Unit(code="HAM", name="Hamngatan"))
        assert cycles(store) == 1
    assert cycles(store) == 1


def _write(store: Database) -> None:
    with store.writing() as session:
        a_cycle(session)


def test_rows_that_were_read_can_be_used_afterwards(store: Database) -> None:
    with store.writing() as session:
        a_cycle(session)
    with store.reading() as session:
        row = session.scalars(select(tables.Cycle)).one()
    assert (row.unit_code, row.created_at) == ("SOL", NOW)


def test_the_same_bytes_are_kept_once(store: Database) -> None:
    with store.writing() as session:
        first = keep_file(session, b"rapport", PDF)
        assert keep_file(session, b"rapport", PDF) == first
    with store.writing() as session:
        assert keep_file(session, b"rapport", PDF) == first
    with store.reading() as session:
        assert file_content(session, first) == b"rapport"
        assert session.scalar(select(func.count()).select_from(tables.StoredFile)) == 1


def test_a_held_sqlite_file_is_waited_for_and_then_told_in_one_sentence(
    tmp_path: Path, empty_store: Path
) -> None:
    path = tmp_path / "arshjul.sqlite"
    path.write_bytes(empty_store.read_bytes())
    holder, other = (Database(f"sqlite:///{path}", lock_wait_seconds=0.1) for _ in range(2))
    with holder.writing() as session:
        a_cycle(session)
        sentence = r"^Databasen är upptagen .* försök igen om en stund\.$"
        with pytest.raises(Busy, match=sentence), other.writing() as late:
            a_cycle(late)
        assert cycles(other) == 0  # readers are not held up
    assert cycles(other) == 1
    holder.close()
    other.close()


@pytest.mark.parametrize("kind_of_store", ["postgresql"])
def test_a_row_held_on_postgresql_is_waited_for_and_then_told(store: Database) -> None:
    with store.writing() as session:
        a_cycle(session)
    with store.writing() as session:
        session.scalars(select(tables.Cycle).with_for_update()).one()
        with pytest.raises(Busy, match="upptagen"), store.writing() as other:
            other.scalars(select(tables.Cycle).with_for_update()).one()


def test_writers_in_many_threads_take_turns(migrated_url: str) -> None:
    database = Database(migrated_url, lock_wait_seconds=20)
    with database.writing() as session:
        a_cycle(session, year=2000)

    def count_up() -> None:
        for _ in range(10):
            with database.writing() as session:
                row = session.scalars(select(tables.Cycle).with_for_update()).one()
                row.year += 1

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.scalars(select(tables.Cycle.year)).one() == 2040
    database.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "arshjul.sqlite"
    path.write_bytes(b"det var en g\xe5ng " * 100)
    with pytest.raises(ArshjulError, match=r"arshjul\.sqlite är skadad eller ingen databas"):
        Database(f"sqlite:///{path}").migrate()


def test_a_folder_where_the_database_should_be_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArshjulError, match="går inte att nå"):
        Database(f"sqlite:///{tmp_path}").migrate()


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    database = Database("postgresql+psycopg://arshjul:hemligt@127.0.0.1:9/arshjul")
    with pytest.raises(ArshjulError, match="går inte att nå") as told:
        database.migrate()
    assert "hemligt" not in str(told.value)
    assert "127.0.0.1:9" in str(told.value)
