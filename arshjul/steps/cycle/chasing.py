"""Chasing the late ones: reminders to those who have not answered, and an escalation to the manager.

Whoever has answered hears nothing. A step and its notices are one transaction. When a step is due is
`arshjul.cycle`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import ESCALATE, OPEN, CycleKey, Due, chasing, skipped
from arshjul.form import Form
from arshjul.form_file import load_form
from arshjul.letters import Escalation, Late, Missing, Reminder, SentLetter, Stage
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.steps.answers.missing_parts import missing_parts
from arshjul.steps.cycle.cycles import answered_scopes, hold_cycle, is_done, record_step
from arshjul.steps.cycle.extensions import given_time
from arshjul.steps.cycle.opening import scope_names
from arshjul.steps.cycle.settled import Settled, settled
from arshjul.steps.letters.notices import missed, notify
from arshjul.wheel import local_day

_ASKED = (  # what a form says is much to read, and most have answered
    select(tables.Form.person, tables.Form.id, tables.Form.scopes)
    .where(tables.Form.cycle_id == bindparam("cycle"))
    .order_by(tables.Form.number)
)
_FORM = select(tables.Form.content).where(tables.Form.id == bindparam("id"))
_SENT = {"request": "underlag", "reminder": "påminnelse", "returned": "återsänt underlag"}


def remind(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    """Remind everybody who has something missing; the number of reminders, 0 when it was done before."""
    config = settled(office, key)
    planned = chasing(config.milestones)
    reminders = [at.date() for name, at in planned.items() if name != ESCALATE]
    today = local_day(now)
    number = int(step.name.rpartition("-")[2])
    reminded = 0
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        if cycle is None or is_done(session, cycle, step.name):
            return 0
        for form, missing in late_forms(session, cycle, today=today):
            stage = _stage(number, today, config.milestones.due.date())
            following = next((day for day in reminders if day > today), None)
            reminder = _reminder(session, cycle, config, form, missing, stage, following)
            reminded += notify(
                session,
                cycle,
                reminder,
                cause=step.name,
                receiver=form.person,
                now=now,
                meant_at=missed(step),
            )
        for name in skipped(config.milestones, step.name, _done(session, cycle)):
            record_step(session, cycle, name, step.planned, now, {"skipped": True})
        record_step(session, cycle, step.name, step.planned, now, {"reminders": reminded})
    reached(CrashPoint.REMINDERS_PUT_DOWN)
    return reminded


def remind_now(office: Office, key: CycleKey, person: str, by: str, now: datetime) -> bool:
    """Remind one person at a manager's word, once a day; False where she has nothing missing."""
    config = settled(office, key)
    today = local_day(now)
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        found = list(late_forms(session, cycle, person)) if cycle else []
        if cycle is None or not found:
            return False
        form, missing = found[0]
        stage = _stage(1, today, config.milestones.due.date())
        reminder = _reminder(session, cycle, config, form, missing, stage, None)
        return notify(session, cycle, reminder, cause=f"by {by} {today}", receiver=form.person, now=now)


def _reminder(
    session: Session,
    cycle: tables.Cycle,
    config: Settled,
    form: Form,
    missing: tuple[Missing, ...],
    stage: Stage,
    following: date | None,
) -> Reminder:
    """To the person of a form; `following` is the day of the next one, where there is one."""
    titles = {part.scope for part in missing}
    subunits, sections = scope_names(config.unit, form)
    return Reminder(
        unit_code=config.unit.code,
        unit_name=config.unit.name,
        cycle=form.cycle,
        subunits=tuple(name for name in subunits if name in titles),
        sections=tuple(name for name in sections if name in titles),
        stage=stage,
        due=config.milestones.due.date(),
        missing=missing,
        requested_on=local_day(session.get_one(tables.Step, (cycle.id, OPEN)).done_at),
        next_on=following,
    )


def escalate(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    """Tell the managers, and those who handed a task on, who is late; the number of people told."""
    config = settled(office, key)
    today = local_day(now)
    told = 0
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        if cycle is None or is_done(session, cycle, step.name):
            return 0
        late: dict[str, Late] = {}
        handed_on: dict[str, list[Late]] = {}
        for form, missing in late_forms(session, cycle, today=today):
            delegator = config.unit.delegator(form.person, today)
            late[form.person] = _late(office, session, cycle, form.person, missing, delegator, today)
            if delegator:
                handed_on.setdefault(delegator, []).append(late[form.person])
        letters = [
            (manager, _escalation(config, key, late.values(), as_delegator=False))
            for manager in config.unit.holders(Role.MANAGER, today)
        ]
        letters += [
            (delegator, _escalation(config, key, people, as_delegator=True))
            for delegator, people in handed_on.items()
        ]
        for receiver, letter in letters:
            told += notify(
                session, cycle, letter, cause=ESCALATE, receiver=receiver, now=now, meant_at=missed(step)
            )
        record_step(session, cycle, step.name, step.planned, now, {"late": len(late), "told": told})
    reached(CrashPoint.ESCALATION_PUT_DOWN)
    return told


def _late(
    office: Office,
    session: Session,
    cycle: tables.Cycle,
    asked: str,
    missing: tuple[Missing, ...],
    delegator: str | None,
    today: date,
) -> Late:
    """What is told of one who was asked and has not answered."""
    organisation = office.installation.organisation
    person = organisation.person(organisation.successor(asked, today))  # who is to be spoken to
    return Late(
        person=person.name,
        address=person.address,
        missing=missing,
        sent=tuple(_sent_to(session, cycle, asked)),
        delegated_by=organisation.person(delegator).name if delegator else None,
    )


def late_forms(
    session: Session, cycle: tables.Cycle, person: str | None = None, *, today: date | None = None
) -> Iterator[tuple[Form, tuple[Missing, ...]]]:
    """The newest form of each person (or of one) who has something missing, and what.

    With `today`, what a manager has given more time for is not missing before that time is out.
    """
    rows = session.execute(_ASKED, {"cycle": cycle.id})
    newest = {row.person: row for row in rows if person in (None, row.person)}
    settled_scopes = set(answered_scopes(session, cycle))
    if today is not None:
        settled_scopes |= {scope for scope, until in given_time(session, cycle).items() if until >= today}
    late = [row for row in newest.values() if not set(row.scopes) <= settled_scopes]
    forms = [load_form(session.execute(_FORM, {"id": row.id}).scalar_one()) for row in late]
    lacking = {
        form.person: [sheet for sheet in form.sheets if sheet.scope not in settled_scopes] for form in forms
    }
    missing = missing_parts(session, cycle.id, [sheet for sheets in lacking.values() for sheet in sheets])
    for form in forms:
        yield form, tuple(missing[sheet.scope] for sheet in lacking[form.person])


def _stage(number: int, today: date, due: date) -> Stage:
    if today > due:
        return Stage.LATE
    if today == due:
        return Stage.LAST_DAY
    return Stage.FIRST if number == 1 else Stage.SECOND


def _escalation(config: Settled, key: CycleKey, late: Iterable[Late], *, as_delegator: bool) -> Escalation:
    late = tuple(late)
    names = tuple(dict.fromkeys(missing.scope for one in late for missing in one.missing))
    subunit_names = {subunit.name for subunit in config.unit.subunits}
    return Escalation(
        unit_code=config.unit.code,
        unit_name=config.unit.name,
        cycle=str(key),
        subunits=tuple(name for name in names if name in subunit_names),
        sections=tuple(name for name in names if name not in subunit_names),
        due=config.milestones.due.date(),
        late=late,
        compile_on=config.milestones.compile.date(),
        as_delegator=as_delegator,
    )


def _sent_to(session: Session, cycle: tables.Cycle, person: str) -> Iterator[SentLetter]:
    """What has been sent to a person in this cycle; a letter that was never taken is not counted."""
    rows = session.execute(
        select(tables.Notice.kind, tables.Letter.sent_at)
        .join(tables.Letter, tables.Notice.letter_id == tables.Letter.id)
        .where(
            tables.Notice.cycle_id == cycle.id,
            tables.Notice.receiver == person,
            tables.Notice.kind.in_(_SENT),
            tables.Letter.sent_at.is_not(None),
        )
        .order_by(tables.Letter.sent_at)
    )
    for kind, sent_at in rows:
        assert sent_at is not None
        yield SentLetter(local_day(sent_at), _SENT[kind])


def _done(session: Session, cycle: tables.Cycle) -> frozenset[str]:
    return frozenset(session.scalars(select(tables.Step.name).where(tables.Step.cycle_id == cycle.id)))
