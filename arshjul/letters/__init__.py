"""Letters: what has to be told (matters), put into words, in one envelope per receiver.

Make a matter where its cause happens and store `to_json(matter)`; later `compose` the matters of one
receiver to a letter and hand what `write_letter` makes of it to `arshjul.adapters.mail`. Knows neither the
store nor the network. The words are in `templates/letters/`.
"""

from arshjul.letters.compose import ComposedLetter, compose
from arshjul.letters.identity import message_id
from arshjul.letters.matters import (
    Apt,
    Digest,
    Duty,
    Escalation,
    Failure,
    Link,
    Matter,
    Receipt,
    Reminder,
    ReportOut,
    Request,
    Returned,
    Review,
    from_json,
    to_json,
)
from arshjul.letters.message import WrittenLetter, write_letter
from arshjul.letters.particulars import (
    Attachment,
    Late,
    MatterKind,
    Missing,
    Quarantined,
    SentLetter,
    Stage,
    Unanswered,
    WayOn,
)
from arshjul.letters.senders import InsteadOf, Sender
from arshjul.letters.wording import reason

__all__ = [
    "Apt",
    "Attachment",
    "ComposedLetter",
    "Digest",
    "Duty",
    "Escalation",
    "Failure",
    "InsteadOf",
    "Late",
    "Link",
    "Matter",
    "MatterKind",
    "Missing",
    "Quarantined",
    "Receipt",
    "Reminder",
    "ReportOut",
    "Request",
    "Returned",
    "Review",
    "Sender",
    "SentLetter",
    "Stage",
    "Unanswered",
    "WayOn",
    "WrittenLetter",
    "compose",
    "from_json",
    "message_id",
    "reason",
    "to_json",
    "write_letter",
]
