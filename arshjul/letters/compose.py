"""Makes one letter to one receiver of one or more matters.

The most urgent matter stands first and gives the subject; each has its own heading when there are several,
and says which unit it is about when they are of several. Who speaks is `arshjul.letters.senders`, sending
`arshjul.adapters.mail`, the form on the wire `arshjul.letters.message`; what is to be told and to whom is
decided by the steps. Called by the sender and by previews. Pure: same input, same letter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from arshjul.letters.calendar_entry import due_entries
from arshjul.letters.identity import message_id, thread_id
from arshjul.letters.matters import Matter, Reminder, Request
from arshjul.letters.particulars import Attachment, MatterKind, Stage
from arshjul.letters.restraint import last_day
from arshjul.letters.senders import InsteadOf, Sender, Told, addressed, ending
from arshjul.letters.wording import Worded, lay_out, one_line, word
from arshjul.organisation import Person
from arshjul.swedish_dates import STOCKHOLM

# What stands first, and gives the subject, when several matters share a letter.
_URGENCY = (
    *(MatterKind.LINK, MatterKind.FAILURE, MatterKind.RETURNED, MatterKind.REMINDER, MatterKind.ESCALATION),
    *(MatterKind.REVIEW, MatterKind.REQUEST, MatterKind.APT, MatterKind.REPORT, MatterKind.DUTY),
    *(MatterKind.DIGEST, MatterKind.RECEIPT),
)
_STAGES = (Stage.LATE, Stage.LAST_DAY, Stage.SECOND, Stage.FIRST)
_NOBODY_ELSE: Mapping[str, Sender] = MappingProxyType({})
_NO_LABELS: Mapping[str, str] = MappingProxyType({})

# Kinds that have their own link, or nothing to be done in the portal.
_WITHOUT_A_WAY_IN = frozenset({MatterKind.LINK, MatterKind.FAILURE, MatterKind.RECEIPT})

# Kinds that tell a manager what is to be done in the portal, and not by answering the letter.
_DONE_IN_THE_PORTAL = frozenset({MatterKind.REVIEW, MatterKind.ESCALATION, MatterKind.DIGEST})


@dataclass(frozen=True, slots=True)
class ComposedLetter:
    """A whole letter, ready for `write_letter`. `references` are Message-IDs, `reasons` one per matter.

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
    way_in: str | None = None,
    elsewhere: Mapping[str, Sender] = _NOBODY_ELSE,
    labels: Mapping[str, str] = _NO_LABELS,
) -> ComposedLetter:
    """One letter to `receiver` about all `matters` (at least one), her own and those she stands in for.

    `letter_key` is unique per letter and gives its Message-ID; `now` (aware) is its date. It refers to the
    threads of its cycles, the most urgent last. `planned_for` is the day the letter should have gone, where
    that day was missed; `way_in` her own link to the portal, where there is one. `sender` speaks for every
    unit but those (by code) that `elsewhere` has another for. `labels` are what people call the units, by
    code, where the receiver has parts in several and has to see which one it is about.
    """
    if not matters:
        raise ValueError("a letter has at least one matter")
    today = now.astimezone(STOCKHOLM).date()
    senders = {code: elsewhere.get(code, sender) for code in map(_unit_of, matters)}
    if len(senders) > 1:
        senders = {code: addressed(each, receiver) for code, each in senders.items()}
    told = sorted(
        (Told.of(each, receiver, senders[_unit_of(each)]) for each in matters),
        key=lambda t: _urgency(t.matter),
    )
    units = {each.matter.unit_code: each.matter.unit_name for each in told}
    whose = {code: labels.get(code, name) for code, name in units.items()} if len(units) > 1 else {}
    if all(each.matter.kind in _WITHOUT_A_WAY_IN for each in told):
        way_in = None
    several = len(told) > 1
    worded = [
        _labelled(
            word(t.matter, today=today, reader=t.reader, way_in=way_in, one_of_several=several), t, whose
        )
        for t in told
    ]
    for_unit = labels.get(told[0].matter.unit_code) if len(units) == 1 else None
    subject = worded[0].subject
    if several:
        subject += f" (och {len(worded) - 1} till)"
    if for_unit:
        subject += f" – {for_unit}"
    whys = {each.why for each in told}
    end = ending(told, receiver, labels)
    facts: dict[str, object] = {
        "first_name": one_line(receiver.name).partition(" ")[0],
        "parts": worded,
        "whys": [each.why if len(whys) > 1 else "" for each in told],
        "why_all": whys.pop() if len(whys) == 1 else "",
        "subject": subject,
        "end": end,
        "unit_name": told[0].matter.unit_name,
        "planned_for": planned_for,
        "for_unit": for_unit,
        "way_in": way_in,
        "for_managers": all(each.matter.kind in _DONE_IN_THE_PORTAL for each in told),
        "today": today,
    }
    return ComposedLetter(
        receiver=receiver,
        sender=sender,
        answers_to=end.answers_to,
        dated=now,
        message_id=message_id(letter_key, domain),
        references=_references(told, domain),
        subject=subject,
        text=lay_out("layout.txt.j2", facts),
        html=lay_out("layout.html.j2", facts),
        reasons=tuple(part.reason for part in worded),
        attachments=tuple(dict.fromkeys(a for each in told for a in each.matter.attachments)),
        calendar=due_entries(
            [t.matter for t in told if isinstance(t.matter, Request)], receiver.id, domain, now
        ),
    )


def _unit_of(each: Matter | InsteadOf) -> str:
    return each.matter.unit_code if isinstance(each, InsteadOf) else each.unit_code


def _labelled(part: Worded, told: Told, whose: Mapping[str, str]) -> Worded:
    """The heading says which unit it is about, where the letter is about several."""
    label = whose.get(told.matter.unit_code)
    return replace(part, subject=f"{part.subject} – {label}") if label else part


def _references(told: Sequence[Told], domain: str) -> tuple[str, ...]:
    """A thread per cycle, the same for whoever stands in as for the one who is away; the most urgent last."""
    threads = [thread_id(t.matter.thread, t.owner.id, domain) for t in told if t.matter.thread]
    return tuple(reversed(dict.fromkeys(threads)))


def _urgency(matter: Matter) -> tuple[int, int, date]:
    """By kind, and of one kind the one that has to be done first."""
    stage = _STAGES.index(matter.stage) if isinstance(matter, Reminder) else 0
    return _URGENCY.index(matter.kind), stage, last_day(matter) or date.max
