"""A composed letter as it goes over the wire: MIME parts and headers, as bytes.

The standard library's `EmailMessage` writes it, and remembers the headers that it has written before: a
morning has thousands of letters that say the same of themselves. The same letter gives the same bytes each
time, so that a letter sent twice by accident is recognised as one. Sending is `arshjul.adapters.mail`. Called
by the sender. Pure: attached bytes come from `read`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from arshjul.errors import BadInput
from arshjul.letters.compose import ComposedLetter
from arshjul.letters.identity import boundary
from arshjul.letters.particulars import Attachment
from arshjul.letters.wording import one_line
from arshjul.swedish_dates import STOCKHOLM

_REMEMBERED = 4096  # headers: a sender, a day, a subject, a file's kind


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter ready to be handed over. `to` is for people to read ("Anna Berg <anna@…>")."""

    message_id: str
    to: str
    address: str
    content: bytes


class _Remembering(EmailPolicy):
    """The library's policy for letters; a header that is the same as before is not parsed and folded anew."""

    def header_max_count(self, name: str) -> int | None:
        return _most(name)

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return _parsed(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return _folded(name, value)


@lru_cache(_REMEMBERED)
def _folded(name: str, value: str) -> bytes:
    # A subject that is encoded in parts loses or doubles the space where the library folds it.
    if name == "Subject" and not value.isascii():
        whole = Header(value, "utf-8", header_name=name).encode(linesep=SMTP.linesep)
        return f"{name}: {whole}{SMTP.linesep}".encode("ascii")
    return SMTP.fold_binary(name, value)


_most = lru_cache(_REMEMBERED)(SMTP.header_max_count)
_parsed = lru_cache(_REMEMBERED)(SMTP.header_store_parse)
_POLICY = _Remembering(linesep=SMTP.linesep)


def write_letter(
    letter: ComposedLetter, read: Callable[[Attachment], bytes], redirect: str | None = None
) -> WrittenLetter:
    """The letter with text, HTML, attachments and calendar entry; `read` gives an attachment's bytes.

    With `redirect` it goes to that test box, answers too, and headers of their own show to whom it would
    have gone. BadInput for an address that is none.
    """
    receiver = _mailbox(letter.receiver.name, letter.receiver.address)
    to = receiver if redirect is None else _mailbox(letter.receiver.name, redirect)
    message = EmailMessage(policy=_POLICY)
    message["From"] = str(_mailbox(letter.sender.name, letter.sender.address))
    message["To"] = str(to)
    answers_to = [_mailbox(person.name, person.address) for person in letter.answers_to]
    if redirect is not None:
        message["X-Original-To"] = receiver.addr_spec
    if answers_to:
        message["Reply-To"] = redirect or ", ".join(map(str, answers_to))
        if redirect is not None:
            message["X-Original-Reply-To"] = ", ".join(address.addr_spec for address in answers_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.dated.astimezone(STOCKHOLM))
    message["Message-ID"] = letter.message_id
    if letter.references:
        message["In-Reply-To"] = letter.references[-1]
        message["References"] = " ".join(letter.references)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    _write_parts(message, letter, read)
    return WrittenLetter(letter.message_id, str(to), to.addr_spec, message.as_bytes())


def _write_parts(message: EmailMessage, letter: ComposedLetter, read: Callable[[Attachment], bytes]) -> None:
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for attachment in letter.attachments:
        maintype, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(read(attachment), maintype, subtype, filename=attachment.name)
    if letter.calendar is not None:
        message.add_attachment(
            letter.calendar, "text", "calendar", filename="sista-dag.ics", params={"method": "PUBLISH"}
        )
    # Last: what is named Content-… moves into the first part when a letter gets its second one.
    message["Content-Language"] = "sv"
    multiparts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(multiparts):
        part.set_boundary(boundary(letter.message_id, number))


@lru_cache(_REMEMBERED)
def _mailbox(name: str, address: str) -> Address:
    try:
        mailbox = Address(one_line(name), addr_spec=address)
    except (MessageError, ValueError, IndexError):
        mailbox = None
    # Relays that take å, ä and ö before or after the @ are still too few to rely on.
    if mailbox is None or not (mailbox.username and mailbox.domain and address.isascii()):
        raise BadInput(f"”{address}” går inte att skicka till. Rätta e-postadressen i organisationen.", name)
    return mailbox
