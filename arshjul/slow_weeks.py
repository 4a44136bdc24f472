"""Slow weeks and squeeze days: the working days on which a city gets no answers, and what gives way to them.

July and the Christmas weeks are worked, but by few. What falls there is moved to the last working day
before or the first one after, as the weeks say; what they let through stays. A single working day between
two free ones (klämdag) may be shunned in the same way. Read from `config/wheel.yaml`; called by
`arshjul.wheel` and `arshjul.duties` for every day they place. Pure.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from arshjul.workdays import FreeDays, add_workdays, is_squeeze_day, next_workday, previous_workday

_DAY = timedelta(days=1)
_AT_MOST = (
    100  # days: longer than any holidays, shorter than what comes of two dates that have changed places
)


class Move(StrEnum):
    """Where something goes that may not be on its day."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class SlowWeeks:
    """The days from `start` to `end` ("07-01"; over New Year where the end comes first), both included.

    `moves` says where milestones and duties go that fall there; `allows` names those that stay, by the
    milestone's name ("archive") or the duty's id.
    """

    name: str
    start: str
    end: str
    moves: Move = Move.AFTER
    allows: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if month_day(self.start) == month_day(self.end):
            raise ValueError("start och end är samma dag; skriv den första och den sista dagen")
        days = (date(2001, *month_day(self.end)) - date(2001, *month_day(self.start))).days % 365 + 1
        if days > _AT_MOST:
            raise ValueError(
                f"lugna veckor är högst {_AT_MOST} dagar i följd, och {self.start} till {self.end} "
                f"är {days}; står start och end rätt?"
            )

    def span(self, day: date) -> tuple[date, date] | None:
        """The first and last day of these weeks around `day`; None where it does not lie in them."""
        start, end = month_day(self.start), month_day(self.end)
        over_new_year = end < start
        for year in (day.year, day.year - 1) if over_new_year else (day.year,):
            first, last = date(year, *start), date(year + over_new_year, *end)
            if first <= day <= last:
                return first, last
        return None

    def touches(self, other: "SlowWeeks", year: int) -> bool:
        """Whether no more than a weekend lies between these weeks and `other` anywhere in a year."""
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        near = tuple(timedelta(days=n) for n in range(-4, 5))
        return any(self.span(day) and any(other.span(day + step) for step in near) for day in days)


@dataclass(frozen=True, slots=True)
class Quiet:
    """All that a unit keeps off besides its free days; empty, every working day is as good as another."""

    slow_weeks: tuple[SlowWeeks, ...] = ()
    squeeze_days: Move | None = None

    def slow(self, day: date, name: str = "") -> SlowWeeks | None:
        """The slow weeks that `day` lies in and that do not let `name` through."""
        return next((s for s in self.slow_weeks if name not in s.allows and s.span(day)), None)

    def place(self, day: date, free: FreeDays, name: str = "") -> date:
        """The working day on which `name`, meant for `day`, is.

        A free day gives way to the next working day first. What comes later never ends up earlier: once
        something has been moved one way it goes on that way.
        """
        day = next_workday(day, free)
        way: Move | None = None
        while True:
            weeks = self.slow(day, name)
            if weeks is not None:
                way = way or weeks.moves
                day = _out_of(weeks, day, way, free)
            elif self.squeeze_days is not None and is_squeeze_day(day, free):
                day = add_workdays(day, 1 if (way or self.squeeze_days) is Move.AFTER else -1, free)
            else:
                return day


def _out_of(weeks: SlowWeeks, day: date, way: Move, free: FreeDays) -> date:
    span = weeks.span(day)
    assert span is not None
    if way is Move.AFTER:
        return next_workday(span[1] + _DAY, free)
    return previous_workday(span[0] - _DAY, free)


@cache  # asked for every day that is placed, of a handful of texts
def month_day(text: str) -> tuple[int, int]:
    """ "09-25" as (9, 25). ValueError, in Swedish, for what is no such day; 29 February is refused."""
    try:
        day = date.fromisoformat(f"2001-{text}")
    except ValueError:
        raise ValueError(f'"{text}" är ingen dag; skriv månad och dag som 09-25') from None
    return day.month, day.day
