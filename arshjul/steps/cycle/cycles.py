"""Cycles in the store: finding or starting one, its progress, its ledger, and the lease on it.

Called by every step and by `arshjul status`. What is due is decided in `arshjul.cycle`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select, update
from sqlalchemy.orm import Session

from arshjul import cycle as rules
from arshjul.adapters.store import tables
from arshjul.adapters.store.turns import put_down_once
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey, Progress
from arshjul.errors import Busy
from arshjul.office import Office, has_died
from arshjul.plan import Kind
from arshjul.steps.cycle.settled import settled

LEASE = timedelta(minutes=10)

# What is asked at every turn is put together once: that takes longer than the answer.
_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_CYCLE = select(tables.Cycle).where(
    tables.Cycle.unit_code == bindparam("unit"),
    tables.Cycle.year == bindparam("year"),
    tables.Cycle.kind == bindparam("kind"),
    tables.Cycle.month == bindparam("month"),
)
_HELD = _CYCLE.with_for_update().execution_options(populate_existing=True)
_STEPS = select(tables.Step.cycle_id, tables.Step.name, tables.Step.done_at).where(
    tables.Step.cycle_id.in_(_IDS)
)
_STEP = select(tables.Step.name).where(
    tables.Step.cycle_id == bindparam("id"), tables.Step.name == bindparam("name")
)
_APPROVED = (
    select(tables.ApprovedVersion.cycle_id, func.max(tables.ApprovedVersion.number))
    .where(tables.ApprovedVersion.cycle_id.in_(_IDS))
    .group_by(tables.ApprovedVersion.cycle_id)
)
_CORRECTIONS = select(tables.Decision).where(
    tables.Decision.cycle_id.in_(_IDS), tables.Decision.kind == "correct"
)
_ASKED = (
    select(tables.Form.cycle_id, tables.Form.person, tables.Form.scopes)  # not what they say: it is much
    .where(tables.Form.cycle_id.in_(_IDS))
    .order_by(tables.Form.number)
)
_ANSWERED = (
    select(tables.Submission.cycle_id, tables.Submission.scope)
    .where(tables.Submission.cycle_id.in_(_IDS), tables.Submission.state == "accepted")
    .distinct()
)
_DRAFTS = (
    select(tables.Draft.cycle_id, tables.Draft.inputs_sha256)
    .where(tables.Draft.cycle_id.in_(_IDS))
    .order_by(tables.Draft.number)
)
_BLOCKING = select(func.count()).where(
    tables.Finding.cycle_id == bindparam("id"),
    tables.Finding.state == "open",
    tables.Finding.severity == "error",
)
_GIVE_BACK = (
    update(tables.Cycle)
    .where(tables.Cycle.id == bindparam("cycle"), tables.Cycle.lease_holder == bindparam("holder"))
    .values(lease_holder=None, lease_until=None)
    .execution_options(synchronize_session=False)
)


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


def newest_draft(session: Session, cycle: tables.Cycle) -> tables.Draft | None:
    """The draft that counts; None before the cycle has been compiled."""
    return session.scalar(
        select(tables.Draft)
        .where(tables.Draft.cycle_id == cycle.id)
        .order_by(tables.Draft.number.desc())
        .limit(1)
    )


def newest_version(session: Session, cycle: tables.Cycle) -> tables.ApprovedVersion | None:
    """The approved version that counts; None before the first."""
    return session.scalar(
        select(tables.ApprovedVersion)
        .where(tables.ApprovedVersion.cycle_id == cycle.id)
        .order_by(tables.ApprovedVersion.number.desc())
        .limit(1)
    )


def counting_submission(session: Session, cycle: tables.Cycle, scope: str) -> tables.Submission | None:
    """The answer of a scope that counts, which is its newest accepted version; None before the first."""
    return session.scalar(
        select(tables.Submission)
        .where(
            tables.Submission.cycle_id == cycle.id,
            tables.Submission.scope == scope,
            tables.Submission.state == "accepted",
        )
        .order_by(tables.Submission.version.desc())
        .limit(1)
    )


def progress(session: Session, key: CycleKey, inputs: str | None = None) -> Progress:
    """What has happened in the cycle. `inputs` is the hash of today's data, where the caller has it."""
    cycle = find_cycle(session, key)
    if cycle is None:
        return Progress()
    blocking = session.scalar(_BLOCKING, {"id": cycle.id})
    known = progress_of(session, [cycle])[cycle.id]
    return replace(known, inputs=inputs, blocking_findings=blocking or 0)


def progress_of(session: Session, cycles: Sequence[tables.Cycle]) -> dict[int, Progress]:
    """What has happened in each of the cycles, by its id: the same few questions however many they are.

    Findings are not counted, and of those that are decided it is not asked who has answered.
    """
    ids = [cycle.id for cycle in cycles]
    done: dict[int, dict[str, datetime]] = {cycle_id: {} for cycle_id in ids}
    for cycle_id, name, at in session.execute(_STEPS, {"ids": ids}):
        done[cycle_id][name] = at
    approved: dict[int, int] = {row[0]: row[1] for row in session.execute(_APPROVED, {"ids": ids})}
    correcting = {row.cycle_id for row in _corrections(session, approved)}
    at_work = [c for c in ids if rules.OPEN in done[c] and (c not in approved or c in correcting)]
    missing, drafts = _missing(session, at_work), _compiled_from(session, at_work)
    return {
        cycle_id: Progress(
            done=frozenset(names),
            opened_at=names.get(rules.OPEN),
            missing=missing.get(cycle_id, ()),
            compiled_from=drafts.get(cycle_id),
            approved=approved.get(cycle_id, 0),
            correcting=cycle_id in correcting,
            distributed=_highest(names, rules.DISTRIBUTE),
            archived=_highest(names, rules.ARCHIVE),
        )
        for cycle_id, names in done.items()
    }


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


def _compiled_from(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """What the newest draft of each cycle was made from."""
    if not ids:
        return {}
    return {row[0]: row[1] for row in session.execute(_DRAFTS, {"ids": ids})}


def is_open(session: Session, cycle: tables.Cycle) -> bool:
    """Whether answers can still be changed: until the approval, and again while it is corrected."""
    approved = session.execute(_APPROVED, {"ids": [cycle.id]}).first()
    return approved is None or correction(session, cycle, approved[1]) is not None


def correction(session: Session, cycle: tables.Cycle, approved: int) -> tables.Decision | None:
    """The decision that began a correction of version `approved`, None where none has been begun."""
    return next(iter(_corrections(session, {cycle.id: approved})), None)


def _corrections(session: Session, approved: Mapping[int, int]) -> list[tables.Decision]:
    """The decisions that began corrections of the newest approved versions of cycles."""
    if not approved:
        return []
    begun = session.scalars(_CORRECTIONS, {"ids": list(approved)})
    return [decision for decision in begun if decision.content["of"] == approved[decision.cycle_id]]


def _highest(done: Iterable[str], kind: str) -> int:
    """The number of the newest step of a kind: 2 after "archive-1" and "archive-2", 0 without any."""
    return max((int(n.rpartition("-")[2]) for n in done if n.startswith(f"{kind}-")), default=0)


@contextmanager
def leased(office: Office, key: CycleKey, now: datetime) -> Iterator[None]:
    """Hold the cycle while it is worked on; `Busy` says who is at it. Lapses by itself after a crash.

    BadInput, before anything is put down, where the installation has no such cycle. What this office holds
    already it may hold again: the outermost gives it back.
    """
    unit = settled(office, key).unit
    with office.database.writing() as session:
        cycle = start_cycle(session, key, unit.name, now)
        cycle_id = cycle.id
        taken = _claim(cycle, key, office)
    reached(CrashPoint.LEASE_TAKEN)
    try:
        yield
    finally:
        if taken:
            _give_back(office, cycle_id)


def renew_lease(office: Office, key: CycleKey) -> None:
    """Hold the cycle for another while; `Busy` where somebody else has taken it over meanwhile."""
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        assert cycle is not None
        _claim(cycle, key, office)


def _claim(cycle: tables.Cycle, key: CycleKey, office: Office) -> bool:
    """Take or prolong the lease; whether it was free."""
    at = office.clock()
    holder = cycle.lease_holder
    lapsed = holder is None or cycle.lease_until is None or cycle.lease_until < at
    free = lapsed or (holder is not None and has_died(holder))
    if not free and holder != office.name:
        host, process = (holder or "okänd:okänd").split(":")[:2]
        raise Busy(
            f"{key} för {key.unit_code} bearbetas just nu av ett annat program "
            f"({host}, process {process}). Inget ändrades; försök igen om en stund."
        )
    cycle.lease_holder, cycle.lease_until = office.name, at + LEASE
    return free


def _give_back(office: Office, cycle_id: int) -> None:
    with office.database.writing() as session:
        session.execute(_GIVE_BACK, {"cycle": cycle_id, "holder": office.name})
