"""The tree of an example city: districts with an administration each, departments, units, and their people.

The same seed gives the same city. Nobody in it exists. What it plans and measures is in `cli.example.plans`.
Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from arshjul.organisation import Assignment, Organisation, Person, Role, Subunit, Unit
from cli.example.words import CityWords, Trade

A_DEPARTMENT = 12  # units, about
A_DISTRICT = 6  # departments, one of each trade
SUBUNITS = (5, 6, 7, 8, 8, 8, 9, 9, 10, 10)  # eight on the average
OPERATOR = "drift"


@dataclass(frozen=True, slots=True)
class MadeUnit:
    """A unit and what it does."""

    unit: Unit
    trade: Trade


@dataclass(frozen=True, slots=True)
class Department:
    """A department of a district, with its units; `unit` is the one that compiles their reports."""

    unit: Unit
    trade: Trade
    units: tuple[MadeUnit, ...]


@dataclass(frozen=True, slots=True)
class City:
    """The whole tree. `administrations` are the units that compile their departments' reports."""

    organisation: Organisation
    departments: tuple[Department, ...]
    administrations: tuple[Unit, ...]

    @property
    def units(self) -> tuple[MadeUnit, ...]:
        """The units that people answer for."""
        return tuple(made for department in self.departments for made in department.units)


class _People:
    """People who are taken on one after another; two of the same name get different addresses."""

    def __init__(self, words: CityWords, random: Random) -> None:
        self._words, self._random = words, random
        self._seen: dict[str, int] = {}
        self.all: list[Person] = []

    def take_on(self) -> str:
        """One more; her id."""
        first, last = (
            self._random.choice(self._words.first_names),
            self._random.choice(self._words.last_names),
        )
        base = f"{_plain(first)}.{_plain(last)}"
        self._seen[base] = number = self._seen.get(base, 0) + 1
        person = base if number == 1 else f"{base}{number}"
        self.all.append(Person(person, f"{first} {last}", f"{person}@{self._words.domain}"))
        return person


def make_city(words: CityWords, units: int, seed: int) -> City:
    """A city of so many units (1 or more)."""
    random = Random(f"{seed} stad")
    people = _People(words, random)
    places = [begin + end for begin in words.place_beginnings for end in words.place_endings]
    random.shuffle(places)
    departments: list[Department] = []
    administrations: list[Unit] = []
    sizes = _sizes(units)
    for first in range(0, len(sizes), A_DISTRICT):
        number = first // A_DISTRICT
        name = f"{_district(words, number)}s stadsdelsförvaltning"
        registrar, made = people.take_on(), []
        for trade, size in zip(words.trades, sizes[first : first + A_DISTRICT], strict=False):
            taken = [_place(places) for _ in range(size)]
            made.append(_department(trade, name, number, taken, registrar, people, random))
        departments += made
        codes = tuple(department.unit.code for department in made)
        administrations.append(_above(f"D{number + 1:02}", name, name, name, "", codes, registrar, people))
    people.all.append(Person(OPERATOR, "Systemförvaltningen", f"arshjul-drift@{words.domain}"))
    listed = [
        unit for d in departments for unit in (*(made.unit for made in d.units), d.unit)
    ] + administrations
    return City(Organisation(tuple(people.all), tuple(listed)), tuple(departments), tuple(administrations))


def _sizes(units: int) -> list[int]:
    """How many units each department has: much the same, none empty."""
    departments = max(1, round(units / A_DEPARTMENT))
    return [units // departments + (number < units % departments) for number in range(departments)]


def _district(words: CityWords, number: int) -> str:
    name = words.districts[number % len(words.districts)]
    return name if number < len(words.districts) else f"{name} {number // len(words.districts) + 1}"


def _place(places: list[str]) -> str:
    place = places.pop()
    if not place[0].isdigit():
        places.insert(0, place)  # in a very large city the names come back
    return place


def _department(
    trade: Trade,
    administration: str,
    district: int,
    places: list[str],
    registrar: str,
    people: _People,
    random: Random,
) -> Department:
    controller = people.take_on()
    made = []
    for number, place in enumerate(places, start=1):
        code = f"{trade.code}{district + 1:02}{number:02}"
        made.append(MadeUnit(_unit(code, place, trade, administration, controller, people, random), trade))
    code = f"{trade.code}{district + 1:02}"
    name = f"{trade.department}, {administration.removesuffix('s stadsdelsförvaltning')}"
    codes = tuple(one.unit.code for one in made)
    above = _above(code, name, trade.department, administration, trade.department, codes, registrar, people)
    return Department(above, trade, tuple(made))


def _above(
    code: str,
    name: str,
    short_name: str,
    administration: str,
    department: str,
    compiles: tuple[str, ...],
    registrar: str,
    people: _People,
) -> Unit:
    """Who compiles the reports of others: a manager, no sub-units and nobody who answers."""
    head = (
        Assignment(people.take_on(), Role.MANAGER),
        Assignment(registrar, Role.REGISTRAR),
        Assignment(OPERATOR, Role.OPERATOR),
    )
    return Unit(code, name, short_name, administration, department, "invånare", (), head, compiles)


def _unit(
    code: str,
    place: str,
    trade: Trade,
    administration: str,
    controller: str,
    people: _People,
    random: Random,
) -> Unit:
    chosen = sorted(random.sample(trade.subunits, k=random.choice(SUBUNITS)), key=trade.subunits.index)
    subunits = tuple(Subunit(f"V{n:02}", name) for n, name in enumerate(chosen, start=1))
    managers = 2 if random.random() < 0.1 else 1
    return Unit(
        code,
        trade.unit_name.format(place=place),
        place,
        administration,
        trade.department,
        trade.people,
        subunits,
        (
            *(Assignment(people.take_on(), Role.MANAGER) for _ in range(managers)),
            *_deputies(subunits, people, random),
            Assignment(controller, Role.CONTROLLER, sections=("economy",)),
            Assignment(OPERATOR, Role.OPERATOR),
        ),
    )


def _deputies(subunits: tuple[Subunit, ...], people: _People, random: Random) -> Iterator[Assignment]:
    """Most lead one sub-unit; one in five leads two; now and then a team leader answers for a deputy."""
    left = [subunit.code for subunit in subunits]
    while left:
        codes = tuple(left.pop(0) for _ in range(2 if random.random() < 0.2 and len(left) > 1 else 1))
        deputy = people.take_on()
        if random.random() < 0.05:
            yield Assignment(deputy, Role.DEPUTY)
            yield Assignment(people.take_on(), Role.TEAM_LEADER, codes, delegated_by=deputy)
        else:
            yield Assignment(deputy, Role.DEPUTY, codes)


def _plain(name: str) -> str:
    return name.lower().translate(str.maketrans("åäöéü", "aaoeu")).replace(" ", "")
