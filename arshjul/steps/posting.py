"""Posting: letters are claimed and sent over one connection, and what became of each is kept.

At least once: a letter is claimed before it leaves and marked sent after; when a sender dies between the
two, that one letter may come twice, with the same Message-ID, and is marked uncertain. What goes into a
letter is `arshjul.steps.enveloping`, its words `arshjul.steps.composing`.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from arshjul.adapters.mail import Mailer, MailServer, MailServerTrouble, MailUncertain
from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.config import MAIL_PASSWORD_VARIABLE
from arshjul.crash_points import CrashPoint, reached
from arshjul.errors import BadInput, MailTrouble
from arshjul.letters import to_email_message
from arshjul.letters.hours import AT_ONCE, in_office_hours
from arshjul.office import Office, has_died
from arshjul.steps.composing import compose_letter
from arshjul.steps.doubt import in_doubt

CLAIM = timedelta(minutes=2)
AGAIN_AFTER = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))


@dataclass(slots=True)
class Posted:
    """What a round gave: letters sent, put off with the reason, refused for good, and those in doubt."""

    sent: int = 0
    put_off: int = 0
    refused: int = 0
    uncertain: int = 0
    troubles: list[str] = field(default_factory=list)


def send_letters(
    office: Office, now: datetime, progress: Callable[[int, int], None] = lambda *_: None
) -> Posted:
    """Send every letter whose time has come, over one connection. Trouble with one stops no other."""
    posted = Posted()
    waiting = letters_waiting(office, now)
    if not waiting:
        return posted
    try:
        with Mailer(mail_server(office)) as mailer:
            for number, letter_id in enumerate(waiting, start=1):
                if _claim(office, letter_id, posted):
                    _send_one(office, mailer, letter_id, now, posted)
                progress(number, len(waiting))
    except MailServerTrouble as trouble:
        posted.troubles.append(str(trouble))
        posted.put_off += len(waiting) - posted.sent - posted.refused - posted.put_off
    return posted


def letters_waiting(office: Office, now: datetime) -> list[int]:
    """The ids of the letters that are to be sent now: pending, or claimed by a sender that died.

    Outside office hours only those with something that somebody waits for, however long they have waited.
    """
    with office.database.reading() as session:
        pending = and_(tables.Letter.state == "pending", tables.Letter.not_before <= now)
        letters = session.scalars(
            select(tables.Letter)
            .where(or_(pending, tables.Letter.state == "claimed"))
            .order_by(tables.Letter.id)
        )
        waiting = [row.id for row in letters if row.state == "pending" or _abandoned(office, row)]
        if in_office_hours(now):
            return waiting
        urgent = session.scalars(
            select(tables.Notice.letter_id).where(
                tables.Notice.letter_id.in_(waiting), tables.Notice.kind.in_(AT_ONCE)
            )
        )
        return sorted({letter for letter in urgent if letter is not None})


def _abandoned(office: Office, letter: tables.Letter) -> bool:
    """Whether whoever claimed the letter is gone, by time or for certain."""
    if letter.claimed_until is None or letter.claimed_until < office.clock():
        return True
    return letter.claimed_by is not None and has_died(letter.claimed_by)


def _claim(office: Office, letter_id: int, posted: Posted) -> bool:
    with office.database.writing() as session:
        letter = session.get_one(tables.Letter, letter_id, with_for_update=True)
        if letter.state == "claimed":
            if not _abandoned(office, letter):
                return False
            letter.uncertain = True
            posted.uncertain += 1
            posted.troubles.append(in_doubt(letter.message_id))
        elif letter.state != "pending":
            return False
        letter.state, letter.claimed_by = "claimed", office.name
        letter.claimed_until = office.clock() + CLAIM
        letter.attempts += 1
    reached(CrashPoint.LETTER_CLAIMED)
    return True


def _send_one(office: Office, mailer: Mailer, letter_id: int, now: datetime, posted: Posted) -> None:
    try:
        with office.database.reading() as session:
            letter = compose_letter(office, session, session.get_one(tables.Letter, letter_id), now)
            message = to_email_message(letter, lambda attached: file_content(session, attached.sha256))
        mailer.send(message)
        reached(CrashPoint.LETTER_HANDED_OVER)
    except BadInput as trouble:  # somebody can mend the organisation, and then it goes
        posted.troubles.append(str(trouble))
        _put_back(office, letter_id, now, str(trouble))
        posted.put_off += 1
        return
    except MailServerTrouble as trouble:
        _put_back(office, letter_id, now, str(trouble), wait=False)
        raise
    except MailTrouble as trouble:
        posted.troubles.append(str(trouble))
        if trouble.permanent:
            _finish(office, letter_id, "refused", None, str(trouble))
            posted.refused += 1
        else:
            _put_back(office, letter_id, now, str(trouble), uncertain=isinstance(trouble, MailUncertain))
            posted.put_off += 1
        return
    _finish(office, letter_id, "sent", now, None)
    reached(CrashPoint.LETTER_MARKED)
    posted.sent += 1


def _finish(
    office: Office, letter_id: int, state: str, sent_at: datetime | None, trouble: str | None
) -> None:
    with office.database.writing() as session:
        letter = session.get_one(tables.Letter, letter_id, with_for_update=True)
        if letter.claimed_by == office.name or state == "sent":  # what has left has left, whoever has it now
            letter.state, letter.sent_at, letter.trouble = state, sent_at, trouble
            letter.claimed_by = letter.claimed_until = None


def _put_back(
    office: Office, letter_id: int, now: datetime, trouble: str, *, wait: bool = True, uncertain: bool = False
) -> None:
    with office.database.writing() as session:
        letter = session.get_one(tables.Letter, letter_id, with_for_update=True)
        if letter.claimed_by != office.name:  # so slow that somebody else has taken it over
            return
        letter.state, letter.trouble = "pending", trouble
        letter.claimed_by = letter.claimed_until = None
        letter.uncertain = letter.uncertain or uncertain
        if wait:
            letter.not_before = now + AGAIN_AFTER[min(letter.attempts, len(AGAIN_AFTER)) - 1]


def mail_server(office: Office) -> MailServer:
    """The relay of the settings; its password comes from the environment alone."""
    mail = office.installation.settings.mail
    return MailServer(
        host=mail.host,
        port=mail.port,
        from_address=mail.from_address,
        from_name=mail.from_name,
        starttls=mail.starttls,
        user=mail.user,
        password=os.environ.get(MAIL_PASSWORD_VARIABLE),
    )
