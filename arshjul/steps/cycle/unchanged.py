"""Whether what a cycle's report rests on is as it was when it was last gathered, asked in one query.

Gathering reads every answer, promise and released figure of the unit to make one hash; here the store is
asked for the newest row of each kind that gathering reads, and while those are the same the hash is too.
Rows are only added there; what changes or goes (a source that is undone, a purge, weeding) leaves a row of
its own. Kept in the memory of the process, never in the store. Called by `arshjul.steps.cycle.standing`.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Boolean, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.cycle import OPEN, CycleKey, Progress
from arshjul.cycle_data import CycleData, DutyResult
from arshjul.office import Office
from arshjul.steps.cycle.cycles import find_cycle, key_of
from arshjul.steps.cycle.settled import settled
from arshjul.steps.duties.actions import carried_into
from arshjul.steps.duties.duty_words import duty_results
from arshjul.steps.figures.gathering import gather
from arshjul.wheel import Milestones

Stamp = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What there is now to compile: its hash, and how many goals wait for the manager's own judgement."""

    sha256: str
    undecided: int


def looks_for_a_draft(dates: Milestones, state: Progress, now: datetime) -> bool:
    """Whether the cycle's draft is made or made anew at `now`: what is decided is not gathered again."""
    at_work = OPEN in state.done and (not state.approved or state.correcting)
    return at_work and dates.compile <= now


def inputs_of(office: Office, session: Session, key: CycleKey, cycle: tables.Cycle) -> Inputs:
    """The hash of the cycle's data as it stands; gathered only where something may have changed it."""
    stamp = stamp_of(office, session, cycle)
    known = office.memory.get(("inputs", key))
    if known is not None and known[0] is office.installation and known[1] == stamp:
        found: Inputs = known[2]
        return found
    data, sha256 = gather(office, key, session)
    inputs = Inputs(sha256, len(data.undecided))
    office.memory["inputs", key] = office.installation, stamp, inputs
    office.memory["gathered"] = (
        office.installation,
        key,
        stamp,
        data,
        sha256,
    )  # the last one only: it is large
    return inputs


def gathered(office: Office, key: CycleKey, session: Session) -> tuple[CycleData, str]:
    """As `gather`; what has just been gathered to find out that it has changed is not gathered again."""
    cycle = find_cycle(session, key)
    known = office.memory.get("gathered")
    if cycle is None or known is None or known[0] is not office.installation or known[1] != key:
        return gather(office, key, session)
    if known[2] != stamp_of(office, session, cycle):
        return gather(office, key, session)
    return known[3], known[4]


def stamp_of(office: Office, session: Session, cycle: tables.Cycle) -> Stamp:
    """The newest row of each kind that the cycle's data is gathered from; a department's from all units."""
    unit = cycle.unit_code
    asked = {
        "id": cycle.id,
        "unit": unit,
        "period": str(key_of(cycle)),
        "everybodys": bool(office.installation.unit(unit).compiles),
    }
    *newest, last_word = session.execute(_NEWEST, asked).one()
    duties = _duties(office, session, key_of(cycle), last_word)
    return (cycle.id, cycle.plan_version_id, cycle.registry_number, *newest, duties)


def _duties(office: Office, session: Session, key: CycleKey, last_word: int | None) -> tuple[DutyResult, ...]:
    """What the report takes up of the unit's duties: most words on them change nothing in it."""
    known = office.memory.get(("duty results", key))
    if known is None or known[0] is not office.installation or known[1] != last_word:
        dates = settled(office, key).milestones
        results = duty_results(
            session, office.installation, key.unit_code, key.kind, dates.period_start, dates.period_end
        )
        known = office.memory["duty results", key] = office.installation, last_word, results
    found: tuple[DutyResult, ...] = known[2]
    return found


def _newest() -> Select[Any]:
    """What `stamp_of` asks, put together once.

    Of the unit's other cycles: what their forms show from the day they are made, their answers when they
    are approved; of its actions those the cycle answers for. Every decision counts: one that returns an
    answer, or purges a text, changes rows that are there.
    """
    event, decision = tables.ActionEvent, tables.Decision
    cycle: BindParameter[int] = bindparam("id")
    unit: BindParameter[str] = bindparam("unit")
    of_unit = or_(decision.unit_code == unit, bindparam("everybodys", type_=Boolean()))
    promised = carried_into(unit, bindparam("period"))
    asked = (
        select(func.max(tables.Form.id)).join(tables.Cycle).where(tables.Cycle.unit_code == unit),
        select(func.max(tables.Submission.id)).where(tables.Submission.cycle_id == cycle),
        select(func.max(tables.Judgement.id)).where(tables.Judgement.cycle_id == cycle),
        select(func.max(decision.id)).where(of_unit),
        select(func.max(event.id)).where(event.unit_code == unit, promised),
        select(func.max(tables.Weeding.id)).where(tables.Weeding.unit_code == unit),
        select(func.max(tables.ApprovedVersion.id)),  # of the other units, too: they are compared
        select(func.max(tables.SourceLoad.id)),
        select(func.count(tables.SourceLoad.undone_at)),
        select(func.max(tables.DutyWord.id)).where(tables.DutyWord.unit_code == unit),
    )
    return select(*(query.scalar_subquery() for query in asked))


_NEWEST = _newest()
