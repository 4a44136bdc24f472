"""The workplace meetings (APT) on a report: planned day, the day it was really held, and what was said.

The real day belongs to the cycle, not to the approved bytes; what was said follows into the next report.
Called by the portal.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.actions import Event, EventKind, Source, lines_to_carry
from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.adapters.store.turns import take_turn
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput, Refused
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.secrecy import refuse_identity_numbers
from arshjul.steps.cycle.cycles import find_cycle, hold_cycle
from arshjul.steps.duties.actions import actions_in, keep_events, owners_on
from arshjul.steps.figures.gathering import APT_DATE
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
                tables.Submission.state == SubmissionState.ACCEPTED,
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
    if scope not in {meeting.scope for meeting in apt_meetings(office, key)}:
        raise BadInput("Verksamheten har inget APT att rapportera i den här rapporten.")
    refuse_identity_numbers(suggestions, "det som sades på mötet")
    unit = office.installation.unit(key.unit_code)
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
        _keep_suggestions(session, unit, key, scope, person, suggestions, now)


def _keep_suggestions(
    session: Session, unit: Unit, key: CycleKey, scope: str, person: str, said: str, now: datetime
) -> None:
    """A line that is new becomes an action of the workplace: the next report's form asks of it."""
    take_turn(session, f"actions {unit.code}")
    mine = f"APT-{key.slug}-{scope}-"
    standing = actions_in(session, unit.code, tables.ActionEvent.action.startswith(mine, autoescape=True))
    known = {action.text for action in standing}
    new = [line for line in dict.fromkeys(lines_to_carry(said)) if line not in known]
    for number, line in enumerate(new, start=len(standing) + 1):
        content = {
            "source": Source.APT.value,
            "text": line,
            "subunit": scope,
            "owner": owners_on(unit, local_day(now)).get(scope, ""),
        }
        keep_events(session, unit.code, [Event(f"{mine}{number}", EventKind.MADE, now, person, "", content)])
