"""Working days in Sweden: public holidays, the eves that are free in practice, weekends, squeeze days.

The calendar is a parameter: `FreeDays` gives the free days of a year besides the weekends. Called by
`arshjul.wheel` and by what counts days for letters. Asks for no date of its own. Pure.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache

FreeDays = Callable[[int], frozenset[date]]

_DAY = timedelta(days=1)
_SATURDAY = 5


@cache
def swedish_free_days(year: int) -> frozenset[date]:
    """Public holidays, and the eves that nobody works (midsummer's, Christmas and New Year's eve).

    By the act on public holidays (1989:253). The library `holidays` knows the same days and watches over
    these in the tests; importing it costs more time than `arshjul status` may take in all.
    """
    easter = _easter_sunday(year)
    midsummer = _saturday_from(date(year, 6, 20))
    moving = {easter + timedelta(days=days) for days in (-2, 0, 1, 39, 49)}
    fixed = {date(year, *each) for each in ((1, 1), (1, 6), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))}
    # The national day took the place of Whit Monday in 2005.
    turned = date(year, 6, 6) if year >= 2005 else easter + timedelta(days=50)
    return frozenset(
        {*moving, *fixed, turned, midsummer - _DAY, midsummer, _saturday_from(date(year, 10, 31))}
    )


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(_SATURDAY - day.weekday()) % 7)


def _easter_sunday(year: int) -> date:
    """The Gregorian Easter, by the anonymous computus (Meeus)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, beyond = divmod(century, 4)
    correction = (8 * century + 13) // 25
    moon = (19 * golden + century - leaps - correction + 15) % 30
    fours, rest = divmod(of_century, 4)
    sunday = (32 + 2 * beyond + 2 * fours - moon - rest) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def no_free_days(year: int) -> frozenset[date]:  # noqa: ARG001 - the shape of FreeDays
    """A calendar with nothing but weekends."""
    return frozenset()


def is_workday(day: date, free: FreeDays = swedish_free_days) -> bool:
    """Whether people are at work on `day`; a squeeze day is a working day."""
    return day.weekday() < _SATURDAY and day not in free(day.year)


def next_workday(day: date, free: FreeDays = swedish_free_days) -> date:
    """`day` itself when it is a working day, else the first one after it."""
    while not is_workday(day, free):
        day += _DAY
    return day


def previous_workday(day: date, free: FreeDays = swedish_free_days) -> date:
    """`day` itself when it is a working day, else the last one before it."""
    while not is_workday(day, free):
        day -= _DAY
    return day


@lru_cache(maxsize=8192)  # the same few days are counted from all morning
def add_workdays(day: date, count: int, free: FreeDays = swedish_free_days) -> date:
    """The `count`th working day after `day`, before it when `count` is negative.

    `day` itself is not counted; 0 gives `day` pushed to a working day.
    """
    if count == 0:
        return next_workday(day, free)
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_workday(day, free)
    return day


def nth_weekday(year: int, month: int, n: int, weekday: int) -> date:
    """The `n`th Monday (`weekday` 0) and so on of a month, from 1; -1 is the last. It may be a free day."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    days = [day + timedelta(weeks=week) for week in range(5)]
    in_month = [day for day in days if day.month == month]
    if n == 0 or abs(n) > len(in_month):
        raise ValueError(f"{year}-{month:02} has no such weekday number {n}")
    return in_month[n - 1 if n > 0 else n]


def is_squeeze_day(day: date, free: FreeDays = swedish_free_days) -> bool:
    """Whether `day` is a klämdag: a single working day with a free day on both sides."""
    return is_workday(day, free) and not any(is_workday(day + step, free) for step in (-_DAY, _DAY))


def squeeze_days(year: int, free: FreeDays = swedish_free_days) -> tuple[date, ...]:
    """The klämdagar of a year, when much of the staff is away."""
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return tuple(day for day in days if day.year == year and is_squeeze_day(day, free))
