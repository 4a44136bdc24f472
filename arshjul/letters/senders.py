"""Whom a letter comes from, how its reader is spoken to, and whom she can ask.

A letter to a deputy is in the managers' voice; what the program tells a manager is in its own. Called by
`arshjul.letters.compose`. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from arshjul.letters.matters import Matter
from arshjul.letters.particulars import MatterKind
from arshjul.letters.wording import Reader, joined
from arshjul.organisation import Person

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
class Told:
    """A matter, whose it is, how she is spoken to, and who of the unit speaks."""

    matter: Matter
    owner: Person
    why: str
    reader: Reader
    sender: Sender

    @classmethod
    def of(cls, each: Matter | InsteadOf, receiver: Person, sender: Sender) -> "Told":
        """The matter as it is told to `receiver` by its unit's `sender`."""
        if isinstance(each, InsteadOf):
            reader = _reader(receiver, each.person, sender)
            return cls(each.matter, each.person, each.why, reader, sender)
        return cls(each, receiver, "", _reader(receiver, receiver, sender), sender)

    @property
    def in_the_managers_voice(self) -> bool:
        """Whether the managers say it, not the program."""
        return not self.reader.in_charge and self.matter.kind in _IN_THE_MANAGERS_VOICE


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom to ask: the people, and where a letter is about several units, about which of them."""

    people: tuple[Person, ...]
    units: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How the letter ends. `by_managers`: they sign, and an answer to the letter reaches them."""

    by_managers: bool
    several_managers: bool
    answered_by: str
    signed: str
    contacts: tuple[Contacts, ...]
    unit_names: str

    @property
    def answers_to(self) -> tuple[Person, ...]:
        """Everybody whom an answer reaches."""
        return tuple(dict.fromkeys(person for each in self.contacts for person in each.people))


def addressed(sender: Sender, receiver: Person) -> Sender:
    """A unit's sender in a letter that tells of several units: its forms go to its own managers.

    An answer to such a letter reaches the managers of all of them.
    """
    people = _answering(sender, receiver)
    if not people:
        return sender
    to = " eller ".join(f"{person.name}, {person.address}," for person in people)
    return replace(sender, hand_in=f"skicka arbetsboken till {to.removesuffix(',')}")


def ending(told: Sequence[Told], receiver: Person, labels: Mapping[str, str]) -> Ending:
    """Who signs and whom to ask, unit by unit; where they are the same people, once.

    `labels` are what people call the units, by code.
    """
    by_unit: dict[str, list[Told]] = {}
    for each in told:
        by_unit.setdefault(each.matter.unit_code, []).append(each)
    asked: dict[tuple[Person, ...], list[str]] = {}
    for code, parts in by_unit.items():
        people = _whom_to_ask(parts, receiver)
        asked.setdefault(people, []).append(labels.get(code, parts[0].matter.unit_name))
    sender = told[0].sender
    answering = _answering(sender, receiver)
    names = joined(list(dict.fromkeys(each.matter.unit_name for each in told)))
    return Ending(
        by_managers=len(by_unit) == 1 and _by_managers(told, receiver),
        several_managers=len(sender.managers) > 1,
        answered_by=joined([p.name for p in answering]) if sender.answering else "",
        signed=joined([manager.name for manager in sender.managers]),
        contacts=tuple(
            Contacts(people, joined(units) if len(asked) > 1 else "") for people, units in asked.items()
        ),
        unit_names=names,
    )


def _whom_to_ask(parts: Sequence[Told], receiver: Person) -> tuple[Person, ...]:
    sender = parts[0].sender
    if _by_managers(parts, receiver):
        return _answering(sender, receiver)
    if sender.operator and sender.operator.id != receiver.id:
        return (sender.operator,)
    return _answering(sender, receiver)


def _by_managers(parts: Iterable[Told], receiver: Person) -> bool:
    return any(each.in_the_managers_voice and _answering(each.sender, receiver) for each in parts)


def _answering(sender: Sender, receiver: Person) -> tuple[Person, ...]:
    """The managers or who answers for them, never the receiver herself."""
    return tuple(person for person in sender.answering or sender.managers if person.id != receiver.id)


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
        helped_by=sender.operator.name if sender.operator and sender.operator.id != receiver.id else "",
    )
