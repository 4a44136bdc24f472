"""Gathering a cycle's data from the store: the submissions that count, judgements, history.

The newest accepted version of each scope counts. Gives `CycleData` for compilation and review, and the hash
that says whether a draft is still of today.
"""

import hashlib
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.answers import Answer, State
from arshjul.catalogue import identities
from arshjul.cycle import CycleKey
from arshjul.cycle_data import Counted, CycleData, EarlierJudgements, Judged
from arshjul.errors import Refused
from arshjul.history import History
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.plan import Attainment
from arshjul.plan_file import read_plan
from arshjul.report_kinds import PartName, ReportKind
from arshjul.steps.cycle.cycles import correction, expected_scopes, find_cycle, progress
from arshjul.steps.cycle.settled import Settled, settled
from arshjul.steps.duties.actions import earlier_plan, promises_of
from arshjul.steps.duties.duty_words import duty_results
from arshjul.steps.figures.earlier import decided_cycles, history_of
from arshjul.steps.figures.other_units import others_of
from arshjul.steps.figures.releases import releases_of
from arshjul.steps.figures.sources import given_to
from arshjul.wheel import year_entries

APT_DATE = "apt.date"


def gather(
    office: Office, key: CycleKey, session: Session, until: datetime | None = None
) -> tuple[CycleData, str]:
    """The cycle's data and its fingerprint; Refused before the cycle has been opened.

    With `until` the answers and judgements that there were then. A department's data is its units' approved
    reports.
    """
    cycle = find_cycle(session, key)
    if cycle is None or cycle.plan_version_id is None:
        raise Refused(f"{key} för {key.unit_code} har inte öppnats än, så det finns inget att sammanställa.")
    config = settled(office, key)
    history = history_of(session, key, config.history).with_identities(identities(config.catalogue))
    plan_version = session.get_one(tables.PlanVersion, cycle.plan_version_id)
    where = f"plan {plan_version.year} version {plan_version.number}"
    submissions = _counted(session, cycle, until)
    state = progress(session, key)
    begun = correction(session, cycle, state.approved)
    expected = expected_scopes(session, cycle)
    ordered = [s.code for s in config.unit.subunits if s.code in expected]
    plan = read_plan(plan_version.content, where)
    data = CycleData(
        key=key,
        unit=config.unit,
        plan=plan,
        kind=config.kind,
        milestones=config.milestones,
        registry_number=cycle.registry_number or "",
        expected=(*ordered, *(scope for scope in expected if scope not in ordered)),
        submissions=submissions,
        catalogue=config.catalogue,
        history=history,
        judgements=judgements_of(session, cycle, until),
        apt_dates={scope: day for scope, c in submissions.items() if (day := _apt(c)) is not None},
        handler=_handler(office, config, config.milestones.approve_by),
        version=state.approved + 1 if state.correcting or not state.approved else state.approved,
        changes=(begun.reason or "") if begun else "",
        released=releases_of(session, key.unit_code),
        given=given_to(office, session, key, config, plan, ordered),
        promises=promises_of(session, key),
        duties=duty_results(
            session,
            office.installation,
            key.unit_code,
            key.kind,
            config.milestones.period_start,
            config.milestones.period_end,
        ),
        earlier_plan=earlier_plan(session, cycle),
        went=_went(session, key, config.kind),
        others=others_of(office, session, key, config.catalogue),
        staff=_staff(office, config),
    )
    if config.unit.compiles:
        from arshjul.steps.figures.departments import (
            from_units,  # takes in pandas, and gathers its units' data here
        )

        data = from_units(office, session, data)
    return data, data.fingerprint(plan_version.sha256, _config_sha256(office, key, config, history))


def _counted(session: Session, cycle: tables.Cycle, until: datetime | None) -> dict[str, Counted]:
    submission, given = tables.Submission, tables.Answer
    rows = session.execute(
        select(submission.scope, submission.id, submission.version, submission.received_at, submission.sha256)
        .where(submission.cycle_id == cycle.id, submission.state == SubmissionState.ACCEPTED)
        .order_by(submission.version)
    )
    newest = {row.scope: row for row in rows if until is None or row.received_at <= until}
    ids = {row.id: scope for scope, row in newest.items()}
    answers: dict[str, dict[str, Answer]] = {scope: {} for scope in newest}
    found = session.execute(
        select(given.submission_id, given.field, given.state, given.number, given.text)
        .where(given.submission_id.in_(ids))
        .order_by(given.submission_id, given.field)
    )
    for id_, field, state, number, text in found:
        answers[ids[id_]][field] = Answer(field, State(state), number, text)
    return {
        scope: Counted(scope, row.version, row.received_at, row.sha256, answers[scope])
        for scope, row in newest.items()
    }


def judgements_of(session: Session, cycle: tables.Cycle, until: datetime | None = None) -> dict[str, Judged]:
    """What the manager has decided and written, by goal; with `until` what she had then."""
    rows = session.scalars(
        select(tables.Judgement).where(tables.Judgement.cycle_id == cycle.id).order_by(tables.Judgement.id)
    )
    return {
        row.goal: Judged(Attainment(row.attainment) if row.attainment else None, row.synthesis)
        for row in rows
        if until is None or row.at <= until
    }


def _went(session: Session, key: CycleKey, kind: ReportKind) -> EarlierJudgements | None:
    """What the newest decided report of those that a plan goes on from said of its goals."""
    periods = kind.went_periods(key.year)
    decided = decided_cycles(session, key.unit_code) if periods else {}
    newest = next((period for period in periods if period in decided), None)
    return EarlierJudgements(newest, judgements_of(session, *decided[newest])) if newest else None


def _apt(counted: Counted) -> date | None:
    answer = counted.answers.get(APT_DATE)
    return date.fromisoformat(answer.text) if answer and answer.text else None


def _staff(office: Office, config: Settled) -> tuple[str, ...]:
    """Who works here, as far as people here know them: those of its department and above it."""
    organisation = office.installation.organisation
    near = [
        unit
        for unit in organisation.units
        if (unit.administration, unit.department) == (config.unit.administration, config.unit.department)
    ]
    near += organisation.above(config.unit.code)
    people = (p for u in near for a in u.assignments for p in (a.person, a.delegated_by) if p)
    return tuple(organisation.person(person).name for person in dict.fromkeys(people))


def _handler(office: Office, config: Settled, at: datetime) -> str:
    """Who handles the case, as it stands on the first page: the managers' names."""
    organisation = office.installation.organisation
    return " och ".join(organisation.person(p).name for p in config.unit.holders(Role.MANAGER, at.date()))


def _config_sha256(office: Office, key: CycleKey, config: Settled, history: History) -> str:
    """The part of the configuration that the report depends on: also how it is shown, and its wheel."""
    installation = office.installation
    draws_wheel = any(part.name is PartName.WHEEL for part in config.kind.parts)
    wheel = year_entries(installation.wheel, key.unit_code, key.year) if draws_wheel else ()
    parts = (
        config.unit,
        config.kind,
        sorted(config.catalogue.items()),
        config.milestones,
        history,
        installation.settings.reports,
        [(entry.label, entry.start, entry.end, entry.ring) for entry in wheel],
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()
