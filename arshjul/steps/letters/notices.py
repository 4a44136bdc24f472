"""Putting down what has to be told: one notice per kind, cause and receiver, whatever runs twice.

A notice is written in the transaction of its cause; `arshjul.steps.letters.posting` puts it in a letter and
sends it afterwards. Called by the other steps.
"""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.turns import put_down_once, take_turn
from arshjul.cycle import Due
from arshjul.letters import Matter, to_json
from arshjul.steps.cycle.cycles import key_of

_TOLD = select(tables.Notice.id).where(  # put together once: it is asked before every matter
    tables.Notice.unit_code == bindparam("unit"),
    tables.Notice.kind == bindparam("kind"),
    tables.Notice.cause == bindparam("cause"),
    tables.Notice.receiver == bindparam("receiver"),
)


def missed(step: Due) -> datetime | None:
    """When a step should have been taken, where that was missed: its letters say that they are late."""
    return step.planned if step.late else None


def notify(
    session: Session,
    cycle: tables.Cycle,
    matter: Matter,
    *,
    cause: str,
    receiver: str,
    now: datetime,
    meant_at: datetime | None = None,
) -> bool:
    """Tell `receiver` (a person's id) of `matter`, once per `cause`; False when it was told before.

    `meant_at` is when it should have been told, where that was missed: the letter says so.
    """
    return _put_down(
        session,
        cycle.unit_code,
        cycle.id,
        matter,
        cause=f"{key_of(cycle)} {cause}",
        receiver=receiver,
        now=now,
        meant_at=meant_at,
    )


def notify_unit(
    session: Session,
    unit_code: str,
    matter: Matter,
    *,
    cause: str,
    receiver: str,
    now: datetime,
    meant_at: datetime | None = None,
) -> bool:
    """As `notify`, of something that belongs to no cycle: a duty, a failure, a link.

    `cause` tells one occurrence from the next: "skyddsrond-2026-03 remind-1". The unit need not have been
    seen by the store before.
    """
    put_down_once(session, tables.Unit, code=unit_code, name=matter.unit_name)
    take_turn(session, f"notices {unit_code}")  # no cycle is held here: two may find the same cause at once
    return _put_down(
        session, unit_code, None, matter, cause=cause, receiver=receiver, now=now, meant_at=meant_at
    )


def _put_down(
    session: Session,
    unit_code: str,
    cycle_id: int | None,
    matter: Matter,
    *,
    cause: str,
    receiver: str,
    now: datetime,
    meant_at: datetime | None,
) -> bool:
    told = {"unit": unit_code, "kind": matter.kind.value, "cause": cause, "receiver": receiver}
    if session.scalar(_TOLD, told) is not None:
        return False
    session.add(
        tables.Notice(
            unit_code=unit_code,
            cycle_id=cycle_id,
            kind=matter.kind.value,
            cause=cause,
            receiver=receiver,
            content=to_json(matter),
            created_at=now,
            meant_at=meant_at,
        )
    )
    session.flush()  # told twice in one transaction is told once, too
    return True
