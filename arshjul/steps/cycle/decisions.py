"""Decisions on record, put down in the transaction of what they lead to, with their reasons.

Called by every step in which somebody decides something.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.errors import Refused
from arshjul.secrecy import refuse_identity_numbers

_FEWEST_WORDS = 3


def decide(
    session: Session,
    cycle: tables.Cycle,
    kind: DecisionKind,
    person: str,
    now: datetime,
    *,
    subject: str | None,
    content: Mapping[str, object],
    reason: str | None = None,
) -> tables.Decision:
    """Put it down; the row has its id. `subject` is the hash (or the key) of what was decided on."""
    decision = tables.Decision(
        unit_code=cycle.unit_code,
        cycle_id=cycle.id,
        kind=kind,
        person=person,
        at=now,
        subject_sha256=subject,
        reason=reason,
        content=dict(content),
    )
    session.add(decision)
    session.flush()
    return decision


def require_reason(reason: str, sentence: str, where: str = "skälet") -> None:
    """Refused with `sentence` where it is no reason; BadInput, at `where`, for an identity number in it."""
    if len(reason.split()) < _FEWEST_WORDS:
        raise Refused(sentence)
    refuse_identity_numbers(reason, where)
