"""Composing a letter of the ledger: its notices put into words, from and to the people of the day.

Gathering notices into letters is `arshjul.steps.enveloping`, sending them `arshjul.steps.posting`; both call
this, and so do previews.
"""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.errors import BadInput
from arshjul.letters import ComposedLetter, Sender, compose, from_json
from arshjul.office import Office
from arshjul.organisation import Person, Role
from arshjul.wheel import local_day


def compose_letter(office: Office, session: Session, letter: tables.Letter, now: datetime) -> ComposedLetter:
    """A letter in words, from its notices; the same each time but for its date."""
    organisation = office.installation.organisation
    unit = organisation.unit(letter.unit_code)
    notices = notices_of(session, letter)
    mail = office.installation.settings.mail
    try:
        receiver = organisation.person(letter.receiver)
    except KeyError:
        raise BadInput(
            f"Ett brev till {letter.receiver} väntar, men personen finns inte längre. Lägg tillbaka henne "
            "med den adress som gäller.",
            "organisation.yaml",
        ) from None
    return compose(
        receiver,
        [from_json(notice.content) for notice in notices],
        Sender(
            name=mail.from_name,
            address=mail.from_address,
            managers=_holders(office, letter.unit_code, Role.MANAGER, now) or (_nobody(office),),
            operator=next(iter(_holders(office, letter.unit_code, Role.OPERATOR, now)), None),
        ),
        letter_key=letter_key(notices),
        domain=mail_domain(office),
        now=now,
        for_unit=unit.short_name if len(organisation.units_of(letter.receiver, local_day(now))) > 1 else None,
    )


def notices_of(session: Session, letter: tables.Letter) -> list[tables.Notice]:
    """What a letter tells, in the order that it was put down."""
    return list(
        session.scalars(
            select(tables.Notice).where(tables.Notice.letter_id == letter.id).order_by(tables.Notice.id)
        )
    )


def letter_key(notices: list[tables.Notice]) -> str:
    """What makes the letter this letter: the notices in it, each of which is told once."""
    causes = "\n".join(f"{n.unit_code} {n.kind} {n.cause} {n.receiver}" for n in notices)
    return hashlib.sha256(causes.encode()).hexdigest()


def _holders(office: Office, unit_code: str, role: Role, now: datetime) -> tuple[Person, ...]:
    """Everybody who holds the role in the unit: two managers may share it."""
    holders = office.installation.unit(unit_code).holders(role, local_day(now))
    return tuple(office.installation.organisation.person(person) for person in holders)


def _nobody(office: Office) -> Person:
    mail = office.installation.settings.mail
    return Person("arshjul", mail.from_name, mail.from_address)


def mail_domain(office: Office) -> str:
    return office.installation.settings.mail.from_address.rpartition("@")[2]
