"""What a manager does while answers come in: returns one with a reason, reminds, gives somebody more time.

Every such decision is on record. How a reminder is written is `arshjul.steps.cycle.chasing`. Called by the
portal and its API.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput, Refused
from arshjul.form_file import load_form
from arshjul.letters import Returned
from arshjul.office import Office
from arshjul.steps.cycle.chasing import remind_now
from arshjul.steps.cycle.cycles import find_cycle, hold_cycle
from arshjul.steps.cycle.decisions import decide, require_reason
from arshjul.steps.cycle.extensions import given_time
from arshjul.steps.cycle.opening import scope_names
from arshjul.steps.letters.notices import notify
from arshjul.wheel import local_day


def return_answer(office: Office, key: CycleKey, scope: str, person: str, reason: str, now: datetime) -> None:
    """Send a scope's answer back with a reason; it counts as missing until it is handed in again."""
    words = "Skriv vad som behöver ändras, med minst några ord: det är det enda som står i brevet."
    require_reason(reason, words)
    unit = office.installation.unit(key.unit_code)
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        accepted = session.scalars(
            select(tables.Submission)
            .where(
                tables.Submission.cycle_id == (cycle.id if cycle else None),
                tables.Submission.scope == scope,
                tables.Submission.state == SubmissionState.ACCEPTED,
            )
            .order_by(tables.Submission.version)
        ).all()
        if cycle is None or not accepted:
            raise Refused("Det finns inget inlämnat svar att återsända. Inget ändrades.")
        newest = accepted[-1]
        for row in accepted:
            row.state = SubmissionState.RETURNED
        newest.faults = [{"field": "", "place": "", "message": reason}]
        decide(
            session,
            cycle,
            DecisionKind.RETURN,
            person,
            now,
            subject=newest.sha256,
            content={"scope": scope, "version": newest.version},
            reason=reason,
        )
        form = load_form(session.get_one(tables.Form, newest.form_id).content)
        subunits, sections = scope_names(unit, form)
        title = next(sheet.title for sheet in form.sheets if sheet.scope == scope)
        letter = Returned(
            unit_code=unit.code,
            unit_name=unit.name,
            cycle=str(key),
            subunits=tuple(name for name in subunits if name == title),
            sections=tuple(name for name in sections if name == title),
            file="",
            due=max(form.due, given_time(session, cycle).get(scope, form.due)),
            comment=reason,
        )
        cause = f"returned {scope} v{newest.version}"
        notify(session, cycle, letter, cause=cause, receiver=newest.person, now=now)


def extend(office: Office, key: CycleKey, scope: str, person: str, until: date, now: datetime) -> None:
    """Give one scope more time: it is not reminded or reported as late before the day after `until`."""
    if until < local_day(now):
        raise Refused(f"{until:%Y-%m-%d} har redan varit. Välj en kommande dag.")
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        if cycle is None:
            raise Refused(f"{key} har inte öppnats än.")
        _answering(session, cycle, scope)
        session.add(
            tables.Extension(
                cycle_id=cycle.id, scope=scope, until=until.isoformat(), person=person, decided_at=now
            )
        )


def remind_of(office: Office, key: CycleKey, scope: str, by: str, now: datetime) -> bool:
    """Remind whoever answers for a scope, now; False where she has answered or has been reminded today."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            raise Refused(f"{key} har inte öppnats än.")
        person = _answering(session, cycle, scope)
    return remind_now(office, key, person, by, now)


def _answering(session: Session, cycle: tables.Cycle, scope: str) -> str:
    """Who has the newest form with the scope in it; BadInput where nobody was asked."""
    rows = session.scalars(
        select(tables.Form).where(tables.Form.cycle_id == cycle.id).order_by(tables.Form.id)
    ).all()
    found = [row.person for row in {row.person: row for row in rows}.values() if scope in row.scopes]
    if not found:
        raise BadInput("Delen finns inte i rapporten.")
    return found[-1]
