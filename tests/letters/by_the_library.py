"""A letter as the standard library writes it, step by step: what our own quicker writing is held to."""

from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from arshjul.letters import Attachment, ComposedLetter
from arshjul.letters.dates import STOCKHOLM
from arshjul.letters.identity import boundary
from arshjul.letters.wording import one_line


def to_email_message(
    letter: ComposedLetter, read: Callable[[Attachment], bytes], redirect: str | None = None
) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = _mailbox(letter.sender.name, letter.sender.address)
    receiver = _mailbox(letter.receiver.name, letter.receiver.address)
    answers_to = tuple(_mailbox(person.name, person.address) for person in letter.answers_to)
    if redirect is None:
        message["To"] = receiver
        if answers_to:
            message["Reply-To"] = answers_to
    else:
        message["To"] = _mailbox(letter.receiver.name, redirect)
        message["X-Original-To"] = receiver.addr_spec
        if answers_to:
            message["Reply-To"] = redirect
            message["X-Original-Reply-To"] = ", ".join(address.addr_spec for address in answers_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.dated.astimezone(STOCKHOLM))
    message["Message-ID"] = letter.message_id
    if letter.references:
        message["In-Reply-To"] = letter.references[-1]
        message["References"] = " ".join(letter.references)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
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
    _fix_boundaries(message)
    return message


def _mailbox(name: str, address: str) -> Address:
    return Address(one_line(name), addr_spec=address)


def _fix_boundaries(message: EmailMessage) -> None:
    multiparts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(multiparts):
        part.set_boundary(boundary(str(message["Message-ID"]), number))
