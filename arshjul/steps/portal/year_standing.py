"""How far a unit has come in its year: which of the wheel's entries are done, under way, to come or late.

Only what the store knows is said: reports that have begun, and duties that somebody confirms. A meeting
has no status. Reads only. Called by `arshjul wheel` and the portal.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.cycle import OPEN, CycleKey, Progress
from arshjul.duties import Entry, Ring
from arshjul.duty_days import unit_occurrences
from arshjul.office import Office
from arshjul.steps.cycle.cycles import find_cycle, progress
from arshjul.steps.duties.duty_words import confirmed_duties
from arshjul.wheel import local_day

DONE, UNDER_WAY, COMING, LATE = "klar", "pågår", "kommande", "försenad"


def year_standing(office: Office, unit_code: str, entries: Iterable[Entry], now: datetime) -> dict[str, str]:
    """The status of each entry that has one, by the entry's id."""
    today = local_day(now)
    listed = list(entries)
    with office.database.reading() as session:
        names = {entry.source for entry in listed if entry.ring is Ring.CYCLE}
        keys = [CycleKey.named(unit_code, name) for name in names]
        known = {str(key): progress(session, key) for key in keys if find_cycle(session, key) is not None}
        confirmed = confirmed_duties(session, unit_code)
        told = frozenset(
            session.scalars(select(tables.DutyStep.occurrence).where(tables.DutyStep.unit_code == unit_code))
        )
    found: dict[str, str | None] = {
        entry.id: _of_cycle(entry, known[entry.source], today) for entry in listed if entry.source in known
    }
    found |= _of_duties(office, unit_code, listed, confirmed, told, today)
    return {key: status for key, status in found.items() if status is not None}


def _of_cycle(entry: Entry, done: Progress, today: date) -> str | None:
    part = entry.id.rpartition("-")[2]
    if part == "underlag":
        return _by_day(entry, today, done=OPEN in done.done and not done.missing)
    if part == "rapport":
        return _by_day(entry, today, done=done.approved > 0 and not done.correcting)
    if part == "arkiv":
        return _by_day(entry, today, done=done.archived > 0 and done.archived >= done.approved)
    if part == "apt":  # whether it was taken up is not asked for here: only that it went out
        return _by_day(entry, today, done=done.distributed > 0 and today > entry.end)
    return None


def _of_duties(
    office: Office,
    unit_code: str,
    entries: list[Entry],
    confirmed: frozenset[str],
    told: frozenset[str],
    today: date,
) -> dict[str, str]:
    """Nobody is late with what was never asked for, as before the installation was there."""
    wheel = office.installation.wheel.units[unit_code]
    unit = office.installation.unit(unit_code)
    shown = {entry.id: entry for entry in entries}
    asked: dict[str, list[bool]] = {}
    known: set[str] = set()
    for duty in wheel.duties:
        shown_in = {entry.start.year for entry in entries if entry.source == duty.id and duty.confirm}
        for year in sorted(shown_in | {one - 1 for one in shown_in}):
            for occurrence in unit_occurrences(duty, unit, year, quiet=wheel.quiet):
                place = f"-{occurrence.subunit}" if occurrence.subunit else ""
                entry_id = occurrence.id.removeprefix(f"{unit_code}-").removesuffix(place)
                asked.setdefault(entry_id, []).append(occurrence.id in confirmed)
                if occurrence.id in told or occurrence.id in confirmed:
                    known.add(entry_id)
    return {
        entry_id: _by_day(shown[entry_id], today, done=all(said))
        for entry_id, said in asked.items()
        if entry_id in shown and (entry_id in known or shown[entry_id].end >= today)
    }


def _by_day(entry: Entry, today: date, *, done: bool) -> str:
    if done:
        return DONE
    if today > entry.end:
        return LATE
    return UNDER_WAY if today >= entry.start else COMING
