"""Composing a claimed letter: its notices put into words, from and to the people of the day.

Asks nothing of the store: what is still to be told was found when the letter was claimed
(`arshjul.steps.letters.claiming`). Called by `arshjul.steps.letters.posting`; gathering asks who gets what.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.errors import BadInput
from arshjul.letters import ComposedLetter, InsteadOf, Matter, MatterKind, Sender, compose
from arshjul.office import Office
from arshjul.organisation import Organisation, Person, Role
from arshjul.wheel import local_day


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claimed letter, and what is still true of its notices; `way_in` is the receiver's own link."""

    letter: tables.Letter
    told: tuple[tuple[tables.Notice, Matter], ...]
    way_in: str | None


def compose_letter(office: Office, claimed: Claimed, now: datetime) -> ComposedLetter:
    """A claimed letter in words; the Message-ID is the ledger's. BadInput where its receiver is gone."""
    organisation = office.installation.organisation
    letter, today = claimed.letter, local_day(now)
    notices = [notice for notice, _ in claimed.told]
    units = dict.fromkeys(notice.unit_code for notice in notices)
    several = len(organisation.units_of(letter.receiver, today)) > 1 or len(units) > 1
    composed = compose(
        _known(organisation, letter.receiver),
        list(_matters(organisation, claimed, today)),
        _sender(office, letter.unit_code, today),
        letter_key=letter_key(letter.receiver, notices),
        domain=mail_domain(office),
        now=now,
        planned_for=_missed_day(notices, today),
        way_in=claimed.way_in,
        elsewhere={code: _sender(office, code, today) for code in units if code != letter.unit_code},
        labels={code: organisation.unit(code).short_name for code in units} if several else {},
    )
    return replace(composed, message_id=letter.message_id)


def _sender(office: Office, unit_code: str, today: date) -> Sender:
    """Who speaks for a unit today."""
    organisation = office.installation.organisation
    mail = office.installation.settings.mail
    managers = organisation.unit(unit_code).holders(Role.MANAGER, today)
    answering = tuple(r.person for r in organisation.receivers(managers, today))
    operators = tuple(_operators(office, unit_code, today))
    return Sender(
        name=mail.from_name,
        address=mail.from_address,
        managers=tuple(map(organisation.person, managers)) or operators[:1] or (_nobody(office),),
        operator=next(iter(operators), None),
        answering=() if set(answering) == set(managers) else tuple(map(organisation.person, answering)),
    )


def _matters(organisation: Organisation, claimed: Claimed, today: date) -> Iterator[Matter | InsteadOf]:
    """What the letter tells; what is somebody else's bears the sentence that says why it comes."""
    for notice, matter in claimed.told:
        if notice.receiver == claimed.letter.receiver:
            yield matter
        else:
            why = organisation.receiver(notice.receiver, today).why
            owner = _known(organisation, notice.receiver)
            yield InsteadOf(matter, owner, why or f"Du får det här i stället för {owner.name}.")


def receiver_on(office: Office, notice: tables.Notice, day: date) -> str:
    """Who gets a notice on `day`: its receiver or her stand-in. A link goes to whoever asked for it."""
    if notice.kind == MatterKind.LINK:
        return notice.receiver
    return office.installation.organisation.receiver(notice.receiver, day).person


def _missed_day(notices: Sequence[tables.Notice], today: date) -> date | None:
    """The day on which the letter should have gone, where that has passed."""
    missed = [day for n in notices if n.meant_at is not None and (day := local_day(n.meant_at)) < today]
    return min(missed, default=None)


def notices_of(session: Session, letter: tables.Letter) -> list[tables.Notice]:
    """What a letter tells, in the order that it was put down; without what was withdrawn."""
    return list(
        session.scalars(
            select(tables.Notice)
            .where(tables.Notice.letter_id == letter.id, tables.Notice.withdrawn_at.is_(None))
            .order_by(tables.Notice.id)
        )
    )


def letter_key(receiver: str, notices: Sequence[tables.Notice]) -> str:
    """What makes the letter this letter: who gets it, and the notices in it, each of which is told once."""
    causes = (f"{n.unit_code} {n.kind} {n.cause} {n.receiver}" for n in notices)
    return hashlib.sha256("\n".join([receiver, *causes]).encode()).hexdigest()


def _known(organisation: Organisation, person: str) -> Person:
    try:
        return organisation.person(person)
    except KeyError:
        raise BadInput(
            f"Ett brev till {person} väntar, men personen finns inte längre. Lägg tillbaka henne "
            "med den adress som gäller.",
            "organisation.yaml",
        ) from None


def _operators(office: Office, unit_code: str, day: date) -> Iterator[Person]:
    for person in office.installation.unit(unit_code).holders(Role.OPERATOR, day):
        yield office.installation.organisation.person(person)


def _nobody(office: Office) -> Person:
    mail = office.installation.settings.mail
    return Person("arshjul", mail.from_name, mail.from_address)


def mail_domain(office: Office) -> str:
    """What Message-IDs end with: the domain of the mailbox that sends."""
    return office.installation.settings.mail.from_address.rpartition("@")[2]


def hash_of_address(office: Office, person: str) -> str | None:
    """What a person's address is known by in the ledger, which holds no addresses; None: she is gone."""
    try:
        address = office.installation.organisation.person(person).address
    except KeyError:
        return None
    return hashlib.sha256(address.encode()).hexdigest()
