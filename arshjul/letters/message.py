"""A composed letter as it goes over the wire: MIME parts and headers.

The same letter gives the same bytes each time, so that a letter sent twice by accident is recognised as
one. Sending is `arshjul.adapters.mail`. Called by the sender. Pure: attached bytes come from `read`.
"""

from collections.abc import Callable
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from arshjul.errors import BadInput
from arshjul.letters.compose import ComposedLetter
from arshjul.letters.dates import STOCKHOLM
from arshjul.letters.identity import boundary
from arshjul.letters.particulars import Attachment
from arshjul.letters.wording import one_line


def to_email_message(
    letter: ComposedLetter, read: Callable[[Attachment], bytes], redirect: str | None = None
) -> EmailMessage:
    """The letter with text, HTML, attachments and calendar entry; `read` gives an attachment's bytes.

    With `redirect` it goes to that test box, answers too, and headers of their own show to whom it would
    have gone. BadInput for an address that is none.
    """
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
    try:
        mailbox = Address(one_line(name), addr_spec=address)
    except (MessageError, ValueError, IndexError):
        mailbox = None
    # Relays that take å, ä and ö before or after the @ are still too few to rely on.
    if mailbox is None or not (mailbox.username and mailbox.domain and address.isascii()):
        raise BadInput(f"”{address}” går inte att skicka till. Rätta e-postadressen i organisationen.", name)
    return mailbox


def _fix_boundaries(message: EmailMessage) -> None:
    multiparts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(multiparts):
        part.set_boundary(boundary(str(message["Message-ID"]), number))
