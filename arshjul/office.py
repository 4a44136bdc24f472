"""An installation at work: its configuration, its store, its clock and its post, wired in one place.

Made by the edges (command, task, portal) with `open_office`; everything in `arshjul.steps` takes an
Office. What the rules say is not here.
"""

import os
import secrets
import socket
from collections.abc import Callable, Hashable, Iterator
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
    """The office with the stand-ins of the day that managers have appointed; they go before the file's."""
    with office.database.reading() as session:
        rows = session.scalars(
            select(tables.StandIn).where(tables.StandIn.ended_at.is_(None)).order_by(tables.StandIn.id.desc())
        ).all()
        appointed = tuple(
            Absence(
                row.person,
                row.stand_in,
                date.fromisoformat(row.valid_from),
                date.fromisoformat(row.valid_to) if row.valid_to else None,
            )
            for row in rows
        )
    organisation = office.installation.organisation
    known = {person.id for person in organisation.people}
    hold = tuple(a for a in appointed if {a.person, a.stand_in} <= known and a not in organisation.absences)
    if not hold:
        return office
    changed = replace(organisation, absences=(*hold, *organisation.absences))
    return replace(office, installation=replace(office.installation, organisation=changed))


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
