"""A year in words, for people who read it in a terminal, and as JSON, for programs. Called by `cli.wheel`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from arshjul.config import Installation
from arshjul.cycle import keys_of_year
from arshjul.duties import Entry
from arshjul.duty_cycle import reminded_at, told_at
from arshjul.duty_days import unit_occurrences
from arshjul.milestones import Milestones, milestones, order_fault
from arshjul.organisation import ROLE_SWEDISH
from arshjul.swedish_dates import MONTHS
from arshjul.wheel_rules import UnitWheel
from arshjul.workdays import squeeze_days, swedish_free_days

_RINGS = {"cycle": "rapport", "meeting": "möte", "duty": "uppgift"}
_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_MARKS = {"klar": "✓", "pågår": "◐", "kommande": "○", "försenad": "▲"}


def year_in_words(
    installation: Installation,
    unit_code: str,
    year: int,
    entries: Sequence[Entry],
    standing: Mapping[str, str],
) -> Iterator[str]:
    """The lines of a year, month by month, each entry under the month in which it begins."""
    yield f"Årshjul {year} för {installation.unit(unit_code).name} ({unit_code})"
    if standing:
        yield "   ".join(f"{mark} {status}" for status, mark in _MARKS.items())
    yield from _out_of_order(installation.wheel.units[unit_code], year)
    notes = {duty.id: duty for duty in installation.wheel.units[unit_code].duties}
    for month, group in groupby(entries, key=lambda e: e.start.month if e.start.year == year else 0):
        yield ""
        yield _heading(year, month)
        for entry in group:
            mark = _MARKS[standing[entry.id]] if entry.id in standing else " "
            duty = notes.get(entry.source)
            where = ", i varje verksamhet" if duty and duty.per_subunit else ""
            who = ", ".join(ROLE_SWEDISH[role] for role in entry.who)
            line = f"{mark} {_days(entry, year):<22} {_RINGS[entry.ring.value]:<8} {entry.label}"
            yield f"{line}{where}{f'  ({who})' if who else ''}"


def _out_of_order(wheel: UnitWheel, year: int) -> Iterator[str]:
    """The year's holidays may put rules that come in order in other years in the wrong one."""
    for kind, rules in wheel.cycles.items():
        for month in rules.months or (0,):
            fault = order_fault(milestones(rules, kind, year, month=month))
            if fault is not None:
                name = f"{kind} {MONTHS[month - 1]}" if month else f"{kind} {year}"
                yield f'OBS: i {name} kommer "{fault[1]}" före "{fault[0]}"; ge dem mer tid i wheel.yaml.'


def _heading(year: int, month: int) -> str:
    if not month:
        return "PÅGÅR SEDAN ÅRET FÖRE"
    free = [day.day for day in sorted(swedish_free_days(year)) if day.month == month and day.weekday() < 5]
    squeezed = [day.day for day in squeeze_days(year) if day.month == month]
    beside = [
        f"{what} {', '.join(map(str, days))}"
        for what, days in (("lediga", free), ("klämdagar", squeezed))
        if days
    ]
    return " ".join([MONTHS[month - 1].upper(), *([f"({'; '.join(beside)})"] if beside else [])])


def _days(entry: Entry, year: int) -> str:
    """ "ons 7", "mån 2 – fre 6", "mån 23 – 11 jan 2027"."""
    first, last = entry.start, entry.end
    begins = _day(first) if first.year == year else f"{first.day} {MONTHS[first.month - 1][:3]} {first.year}"
    if first == last:
        return begins
    if (first.year, first.month) == (last.year, last.month):
        return f"{begins} – {_day(last)}"
    of_year = f" {last.year}" if last.year != year else ""
    return f"{begins} – {last.day} {MONTHS[last.month - 1][:3]}{of_year}"


def _day(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day.day}"


def year_as_json(
    installation: Installation,
    unit_code: str,
    year: int,
    entries: Sequence[Entry],
    standing: Mapping[str, str],
) -> dict[str, object]:
    """The year's entries, the milestones of each of its reports, and each duty where it is done."""
    wheel = installation.wheel.units[unit_code]
    return {
        "year": year,
        "unit": unit_code,
        "entries": [
            {
                "id": e.id,
                "label": e.label,
                "start": str(e.start),
                "end": str(e.end),
                "ring": e.ring.value,
                "who": [role.value for role in e.who],
                "status": standing.get(e.id),
            }
            for e in entries
        ],
        "cycles": [
            {"cycle": str(key), **_milestones(milestones(rules, kind, year, month=key.month))}
            for kind, rules in wheel.cycles.items()
            for key in keys_of_year(unit_code, kind, rules, year)
        ],
        "duties": list(_duties(installation, unit_code, wheel, year)),
        "free_days": [str(day) for day in sorted(swedish_free_days(year))],
        "squeeze_days": [str(day) for day in squeeze_days(year)],
    }


def _milestones(dates: Milestones) -> dict[str, object]:
    return {
        "period_start": str(dates.period_start),
        "period_end": str(dates.period_end),
        "opens": _time(dates.opens),
        "figures_from": _time(dates.figures_from),
        "reminders": [_time(at) for at in dates.reminders],
        "last_day": _time(dates.last_day),
        "due": _time(dates.due),
        "escalation": _time(dates.escalation),
        "compile": _time(dates.compile),
        "figures_locked": _time(dates.figures_locked),
        "approve_by": _time(dates.approve_by),
        "board_meeting": str(dates.board_meeting) if dates.board_meeting else None,
        "distribute": _time(dates.distribute),
        "apt_by": _time(dates.apt_by),
        "archive": _time(dates.archive),
        "extra": [
            {"name": e.name, "label": e.label, "at": _time(e.at), "until": _time(e.until), "letter": e.letter}
            for e in dates.extra
        ],
    }


def _duties(
    installation: Installation, unit_code: str, wheel: UnitWheel, year: int
) -> Iterator[dict[str, object]]:
    unit = installation.unit(unit_code)
    for duty in wheel.duties:
        for occurrence in unit_occurrences(duty, unit, year, quiet=wheel.quiet):
            yield {
                "id": occurrence.id,
                "duty": duty.id,
                "subunit": occurrence.subunit,
                "start": str(occurrence.start),
                "end": str(occurrence.end),
                "holders": list(occurrence.holders),
                "told_at": _time(told_at(occurrence)),
                "reminded_at": _time(reminded_at(occurrence)) if duty.confirm else None,
            }


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
