"""An installation at work: its configuration, its store, its clock and its post, wired in one place.

Made by the edges (command, task, portal) with `open_office`; everything in `arshjul.steps` takes an
Office. What the rules say is not here.
"""

import os
import secrets
import socket
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.adapters.store.database import Database
from arshjul.config import Installation, load_installation
from arshjul.organisation import Absence


@dataclass(frozen=True, slots=True)
class Office:
    """`clock` gives the real time and is used for leases only; the time of the year is always a parameter.

    `memory` is what this process need not work out again; whoever keeps something there says for what.
    """

    installation: Installation
    database: Database
    clock: Callable[[], datetime]
    name: str  # who holds what this process has claimed: machine, process and a random part
    memory: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)


@contextmanager
def open_office(home: Path, clock: Callable[[], datetime]) -> Iterator[Office]:
    """The installation in folder `home`, with its schema brought up to date; closed at the end."""
    installation = load_installation(home)
    database = Database(installation.settings.database_url)
    try:
        database.migrate()
        name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        yield with_stand_ins(Office(installation, database, clock, name))
    finally:
        database.close()


def with_stand_ins(office: Office) -> Office:
    """The office with the stand-ins of the day that managers have appointed; they go before the file's.

    While they are the same the installation is the same, and so is all that was worked out for it.
    """
    with office.database.reading() as session:
        appointed = tuple((*row,) for row in session.execute(_STAND_INS))
    known = office.memory.get("stand-ins")
    if known is None or known[0] is not office.installation or known[1] != appointed:
        changed = _with(office.installation, appointed)
        known = office.memory["stand-ins"] = office.installation, appointed, changed
    return office if known[2] is office.installation else replace(office, installation=known[2])


_STAND_INS = (  # made once: every page asks it
    select(tables.StandIn.person, tables.StandIn.stand_in, tables.StandIn.valid_from, tables.StandIn.valid_to)
    .where(tables.StandIn.ended_at.is_(None))
    .order_by(tables.StandIn.id.desc())
)


def _with(installation: Installation, appointed: Iterable[Sequence[Any]]) -> Installation:
    organisation = installation.organisation
    filed = tuple(a for a in organisation.absences if not a.appointed)
    known = {person.id for person in organisation.people}
    hold = [
        Absence(person, stand_in, date.fromisoformat(first), date.fromisoformat(last) if last else None, True)
        for person, stand_in, first, last in appointed
        if {person, stand_in} <= known
    ]
    absences = (*(a for a in hold if a not in filed), *filed)
    if absences == organisation.absences:
        return installation
    return replace(installation, organisation=replace(organisation, absences=absences))


def has_died(holder: str) -> bool:
    """Whether the holder was a process of this machine that is no more: its claims need not be waited out."""
    host, process, _ = holder.split(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
