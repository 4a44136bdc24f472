"""Posting: the letters that wait are sent over one connection, each once.

At least once: a letter is noted as handed over before it leaves and marked sent after; when a sender dies
between the two, that one letter may come twice, with the same Message-ID, and is marked uncertain. What goes
into a letter is `arshjul.steps.letters.enveloping`, its words `arshjul.steps.letters.composing`, its states
`arshjul.steps.letters.letter_states`.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from arshjul.adapters.file_texts import holds_identity_number
from arshjul.adapters.mail import Mailer, MailServer, MailServerTrouble, MailUncertain
from arshjul.adapters.store.files import file_content
from arshjul.config import MAIL_PASSWORD_VARIABLE, MAIL_REDIRECT_VARIABLE
from arshjul.crash_points import CrashPoint, reached
from arshjul.errors import BadInput, MailTrouble
from arshjul.letters import Attachment, ComposedLetter, WrittenLetter, write_letter
from arshjul.letters.guard import held_back
from arshjul.office import Office
from arshjul.steps.letters.claiming import HANDFUL, claim_letters
from arshjul.steps.letters.composing import Claimed, compose_letter
from arshjul.steps.letters.letter_states import (
    Left,
    hand_over,
    hold_back,
    hold_for_mending,
    mark_refused,
    mark_sent,
    put_back,
    release,
)
from arshjul.steps.letters.letter_states import Posted as Posted
from arshjul.steps.letters.letter_states import letters_waiting as letters_waiting


class Carrier(Protocol):
    """Whoever takes one letter at a time; `arshjul.adapters.mail.Mailer` is the real one."""

    def send(self, letter: WrittenLetter) -> None:
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
            for first in range(0, len(waiting), HANDFUL):
                claimed = claim_letters(office, waiting[first : first + HANDFUL], now, posted)
                _Handful(office, claimed, now, posted).send(carrier)
                progress(min(first + HANDFUL, len(waiting)), len(waiting))
    except MailServerTrouble as trouble:
        posted.troubles.append(str(trouble))
        posted.put_off += len(waiting) - posted.sent - posted.refused - posted.put_off
    return posted


class _Handful:
    """Claimed letters on their way, one after the other."""

    def __init__(self, office: Office, claimed: Sequence[Claimed], now: datetime, posted: Posted) -> None:
        self._office, self._claimed, self._now, self._posted = office, claimed, now, posted
        self._redirect = redirected_to(office)
        self._left: Left | None = None  # taken by the server, and not yet marked
        self._kept: dict[str, bytes] = {}  # a report goes to many

    def send(self, carrier: Carrier) -> None:
        """Send them all; what has not left when the server fails is given back."""
        untouched = [claimed.letter.id for claimed in self._claimed]
        try:
            for claimed in self._claimed:
                untouched.remove(claimed.letter.id)  # what the program stumbles over stays claimed
                written = self._written_or_held(claimed)
                if written is not None:
                    self._send_one(carrier, claimed.letter.id, written)
        finally:
            if self._left is not None:
                mark_sent(self._office, self._left, self._now)
            release(self._office, untouched)

    def _send_one(self, carrier: Carrier, letter_id: int, written: WrittenLetter) -> None:
        left, self._left = self._left, None
        if not hand_over(self._office, letter_id, self._now, left):
            return
        try:
            carrier.send(written)
        except MailServerTrouble as trouble:
            put_back(self._office, letter_id, self._now, str(trouble), wait=False)
            raise
        except MailTrouble as trouble:
            self._not_taken(letter_id, trouble)
            return
        reached(CrashPoint.LETTER_HANDED_OVER)
        self._left = Left(letter_id, redirected=self._redirect is not None)
        self._posted.sent += 1

    def _not_taken(self, letter_id: int, trouble: MailTrouble) -> None:
        office, now, sentence = self._office, self._now, str(trouble)
        self._posted.troubles.append(sentence)
        if trouble.permanent:
            mark_refused(office, letter_id, now, sentence)
            self._posted.refused += 1
        else:
            put_back(office, letter_id, now, sentence, uncertain=isinstance(trouble, MailUncertain))
            self._posted.put_off += 1

    def _written_or_held(self, claimed: Claimed) -> WrittenLetter | None:
        """None where it may not or cannot leave: the operator is told, and nobody else waits for that."""
        office, letter_id, now = self._office, claimed.letter.id, self._now
        try:
            letter = compose_letter(office, claimed, now)
            trouble, why = self._secret(letter)
            if trouble is None:
                return write_letter(letter, self._content, self._redirect)
            hold_back(office, letter_id, now, trouble, why)
        except BadInput as lacking:  # somebody can mend the organisation, and then it goes
            trouble = str(lacking)
            hold_for_mending(office, letter_id, now, trouble)
        self._posted.troubles.append(trouble)
        self._posted.put_off += 1
        return None

    def _secret(self, letter: ComposedLetter) -> tuple[str | None, str]:
        """What keeps the letter from leaving, and why in a few words; None where nothing does."""
        try:
            holding = [each.name for each in letter.attachments if self._holds_identity_number(each)]
        except BadInput as unreadable:
            return str(unreadable), "en bilaga inte går att läsa"
        return held_back(letter, holding), "det innehåller ett personnummer"

    def _holds_identity_number(self, attached: Attachment) -> bool:
        return holds_identity_number(attached.sha256, self._content(attached), attached.media_type)

    def _content(self, attached: Attachment) -> bytes:
        if attached.sha256 not in self._kept:
            with self._office.database.reading() as session:
                self._kept[attached.sha256] = file_content(session, attached.sha256)
        return self._kept[attached.sha256]


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
