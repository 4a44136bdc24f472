"""Opening a cycle: its register number, the plan version it rests on, a form for each who answers, requests.

All of it is one transaction: a cycle is open with everything in its place, or not at all.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import DOCX, XLSX, keep_file
from arshjul.adapters.store.turns import take_turn
from arshjul.adapters.word_forms.writing import write_word_form
from arshjul.adapters.workbooks.writing import write_workbook
from arshjul.catalogue import identities
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import ESCALATE, OPEN, CycleKey, Due, chasing
from arshjul.form import Form
from arshjul.form_file import dump_form
from arshjul.form_making import make_forms
from arshjul.letters import Attachment, Request
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.plan import Plan
from arshjul.plan_file import dump_plan
from arshjul.promise_rows import with_promises
from arshjul.steps.cycle.cycles import is_done, record_step, start_cycle
from arshjul.steps.cycle.register import register_of
from arshjul.steps.cycle.settled import Settled, settled
from arshjul.steps.duties.actions import actions_in, open_promises, promises_when_open
from arshjul.steps.figures.earlier import history_of
from arshjul.steps.figures.releases import for_forms, keep_shown_in_forms, releases_of
from arshjul.steps.figures.sources import given_to
from arshjul.steps.letters.notices import notify
from arshjul.wheel import local_day


def open_cycle(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    """Open the cycle; the number of forms that were made and are to be sent, 0 when it was open already."""
    config = settled(office, key)
    day = local_day(now)
    with office.database.reading() as session:
        history = history_of(session, key, config.history).with_identities(identities(config.catalogue))
        asked = [subunit.code for subunit in config.unit.subunits_on(day)]
        given = given_to(office, session, key, config, config.plan, asked)
        released = releases_of(session, key.unit_code)
        actions = actions_in(session, key.unit_code)
    history, given, shown = for_forms(config, key, history, given, released)
    forms = make_forms(
        config.unit,
        config.plan,
        config.catalogue,
        config.kind,
        history,
        str(key),
        key.year,
        config.milestones.due.date(),
        day,
        month=key.month,
        given=given,
    )
    forms = with_promises(forms, promises_when_open(actions, config, key, day, now), str(key))
    workbooks = {form.person: write_workbook(form) for form in forms}
    written = _written(office, key, config.plan)
    reached(CrashPoint.FORMS_MADE)
    with office.database.writing() as session:
        cycle = start_cycle(session, key, config.unit.name, now)
        if is_done(session, cycle, OPEN):
            return 0
        cycle.registry_number = register_of(office.installation.settings).fetch(session, cycle, now)
        cycle.plan_version_id = keep_plan(session, replace(key, year=config.plan_year), written, now)
        open_promises(session, config, key, day, now)
        for form in forms:
            sha256 = keep_file(session, workbooks[form.person], XLSX)
            attached = list(_attached(session, office, form, sha256))
            session.add(
                tables.Form(
                    cycle_id=cycle.id,
                    person=form.person,
                    number=form.number,
                    scopes=[sheet.scope for sheet in form.sheets],
                    content=dump_form(form),
                    workbook_sha256=sha256,
                    created_at=now,
                )
            )
            request = _request(office, config, form, attached, day)
            notify(
                session,
                cycle,
                request,
                cause=f"form {form.number}",
                receiver=form.person,
                now=now,
                meant_at=step.planned,
            )
        keep_shown_in_forms(session, cycle, shown)
        record_step(session, cycle, OPEN, step.planned, now, {"forms": len(forms)})
    reached(CrashPoint.CYCLE_OPENED)
    return len(forms)


def _written(office: Office, key: CycleKey, plan: Plan) -> str:
    """The plan as text, made once: every cycle of the year rests on it."""
    known = office.memory.get(("plan", key.unit_code))
    if known is None or known[0] is not plan:
        known = office.memory["plan", key.unit_code] = plan, dump_plan(plan)
    text: str = known[1]
    return text


def keep_plan(session: Session, key: CycleKey, content: str, now: datetime) -> int:
    """The id of the stored version of the unit's plan of that year; a new one where it differs."""
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    take_turn(session, f"plan {key.unit_code} {key.year}")
    newest = session.scalar(
        select(tables.PlanVersion)
        .where(tables.PlanVersion.unit_code == key.unit_code, tables.PlanVersion.year == key.year)
        .order_by(tables.PlanVersion.number.desc())
        .limit(1)
    )
    if newest is not None and newest.sha256 == sha256:
        return newest.id
    version = tables.PlanVersion(
        unit_code=key.unit_code,
        year=key.year,
        number=newest.number + 1 if newest else 1,
        content=content,
        sha256=sha256,
        created_at=now,
    )
    session.add(version)
    session.flush()
    return version.id


def _attached(session: Session, office: Office, form: Form, workbook_sha256: str) -> Iterator[Attachment]:
    """The form as the settings send it, named "Underlag T2 2026 SOL anna.xlsx"; the workbook always."""
    name = f"Underlag {form.cycle} {form.unit_code} {form.person}"
    yield Attachment(f"{name}.xlsx", XLSX, workbook_sha256)
    if office.installation.settings.forms.word:
        yield Attachment(f"{name}.docx", DOCX, keep_file(session, write_word_form(form), DOCX))


def _request(office: Office, config: Settled, form: Form, attached: list[Attachment], day: date) -> Request:
    subunits, sections = scope_names(config.unit, form)
    first = config.milestones.figures_from
    delegator = config.unit.delegator(form.person, day)
    return Request(
        unit_code=config.unit.code,
        unit_name=config.unit.name,
        cycle=form.cycle,
        subunits=subunits,
        sections=sections,
        attachments=tuple(attached),
        due=form.due,
        number=form.number,
        reminders=tuple(at.date() for name, at in chasing(config.milestones).items() if name != ESCALATE),
        figures_from=first.date() if first is not None and first.date() > day else None,
        delegated_by=office.installation.organisation.person(delegator).name if delegator else None,
    )


def scope_names(unit: Unit, form: Form) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the form's sub-units and of its sections."""
    codes = {subunit.code for subunit in unit.subunits}
    subunits = tuple(sheet.title for sheet in form.sheets if sheet.scope in codes)
    return subunits, tuple(sheet.title for sheet in form.sheets if sheet.scope not in codes)
