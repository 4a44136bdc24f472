"""Letters that the mail server has not taken: told to whoever looks after the installation. Reads only.

Called by the operator's page and by `arshjul status`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.office import Office

ROUND = timedelta(hours=1)  # whatever could have gone has gone by then


@dataclass(frozen=True, slots=True)
class WaitingView:
    """Letters that the mail server has not taken: how many, since when, its last word, and which it is."""

    letters: int
    since: datetime
    trouble: str
    server: str


def letters_waiting(office: Office, session: Session, now: datetime) -> WaitingView | None:
    """What a mail server has not taken for a while; None where nothing waits for it."""
    waiting = (
        tables.Letter.state.in_(["pending", "claimed"]),
        or_(tables.Letter.trouble.is_not(None), tables.Letter.not_before < now - ROUND),
    )
    number, since = session.execute(
        select(func.count(), func.min(tables.Letter.created_at)).where(*waiting)
    ).one()
    if not number:
        return None
    said = session.scalar(
        select(tables.Letter.trouble).where(*waiting).order_by(tables.Letter.id.desc()).limit(1)
    )
    mail = office.installation.settings.mail
    return WaitingView(number, since, said or "", f"{mail.host}:{mail.port}")
