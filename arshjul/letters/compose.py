"""Makes one letter to one receiver of one or more matters.

The most urgent matter stands first and gives the subject; each has its own heading when there are several.
Sending is `arshjul.adapters.mail`, the form on the wire `arshjul.letters.message`; what is to be told and
to whom is decided by the steps. Called by the sender and by previews. Pure: same input, same letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from arshjul.letters.calendar_entry import due_entries
from arshjul.letters.dates import STOCKHOLM
from arshjul.letters.identity import message_id, thread_id
from arshjul.letters.matters import Matter, Reminder, Request
from arshjul.letters.particulars import Attachment, MatterKind, Stage
from arshjul.letters.wording import lay_out, one_line, word
from arshjul.organisation import Person

# What stands first, and gives the subject, when several matters share a letter.
_URGENCY = (
    *(MatterKind.LINK, MatterKind.FAILURE, MatterKind.RETURNED, MatterKind.REMINDER, MatterKind.ESCALATION),
    *(MatterKind.REVIEW, MatterKind.REQUEST, MatterKind.APT, MatterKind.REPORT, MatterKind.DUTY),
    *(MatterKind.DIGEST, MatterKind.RECEIPT),
)
_STAGES = (Stage.LATE, Stage.LAST_DAY, Stage.SECOND, Stage.FIRST)
# Kinds that speak as the manager ("jag"); in the others it is the program that tells her something.
_IN_THE_MANAGERS_VOICE = frozenset(
    {
        *(MatterKind.REQUEST, MatterKind.REMINDER, MatterKind.RECEIPT, MatterKind.RETURNED),
        *(MatterKind.REPORT, MatterKind.APT, MatterKind.DUTY),
    }
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom the letters of a unit come from, and where an answer goes.

    `name` and `address` are the mailbox that sends; `reply_to` is the manager who signs and gets the
    answers; `operator` is whom to ask about the program itself. `hand_in` ends the sentence "… och" with
    how an answer is handed in, in the imperative.
    """

    name: str
    address: str
    reply_to: Person
    operator: Person | None = None
    hand_in: str = "svara på brevet med arbetsboken bifogad"


@dataclass(frozen=True, slots=True)
class ComposedLetter:
    """A whole letter, ready for `to_email_message`. `references` are Message-IDs, `reasons` one per matter.

    `answers_to` is whom an answer reaches; None where there is nobody but the receiver herself.
    """

    receiver: Person
    sender: Sender
    answers_to: Person | None
    dated: datetime
    message_id: str
    references: tuple[str, ...]
    subject: str
    text: str
    html: str
    reasons: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    calendar: bytes | None


def compose(
    receiver: Person,
    matters: Sequence[Matter],
    sender: Sender,
    *,
    letter_key: str,
    domain: str,
    now: datetime,
    standing_in_for: Person | None = None,
    planned_for: date | None = None,
) -> ComposedLetter:
    """One letter to `receiver` about all `matters` (at least one).

    `letter_key` is unique per letter and gives its Message-ID; `now` (aware) is its date. The thread is
    that of the most urgent matter's cycle. `standing_in_for` is the absent person whose letter this is;
    `planned_for` the day the letter should have gone, where that day was missed.
    """
    if not matters:
        raise ValueError("a letter has at least one matter")
    today = now.astimezone(STOCKHOLM).date()
    ordered = sorted(matters, key=_urgency)
    worded = [word(matter, today=today, hand_in=sender.hand_in) for matter in ordered]
    subject = worded[0].subject
    if len(worded) > 1:
        subject += f" (och {len(worded) - 1} till)"
    by_manager = receiver.id != sender.reply_to.id and any(m.kind in _IN_THE_MANAGERS_VOICE for m in ordered)
    answers_to = sender.reply_to if by_manager else _program_contact(sender, receiver)
    facts: dict[str, object] = {
        "first_name": one_line(receiver.name).partition(" ")[0],
        "parts": worded,
        "subject": subject,
        "by_manager": by_manager,
        "sender": sender,
        "contact": answers_to,
        "unit_name": ordered[0].unit_name,
        "standing_in_for": standing_in_for,
        "planned_for": planned_for,
        "today": today,
    }
    thread = ordered[0].thread
    return ComposedLetter(
        receiver=receiver,
        sender=sender,
        answers_to=answers_to,
        dated=now,
        message_id=message_id(letter_key, domain),
        references=(thread_id(thread, receiver.id, domain),) if thread else (),
        subject=subject,
        text=lay_out("layout.txt.j2", facts),
        html=lay_out("layout.html.j2", facts),
        reasons=tuple(part.reason for part in worded),
        attachments=tuple(dict.fromkeys(a for matter in ordered for a in matter.attachments)),
        calendar=due_entries([m for m in ordered if isinstance(m, Request)], receiver.id, domain, now),
    )


def _urgency(matter: Matter) -> tuple[int, int]:
    stage = _STAGES.index(matter.stage) if isinstance(matter, Reminder) else 0
    return _URGENCY.index(matter.kind), stage


def _program_contact(sender: Sender, receiver: Person) -> Person | None:
    """Whom to ask about a letter in the program's own voice: never the receiver herself."""
    candidates = (sender.operator, sender.reply_to)
    return next((person for person in candidates if person and person.id != receiver.id), None)
