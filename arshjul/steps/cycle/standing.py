"""Where a cycle stands: who has answered, what is due, what waits for whom. Reads only.

Called by `arshjul status`, the tables in Prefect and the portal.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.cycle import CycleKey, Due, Progress, due, waits_for
from arshjul.cycle_data import SUMMARY
from arshjul.form_making import asked_goals
from arshjul.office import Office
from arshjul.plan import Attainment
from arshjul.steps.cycle.cycles import expected_scopes, find_cycle, is_open, progress
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.unchanged import inputs_of, looks_for_a_draft
from arshjul.steps.cycle.versions import newest_draft
from arshjul.steps.figures.gathering import gather
from arshjul.wheel import local_day


@dataclass(frozen=True, slots=True)
class ScopeStanding:
    """One sub-unit's or section's answer: `state` is answered, returned or missing; `at` when it came.

    `after_decision`: it came when the report had been decided.
    """

    scope: str
    name: str
    state: str
    words: str
    version: int | None
    at: datetime | None = None
    after_decision: bool = False


def scope_standing(office: Office, key: CycleKey) -> list[ScopeStanding]:
    """Every scope that was asked, in the unit's order; empty before the cycle opens."""
    unit = office.installation.unit(key.unit_code)
    names = {subunit.code: subunit.name for subunit in unit.subunits}
    kind = office.installation.kind(key.unit_code, key.kind)
    assert kind is not None  # a cycle is opened for kinds that there are
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        expected = expected_scopes(session, cycle)
        submission = tables.Submission
        found = session.execute(
            select(submission.scope, submission.state, submission.received_at, submission.version)
            .where(submission.cycle_id == cycle.id)
            .order_by(submission.version)
        )
        rows = [_HandedIn(*row) for row in found]
        decided = None if is_open(session, cycle) else _decided_at(session, cycle)
    order = [code for code in names if code in expected] + [s for s in expected if s not in names]
    return [_of_scope(scope, names.get(scope) or kind.heading(scope).title, rows, decided) for scope in order]


def _decided_at(session: Session, cycle: tables.Cycle) -> datetime | None:
    return session.scalar(
        select(func.max(tables.ApprovedVersion.approved_at)).where(
            tables.ApprovedVersion.cycle_id == cycle.id
        )
    )


class _HandedIn(NamedTuple):
    """A version of an answer, without what it says."""

    scope: str
    state: str
    received_at: datetime
    version: int


def _of_scope(scope: str, name: str, rows: list[_HandedIn], decided: datetime | None) -> ScopeStanding:
    mine = [row for row in rows if row.scope == scope]
    accepted = [row for row in mine if row.state == SubmissionState.ACCEPTED]
    if accepted:
        newest = accepted[-1]
        came = newest.received_at
        after = decided is not None and came > decided
        words = f"inkom {local_day(came)}" + (", efter beslutet" if after else "")
        return ScopeStanding(scope, name, "answered", words, newest.version, came, after)
    if mine:
        return ScopeStanding(scope, name, "returned", "återsänd, väntar på rättelse", mine[-1].version)
    return ScopeStanding(scope, name, "missing", "saknas", None)


@dataclass(frozen=True, slots=True)
class CycleStanding:
    """A cycle at a moment: its progress, the steps that are due, and what it waits for."""

    key: CycleKey
    progress: Progress
    due: tuple[Due, ...]
    waits_for: str
    registry_number: str | None


def cycle_standing(office: Office, key: CycleKey, now: datetime) -> CycleStanding:
    """How the cycle stands at `now`."""
    dates = settled(office, key).milestones
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        state = progress(session, key)
        if cycle is not None and looks_for_a_draft(dates, state, now):
            inputs = inputs_of(office, session, key, cycle)
            state = replace(state, inputs=inputs.sha256, undecided=inputs.undecided)
    number = cycle.registry_number if cycle else None
    return CycleStanding(key, state, tuple(due(dates, state, now)), waits_for(dates, state), number)


def package_path(office: Office, key: CycleKey) -> Path | None:
    """Where the newest archive package of the cycle lies; None before it is written."""
    with office.database.reading() as session:
        path = session.scalar(
            select(tables.Package.path)
            .join(tables.ApprovedVersion, tables.Package.version_id == tables.ApprovedVersion.id)
            .join(tables.Cycle, tables.ApprovedVersion.cycle_id == tables.Cycle.id)
            .where(
                tables.Cycle.unit_code == key.unit_code,
                tables.Cycle.year == key.year,
                tables.Cycle.kind == key.kind.value,
                tables.Cycle.month == key.month,
                tables.Package.written_at.is_not(None),
            )
            .order_by(tables.ApprovedVersion.number.desc())
            .limit(1)
        )
    return office.installation.settings.folders.archive / path if path else None


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """A goal that the manager judges: what is proposed and why, what she has decided and written."""

    goal: str
    title: str
    proposed: Attainment | None
    reason: str
    decided: Attainment | None
    text: str


def goal_standing(office: Office, key: CycleKey) -> list[GoalStanding]:
    """Every goal that the report judges, in the plan's order; empty before the cycle has been compiled."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        draft = newest_draft(session, cycle) if cycle else None
        if draft is None:
            return []
        data, _ = gather(office, key, session)
    rows = []
    for goal in asked_goals(data.plan, data.kind):
        proposed, reason = draft.proposals.get(goal.id, (None, ""))
        judged = data.judgements.get(goal.id)
        rows.append(
            GoalStanding(
                goal.id,
                goal.title,
                Attainment(proposed) if proposed else None,
                reason,
                judged.attainment if judged else None,
                judged.synthesis if judged else "",
            )
        )
    return rows


def summary_text(office: Office, key: CycleKey) -> str:
    """The manager's summary of the whole report, empty until she has written one."""
    with office.database.reading() as session:
        data, _ = gather(office, key, session)
    judged = data.judgements.get(SUMMARY)
    return judged.synthesis if judged else ""


def written_beside(office: Office, key: CycleKey) -> list[tuple[str, str]]:
    """What stood in returned files but in no field of the form: file and words, in the order they came."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        rows = session.execute(
            select(tables.InboxFile.name, tables.InboxFile.note)
            .join(tables.Submission, tables.Submission.inbox_file_id == tables.InboxFile.id)
            .where(tables.Submission.cycle_id == cycle.id, tables.InboxFile.note != "")
            .distinct()
            .order_by(tables.InboxFile.name)
        )
        return [(name, note) for name, note in rows]
