"""The lease on a cycle, which portal, worker and command share: one works on it at a time.

It lapses by itself after a crash. Called by whatever takes steps or decides in a cycle.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey
from arshjul.errors import Busy
from arshjul.office import Office, has_died
from arshjul.steps.cycle.cycles import hold_cycle, start_cycle
from arshjul.steps.cycle.settled import settled

LEASE = timedelta(minutes=10)

_GIVE_BACK = (
    update(tables.Cycle)
    .where(tables.Cycle.id == bindparam("cycle"), tables.Cycle.lease_holder == bindparam("holder"))
    .values(lease_holder=None, lease_until=None)
    .execution_options(synchronize_session=False)
)


@contextmanager
def leased(office: Office, key: CycleKey, now: datetime) -> Iterator[None]:
    """Hold the cycle while it is worked on; `Busy` says who is at it. Lapses by itself after a crash.

    BadInput, before anything is put down, where the installation has no such cycle. What this office holds
    already it may hold again: the outermost gives it back.
    """
    unit = settled(office, key).unit
    with office.database.writing() as session:
        cycle = start_cycle(session, key, unit.name, now)
        cycle_id = cycle.id
        taken = _claim(cycle, key, office)
    reached(CrashPoint.LEASE_TAKEN)
    try:
        yield
    finally:
        if taken:
            _give_back(office, cycle_id)


def renew_lease(office: Office, key: CycleKey) -> None:
    """Hold the cycle for another while; `Busy` where somebody else has taken it over meanwhile."""
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        assert cycle is not None
        _claim(cycle, key, office)


def holder(office: Office, cycle: tables.Cycle) -> str | None:
    """Who works on the cycle just now; None where nobody does, or whoever did has died."""
    found, until = cycle.lease_holder, cycle.lease_until
    if found is None or until is None or until < office.clock() or has_died(found):
        return None
    return found


def _claim(cycle: tables.Cycle, key: CycleKey, office: Office) -> bool:
    """Take or prolong the lease; whether it was free."""
    held_by = holder(office, cycle)
    if held_by is not None and held_by != office.name:
        host, process = held_by.split(":")[:2]
        raise Busy(
            f"{key} för {key.unit_code} bearbetas just nu av ett annat program "
            f"({host}, process {process}). Inget ändrades; försök igen om en stund."
        )
    cycle.lease_holder, cycle.lease_until = office.name, office.clock() + LEASE
    return held_by is None


def _give_back(office: Office, cycle_id: int) -> None:
    with office.database.writing() as session:
        session.execute(_GIVE_BACK, {"cycle": cycle_id, "holder": office.name})
