"""Workplace meetings that wait to be told of: the report has gone out, nobody has said when it was taken up.

Reads only; called by the portal's first page.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from arshjul.access import Deed, scopes
from arshjul.adapters.store import tables
from arshjul.cycle import DISTRIBUTE, CycleKey
from arshjul.office import Office
from arshjul.steps.cycle.cycles import key_of
from arshjul.steps.cycle.settled import dates_of
from arshjul.steps.meetings.apt_meetings import apt_meetings
from arshjul.steps.portal.standing_for import units_where
from arshjul.wheel import local_day

ASKED_FOR = timedelta(days=120)  # a report that went out before that is no longer taken up


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """A workplace that has not said when it took a report up, and by when it should."""

    key: CycleKey
    scope: str
    name: str
    by: date


def open_meetings(office: Office, people: frozenset[str], now: datetime) -> list[OpenMeeting]:
    """The meetings that any of `people` is to tell of, the first due first."""
    day = local_day(now)
    mine = {unit.code: scopes(unit, people, day) for unit in units_where(office, people, Deed.HOLD_APT, day)}
    with office.database.reading() as session:
        rows = session.scalars(
            select(tables.Cycle)
            .join(tables.Step, tables.Step.cycle_id == tables.Cycle.id)
            .where(
                tables.Cycle.unit_code.in_(mine),
                tables.Step.name.startswith(f"{DISTRIBUTE}-"),
                tables.Step.done_at > now - ASKED_FOR,
            )
            .distinct()
        ).all()
        keys = [key_of(row) for row in rows]
    found = [
        OpenMeeting(key, meeting.scope, meeting.name, local_day(dates_of(office, key).apt_by))
        for key in keys
        for meeting in apt_meetings(office, key)
        if meeting.held_on is None and meeting.scope in mine[key.unit_code]
    ]
    return sorted(found, key=lambda meeting: meeting.by)
