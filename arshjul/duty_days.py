"""The days of the recurring duties in a year, and who sees to each of them.

An occurrence keeps its id when its dates move: it is named by the month, week or season that its rule
says, not by the day it came to be on. Called by `arshjul.wheel` and `arshjul.duty_cycle`. Pure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from arshjul.duties import Duty, Entry, Season, Weekday, When
from arshjul.organisation import Role, Unit
from arshjul.slow_weeks import Quiet, month_day
from arshjul.workdays import FreeDays, next_workday, nth_weekday, previous_workday, swedish_free_days

_OF_THE_UNIT = frozenset({Role.MANAGER, Role.CONTROLLER, Role.REGISTRAR, Role.OPERATOR})


@dataclass(frozen=True, slots=True)
class DutyOccurrence:
    """A duty once: in the whole unit, or in one sub-unit where it is done there.

    `id` is lasting and the installation's own ("SOL-skyddsrond-2026-03-HUMLAN"); `holders` are the ids of
    the people who see to it, absent or not (`Organisation.receiver` says who gets their letters).
    """

    id: str
    duty: Duty
    unit_code: str
    subunit: str | None
    start: date
    end: date
    holders: tuple[str, ...]


def occurrences(duty: Duty, year: int, free: FreeDays, quiet: Quiet = Quiet()) -> Iterator[Entry]:  # noqa: B008 - frozen
    """The duty's entries of a year, in order of time."""
    yield from _entries(duty, year, free, quiet)


@lru_cache(maxsize=4096)  # a city's units have the same duties, and are asked every quarter of an hour
def _entries(duty: Duty, year: int, free: FreeDays, quiet: Quiet) -> tuple[Entry, ...]:
    found = [
        Entry(f"{duty.id}-{of}", duty.label, start, end, duty.ring, duty.who, duty.id)
        for of, start, end in _spans(duty, year, free, quiet)
    ]
    return tuple(sorted(found, key=lambda entry: (entry.start, entry.end)))


def unit_occurrences(
    duty: Duty,
    unit: Unit,
    year: int,
    on: date | None = None,
    free: FreeDays = swedish_free_days,
    quiet: Quiet = Quiet(),  # noqa: B008 - frozen
    wanted: Callable[[Entry], bool] = lambda _entry: True,
) -> Iterator[DutyOccurrence]:
    """The duty's occurrences of a year in a unit, one for each sub-unit where it is done there.

    The sub-units are those of its first day, the people those of that day or of `on`, if that is later.
    Only the entries that are `wanted`.
    """
    for entry in filter(wanted, occurrences(duty, year, free, quiet)):
        day = max(entry.start, on or entry.start)
        subunits = [s.code for s in unit.subunits_on(entry.start)] if duty.per_subunit else [None]
        for subunit in subunits:
            place = f"-{subunit}" if subunit else ""
            yield DutyOccurrence(
                id=f"{unit.code}-{entry.id}{place}",
                duty=duty,
                unit_code=unit.code,
                subunit=subunit,
                start=entry.start,
                end=entry.end,
                holders=duty_holders(duty, unit, subunit, day),
            )


def duty_holders(duty: Duty, unit: Unit, subunit: str | None, day: date) -> tuple[str, ...]:
    """The ids of the people who see to a duty on `day`; the managers where nobody else does.

    In a sub-unit: whoever answers for it in one of the duty's roles, or who handed it on to her; and those
    of the duty's roles that are the whole unit's, save managers with sub-units of their own.
    """
    if duty.people:
        return duty.people
    held = unit.assignments_on(day)
    managers = [a.person for a in held if a.role is Role.MANAGER]
    if subunit is None:
        found = [a.person for role in duty.who for a in held if a.role is role]
        return tuple(dict.fromkeys(found or managers))
    roles: dict[str, set[Role]] = {}
    for a in held:
        roles.setdefault(a.person, set()).add(a.role)
    here = [a for a in held if subunit in a.subunits]
    found = [a.person for a in here if a.role in duty.who]
    if not found:
        handed = [a.delegated_by for a in here if a.delegated_by]
        found = [person for person in handed if roles.get(person, set()) & set(duty.who)]
    found += [a.person for a in held if a.role in duty.who and a.role in _OF_THE_UNIT and not a.subunits]
    return tuple(dict.fromkeys(found or managers))


def _spans(duty: Duty, year: int, free: FreeDays, quiet: Quiet) -> Iterator[tuple[str, date, date]]:
    """What an occurrence is called, and its first and last day."""
    when = duty.when
    if when.start is not None and when.end is not None:
        yield str(year), *_from_to(year, when.start, when.end, free)
    for season in Season:
        if season in when.seasons:
            yield f"{year}-{season}", *_from_to(year, *season.span, free)
    for week in sorted(set(when.weeks)):
        monday = date.fromisocalendar(year, week, 1)
        if monday.month not in when.not_in:
            yield f"{year}-v{week:02}", *_in_week(duty, monday, free, quiet)
    for month in when.in_months():
        yield f"{year}-{month:02}", *_in_month(duty, when, year, month, free, quiet)


def _from_to(year: int, start: str, end: str, free: FreeDays) -> tuple[date, date]:
    """A span lies where it lies, slow weeks or not; it begins and ends on working days."""
    first = next_workday(date(year, *month_day(start)), free)
    return first, max(first, previous_workday(date(year, *month_day(end)), free))


def _in_month(
    duty: Duty, when: When, year: int, month: int, free: FreeDays, quiet: Quiet
) -> tuple[date, date]:
    if when.weekday is not None:
        day = quiet.place(nth_weekday(year, month, when.nth, when.weekday.number), free, duty.id)
        return day, day
    return _whole_week(duty, nth_weekday(year, month, when.nth, Weekday.MONDAY.number), free, quiet)


def _in_week(duty: Duty, monday: date, free: FreeDays, quiet: Quiet) -> tuple[date, date]:
    if duty.when.weekday is not None:
        day = quiet.place(monday + timedelta(days=duty.when.weekday.number), free, duty.id)
        return day, day
    return _whole_week(duty, monday, free, quiet)


def _whole_week(duty: Duty, monday: date, free: FreeDays, quiet: Quiet) -> tuple[date, date]:
    """The working days of a week; a week that begins in slow weeks is the one before or after them."""
    start = next_workday(monday, free)
    if quiet.slow(start, duty.id) is not None:
        start = quiet.place(start, free, duty.id)
        monday = start - timedelta(days=start.weekday())
    return start, max(start, previous_workday(monday + timedelta(days=4), free))
