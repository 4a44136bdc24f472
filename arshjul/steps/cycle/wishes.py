"""What somebody asks to have changed in a part that was handed in, as long as it stands.

It stands until a newer version of the part has come, or the manager has put it aside. Asking and putting
aside are `arshjul.steps.report.asking_for_change`. Called by the portal and by the weekly digest.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.adapters.store.tables.deciding import DecisionKind

_WISHES = (DecisionKind.ASK_CHANGE, DecisionKind.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks to have changed in a part."""

    id: int
    scope: str
    person: str
    at: datetime
    reason: str


def open_wishes(session: Session, cycle: tables.Cycle) -> list[Wish]:
    """What is asked for in a cycle and still stands, the oldest first."""
    rows = session.scalars(
        select(tables.Decision)
        .where(tables.Decision.cycle_id == cycle.id, tables.Decision.kind.in_(_WISHES))
        .order_by(tables.Decision.id)
    ).all()
    if not rows:
        return []
    rows_in = session.execute(
        select(tables.Submission.scope, tables.Submission.sha256)
        .where(tables.Submission.cycle_id == cycle.id, tables.Submission.state == SubmissionState.ACCEPTED)
        .order_by(tables.Submission.version)
    )
    newest = {row.scope: row.sha256 for row in rows_in}
    gone = {row.content["of"] for row in rows if row.kind == DecisionKind.SET_ASIDE}
    return [
        Wish(row.id, row.content["scope"], row.person, row.at, row.reason or "")
        for row in rows
        if row.kind == DecisionKind.ASK_CHANGE
        and row.id not in gone
        and newest.get(row.content["scope"]) == row.subject_sha256
    ]
