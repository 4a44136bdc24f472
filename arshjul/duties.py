"""The recurring duties and meetings of a unit: rules of when, who sees to them, what comes of them.

Their days in a year are in `arshjul.duty_days`, what is to be told when in `arshjul.duty_cycle`. The
reports have rules of their own (`arshjul.wheel`). Read from `config/wheel.yaml` by `arshjul.config`. Pure.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from arshjul.organisation import Role
from arshjul.plan import Kind
from arshjul.slow_weeks import month_day


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
    """How often, for what comes back evenly."""

    MONTH = "month"
    SECOND_MONTH = "second_month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    HALF_YEAR = "half_year"

    def months(self, first: int = 1) -> tuple[int, ...]:
        """The months of a year in which it comes, counted from month `first`."""
        step = {
            Every.MONTH: 1,
            Every.SECOND_MONTH: 2,
            Every.QUARTER: 3,
            Every.TERTIAL: 4,
            Every.HALF_YEAR: 6,
        }[self]
        return tuple(range((first - 1) % step + 1, 13, step))


class Season(StrEnum):
    """What people mean by the spring and the autumn of a year of work."""

    SPRING = "spring"
    AUTUMN = "autumn"

    @property
    def span(self) -> tuple[str, str]:
        """Its first and last day."""
        return {Season.SPRING: ("03-01", "05-31"), Season.AUTUMN: ("09-01", "11-30")}[self]


_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_WAYS = (
    'skriv ett av "every: month", "months: [3, 9]", "weeks: [42]", "seasons: [autumn]" och '
    '"start: 10-01, end: 11-15"'
)


@dataclass(frozen=True, slots=True)
class When:
    """When a duty is: in named `months` or `weeks` (of the calendar), `every` so often, in `seasons`, or
    once from `start` to `end` ("10-01").

    `every` is counted from month `first`; `not_in` are months that are left out. In a month it is on the
    `nth` `weekday` (-1: the last), or without a weekday the whole of the `nth` week; in a week of the
    calendar on the `weekday` or the whole week. A free day gives way to the next working day.
    """

    every: Every | None = None
    first: int = 1
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    seasons: tuple[Season, ...] = ()
    not_in: tuple[int, ...] = ()
    nth: int = 1
    weekday: Weekday | None = None
    start: str | None = None
    end: str | None = None

    def __post_init__(self) -> None:
        ways = (self.every is not None, *map(bool, (self.months, self.weeks, self.seasons, self.start)))
        if sum(ways) != 1 or (self.start is None) != (self.end is None):
            raise ValueError(_WAYS)
        if any(not 1 <= month <= 12 for month in (*self.months, *self.not_in, self.first)):
            raise ValueError("en månad skrivs 1 till 12")
        if any(not 1 <= week <= 52 for week in self.weeks):
            raise ValueError("en vecka skrivs 1 till 52")
        if self.nth not in (-1, 1, 2, 3, 4):
            raise ValueError("nth ska vara 1 till 4, eller -1 för den sista")
        if self.first != 1 and self.every is None:
            raise ValueError("first säger från vilken månad every räknas och står bara där")
        if self.start is not None and self.end is not None and month_day(self.end) < month_day(self.start):
            raise ValueError(f"slutar ({self.end}) innan det börjar ({self.start}); dela det i två")
        if (self.every or self.months) and not self.in_months():
            raise ValueError("alla månader är undantagna i not_in; då blir det aldrig")

    def in_months(self) -> tuple[int, ...]:
        """The months of a year in which it comes, when it is a matter of months."""
        months = self.every.months(self.first) if self.every else tuple(sorted(set(self.months)))
        return tuple(month for month in months if month not in self.not_in)


@dataclass(frozen=True, slots=True)
class Duty:
    """A recurring duty or meeting.

    `who` are the roles that see to it, `people` the ids of named persons instead of them. `lead_days` is how
    many working days before its first day the letter goes; None is no letter. With `confirm` somebody has
    to say that it was done, and is reminded once, `remind_days` working days after its last day.
    `report_into` are the reports that take its result up, under `section`. `note` says how, in a sentence.
    """

    id: str
    label: str
    when: When
    who: tuple[Role, ...] = (Role.DEPUTY,)
    people: tuple[str, ...] = ()
    ring: Ring = Ring.DUTY
    per_subunit: bool = False
    confirm: bool = False
    lead_days: int | None = None
    remind_days: int = 3
    report_into: tuple[Kind, ...] = ()
    section: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not _ID.match(self.id):
            raise ValueError(f'id "{self.id}": skriv små bokstäver a-z, siffror och understreck')
        if not self.label.strip():
            raise ValueError("label är tom; skriv det som ska stå i årshjulet och i breven")
        if self.ring is Ring.CYCLE:
            raise ValueError("ring ska vara meeting eller duty; rapporterna har sin egen ring")
        if self.lead_days is not None and not 0 <= self.lead_days <= 60:
            raise ValueError("lead_days ska vara 0 till 60 arbetsdagar")
        if not 1 <= self.remind_days <= 40:
            raise ValueError("remind_days ska vara 1 till 40 arbetsdagar")
        if self.confirm and self.lead_days is None:
            raise ValueError("confirm: true behöver lead_days; det är i brevet som man bekräftar")
        if bool(self.report_into) != bool(self.section):
            raise ValueError("report_into och section hör ihop: vilka rapporter, och under vilken rubrik")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that stands in the wheel of a year, from `start` to `end`, both included.

    `id` is the same when the dates move; `who` is empty for the reports. `source` is the duty's id, or the
    cycle's name and the milestone.
    """

    id: str
    label: str
    start: date
    end: date
    ring: Ring
    who: tuple[Role, ...] = ()
    source: str = ""
