"""The wheel (årshjul): everything that stands in a unit's year, and the front door to its parts.

The rules are in `arshjul.wheel_rules`, the dates of one report in `arshjul.milestones`, the recurring duties
in `arshjul.duties` and `arshjul.duty_days`. Called by cycles, letters, schedules and the drawing of the
wheel. Pure.
"""

from collections.abc import Iterator

from arshjul.duties import Entry, Ring
from arshjul.duty_days import occurrences
from arshjul.milestones import (
    MORNING,
    ExtraMilestone,
    Milestones,
    local_day,
    milestones,
    morning,
    order_fault,
)
from arshjul.plan import Kind
from arshjul.swedish_dates import MONTHS, STOCKHOLM
from arshjul.wheel_rules import Anchor, CycleRules, Extra, Period, Rule, UnitWheel, Wheel, Year
from arshjul.workdays import FreeDays, swedish_free_days

__all__ = [
    "MORNING",
    "STOCKHOLM",
    "Anchor",
    "CycleRules",
    "Extra",
    "ExtraMilestone",
    "Milestones",
    "Period",
    "Rule",
    "UnitWheel",
    "Wheel",
    "Year",
    "local_day",
    "milestones",
    "morning",
    "order_fault",
    "year_entries",
]


def year_entries(
    wheel: Wheel, unit_code: str, year: int, free: FreeDays = swedish_free_days
) -> tuple[Entry, ...]:
    """Everything in a unit's wheel that touches `year`, in order of time: cycles, meetings, duties."""
    unit = wheel.units[unit_code]
    entries = [
        entry
        for kind, rules in unit.cycles.items()
        for of_year in (year - 1, year, year + 1)
        for month in rules.months or (0,)
        for entry in _cycle_entries(milestones(rules, kind, of_year, free, month))
        if entry.start.year <= year <= entry.end.year
    ]
    entries += [
        entry
        for duty in unit.duties
        for of_year in (year - 1, year)  # what falls in the Christmas weeks may end up in January
        for entry in occurrences(duty, of_year, free, unit.quiet)
        if entry.start.year <= year <= entry.end.year
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.start, entry.end, entry.label)))


def _cycle_entries(found: Milestones) -> Iterator[Entry]:
    """A report as it stands in the wheel: asked for, put together, taken up at the workplaces, archived.

    A monthly report is so short that it stands there in one piece, and its archiving asks nothing of anybody.
    """
    of = f"{found.year}-{found.month:02}" if found.month else str(found.year)
    name = f"{found.kind} {of}"
    called = f"{found.kind} {MONTHS[found.month - 1]}" if found.month else name
    sent = found.distribute or found.approve_by
    made = "utkast och beslut" if found.kind is Kind.VP else "rapport och beslut"
    parts = [
        ("underlag", "underlag", found.opens, found.due),
        ("rapport", made, found.compile, found.approve_by),
        ("apt", "på APT", sent, found.apt_by),
    ]
    parts.append(("arkiv", "arkiveras", found.archive, found.archive))
    if found.month:
        parts = [("rapport", "", found.opens, sent)]
    for part, label, start, end in parts:
        if part != "apt" or end > start:
            key = f"{found.kind}-{of}-{part}".lower()
            label = f"{called}: {label}" if label else called
            yield Entry(key, label, start.date(), end.date(), Ring.CYCLE, (), name)
    for extra in found.extra:
        key = f"{found.kind}-{of}-{extra.name}".lower()
        end = extra.until or extra.at
        yield Entry(key, extra.label, extra.at.date(), end.date(), Ring.CYCLE, extra.who, name)
