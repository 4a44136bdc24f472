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

# Kinds that have their own link, or nothing to be done in the portal.
_WITHOUT_A_WAY_IN = frozenset({MatterKind.LINK, MatterKind.FAILURE, MatterKind.RECEIPT})


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom the letters of a unit come from, and where an answer goes.

    `name` and `address` are the mailbox that sends; `managers` (at least one) sign together and all get
    the answers, unless others answer for them (`answering`: stand-ins); `operator` is whom to ask about the
    program itself. `hand_in` ends the sentence "… och" with how an answer is handed in, in the imperative;
    `managers_hand_in` does for a manager who answers for something herself, and has nobody to send it to.
    """

    name: str
    address: str
    managers: tuple[Person, ...]
    operator: Person | None = None
    answering: tuple[Person, ...] = ()
    hand_in: str = "svara på brevet med arbetsboken bifogad"
    managers_hand_in: str = "läs in arbetsboken med ”arshjul collect FIL”"


@dataclass(frozen=True, slots=True)
class InsteadOf:
    """A matter of somebody who is away, to who stands in for her; `why` is the sentence that says so."""

    matter: Matter
    person: Person
    why: str


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
    matters: Sequence[Matter | InsteadOf],
    sender: Sender,
    *,
    letter_key: str,
    domain: str,
    now: datetime,
    planned_for: date | None = None,
    for_unit: str | None = None,
    way_in: str | None = None,
) -> ComposedLetter:
    """One letter to `receiver` about all `matters` (at least one), her own and those she stands in for.

    `letter_key` is unique per letter and gives its Message-ID; `now` (aware) is its date. It refers to the
    threads of its cycles, the most urgent last. `planned_for` is the day the letter should have gone, where
    that day was missed; `for_unit` what people call the unit, where the receiver has parts in several and
    has to see which one this is about; `way_in` her own link to the portal, where there is one.
    """
    if not matters:
        raise ValueError("a letter has at least one matter")
    today = now.astimezone(STOCKHOLM).date()
    told = sorted(
        (_Told.of(matter, receiver, sender) for matter in matters), key=lambda t: _urgency(t.matter)
    )
    worded = [(word(each.matter, today=today, reader=each.reader), each.why) for each in told]
    first = told[0].matter
    subject = worded[0][0].subject
    if len(worded) > 1:
        subject += f" (och {len(worded) - 1} till)"
    if for_unit:
        subject += f" – {for_unit}"
    answering = tuple(p for p in sender.answering or sender.managers if p.id != receiver.id)
    by_managers = bool(answering) and any(each.in_the_managers_voice for each in told)
    answers_to = answering if by_managers else _program_contacts(sender, receiver)
    whys = {each.why for each in told}
    facts: dict[str, object] = {
        "first_name": one_line(receiver.name).partition(" ")[0],
        "parts": [part for part, _ in worded],
        "whys": [why for _, why in worded] if len(whys) > 1 else ["" for _ in worded],
        "why_all": whys.pop() if len(whys) == 1 else "",
        "subject": subject,
        "by_managers": by_managers,
        "several_managers": len(sender.managers) > 1,
        "answered_by": joined([p.name for p in answering]) if sender.answering else "",
        "signed": joined([manager.name for manager in sender.managers]),
        "contacts": answers_to,
        "unit_name": first.unit_name,
        "planned_for": planned_for,
        "for_unit": for_unit,
        "way_in": None if all(each.matter.kind in _WITHOUT_A_WAY_IN for each in told) else way_in,
        "today": today,
    }
    return ComposedLetter(
        receiver=receiver,
        sender=sender,
        answers_to=answers_to,
        dated=now,
        message_id=message_id(letter_key, domain),
        references=_references(told, domain),
        subject=subject,
        text=lay_out("layout.txt.j2", facts),
        html=lay_out("layout.html.j2", facts),
        reasons=tuple(part.reason for part, _ in worded),
        attachments=tuple(dict.fromkeys(a for each in told for a in each.matter.attachments)),
        calendar=due_entries(
            [t.matter for t in told if isinstance(t.matter, Request)], receiver.id, domain, now
        ),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A matter, whose it is, and how she is spoken to."""

    matter: Matter
    owner: Person
    why: str
    reader: Reader

    @classmethod
    def of(cls, matter: Matter | InsteadOf, receiver: Person, sender: Sender) -> "_Told":
        if isinstance(matter, InsteadOf):
            return cls(matter.matter, matter.person, matter.why, _reader(receiver, matter.person, sender))
        return cls(matter, receiver, "", _reader(receiver, receiver, sender))

    @property
    def in_the_managers_voice(self) -> bool:
        return not self.reader.in_charge and self.matter.kind in _IN_THE_MANAGERS_VOICE


def _references(told: Sequence[_Told], domain: str) -> tuple[str, ...]:
    """A thread per cycle, the same for whoever stands in as for the one who is away; the most urgent last."""
    threads = [thread_id(t.matter.thread, t.owner.id, domain) for t in told if t.matter.thread]
    return tuple(reversed(dict.fromkeys(threads)))


def _urgency(matter: Matter) -> tuple[int, int]:
    stage = _STAGES.index(matter.stage) if isinstance(matter, Reminder) else 0
    return _URGENCY.index(matter.kind), stage


def _reader(receiver: Person, owner: Person, sender: Sender) -> Reader:
    """`receiver`, spoken to as the one whose matter it is: who stands in for a manager is in charge."""
    in_charge = any(manager.id == owner.id for manager in sender.managers)
    others = tuple(m.name for m in sender.managers if m.id not in (owner.id, receiver.id))
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
    return tuple(person for person in sender.answering or sender.managers if person.id != receiver.id)
