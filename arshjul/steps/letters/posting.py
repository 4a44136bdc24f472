"""Posting: the letters that wait are sent over one connection, each once.

At least once: a letter is claimed before it leaves and marked sent after; when a sender dies between the
two, that one letter may come twice, with the same Message-ID, and is marked uncertain. What goes into a
letter is `arshjul.steps.letters.enveloping`, its words `arshjul.steps.letters.composing`, its states
`arshjul.steps.letters.letter_states`.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol

from sqlalchemy.orm import Session

from arshjul.adapters.file_texts import holds_identity_number
from arshjul.adapters.mail import Mailer, MailServer, MailServerTrouble, MailUncertain
from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.config import MAIL_PASSWORD_VARIABLE, MAIL_REDIRECT_VARIABLE
from arshjul.crash_points import CrashPoint, reached
from arshjul.errors import BadInput, MailTrouble
from arshjul.letters import Attachment, to_email_message
from arshjul.letters.guard import held_back
from arshjul.office import Office
from arshjul.steps.letters.composing import compose_letter
from arshjul.steps.letters.letter_states import Posted as Posted
from arshjul.steps.letters.letter_states import (
    claim,
    hold_for_mending,
    hold_for_secrecy,
    mark_refused,
    mark_sent,
    put_back,
)
from arshjul.steps.letters.letter_states import letters_waiting as letters_waiting


class Carrier(Protocol):
    """Whoever takes one letter at a time; `arshjul.adapters.mail.Mailer` is the real one."""

    def send(self, message: EmailMessage) -> None:
        """Returns when the letter is taken; MailTrouble otherwise."""


Connect = Callable[[MailServer], AbstractContextManager[Carrier]]


def send_letters(
    office: Office,
    now: datetime,
    progress: Callable[[int, int], None] = lambda *_: None,
    connect: Connect = Mailer,
) -> Posted:
    """Send every letter whose time has come, over one connection. Trouble with one stops no other."""
    posted = Posted()
    waiting = letters_waiting(office, now)
    if not waiting:
        return posted
    try:
        with connect(mail_server(office)) as carrier:
            for number, letter_id in enumerate(waiting, start=1):
                if claim(office, letter_id, now, posted):
                    _send_one(office, carrier, letter_id, now, posted)
                progress(number, len(waiting))
    except MailServerTrouble as trouble:
        posted.troubles.append(str(trouble))
        posted.put_off += len(waiting) - posted.sent - posted.refused - posted.put_off
    return posted


def _send_one(office: Office, carrier: Carrier, letter_id: int, now: datetime, posted: Posted) -> None:
    redirect = redirected_to(office)
    try:
        with office.database.reading() as session:
            letter = compose_letter(office, session, session.get_one(tables.Letter, letter_id), now)
            holding = [a.name for a in letter.attachments if _holds_identity_number(session, a)]
            if (why := held_back(letter, holding)) is not None:
                raise _HeldBack(why)
            message = to_email_message(
                letter, lambda attached: file_content(session, attached.sha256), redirect
            )
        carrier.send(message)
        reached(CrashPoint.LETTER_HANDED_OVER)
    except _HeldBack as held:
        posted.troubles.append(str(held))
        hold_for_secrecy(office, letter_id, now, str(held))
        posted.put_off += 1
        return
    except BadInput as trouble:  # somebody can mend the organisation, and then it goes
        posted.troubles.append(str(trouble))
        hold_for_mending(office, letter_id, now, str(trouble))
        posted.put_off += 1
        return
    except MailServerTrouble as trouble:
        put_back(office, letter_id, now, str(trouble), wait=False)
        raise
    except MailTrouble as trouble:
        posted.troubles.append(str(trouble))
        if trouble.permanent:
            mark_refused(office, letter_id, now, str(trouble))
            posted.refused += 1
        else:
            put_back(office, letter_id, now, str(trouble), uncertain=isinstance(trouble, MailUncertain))
            posted.put_off += 1
        return
    mark_sent(office, letter_id, now, redirected=redirect is not None)
    reached(CrashPoint.LETTER_MARKED)
    posted.sent += 1


class _HeldBack(Exception):
    """A letter that may not leave as it is; `str()` is the sentence. Stays in this module."""


def _holds_identity_number(session: Session, attached: Attachment) -> bool:
    content = file_content(session, attached.sha256)
    return holds_identity_number(attached.sha256, content, attached.media_type)


def redirected_to(office: Office) -> str | None:
    """The test box that every letter goes to, where one is set: by the command's option or the settings."""
    return os.environ.get(MAIL_REDIRECT_VARIABLE) or office.installation.settings.mail.redirect


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
        trusted=mail.trusted_ca,
        timeout=float(mail.timeout_seconds),
    )
