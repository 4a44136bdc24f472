"""The organisation: units with their sub-units, people, and who answers for what from when to when.

Who answers what is an assignment, never a field on the sub-unit. Read from `config/organisation.yaml`
by `arshjul.config`. Called by forms, letters, compilation and review. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from arshjul.swedish_dates import MONTHS


class Role(StrEnum):
    """What a person is to a unit in an assignment."""

    MANAGER = "manager"
    DEPUTY = "deputy"
    TEAM_LEADER = "team_leader"
    CONTROLLER = "controller"
    REGISTRAR = "registrar"
    OPERATOR = "operator"


ROLE_SWEDISH = {
    Role.MANAGER: "enhetschef",
    Role.DEPUTY: "biträdande enhetschef",
    Role.TEAM_LEADER: "gruppledare",
    Role.CONTROLLER: "controller",
    Role.REGISTRAR: "registrator",
    Role.OPERATOR: "systemansvarig",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an id of her own; the address may change, the id does not."""

    id: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Subunit:
    """A verksamhet. `valid_from`/`valid_to` None mean always; `predecessor` is a sub-unit's code."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    predecessor: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person's part in a unit: sub-units and sections (`economy`) that she answers for.

    `delegated_by` is the person who handed the part on and is told when it is late.
    """

    person: str
    role: Role
    subunits: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    delegated_by: str | None = None

    @property
    def answers(self) -> bool:
        """Whether the person is sent a form at all."""
        return bool(self.subunits or self.sections)


@dataclass(frozen=True, slots=True)
class Absence:
    """A person away from `valid_from` to `valid_to` (None: until further notice), and who stands in.

    Why she is away is nobody's business here. `appointed`: by a manager in the portal, not in the file.
    """

    person: str
    stand_in: str
    valid_from: date
    valid_to: date | None = None
    appointed: bool = field(default=False, compare=False)


class Receiver(NamedTuple):
    """Who gets a letter: the id of the person, and why it is she, in a Swedish sentence ("" of herself)."""

    person: str
    why: str


def holds_on(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Whether `day` lies within the two dates, both included; None is open."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


@dataclass(frozen=True, slots=True)
class Unit:
    """An enhet with everything that is bound to it.

    `short_name` is what people call it in a list ("Solgläntan"), `people` the word for whom it serves.
    `compiles` are the units under a department (or the departments under an administration), whose approved
    reports its own is made of; empty for a unit that is answered for by people.
    """

    code: str
    name: str
    short_name: str
    administration: str
    department: str
    people: str
    subunits: tuple[Subunit, ...]
    assignments: tuple[Assignment, ...]
    compiles: tuple[str, ...] = ()

    def subunit(self, code: str) -> Subunit:
        """The sub-unit of that code; KeyError is a fault in the program, configs are checked."""
        return next(subunit for subunit in self.subunits if subunit.code == code)

    def subunits_on(self, day: date) -> tuple[Subunit, ...]:
        """The sub-units that exist on `day`, in the configured order."""
        return tuple(s for s in self.subunits if holds_on(s.valid_from, s.valid_to, day))

    def assignments_on(self, day: date) -> tuple[Assignment, ...]:
        """The assignments that hold on `day`."""
        return tuple(a for a in self.assignments if holds_on(a.valid_from, a.valid_to, day))

    def answering_on(self, day: date) -> tuple[Assignment, ...]:
        """The assignments that answer for something on `day`; a sub-unit that nobody has is the manager's."""
        found = tuple(a for a in self.assignments_on(day) if a.answers)
        taken = {code for a in found for code in a.subunits}
        left = tuple(subunit.code for subunit in self.subunits_on(day) if subunit.code not in taken)
        managers = self.holders(Role.MANAGER, day)
        return (*found, Assignment(managers[0], Role.MANAGER, left)) if left and managers else found

    def holders(self, role: Role, day: date) -> tuple[str, ...]:
        """The ids of the people who hold `role` on `day`; two managers may share a unit."""
        return tuple(dict.fromkeys(a.person for a in self.assignments_on(day) if a.role is role))

    def delegator(self, person_id: str, day: date) -> str | None:
        """Who handed on to a person what she answers for on `day`; None where nobody did."""
        mine = (a for a in self.answering_on(day) if a.person == person_id)
        return next((a.delegated_by for a in mine if a.delegated_by), None)


def _day_and_month(day: date, today: date) -> str:
    """ "31 juli"; with the year where it is not this year's."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def _has_part(unit: Unit, person_id: str, day: date) -> bool:
    return any(a.person == person_id for a in unit.assignments_on(day))


@dataclass(frozen=True, slots=True)
class Organisation:
    """All units of an installation and the people in them. A city has thousands: looked up by key."""

    people: tuple[Person, ...]
    units: tuple[Unit, ...]
    absences: tuple[Absence, ...] = ()
    _people: Mapping[str, Person] = field(init=False, repr=False, compare=False)
    _units: Mapping[str, Unit] = field(init=False, repr=False, compare=False)
    _parts: Mapping[str, tuple[Unit, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts: dict[str, list[Unit]] = {}
        for unit in self.units:
            for person in dict.fromkeys(a.person for a in unit.assignments):
                parts.setdefault(person, []).append(unit)
        object.__setattr__(self, "_people", {person.id: person for person in reversed(self.people)})
        object.__setattr__(self, "_units", {unit.code: unit for unit in reversed(self.units)})
        object.__setattr__(self, "_parts", {person: tuple(units) for person, units in parts.items()})

    def absence(self, person_id: str, day: date) -> Absence | None:
        """The absence of a person on `day`; None where she is at work."""
        away = (a for a in self.absences if a.person == person_id)
        return next((a for a in away if holds_on(a.valid_from, a.valid_to, day)), None)

    def successor(self, person_id: str, day: date) -> str:
        """Whose the task of a person is on `day`: her own, or where she has left, whoever has it after her.

        That is the one who answers for most of what was hers, or without anything to answer for, holds her
        role in the unit. It stays hers where nobody has taken it over.
        """
        if any(_has_part(unit, person_id, day) for unit in self._parts.get(person_id, ())):
            return person_id
        left = [
            (unit, a)
            for unit in self._parts.get(person_id, ())
            for a in unit.assignments
            if a.person == person_id and a.valid_to is not None and a.valid_to < day
        ]
        last = max((a.valid_to or day for _, a in left), default=day)
        after: dict[str, int] = {}
        for unit, mine in left:
            scopes = {*mine.subunits, *mine.sections}
            others = unit.answering_on(day) if scopes else unit.assignments_on(day)
            for other in others if mine.valid_to == last else ():
                shared = len(scopes & {*other.subunits, *other.sections})
                if shared or (not scopes and other.role is mine.role):
                    after[other.person] = after.get(other.person, 0) + max(shared, 1)
        return max(after, key=lambda person: after[person], default=person_id)

    def receiver(self, person_id: str, day: date) -> Receiver:
        """Who gets what is meant for a person on `day`: herself, or her stand-in, who is told so.

        What is meant for somebody who has left goes to whoever has her task now.
        """
        successor = self.successor(person_id, day)
        if successor != person_id:
            why = f"Du får det här efter {self.person(person_id).name}, som har lämnat uppdraget."
            return Receiver(self.receiver(successor, day).person, why)
        away = self.absence(person_id, day)
        if away is None:
            return Receiver(person_id, "")
        name = self.person(person_id).name
        until = f" till och med {_day_and_month(away.valid_to, day)}" if away.valid_to else ""
        why = f"Du får det här i stället för {name}, som är borta{until}."
        after = self.successor(away.stand_in, day)  # who stood in may have left
        at_work = after != person_id and self.absence(after, day) is None
        return Receiver(after if at_work else away.stand_in, why)

    def receivers(self, people: Iterable[str], day: date) -> tuple[Receiver, ...]:
        """Who gets what is meant for several on `day` (two managers), each once.

        Whoever it is meant for herself needs no reason, though she stands in for another as well.
        """
        meant = [self.receiver(person, day) for person in people]
        own = {receiver.person for receiver in meant if not receiver.why}
        found = {r.person: r for r in reversed(meant) if not (r.why and r.person in own)}
        return tuple(dict.fromkeys(found[r.person] for r in meant))

    def unit(self, code: str) -> Unit:
        """The unit of that code; KeyError where there is none."""
        return self._units[code]

    def units_of(self, person_id: str, day: date) -> tuple[Unit, ...]:
        """The units in which a person has a part on `day`, in the configured order."""
        return tuple(unit for unit in self._parts.get(person_id, ()) if _has_part(unit, person_id, day))

    def person(self, person_id: str) -> Person:
        """The person of that id; KeyError where there is none."""
        return self._people[person_id]

    def name(self, person_id: str) -> str:
        """The name of a person; the id itself where she is no longer in the organisation."""
        known = self._people.get(person_id)
        return known.name if known else person_id

    def leaves(self, unit: Unit) -> tuple[Unit, ...]:
        """The units that people answer for, under a department or an administration; else the unit itself."""
        if not unit.compiles:
            return (unit,)
        return tuple(leaf for code in unit.compiles for leaf in self.leaves(self._units[code]))

    def above(self, code: str) -> tuple[Unit, ...]:
        """Those that compile the unit's report, the nearest first: its department, its administration."""
        found: list[Unit] = []
        while nearest := next((unit for unit in self.units if code in unit.compiles), None):
            found.append(nearest)
            code = nearest.code
        return tuple(found)
