"""Cycles in the store: finding or starting one, its progress and its ledger.

Called by every step and by `arshjul status`. What is due is decided in `arshjul.cycle`; who may work on a
cycle just now is `arshjul.steps.cycle.lease`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, case, func, select
from sqlalchemy.orm import Session

from arshjul import cycle as rules
from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.adapters.store.turns import put_down_once
from arshjul.cycle import CycleKey, Progress
from arshjul.plan import Kind

# What is asked at every turn is put together once: that takes longer than the answer.
_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_CYCLE = select(tables.Cycle).where(
    tables.Cycle.unit_code == bindparam("unit"),
    tables.Cycle.year == bindparam("year"),
    tables.Cycle.kind == bindparam("kind"),
    tables.Cycle.month == bindparam("month"),
)
_HELD = _CYCLE.with_for_update().execution_options(populate_existing=True)
_STEPS = select(
    tables.Step.cycle_id,
    tables.Step.name,
    case((tables.Step.name == rules.OPEN, tables.Step.done_at)),  # the one whose time is asked for
).where(tables.Step.cycle_id.in_(_IDS))
_STEP = select(tables.Step.name).where(
    tables.Step.cycle_id == bindparam("id"), tables.Step.name == bindparam("name")
)
_APPROVED = select(func.max(tables.ApprovedVersion.number)).where(
    tables.ApprovedVersion.cycle_id == bindparam("id")
)
_CORRECTIONS = select(tables.Decision).where(
    tables.Decision.cycle_id == bindparam("id"), tables.Decision.kind == DecisionKind.CORRECT
)
_ASKED = (
    select(tables.Form.cycle_id, tables.Form.person, tables.Form.scopes)  # not what they say: it is much
    .where(tables.Form.cycle_id.in_(_IDS))
    .order_by(tables.Form.number)
)
_ANSWERED = (
    select(tables.Submission.cycle_id, tables.Submission.scope)
    .where(tables.Submission.cycle_id.in_(_IDS), tables.Submission.state == SubmissionState.ACCEPTED)
    .distinct()
)
_OF_CYCLE = tables.Cycle.id
_REACHED = select(
    _OF_CYCLE,
    select(func.max(tables.ApprovedVersion.number))
    .where(tables.ApprovedVersion.cycle_id == _OF_CYCLE)
    .scalar_subquery(),
    select(tables.Decision.content)
    .where(tables.Decision.cycle_id == _OF_CYCLE, tables.Decision.kind == DecisionKind.CORRECT)
    .order_by(tables.Decision.id.desc())
    .limit(1)
    .scalar_subquery(),
    select(tables.Draft.inputs_sha256)
    .where(tables.Draft.cycle_id == _OF_CYCLE)
    .order_by(tables.Draft.number.desc())
    .limit(1)
    .scalar_subquery(),
    select(func.count(tables.Finding.id))
    .where(
        tables.Finding.cycle_id == _OF_CYCLE,
        tables.Finding.state == "open",
        tables.Finding.severity == "error",
    )
    .scalar_subquery(),
).where(_OF_CYCLE.in_(_IDS))


def find_cycle(session: Session, key: CycleKey) -> tables.Cycle | None:
    """The cycle's row, None before its first day. Asked for once in a session: no cycle is taken away."""
    known: tables.Cycle | None = session.info.get(key)
    if known is None:
        known = session.info[key] = session.scalar(_CYCLE, _named(key))
    return known


def _named(key: CycleKey) -> dict[str, str | int]:
    return {"unit": key.unit_code, "year": key.year, "kind": key.kind.value, "month": key.month}


def key_of(cycle: tables.Cycle) -> CycleKey:
    """The key of a row."""
    return CycleKey(cycle.unit_code, Kind(cycle.kind), cycle.year, cycle.month)


def hold_cycle(session: Session, key: CycleKey) -> tables.Cycle | None:
    """The cycle's row, held until the transaction ends: whoever else writes in the cycle waits.

    Everything that writes in a cycle begins with this, and then sees all that was written before it.
    """
    return session.scalar(_HELD, _named(key))


def start_cycle(session: Session, key: CycleKey, unit_name: str, now: datetime) -> tables.Cycle:
    """The cycle's row, held; made with its unit when it is not there."""
    cycle = hold_cycle(session, key)
    if cycle is None:
        put_down_once(session, tables.Unit, code=key.unit_code, name=unit_name)
        put_down_once(
            session,
            tables.Cycle,
            unit_code=key.unit_code,
            year=key.year,
            kind=key.kind.value,
            month=key.month,
            created_at=now,
        )
        cycle = hold_cycle(session, key)
    assert cycle is not None
    return cycle


def record_step(
    session: Session, cycle: tables.Cycle, name: str, planned: datetime, now: datetime, result: Any
) -> None:
    """Put a step to the ledger; belongs in the same transaction as its effects."""
    session.add(tables.Step(cycle_id=cycle.id, name=name, planned_at=planned, done_at=now, result=result))


def is_done(session: Session, cycle: tables.Cycle, name: str) -> bool:
    """Whether the step stands in the ledger."""
    return session.scalar(_STEP, {"id": cycle.id, "name": name}) is not None


def expected_scopes(session: Session, cycle: tables.Cycle) -> tuple[str, ...]:
    """The scopes that were asked: those of the newest form of each person."""
    return _asked(session, [cycle.id])[cycle.id]


def answered_scopes(session: Session, cycle: tables.Cycle) -> frozenset[str]:
    """The scopes with an accepted submission."""
    return frozenset(scope for _, scope in session.execute(_ANSWERED, {"ids": [cycle.id]}))


def progress(session: Session, key: CycleKey, inputs: str | None = None) -> Progress:
    """What has happened in the cycle. `inputs` is the hash of today's data, where the caller has it."""
    cycle = find_cycle(session, key)
    if cycle is None:
        return Progress()
    return replace(progress_of(session, [cycle.id])[cycle.id], inputs=inputs)


def progress_of(session: Session, ids: Sequence[int]) -> dict[int, Progress]:
    """What has happened in each of the cycles, by its id: the same few questions however many they are.

    Of those that are decided it is not asked who has answered.
    """
    done: dict[int, dict[str, datetime | None]] = {cycle_id: {} for cycle_id in ids}
    for cycle_id, name, at in session.execute(_STEPS, {"ids": ids}):
        done[cycle_id][name] = at
    reached_by = {row[0]: _Reached(*row[1:]) for row in session.execute(_REACHED, {"ids": ids})}
    at_work = [c for c in ids if rules.OPEN in done[c] and reached_by[c].is_at_work]
    missing = _missing(session, at_work)
    return {
        cycle_id: Progress(
            done=frozenset(names),
            opened_at=names.get(rules.OPEN),
            missing=missing.get(cycle_id, ()),
            compiled_from=reached_by[cycle_id].compiled_from if cycle_id in missing else None,
            blocking_findings=reached_by[cycle_id].blocking_findings,
            approved=reached_by[cycle_id].approved or 0,
            correcting=reached_by[cycle_id].is_corrected,
            distributed=_highest(names, rules.DISTRIBUTE),
            archived=_highest(names, rules.ARCHIVE),
        )
        for cycle_id, names in done.items()
    }


class _Reached(NamedTuple):
    """How far a cycle has come with its report; `begun` is what the newest correction says it is of."""

    approved: int | None
    begun: dict[str, Any] | None
    compiled_from: str | None
    blocking_findings: int

    @property
    def is_corrected(self) -> bool:
        """Whether a correction of the newest approved version has been begun."""
        return self.approved is not None and self.begun is not None and self.begun["of"] == self.approved

    @property
    def is_at_work(self) -> bool:
        """Whether answers and drafts are still asked for."""
        return self.approved is None or self.is_corrected


def _missing(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The scopes of each cycle that were asked and have not answered."""
    if not ids:
        return {}
    answered = {(cycle_id, scope) for cycle_id, scope in session.execute(_ANSWERED, {"ids": ids})}
    return {
        cycle_id: tuple(scope for scope in scopes if (cycle_id, scope) not in answered)
        for cycle_id, scopes in _asked(session, ids).items()
    }


def _asked(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The scopes of each cycle that were asked: those of the newest form of each person."""
    newest: dict[int, dict[str, list[str]]] = {cycle_id: {} for cycle_id in ids}
    for cycle_id, person, scopes in session.execute(_ASKED, {"ids": ids}):
        newest[cycle_id][person] = scopes
    return {
        cycle_id: tuple(dict.fromkeys(scope for scopes in of_person.values() for scope in scopes))
        for cycle_id, of_person in newest.items()
    }


def is_open(session: Session, cycle: tables.Cycle) -> bool:
    """Whether answers can still be changed: until the approval, and again while it is corrected."""
    approved = session.scalar(_APPROVED, {"id": cycle.id})
    return approved is None or correction(session, cycle, approved) is not None


def correction(session: Session, cycle: tables.Cycle, approved: int) -> tables.Decision | None:
    """The decision that began a correction of version `approved`, None where none has been begun."""
    begun = session.scalars(_CORRECTIONS, {"id": cycle.id})
    return next((decision for decision in begun if decision.content["of"] == approved), None)


def _highest(done: Iterable[str], kind: str) -> int:
    """The number of the newest step of a kind: 2 after "archive-1" and "archive-2", 0 without any."""
    return max((int(n.rpartition("-")[2]) for n in done if n.startswith(f"{kind}-")), default=0)
