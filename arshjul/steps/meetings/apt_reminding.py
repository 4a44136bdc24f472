"""Asking for the workplace meetings (APT) that nobody has reported, once, when their last day has passed.

When it is due is `arshjul.cycle`; the meetings themselves are `arshjul.steps.meetings.apt_meetings`. A step
and its notices are one transaction.
"""

from datetime import datetime

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey, Due
from arshjul.letters import Apt
from arshjul.office import Office
from arshjul.steps.cycle.cycles import hold_cycle, is_done, record_step
from arshjul.steps.cycle.settled import settled
from arshjul.steps.letters.notices import missed, notify
from arshjul.steps.meetings.apt_meetings import apt_meetings
from arshjul.steps.report.distributing import receivers_of
from arshjul.wheel import local_day


def ask_for_meetings(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    """Remind those who got the report and have a meeting left to report; how many, 0 when it was done before.

    Where a task has been handed on, the one whose task it is now is asked.
    """
    config = settled(office, key)
    planned = {view.scope: view.planned for view in apt_meetings(office, key)}
    asked = 0
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        if cycle is None or is_done(session, cycle, step.name):
            return 0
        held = set(
            session.scalars(select(tables.AptMeeting.scope).where(tables.AptMeeting.cycle_id == cycle.id))
        )
        handed_on = {a.delegated_by for a in config.unit.answering_on(local_day(now))}
        for person, subunits in receivers_of(config.unit, local_day(now)).items():
            left = tuple(code for code in dict.fromkeys(subunits) if code not in held)
            answers = any(a.person == person and a.subunits for a in config.unit.answering_on(local_day(now)))
            if not left or (person in handed_on and not answers):
                continue
            days = {planned.get(code) for code in left}
            asked += notify(
                session,
                cycle,
                Apt(
                    unit_code=config.unit.code,
                    unit_name=config.unit.name,
                    cycle=str(key),
                    subunits=tuple(config.unit.subunit(code).name for code in left),
                    apt_by=config.milestones.apt_by.date(),
                    planned=days.pop() if len(days) == 1 else None,
                ),
                cause=step.name,
                receiver=person,
                now=now,
                meant_at=missed(step),
            )
        record_step(session, cycle, step.name, step.planned, now, {"asked": asked})
    reached(CrashPoint.APT_ASKED)
    return asked
