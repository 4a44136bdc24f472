"""Gathering: what has been put down to be told becomes letters, one for each unit and receiver.

Putting down is `arshjul.steps.notices`, sending `arshjul.steps.posting`.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.letters import message_id
from arshjul.letters.hours import AT_ONCE, in_office_hours
from arshjul.office import Office
from arshjul.steps.composing import letter_key, mail_domain, notices_of


def gather_letters(office: Office, now: datetime) -> int:
    """Put every notice whose time has come in a letter, one per unit and receiver; the letters made.

    Outside office hours that is only what somebody waits for: the rest waits for the morning and goes as
    one letter. A letter that has never left takes up what has been put down since.
    """
    by_day = in_office_hours(now)
    made = 0
    with office.database.writing() as session:
        waiting = session.scalars(
            select(tables.Notice)
            .where(tables.Notice.letter_id.is_(None))
            .order_by(tables.Notice.id)
            .with_for_update()
        )
        piles: dict[tuple[str, str], list[tables.Notice]] = {}
        for notice in waiting:
            if by_day or notice.kind in AT_ONCE:
                piles.setdefault((notice.unit_code, notice.receiver), []).append(notice)
        for (unit_code, receiver), notices in piles.items():
            letter = _never_left(session, unit_code, receiver) if by_day else None
            if letter is None:
                letter = _new_letter(office, session, notices, now)
                made += 1
            for notice in notices:
                notice.letter_id = letter.id
            session.flush()
            letter.message_id = message_id(letter_key(notices_of(session, letter)), mail_domain(office))
    if piles:
        reached(CrashPoint.LETTERS_GATHERED)
    return made


def _never_left(session: Session, unit_code: str, receiver: str) -> tables.Letter | None:
    """A letter to the same receiver that waits and was never handed to anybody."""
    return session.scalar(
        select(tables.Letter)
        .where(
            tables.Letter.unit_code == unit_code,
            tables.Letter.receiver == receiver,
            tables.Letter.state == "pending",
            tables.Letter.attempts == 0,
        )
        .order_by(tables.Letter.id)
        .limit(1)
        .with_for_update()
    )


def _new_letter(
    office: Office, session: Session, notices: list[tables.Notice], now: datetime
) -> tables.Letter:
    letter = tables.Letter(
        unit_code=notices[0].unit_code,
        receiver=notices[0].receiver,
        message_id=message_id(letter_key(notices), mail_domain(office)),
        state="pending",
        created_at=now,
        not_before=now,
    )
    session.add(letter)
    session.flush()
    return letter
