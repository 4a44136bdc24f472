"""The recurring duties and meetings of a unit: rules of when, who does them, and their days in a year.

The reports have rules of their own (`arshjul.wheel`, which calls this). Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from arshjul.organisation import Role
from arshjul.workdays import FreeDays, next_workday, nth_weekday, previous_workday


class Ring(StrEnum):
    """Which ring of the drawn wheel something stands in."""

    CYCLE = "cycle"
    MEETING = "meeting"
    DUTY = "duty"


class Weekday(StrEnum):
    """The working week; `number` as in `date.weekday()`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"

    @property
    def number(self) -> int:
        """Monday is 0."""
        return list(Weekday).index(self)


class Every(StrEnum):
    """How often, for what comes back evenly; counted from January."""

    MONTH = "month"
    SECOND_MONTH = "second_month"
    QUARTER = "quarter"

    def months(self) -> tuple[int, ...]:
        """The months of a year in which it comes."""
        step = {Every.MONTH: 1, Every.SECOND_MONTH: 2, Every.QUARTER: 3}[self]
        return tuple(range(1, 13, step))


@dataclass(frozen=True, slots=True)
class When:
    """When a duty is: in named `months` or `every` so often, or once from `start` to `end` ("10-01").

    In a month it is on the `nth` `weekday` (-1: the last), or without a weekday the whole of the `nth`
    week; a free day gives way to the next working day. `not_in` are months that are left out.
    """

    every: Every | None = None
    months: tuple[int, ...] = ()
    not_in: tuple[int, ...] = ()
    nth: int = 1
    weekday: Weekday | None = None
    start: str | None = None
    end: str | None = None

    def __post_init__(self) -> None:
        ways = (self.every is not None, bool(self.months), self.start is not None)
        if sum(ways) != 1 or (self.start is None) != (self.end is None):
            raise ValueError('skriv ett av "every: month", "months: [3, 9]" och "start: 10-01, end: 11-15"')
        if any(not 1 <= month <= 12 for month in (*self.months, *self.not_in)):
            raise ValueError("en månad skrivs 1 till 12")
        if self.nth not in (-1, 1, 2, 3, 4):
            raise ValueError("nth ska vara 1 till 4, eller -1 för den sista")
        if self.start is not None and self.end is not None and month_day(self.end) < month_day(self.start):
            raise ValueError(f"slutar ({self.end}) innan det börjar ({self.start}); dela det i två")

    def in_months(self) -> tuple[int, ...]:
        """The months of a year in which it comes, when it is not a span."""
        months = self.every.months() if self.every else tuple(sorted(set(self.months)))
        return tuple(month for month in months if month not in self.not_in)


@dataclass(frozen=True, slots=True)
class Duty:
    """A recurring duty or meeting. `who` are the roles that see to it; `note` says how, in a sentence."""

    id: str
    label: str
    when: When
    who: tuple[Role, ...] = (Role.DEPUTY,)
    ring: Ring = Ring.DUTY
    per_subunit: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if self.ring is Ring.CYCLE:
            raise ValueError("ring ska vara meeting eller duty; rapporterna har sin egen ring")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that stands in the wheel of a year, from `start` to `end`, both included.

    `id` is the same when the dates move; `who` is empty for the reports.
    """

    id: str
    label: str
    start: date
    end: date
    ring: Ring
    who: tuple[Role, ...] = ()


def month_day(text: str) -> tuple[int, int]:
    """ "09-25" as (9, 25). ValueError, in Swedish, for what is no such day; 29 February is refused."""
    try:
        day = date.fromisoformat(f"2001-{text}")
    except ValueError:
        raise ValueError(f'"{text}" är ingen dag; skriv månad och dag som 09-25') from None
    return day.month, day.day


def occurrences(duty: Duty, year: int, free: FreeDays) -> Iterator[Entry]:
    """The duty's entries of a year, in order."""
    when = duty.when
    if when.start is not None and when.end is not None:
        start = next_workday(date(year, *month_day(when.start)), free)
        end = max(start, previous_workday(date(year, *month_day(when.end)), free))
        yield Entry(f"{duty.id}-{year}", duty.label, start, end, duty.ring, duty.who)
        return
    for month in when.in_months():
        start, end = _in_month(when, year, month, free)
        yield Entry(f"{duty.id}-{year}-{month:02}", duty.label, start, end, duty.ring, duty.who)


def _in_month(when: When, year: int, month: int, free: FreeDays) -> tuple[date, date]:
    if when.weekday is not None:
        day = next_workday(nth_weekday(year, month, when.nth, when.weekday.number), free)
        return day, day
    monday = nth_weekday(year, month, when.nth, Weekday.MONDAY.number)
    start = next_workday(monday, free)
    return start, max(start, previous_workday(monday + timedelta(days=4), free))
