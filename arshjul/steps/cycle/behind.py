"""Which cycles and whose duties have something due: those of the years around now, in every unit's wheel.

The store is asked a handful of questions about all of them at once, however many they are; only where a draft
is on the table is it asked whether what it rests on has changed. The process remembers which are over, and
asks of those only whether somebody has begun a correction. A day with nothing to do costs next to nothing.
Called by the flows and by the year on a virtual clock. Reads only.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.config import Installation
from arshjul.cycle import OPEN, CycleKey, Due, Progress, due, keys_of_year
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.steps.cycle.cycles import find_cycle, is_done, key_of, progress_of
from arshjul.steps.cycle.lease import holder
from arshjul.steps.cycle.settled import dates_of, plan_to_start_from
from arshjul.steps.cycle.unchanged import inputs_of, looks_for_a_draft
from arshjul.steps.duties.duties import duties_behind
from arshjul.wheel import local_day

_OF_YEARS = select(
    tables.Cycle.id,
    select(func.max(tables.Decision.id))
    .where(tables.Decision.cycle_id == tables.Cycle.id, tables.Decision.kind == DecisionKind.CORRECT)
    .scalar_subquery(),
).where(tables.Cycle.year.between(bindparam("first"), bindparam("last")))
_CYCLES = select(tables.Cycle).where(tables.Cycle.id.in_(bindparam("ids", expanding=True)))

# Upkeep, which comes every quarter of an hour, leaves what was planned since the last time to its own runs.
PATIENCE = timedelta(minutes=14)


class _Over(NamedTuple):
    """A cycle that is over, remembered by its id; a correction begun after `newest` wakes it."""

    key: CycleKey
    newest: int | None


def cycles_around(installation: Installation, year: int) -> list[CycleKey]:
    """The cycles that may be at work in a year, unit by unit: its own and those of the years beside it.

    A cycle without a plan has nothing to open, and is left out.
    """
    return [
        key
        for unit, wheel in installation.wheel.units.items()
        for kind, rules in wheel.cycles.items()
        if kind in installation.kinds
        for of_year in (year - 1, year, year + 1)  # next year's plan is made in the autumn
        for key in keys_of_year(unit, kind, rules, of_year)
        if plan_to_start_from(installation, key)
    ]


def cycles_behind(office: Office, now: datetime) -> list[CycleKey]:
    """The cycles with a step that is due at `now`.

    One that nobody opened before its last day is left alone: an installation that starts in the middle of a
    year does not ask for what is long past.
    """
    with office.database.reading() as session:
        return [behind.key for behind in _steps_behind(office, session, now)]


def is_left_alone(office: Office, key: CycleKey, now: datetime) -> bool:
    """Whether the cycle was never opened and its last day has passed."""
    if now < dates_of(office, key).late_from:
        return False
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        return cycle is None or not is_done(session, cycle, OPEN)


def units_with_duties_behind(office: Office, now: datetime) -> list[Unit]:
    """The units with a duty that is to be told of at `now`."""
    with office.database.reading() as session:
        units = office.installation.organisation.units
        return [unit for unit in units if duties_behind(session, office, unit.code, now)]


def others_at_work(office: Office, now: datetime, patience: timedelta | None = None) -> bool:
    """Whether another run is about to have something to tell this morning, so that the letters wait for it.

    That is so while a step is due anywhere; with `patience` only where somebody is at it just now, or it was
    planned so short a time ago. Whoever is the last to be done finds nothing more due, and sends everything.
    """
    since = None if patience is None else now - patience
    return any(since is None or at >= since for at in _planned(office, now))


def _planned(office: Office, now: datetime) -> Iterator[datetime]:
    """When what is due was planned for, as it is found; now where somebody else is at it."""
    with office.database.reading() as session:
        for behind in _steps_behind(office, session, now):
            if behind.cycle is not None and holder(office, behind.cycle) not in (None, office.name):
                yield now
            yield from (step.planned for step in behind.steps)
        for unit in office.installation.organisation.units:
            yield from (step.planned for step in duties_behind(session, office, unit.code, now))


class _Behind(NamedTuple):
    """A cycle with steps that are due; `cycle` is None before somebody has begun it."""

    key: CycleKey
    cycle: tables.Cycle | None
    steps: tuple[Due, ...]


def _steps_behind(office: Office, session: Session, now: datetime) -> Iterator[_Behind]:
    """The steps that are due, of every cycle that has any."""
    year = local_day(now).year
    rows = session.execute(_OF_YEARS, {"first": year - 1, "last": year + 1})
    corrected: dict[int, int | None] = {row[0]: row[1] for row in rows}
    over: dict[int, _Over] = office.memory.setdefault("over", {})
    left = [id_ for id_, newest in corrected.items() if id_ not in over or over[id_].newest != newest]
    cycles = {key_of(cycle): cycle for cycle in session.scalars(_CYCLES, {"ids": left})}
    known = progress_of(session, left)
    for key, cycle in cycles.items():
        if known[cycle.id].is_over:
            over[cycle.id] = _Over(key, corrected[cycle.id])
    closed = {each.key for each in over.values()} - cycles.keys()
    for key in cycles_around(office.installation, year):
        if key in closed:
            continue
        its = cycles.get(key)
        dates = dates_of(office, key)
        state = known[its.id] if its is not None else Progress()
        if OPEN not in state.done and now >= dates.late_from:
            continue
        if its is not None and looks_for_a_draft(dates, state, now):
            try:
                state = replace(state, inputs=inputs_of(office, session, key, its).sha256)
            except BadInput:  # a fault in its own plan, say: told of when its turn comes, it stops no other
                state = replace(state, inputs="?")
        if steps := due(dates, state, now):
            yield _Behind(key, its, tuple(steps))
