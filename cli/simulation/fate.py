"""What befalls a year, by its seed: who is away, who leaves her job, when mail and machine are off.

Everything is drawn from the seed and from what it is about, never in the order in which things happen to be
asked, so that the same seed gives the same year.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from arshjul.wheel import STOCKHOLM
from arshjul.workdays import is_workday, next_workday, swedish_free_days

T = TypeVar("T")
DAY = timedelta(days=1)
FIRST_NAMES = ("Amina", "Gustav", "Ingrid", "Oskar", "Leila", "Viktor", "Hanna", "Ramin")
LAST_NAMES = ("Sjödal", "Brännmark", "Alvgren", "Kurdi", "Norrby", "Palmheim")


class MailTroubleKind(StrEnum):
    """How the mail server fails: nobody answers there, or every letter is put off."""

    AWAY = "away"
    PUT_OFF = "put_off"


@dataclass(frozen=True, slots=True)
class Leaver:
    """A person whose last day is `last`; somebody new takes over the day after."""

    person: str
    last: date
    new_id: str
    new_name: str


@dataclass(frozen=True, slots=True)
class Away:
    """An absence that is not in the example."""

    person: str
    stand_in: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Chance:
    """Draws that depend on the seed and on what is asked about, and on nothing else."""

    seed: int

    def of(self, *about: object) -> random.Random:
        """A source of chance of its own for what it is about."""
        return random.Random("|".join(map(str, (self.seed, *about))))

    def pick(self, choices: Sequence[tuple[T, int]], *about: object) -> T:
        """One of the choices, by their weights."""
        return self.of(*about).choices([c for c, _ in choices], [w for _, w in choices])[0]


@dataclass(frozen=True, slots=True)
class Fate:
    """The year's misfortunes. Days are included at both ends."""

    year: int
    chance: Chance
    mail_down: tuple[date, ...]
    mail_trouble: MailTroubleKind
    machine_off: tuple[date, date]

    def mail_is_down(self, now: datetime) -> bool:
        """Whether the mail server fails at an aware time."""
        return now.astimezone(STOCKHOLM).date() in self.mail_down

    def machine_is_off(self, now: datetime) -> bool:
        """Whether the machine is off."""
        first, last = self.machine_off
        return first <= now.astimezone(STOCKHOLM).date() <= last

    def machine_back(self) -> datetime:
        """When it is on again: first thing on the working day after."""
        return datetime.combine(next_workday(self.machine_off[1] + DAY), time(6), STOCKHOLM)


def fate_of(year: int, seed: int) -> Fate:
    """What befalls the year: two working days in May without mail, the Midsummer week without a machine."""
    chance = Chance(seed)
    draw = chance.of("fate", year)
    days = [day for day in _days(date(year, 5, 4), date(year, 5, 22)) if is_workday(day)]
    first = draw.randrange(len(days) - 1)
    midsummer = next(day for day in sorted(swedish_free_days(year)) if day.month == 6 and day.day > 18)
    monday = midsummer - timedelta(days=midsummer.weekday())
    return Fate(
        year=year,
        chance=chance,
        mail_down=(days[first], days[first + 1]),
        mail_trouble=draw.choice(list(MailTroubleKind)),
        machine_off=(monday, monday + 6 * DAY),
    )


def leaver_among(fate: Fate, deputies: Sequence[str]) -> Leaver | None:
    """One of the deputies who leaves in the middle of a report, where there are any."""
    if not deputies:
        return None
    draw = fate.chance.of("leaver")
    # In the middle of T1, of T2 or of the coming plan: a form of hers is out.
    first, last = draw.choice((((4, 20), (5, 15)), ((8, 27), (9, 18)), ((10, 8), (11, 10))))
    days = list(_days(date(fate.year, *first), date(fate.year, *last)))
    name = f"{draw.choice(FIRST_NAMES)} {draw.choice(LAST_NAMES)}"
    return Leaver(draw.choice(list(deputies)), draw.choice(days), "efter", name)


def absences_among(fate: Fate, people: Sequence[str], taken: Sequence[tuple[date, date]]) -> Iterator[Away]:
    """Two or three absences of one to five weeks, none at the same time as another or as those `taken`."""
    draw = fate.chance.of("away")
    held = list(taken)
    for _ in range(12):
        first = date(fate.year, 1, 7) + timedelta(days=draw.randrange(340))
        last = min(first + timedelta(days=draw.choice((6, 11, 18, 34))), date(fate.year, 12, 30))
        person, stand_in = draw.sample(list(people), 2)
        if all(last < a or b < first for a, b in held):
            held.append((first, last))
            yield Away(person, stand_in, first, last)
        if len(held) >= len(taken) + 3:
            return


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY
