"""What counts of a cycle: its newest draft, its approved versions, the newest answer of each scope.

Called by the steps that read or decide on one of them.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState


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


def approved_version(session: Session, cycle: tables.Cycle, number: int) -> tables.ApprovedVersion | None:
    """The approved version of that number; None where there is none."""
    return session.scalar(
        select(tables.ApprovedVersion).where(
            tables.ApprovedVersion.cycle_id == cycle.id, tables.ApprovedVersion.number == number
        )
    )


def counting_submission(session: Session, cycle: tables.Cycle, scope: str) -> tables.Submission | None:
    """The answer of a scope that counts, which is its newest accepted version; None before the first."""
    return session.scalar(
        select(tables.Submission)
        .where(
            tables.Submission.cycle_id == cycle.id,
            tables.Submission.scope == scope,
            tables.Submission.state == SubmissionState.ACCEPTED,
        )
        .order_by(tables.Submission.version.desc())
        .limit(1)
    )
