"""A composed letter as it goes over the wire: MIME parts and headers, as bytes.

The same letter gives the same bytes each time, so that a letter sent twice by accident is recognised as
one; they are the bytes that the standard library's `EmailMessage` would write, which a test holds to, made in
a tenth of the time: a morning has thousands. Headers are folded by the library. Sending is
`arshjul.adapters.mail`. Called by the sender. Pure: attached bytes come from `read`.
"""

import re
from base64 import encodebytes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.quoprimime import body_encode
from email.utils import format_datetime
from functools import lru_cache

from arshjul.errors import BadInput
from arshjul.letters.compose import ComposedLetter
from arshjul.letters.dates import STOCKHOLM
from arshjul.letters.identity import boundary
from arshjul.letters.particulars import Attachment
from arshjul.letters.wording import one_line

_NEWLINE = b"\r\n"
_FOLDED_AT = 78  # characters of a header's line, as the library's policy has it
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
# An identity of ours, or a plain name before a plain address: nothing to encode, and one line holds it.
_PLAIN = re.compile(rf"([A-Za-z]+([ -][A-Za-z]+)* )?<{_PLAIN_ADDRESS.pattern}>")
_TEXT = b'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
_PAGE = (
    b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
    b"MIME-Version: 1.0\r\n\r\n"
)
_CALENDAR = (
    b'Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="sista-dag.ics"\r\n'
    b'Content-Type: text/calendar; method="PUBLISH"\r\nMIME-Version: 1.0\r\n\r\n'
)


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter ready to be handed over. `to` is for people to read ("Anna Berg <anna@…>")."""

    message_id: str
    to: str
    address: str
    content: bytes


def write_letter(
    letter: ComposedLetter, read: Callable[[Attachment], bytes], redirect: str | None = None
) -> WrittenLetter:
    """The letter with text, HTML, attachments and calendar entry; `read` gives an attachment's bytes.

    With `redirect` it goes to that test box, answers too, and headers of their own show to whom it would
    have gone. BadInput for an address that is none.
    """
    receiver = _mailbox(letter.receiver.name, letter.receiver.address)
    to = receiver if redirect is None else _mailbox(letter.receiver.name, redirect)
    attached = list(_attached(letter, read))
    body = _multipart("alternative", letter.message_id, 1 if attached else 0, _bodies(letter))
    if attached:
        body = _multipart("mixed", letter.message_id, 0, [body, *attached])
    kind, _, parts = body.partition(_NEWLINE * 2)
    head = (
        *_headers(letter, receiver, to, redirect),
        b"MIME-Version: 1.0\r\n",
        kind + _NEWLINE,
        b"Content-Language: sv\r\n",
        _NEWLINE,
    )
    return WrittenLetter(letter.message_id, str(to), to.addr_spec, b"".join(head) + parts)


def _headers(letter: ComposedLetter, receiver: Address, to: Address, redirect: str | None) -> Iterator[bytes]:
    yield _header("From", str(_mailbox(letter.sender.name, letter.sender.address)))
    yield _header("To", str(to))
    answers_to = [_mailbox(person.name, person.address) for person in letter.answers_to]
    if redirect is not None:
        yield _header("X-Original-To", receiver.addr_spec)
    if answers_to:
        yield _header("Reply-To", redirect or ", ".join(map(str, answers_to)))
        if redirect is not None:
            originally = ", ".join(address.addr_spec for address in answers_to)
            yield _header("X-Original-Reply-To", originally)
    yield _header("Subject", letter.subject)
    yield _header("Date", format_datetime(letter.dated.astimezone(STOCKHOLM)))
    yield _header("Message-ID", letter.message_id)
    if letter.references:
        yield _header("In-Reply-To", letter.references[-1])
        yield _header("References", " ".join(letter.references))
    yield b"Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n"


def _header(name: str, value: str) -> bytes:
    if len(name) + 2 + len(value) <= _FOLDED_AT and _PLAIN.fullmatch(value):
        return f"{name}: {value}\r\n".encode("ascii")
    return _folded(name, value)


@lru_cache(maxsize=4096)  # the sender, the day, a subject: the same in many letters
def _folded(name: str, value: str) -> bytes:
    return SMTP.fold_binary(*SMTP.header_store_parse(name, value))


def _bodies(letter: ComposedLetter) -> list[bytes]:
    return [_TEXT + _quoted(letter.text), _PAGE + _quoted(letter.html)]


def _quoted(text: str) -> bytes:
    lines = b"\n".join(text.encode().splitlines()) + b"\n"
    encoded = body_encode(lines.decode("latin-1"), SMTP.max_line_length or _FOLDED_AT)
    return encoded.replace("\n", "\r\n").encode("ascii")


def _attached(letter: ComposedLetter, read: Callable[[Attachment], bytes]) -> Iterator[bytes]:
    for attachment in letter.attachments:
        yield _head_of_attachment(attachment.media_type, attachment.name) + _in_base64(read(attachment))
    if letter.calendar is not None:
        yield _CALENDAR + _in_base64(letter.calendar)


@lru_cache(maxsize=1024)
def _head_of_attachment(media_type: str, name: str) -> bytes:
    maintype, _, subtype = media_type.partition("/")
    part = EmailMessage(policy=SMTP)
    part.set_content(b"", maintype, subtype, disposition="attachment", filename=name)
    return part.as_bytes().partition(_NEWLINE * 2)[0] + _NEWLINE * 2


def _in_base64(content: bytes) -> bytes:
    return encodebytes(content).replace(b"\n", _NEWLINE)


def _multipart(subtype: str, message_id: str, number: int, parts: list[bytes]) -> bytes:
    mark = boundary(message_id, number).encode("ascii")
    opening = _NEWLINE + b"--" + mark + _NEWLINE
    return b"".join(
        (
            b"Content-Type: multipart/%b;\r\n" % subtype.encode("ascii"),
            b' boundary="%b"\r\n' % mark,
            opening,
            opening.join(parts),
            _NEWLINE + b"--" + mark + b"--" + _NEWLINE,
        )
    )


def _mailbox(name: str, address: str) -> Address:
    try:
        mailbox = _address(one_line(name), address)
    except (MessageError, ValueError, IndexError):
        mailbox = None
    # Relays that take å, ä and ö before or after the @ are still too few to rely on.
    if mailbox is None or not (mailbox.username and mailbox.domain and address.isascii()):
        raise BadInput(f"”{address}” går inte att skicka till. Rätta e-postadressen i organisationen.", name)
    return mailbox


def _address(name: str, address: str) -> Address:
    if _PLAIN_ADDRESS.fullmatch(address):  # nothing in it that has to be understood
        username, _, domain = address.partition("@")
        return Address(name, username, domain)
    return Address(name, addr_spec=address)
