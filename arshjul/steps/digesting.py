"""The weekly digest to the managers: who has answered, what is missing, what waits, what could not be read.

A step and its notices are one transaction. When it is due is `arshjul.cycle`.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey, Due, Progress, waits_for
from arshjul.letters import Digest, Quarantined, Unanswered
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.steps.chasing import late_forms
from arshjul.steps.cycles import find_cycle, is_done, progress, record_step
from arshjul.steps.notices import notify
from arshjul.steps.settled import Settled, settled
from arshjul.steps.standing import scope_standing
from arshjul.wheel import local_day


def digest(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    """Tell the managers where the cycle stands; how many were told, 0 when it was done before."""
    config = settled(office, key)
    standing = scope_standing(office, key)
    people = office.installation.organisation
    told = 0
    with office.database.writing() as session:
        cycle = find_cycle(session, key)
        if cycle is None or is_done(session, cycle, step.name):
            return 0
        missing = tuple(
            Unanswered(part.scope, people.person(form.person).name)
            for form, parts in late_forms(session, cycle)
            for part in parts
        )
        letter = Digest(
            unit_code=config.unit.code,
            unit_name=config.unit.name,
            cycle=str(key),
            due=config.milestones.due.date(),
            answered=tuple(scope.name for scope in standing if scope.state == "answered"),
            missing=missing,
            waiting=tuple(_waiting(config, progress(session, key))),
            quarantined=tuple(_quarantined(session, cycle)),
        )
        for manager in config.unit.holders(Role.MANAGER, local_day(now)):
            told += notify(session, cycle, letter, cause=step.name, receiver=manager, now=now)
        record_step(session, cycle, step.name, step.planned, now, {"told": told})
    return told


def _waiting(config: Settled, state: Progress) -> Iterator[str]:
    """What the managers have to do: nothing before there is a draft."""
    if state.compiled_from is not None:
        yield waits_for(config.milestones, state)


def _quarantined(session: Session, cycle: tables.Cycle) -> Iterator[Quarantined]:
    """The files put aside since the cycle opened: the unit's own, and those that do not say whose they are."""
    opened = session.get_one(tables.Step, (cycle.id, "open")).done_at
    rows = session.scalars(
        select(tables.InboxFile)
        .where(
            tables.InboxFile.outcome == "quarantined",
            tables.InboxFile.received_at >= opened,
            or_(tables.InboxFile.unit_code == cycle.unit_code, tables.InboxFile.unit_code.is_(None)),
        )
        .order_by(tables.InboxFile.id)
    )
    return (Quarantined(row.name, row.note) for row in rows)
