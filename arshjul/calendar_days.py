"""A year as the days of one person's calendar, or of a whole unit's: what she has to do, and when.

Out of the wheel and the organisation. Duties and meetings are those she holds, absent or not; of the
reports she has the days that are hers as the one who answers, decides, or has a part by her role. What the
days become as a file is in `arshjul.calendar_file`. Called by `arshjul wheel --ics` and the portal. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from arshjul.cycle import CycleKey, keys_of_year
from arshjul.duties import Duty, Ring
from arshjul.duty_days import DutyOccurrence, unit_occurrences
from arshjul.milestones import Milestones, milestones
from arshjul.organisation import Organisation, Role, Unit
from arshjul.wheel_rules import CycleRules, UnitWheel, Wheel

DUE = "due"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Something in a calendar, from `start` to `end`, both included.

    `key` is lasting: the same thing on another day has the same key. `thread` is the cycle of a last day
    ("SOL T2 2026"), which a letter may have put in the calendar already.
    """

    key: str
    label: str
    start: date
    end: date
    ring: Ring
    said: str = ""
    thread: str | None = None


def person_days(wheel: Wheel, organisation: Organisation, person: str, year: int) -> tuple[CalendarDay, ...]:
    """What stands in a person's calendar of a year, in all units where she has a part, in order of time."""
    several = sum(any(a.person == person for a in u.assignments) for u in organisation.units) > 1
    found = []
    for unit in organisation.units:
        prefix = f"{unit.short_name}: " if several else ""
        for day in (*_duty_days(wheel, unit, year, person), *_cycle_days(wheel, unit, year, person)):
            if day.start.year <= year <= day.end.year:
                found.append(_called(day, prefix))
    return tuple(sorted(found, key=lambda day: (day.start, day.end, day.label)))


def unit_days(wheel: Wheel, unit: Unit, year: int) -> tuple[CalendarDay, ...]:
    """What stands in the calendar that a whole unit shares, in order of time."""
    found = [*_duty_days(wheel, unit, year, None), *_cycle_days(wheel, unit, year, None)]
    within = (day for day in found if day.start.year <= year <= day.end.year)
    return tuple(sorted(within, key=lambda day: (day.start, day.end, day.label)))


def _called(day: CalendarDay, prefix: str) -> CalendarDay:
    return CalendarDay(day.key, prefix + day.label, day.start, day.end, day.ring, day.said, day.thread)


def _duty_days(wheel: Wheel, unit: Unit, year: int, person: str | None) -> Iterator[CalendarDay]:
    rules = wheel.units[unit.code]
    for duty in rules.duties:
        for of_year in (year - 1, year):
            days: dict[str, list[DutyOccurrence]] = {}
            for occurrence in unit_occurrences(duty, unit, of_year, quiet=rules.quiet):
                if person is None or person in occurrence.holders:
                    place = f"-{occurrence.subunit}" if occurrence.subunit else ""
                    days.setdefault(occurrence.id.removesuffix(place), []).append(occurrence)
            for key, held in days.items():
                said = _said(duty, unit, held, with_places=person is not None)
                yield CalendarDay(key, duty.label, held[0].start, held[0].end, duty.ring, said)


def _said(duty: Duty, unit: Unit, held: list[DutyOccurrence], *, with_places: bool) -> str:
    """How the duty is done, and where, in sentences."""
    places = [unit.subunit(o.subunit).name for o in held if o.subunit is not None]
    where = f"Gäller {', '.join(places)}." if places and with_places else ""
    done = "Bekräfta när det är gjort." if duty.confirm else ""
    return " ".join(filter(None, (duty.note, where, done)))


def _cycle_days(wheel: Wheel, unit: Unit, year: int, person: str | None) -> Iterator[CalendarDay]:
    rules_of: UnitWheel = wheel.units[unit.code]
    for kind, rules in rules_of.cycles.items():
        for of_year in (year - 1, year, year + 1):
            for key in keys_of_year(unit.code, kind, rules, of_year):
                dates = milestones(rules, kind, of_year, month=key.month)
                yield from _days_of_cycle(unit, key, rules, dates, person)


@dataclass(frozen=True, slots=True)
class _Part:
    """What a person (None: everybody) is to a cycle."""

    answers: bool
    at_workplace: bool
    decides: bool
    roles: frozenset[Role]


def _part(unit: Unit, person: str | None, day: date, *, monthly: bool) -> _Part:
    if person is None:
        return _Part(answers=True, at_workplace=True, decides=True, roles=frozenset(Role))
    held = [a for a in unit.assignments_on(day) if a.person == person]
    answering = [a for a in unit.answering_on(day) if a.person == person]
    return _Part(
        answers=any(a.sections or (a.subunits and not monthly) for a in answering),
        at_workplace=any(a.subunits or a.role in (Role.MANAGER, Role.DEPUTY) for a in held),
        decides=any(a.role is Role.MANAGER for a in held),
        roles=frozenset(a.role for a in held),
    )


def _days_of_cycle(
    unit: Unit, key: CycleKey, rules: CycleRules, dates: Milestones, person: str | None
) -> Iterator[CalendarDay]:
    part = _part(unit, person, dates.due.date(), monthly=bool(key.month))
    base = f"{unit.code}-{key.slug}"

    def day(
        name: str, label: str, start: datetime, end: datetime | None = None, said: str = ""
    ) -> CalendarDay:
        last = (end or start).date()
        return CalendarDay(f"{base}-{name}", label, start.date(), last, Ring.CYCLE, said)

    if part.answers or part.decides:
        yield day("opens", f"{key}: underlaget skickas", dates.opens)
        thread = f"{unit.code} {key}"
        last = dates.due.date()
        yield CalendarDay(f"{base}-{DUE}", f"Sista dag: {key}", last, last, Ring.CYCLE, "", thread)
    if part.answers and dates.figures_from is not None and dates.figures_from > dates.opens:
        yield day("figures_from", f"{key}: siffrorna kan fyllas i", dates.figures_from)
    if part.decides:
        yield day("decide", f"{key}: granska och besluta", dates.compile, dates.approve_by)
    if part.at_workplace and rules.apt_by is not None:
        sent = dates.distribute or dates.approve_by
        yield day("apt", f"{key}: ta upp på APT", sent, dates.apt_by)
    for extra in dates.extra:
        if part.roles & set(extra.who):
            yield day(extra.name, f"{key}: {extra.label}", extra.at, extra.until, extra.note)
