"""Which cycles and whose duties have something due: those of the years around now, in every unit's wheel.

The store is asked a handful of questions about all of them at once; a cycle is looked into only where the
wheel and the ledger together say that something may be due in it, so that a day with nothing to do costs next
to nothing. Called by the flows and by the year on a virtual clock. Reads only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.config import Installation
from arshjul.cycle import ARCHIVE, DISTRIBUTE, OPEN, CycleKey, Due, Progress, due, keys_of_year
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.steps.cycles import find_cycle, highest, is_done, key_of
from arshjul.steps.duties import duties_behind
from arshjul.steps.settled import dates_of, plan_to_start_from, settled
from arshjul.steps.standing import standing_in
from arshjul.wheel import local_day

# Upkeep, which comes every quarter of an hour, leaves what was planned since the last time to its own runs.
PATIENCE = timedelta(minutes=14)


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
        return [key for key, _ in _steps_behind(office, session, now)]


def is_left_alone(office: Office, key: CycleKey, now: datetime) -> bool:
    """Whether the cycle was never opened and its last day has passed."""
    if now < settled(office, key).milestones.late_from:
        return False
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        return cycle is None or not is_done(session, cycle, OPEN)


def units_with_duties_behind(office: Office, now: datetime) -> list[Unit]:
    """The units with a duty that is to be told of at `now`."""
    return [u for u in office.installation.organisation.units if duties_behind(office, u.code, now)]


def others_at_work(office: Office, now: datetime, patience: timedelta | None = None) -> bool:
    """Whether another run is about to have something to tell this morning, so that the letters wait for it.

    That is so while a step is due anywhere; with `patience` only one that was planned so short a time ago.
    Whoever is the last to be done finds nothing more due, and sends everything.
    """
    since = None if patience is None else now - patience
    return any(since is None or at >= since for at in _planned(office, now))


def _planned(office: Office, now: datetime) -> Iterator[datetime]:
    """When what is due was planned for, as it is found."""
    with office.database.reading() as session:
        for _, steps in _steps_behind(office, session, now):
            yield from (step.planned for step in steps)
    for unit in office.installation.organisation.units:
        yield from (step.planned for step in duties_behind(office, unit.code, now))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the ledger says of a cycle, as far as the wheel has to know."""

    opened_at: datetime | None
    done: frozenset[str]
    approved: int
    correcting: bool


def _steps_behind(
    office: Office, session: Session, now: datetime
) -> Iterator[tuple[CycleKey, tuple[Due, ...]]]:
    """The steps that are due, of every cycle that has any."""
    year = local_day(now).year
    known = _ledger(session, year)
    for key in cycles_around(office.installation, year):
        if _may_be_due(office, key, known.get(key), now):
            steps = standing_in(office, session, key, now).due
            if steps:
                yield key, steps


def _may_be_due(office: Office, key: CycleKey, known: _Known | None, now: datetime) -> bool:
    """What the wheel says where nobody has answered and anything may have changed."""
    dates = dates_of(office, key)
    if known is None or known.opened_at is None:
        return dates.opens <= now < dates.late_from
    supposed = Progress(
        done=known.done,
        opened_at=known.opened_at,
        missing=("?",),
        inputs="?",
        approved=known.approved,
        correcting=known.correcting,
        distributed=highest(known.done, DISTRIBUTE),
        archived=highest(known.done, ARCHIVE),
    )
    return bool(due(dates, supposed, now))


def _ledger(session: Session, year: int) -> Mapping[CycleKey, _Known]:
    """The cycles of the years around that there are, by their keys."""
    around = tables.Cycle.year.in_((year - 1, year, year + 1))
    cycles = session.scalars(select(tables.Cycle).where(around)).all()
    done: dict[int, dict[str, datetime]] = {cycle.id: {} for cycle in cycles}
    steps = select(tables.Step.cycle_id, tables.Step.name, tables.Step.done_at).join(tables.Cycle)
    for cycle_id, name, at in session.execute(steps.where(around)):
        done[cycle_id][name] = at
    versions = (
        select(tables.ApprovedVersion.cycle_id, func.max(tables.ApprovedVersion.number))
        .join(tables.Cycle)
        .where(around)
        .group_by(tables.ApprovedVersion.cycle_id)
    )
    approved = dict(session.execute(versions).tuples().all())
    begun = (
        select(tables.Decision.cycle_id, tables.Decision.content)
        .join(tables.Cycle)
        .where(around, tables.Decision.kind == "correct")
    )
    corrected = {(cycle_id, content["of"]) for cycle_id, content in session.execute(begun)}
    return {
        key_of(cycle): _Known(
            opened_at=done[cycle.id].get(OPEN),
            done=frozenset(done[cycle.id]),
            approved=approved.get(cycle.id, 0),
            correcting=(cycle.id, approved.get(cycle.id, 0)) in corrected,
        )
        for cycle in cycles
    }
