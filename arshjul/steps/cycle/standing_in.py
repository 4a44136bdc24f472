"""Appointing somebody to stand in for a person who is away; taking it back. On record, with who and when.

What it leads to is `arshjul.organisation` (who gets a letter) and `arshjul.access` (who may do what);
`arshjul.office.with_stand_ins` puts the two together. Why somebody is away is not asked.
Called by the portal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.errors import Refused
from arshjul.office import Office
from arshjul.organisation import Organisation, Person, Unit
from arshjul.wheel import local_day

_ORDER = str.maketrans("åäö", "{|}")  # the last letters of the alphabet, in its order


@dataclass(frozen=True, slots=True)
class StandInView:
    """Somebody who stands in for another, from and to (None: until further notice)."""

    id: int
    person: str
    stand_in: str
    valid_from: date
    valid_to: date | None


def stand_ins(office: Office, unit: Unit, today: date) -> list[StandInView]:
    """Those of the unit that hold today or later, the first first."""
    with office.database.reading() as session:
        rows = session.scalars(
            select(tables.StandIn)
            .where(tables.StandIn.unit_code == unit.code, tables.StandIn.ended_at.is_(None))
            .order_by(tables.StandIn.valid_from, tables.StandIn.id)
        ).all()
        return [
            StandInView(
                row.id,
                row.person,
                row.stand_in,
                date.fromisoformat(row.valid_from),
                date.fromisoformat(row.valid_to) if row.valid_to else None,
            )
            for row in rows
            if row.valid_to is None or row.valid_to >= today.isoformat()
        ]


def who_may_stand_in(organisation: Organisation, unit: Unit) -> list[Person]:
    """Those of the unit by name, then those of its department and those who have no unit.

    A unit alone in its department has its administration's. A city has thousands, a list that helps nobody;
    others are put in organisation.yaml.
    """
    around = [other for other in organisation.units if other.administration == unit.administration]
    department = [other for other in around if other.department == unit.department]
    near = _people(department if len(department) > 1 else around)
    far = _people(organisation.units) - near
    hers = _people([unit])
    return sorted(
        (person for person in organisation.people if person.id not in far),
        key=lambda person: (person.id not in hers, person.name.casefold().translate(_ORDER)),
    )


def _people(units: Iterable[Unit]) -> set[str]:
    return {assignment.person for unit in units for assignment in unit.assignments}


def appoint(
    office: Office,
    unit: Unit,
    person: str,
    stand_in: str,
    valid_from: date,
    valid_to: date | None,
    by: str,
    now: datetime,
) -> None:
    """Let `stand_in` have what is `person`'s in the time; Refused where it makes no sense."""
    organisation = office.installation.organisation
    known = {near.id for near in who_may_stand_in(organisation, unit)}
    if person not in _people([unit]) or stand_in not in known:
        raise Refused("Välj både vem som är borta och vem som ersätter.")
    if person == stand_in:
        raise Refused("Ingen kan ersätta sig själv. Välj någon annan.")
    if valid_to is not None and valid_to < valid_from:
        raise Refused("Sista dagen kommer före den första. Byt plats på dem.")
    if valid_to is not None and valid_to < local_day(now):
        raise Refused("Tiden har redan varit. Välj dagar från och med i dag.")
    if organisation.absence(stand_in, valid_from) is not None:
        raise Refused(f"{organisation.person(stand_in).name} är själv borta då. Välj någon annan.")
    with office.database.writing() as session:
        session.add(
            tables.StandIn(
                unit_code=unit.code,
                person=person,
                stand_in=stand_in,
                valid_from=valid_from.isoformat(),
                valid_to=valid_to.isoformat() if valid_to else None,
                decided_by=by,
                decided_at=now,
            )
        )


def take_back(office: Office, unit: Unit, number: int, now: datetime) -> None:
    """End it now."""
    with office.database.writing() as session:
        row = session.get(tables.StandIn, number)
        if row is None or row.unit_code != unit.code or row.ended_at is not None:
            raise Refused("Den ersättaren finns inte längre.")
        row.ended_at = now
