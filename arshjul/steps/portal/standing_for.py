"""Whose tasks a person has on a day: her own, and those of whom she stands in for or has come after.

Read from the organisation, and worked out once a day for everybody. Called by the portal.
"""

from collections.abc import Mapping
from datetime import date

from arshjul.access import Deed, may
from arshjul.office import Office
from arshjul.organisation import Unit


def people_of(office: Office, person: str, day: date) -> frozenset[str]:
    """Herself and those whose letters she gets on `day`."""
    return _receivers(office, day).get(person, frozenset()) | {person}


def units_where(office: Office, people: frozenset[str], deed: Deed, day: date) -> tuple[Unit, ...]:
    """The units in which any of `people` may do `deed` on `day`, in the order of the organisation."""
    organisation = office.installation.organisation
    hers = {unit.code for person in people for unit in organisation.units_of(person, day)}
    if not hers:
        return ()
    return tuple(unit for unit in organisation.units if unit.code in hers and may(unit, people, deed, day))


def _receivers(office: Office, day: date) -> Mapping[str, frozenset[str]]:
    """Receiver to everybody whose letters she gets. A city has thousands of people, and every page asks."""
    installation = office.installation
    known = office.memory.get("receivers")
    if known is None or known[0] is not installation or known[1] != day:
        found: dict[str, set[str]] = {}
        for person in installation.organisation.people:
            receiver = installation.organisation.receiver(person.id, day).person
            found.setdefault(receiver, set()).add(person.id)
        receivers = {receiver: frozenset(people) for receiver, people in found.items()}
        known = office.memory["receivers"] = installation, day, receivers
    kept: Mapping[str, frozenset[str]] = known[2]
    return kept
