"""Two writers at once: each series is counted without gaps or doubles, each row is put down once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import sleep

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.database import Database
from arshjul.adapters.store.files import PDF, file_content, keep_file
from arshjul.cycle import CycleKey
from arshjul.plan import Kind
from arshjul.plan_file import dump_plan
from arshjul.steps.cycle.cycles import hold_cycle, start_cycle
from arshjul.steps.cycle.opening import keep_plan
from arshjul.steps.cycle.register import BuiltInRegister
from tests.example import T2, Home
from tests.store.rows import NOW

T1 = replace(T2, kind=Kind.T1)


@pytest.fixture
def patient(migrated_url: str) -> Iterator[Database]:
    """A store that is waited for."""
    database = Database(migrated_url, lock_wait_seconds=20)
    yield database
    database.close()


@contextmanager
def meanwhile(database: Database, work: Callable[[Session], object]) -> Iterator[Session]:
    """A transaction during which another process, as it were, begins to do `work` in its own.

    On leaving, this one is committed first; the other goes on when it may.
    """
    failed: list[BaseException] = []

    def other() -> None:
        try:
            with database.writing() as session:
                work(session)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=other)
    with database.writing() as session:
        yield session
        thread.start()
        sleep(0.2)  # long enough to come as far as it can
    thread.join()
    assert failed == []


def start(session: Session, key: CycleKey) -> tables.Cycle:
    return start_cycle(session, key, "Solgläntan", NOW)


def test_two_cycles_that_open_at_once_get_register_numbers_of_their_own(patient: Database) -> None:
    register = BuiltInRegister("")
    with meanwhile(patient, lambda session: register.fetch(session, start(session, T1), NOW)) as session:
        register.fetch(session, start(session, T2), NOW)
    with patient.reading() as session:
        numbers = session.scalars(select(tables.RegistryNumber).order_by(tables.RegistryNumber.number)).all()
    assert [row.number for row in numbers] == [1, 2]


def test_a_cycle_that_two_begin_at_once_is_one(patient: Database) -> None:
    with meanwhile(patient, lambda session: start(session, T2)) as session:
        start(session, T2)
    with patient.reading() as session:
        assert len(session.scalars(select(tables.Cycle)).all()) == 1


def test_the_same_plan_kept_by_two_at_once_is_one_version(patient: Database, home: Home) -> None:
    with home.office() as office:
        plan = office.installation.plans["SOL", 2026]
    with patient.writing() as session:
        start(session, T2)
    with meanwhile(patient, lambda session: keep_plan(session, T1, dump_plan(plan), NOW)) as session:
        keep_plan(session, T2, dump_plan(plan), NOW)
    with patient.reading() as session:
        assert [row.number for row in session.scalars(select(tables.PlanVersion))] == [1]


def test_the_same_bytes_kept_by_two_at_once_are_kept_once(patient: Database) -> None:
    with meanwhile(patient, lambda session: keep_file(session, b"rapport", PDF)) as session:
        sha256 = keep_file(session, b"rapport", PDF)
    with patient.reading() as session:
        assert file_content(session, sha256) == b"rapport"


def test_whoever_holds_a_cycle_sees_what_the_one_before_wrote(patient: Database) -> None:
    with patient.writing() as session:
        start(session, T2).registry_number = "0"

    def count_up(session: Session) -> None:
        cycle = hold_cycle(session, T2)
        assert cycle is not None
        cycle.registry_number = str(int(cycle.registry_number or "") + 1)

    with meanwhile(patient, count_up) as session:
        count_up(session)
    with patient.reading() as session:
        assert session.scalars(select(tables.Cycle.registry_number)).one() == "2"
