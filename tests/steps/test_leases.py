"""The lease: one at a time works on a cycle; a dead holder is not waited for."""

import socket
import subprocess
from datetime import timedelta

import pytest

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput, Busy
from arshjul.office import Office
from arshjul.plan import Kind
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.lease import LEASE, leased, renew_lease
from tests.example import T2, Home, at

NOW = at("2026-09-08 08:00")


def holder(office: Office) -> str | None:
    with office.database.reading() as session:
        cycle = find_cycle(session, T2)
        return cycle.lease_holder if cycle else None


def test_another_office_is_told_who_is_at_it(home: Home, office: Office) -> None:
    with home.office("rådhuset:4711:b") as other, leased(other, T2, NOW):
        sentence = (
            r"^T2 2026 för SOL bearbetas just nu av ett annat program \(rådhuset, process 4711\)\. Inget"
        )
        with pytest.raises(Busy, match=sentence), leased(office, T2, NOW):
            pass
        assert holder(office) == "rådhuset:4711:b"
    with leased(office, T2, NOW):
        assert holder(office) == office.name


def test_the_lease_is_given_back_also_when_the_work_fails(office: Office) -> None:
    with pytest.raises(RuntimeError), leased(office, T2, NOW):  # noqa: PT012 - the block is what is held
        assert holder(office) == office.name
        raise RuntimeError("något gick fel")
    assert holder(office) is None


def test_what_one_holds_one_may_hold_again_until_the_outermost_gives_it_back(office: Office) -> None:
    with leased(office, T2, NOW):
        with leased(office, T2, NOW):
            pass
        assert holder(office) == office.name
    assert holder(office) is None


def test_a_lease_that_is_not_renewed_lapses(home: Home, office: Office) -> None:
    with home.office("rådhuset:4711:b") as other, leased(other, T2, NOW):
        home.clock.pass_by(LEASE + timedelta(seconds=1))
        with leased(office, T2, NOW), pytest.raises(Busy, match="annat program"):
            renew_lease(other, T2)
        assert holder(office) is None


def test_a_renewed_lease_holds_on(home: Home, office: Office) -> None:
    with home.office("rådhuset:4711:b") as other, leased(other, T2, NOW):
        home.clock.pass_by(LEASE - timedelta(seconds=1))
        renew_lease(other, T2)
        home.clock.pass_by(LEASE - timedelta(seconds=1))
        with pytest.raises(Busy), leased(office, T2, NOW):
            pass


def test_whoever_has_lost_the_lease_does_not_give_back_the_new_holders(home: Home, office: Office) -> None:
    with leased(office, T2, NOW):
        home.clock.pass_by(LEASE + timedelta(seconds=1))
        with home.office("rådhuset:4711:b") as other, leased(other, T2, NOW):
            assert holder(office) == other.name


def test_the_lease_of_a_dead_process_of_this_machine_is_taken_over_at_once(
    home: Home, office: Office
) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    name = f"{socket.gethostname()}:{ended.pid}:b"
    with home.office(name) as dead, leased(dead, T2, NOW), leased(office, T2, NOW):
        assert holder(office) == office.name


def test_units_are_held_one_by_one(home: Home, office: Office) -> None:
    t1 = CycleKey("SOL", Kind.T1, 2026)
    with home.office("rådhuset:4711:b") as other, leased(other, T2, NOW), leased(office, t1, NOW):
        assert holder(office) == other.name


def test_a_cycle_that_the_installation_lacks_is_refused_and_nothing_put_down(office: Office) -> None:
    no_plan = CycleKey("SOL", Kind.T2, 2031)
    sentence = r"plans/SOL-2031\.yaml: det finns ingen plan för SOL 2031"
    with pytest.raises(BadInput, match=sentence), leased(office, no_plan, NOW):
        pass
    with office.database.reading() as session:
        assert session.query(tables.Cycle).all() == []
