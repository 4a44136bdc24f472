"""Putting down what has to be told: one notice per kind, cause and receiver, whatever runs twice.

A notice is written in the transaction of its cause; `arshjul.steps.posting` puts it in a letter and sends
it afterwards. Called by the other steps.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.letters import Matter, to_json
from arshjul.steps.cycles import key_of


def notify(
    session: Session,
    cycle: tables.Cycle,
    matter: Matter,
    *,
    cause: str,
    receiver: str,
    now: datetime,
) -> bool:
    """Tell `receiver` (a person's id) of `matter`, once per `cause`; False when it was told before."""
    cause = f"{key_of(cycle)} {cause}"
    told = session.scalar(
        select(tables.Notice.id).where(
            tables.Notice.unit_code == cycle.unit_code,
            tables.Notice.kind == matter.kind,
            tables.Notice.cause == cause,
            tables.Notice.receiver == receiver,
        )
    )
    if told is not None:
        return False
    session.add(
        tables.Notice(
            unit_code=cycle.unit_code,
            cycle_id=cycle.id,
            kind=matter.kind.value,
            cause=cause,
            receiver=receiver,
            content=to_json(matter),
            created_at=now,
        )
    )
    return True
