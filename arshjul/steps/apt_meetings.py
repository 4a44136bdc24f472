"""The workplace meetings (APT) on a report: planned day, the day it was really held, and what was said.

The real day belongs to the cycle, not to the approved bytes; what was said follows into the next report.
Called by the portal.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.errors import Refused
from arshjul.office import Office
from arshjul.steps.cycles import find_cycle, hold_cycle
from arshjul.steps.gathering import APT_DATE
from arshjul.wheel import local_day


@dataclass(frozen=True, slots=True)
class AptView:
    """One workplace's meeting on the report."""

    scope: str
    name: str
    planned: date | None
    held_on: date | None
    suggestions: str


def apt_meetings(office: Office, key: CycleKey) -> list[AptView]:
    """Every workplace of the unit that was sent a form, answered or not, in the unit's order."""
    unit = office.installation.unit(key.unit_code)
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        planned: dict[str, date] = {}
        answers = session.execute(
            select(tables.Submission.scope, tables.Answer.text)
            .join(tables.Answer, tables.Answer.submission_id == tables.Submission.id)
            .where(
                tables.Submission.cycle_id == cycle.id,
                tables.Submission.state == "accepted",
                tables.Answer.field == APT_DATE,
            )
            .order_by(tables.Submission.version)
        ).all()
        planned.update({scope: date.fromisoformat(text) for scope, text in answers if text})
        rows = session.scalars(
            select(tables.AptMeeting)
            .where(tables.AptMeeting.cycle_id == cycle.id)
            .order_by(tables.AptMeeting.id)
        )
        held = {row.scope: row for row in rows}
        forms = session.scalars(select(tables.Form.scopes).where(tables.Form.cycle_id == cycle.id))
        asked = {scope for scopes in forms for scope in scopes}
    return [
        AptView(
            subunit.code,
            subunit.name,
            planned.get(subunit.code),
            date.fromisoformat(held[subunit.code].held_on) if subunit.code in held else None,
            held[subunit.code].suggestions if subunit.code in held else "",
        )
        for subunit in unit.subunits_on(local_day(cycle.created_at))
        if subunit.code in asked | held.keys()
    ]


def record_meeting(
    office: Office,
    key: CycleKey,
    scope: str,
    person: str,
    held_on: date,
    suggestions: str,
    now: datetime,
) -> None:
    """Record that the workplace has taken the report up; said again it replaces what was said."""
    if held_on > local_day(now):
        raise Refused(f"{held_on:%Y-%m-%d} har inte varit än. Skriv dagen när mötet är hållet.")
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        if cycle is None:
            raise Refused(f"{key} har inte öppnats än.")
        session.add(
            tables.AptMeeting(
                cycle_id=cycle.id,
                scope=scope,
                held_on=held_on.isoformat(),
                suggestions=suggestions,
                person=person,
                recorded_at=now,
            )
        )
