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
from arshjul.letters.wording import Reader, joined, lay_out, one_line, word
from arshjul.organisation import Person

# What stands first, and gives the subject, when several matters share a letter.
_URGENCY = (
    *(MatterKind.LINK, MatterKind.FAILURE, MatterKind.RETURNED, MatterKind.REMINDER, MatterKind.ESCALATION),
    *(MatterKind.REVIEW, MatterKind.REQUEST, MatterKind.APT, MatterKind.REPORT, MatterKind.DUTY),
    *(MatterKind.DIGEST, MatterKind.RECEIPT),
)
_STAGES = (Stage.LATE, Stage.LAST_DAY, Stage.SECOND, Stage.FIRST)
# Kinds that the managers sign; in the others it is the program that tells somebody something.
_IN_THE_MANAGERS_VOICE = frozenset(
    {
        *(MatterKind.REQUEST, MatterKind.REMINDER, MatterKind.RECEIPT, MatterKind.RETURNED),
        *(MatterKind.REPORT, MatterKind.APT, MatterKind.DUTY),
    }
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom the letters of a unit come from, and where an answer goes.

    `name` and `address` are the mailbox that sends; `managers` (at least one) sign together and all get
    the answers; `operator` is whom to ask about the program itself. `hand_in` ends the sentence "… och"
    with how an answer is handed in, in the imperative; `managers_hand_in` does for a manager who answers
    for something herself, and has nobody to send it to.
    """

    name: str
    address: str
    managers: tuple[Person, ...]
    operator: Person | None = None
    hand_in: str = "svara på brevet med arbetsboken bifogad"
    managers_hand_in: str = "läs in arbetsboken med ”arshjul collect FIL”"


@dataclass(frozen=True, slots=True)
class ComposedLetter:
    """A whole letter, ready for `to_email_message`. `references` are Message-IDs, `reasons` one per matter.

    `answers_to` is whom an answer reaches; empty where there is nobody but the receiver herself.
    """

    receiver: Person
    sender: Sender
    answers_to: tuple[Person, ...]
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
    for_unit: str | None = None,
) -> ComposedLetter:
    """One letter to `receiver` about all `matters` (at least one).

    `letter_key` is unique per letter and gives its Message-ID; `now` (aware) is its date. The thread is
    that of the most urgent matter's cycle. `standing_in_for` is the absent person whose letter this is;
    `planned_for` the day the letter should have gone, where that day was missed; `for_unit` what people
    call the unit, where the receiver has parts in several and has to see which one this is about.
    """
    if not matters:
        raise ValueError("a letter has at least one matter")
    today = now.astimezone(STOCKHOLM).date()
    ordered = sorted(matters, key=_urgency)
    reader = _reader(receiver, sender)
    worded = [word(matter, today=today, reader=reader) for matter in ordered]
    subject = worded[0].subject
    if len(worded) > 1:
        subject += f" (och {len(worded) - 1} till)"
    if for_unit:
        subject += f" – {for_unit}"
    by_managers = not reader.in_charge and any(m.kind in _IN_THE_MANAGERS_VOICE for m in ordered)
    answers_to = sender.managers if by_managers else _program_contacts(sender, receiver)
    facts: dict[str, object] = {
        "first_name": one_line(receiver.name).partition(" ")[0],
        "parts": worded,
        "subject": subject,
        "by_managers": by_managers,
        "several_managers": len(sender.managers) > 1,
        "signed": joined([manager.name for manager in sender.managers]),
        "contacts": answers_to,
        "unit_name": ordered[0].unit_name,
        "standing_in_for": standing_in_for,
        "planned_for": planned_for,
        "for_unit": for_unit,
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


def _reader(receiver: Person, sender: Sender) -> Reader:
    in_charge = any(manager.id == receiver.id for manager in sender.managers)
    others = tuple(manager.name for manager in sender.managers if manager.id != receiver.id)
    return Reader(
        name=receiver.name,
        address=receiver.address,
        in_charge=in_charge,
        together_with=others if in_charge else (),
        hand_in=sender.managers_hand_in if in_charge else sender.hand_in,
    )


def _program_contacts(sender: Sender, receiver: Person) -> tuple[Person, ...]:
    """Whom to ask about a letter in the program's own voice: never the receiver herself."""
    if sender.operator and sender.operator.id != receiver.id:
        return (sender.operator,)
    return tuple(manager for manager in sender.managers if manager.id != receiver.id)
