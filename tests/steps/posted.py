"""Putting something down to tell, posting it, and reading what came: for the tests of letters."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store import tables
from arshjul.letters import Duty, Matter, Receipt
from arshjul.office import Office
from arshjul.steps.cycle.cycles import find_cycle, start_cycle
from arshjul.steps.letters.enveloping import gather_letters
from arshjul.steps.letters.notices import notify, notify_unit
from arshjul.steps.letters.posting import Posted, send_letters
from tests.example import T2, Home, at
from tests.letters.troubled_server import Troubles, troubled_server

TUESDAY = at("2026-09-08 08:00")
EVENING = at("2026-09-08 20:15")
ABOUT = {"unit_code": "SOL", "unit_name": "Solgläntans dagliga verksamhet", "cycle": "T2 2026"}


@pytest.fixture
def office(home: Home, outbox: OutboxServer) -> Iterator[Office]:
    """An office whose letters go to the outbox."""
    home.send_to(outbox.port)
    with home.office() as opened:
        yield opened


def duty(title: str = "Brandskyddskontroll") -> Duty:
    return Duty(**ABOUT, title=title, due=TUESDAY.date())


def receipt() -> Receipt:
    return Receipt(**ABOUT, subunits=("Ateljé Lärkan",), received_at=TUESDAY, file="anna.xlsx")


def tell(office: Office, *receivers: str, matter: Matter | None = None, cause: str = "prov") -> None:
    """Put down something to tell each of the receivers."""
    with office.database.writing() as session:
        cycle = find_cycle(session, T2) or start_cycle(session, T2, "Solgläntan", TUESDAY)
        for receiver in receivers:
            notify(session, cycle, matter or duty(), cause=cause, receiver=receiver, now=TUESDAY)


def post(office: Office, now: datetime = TUESDAY) -> Posted:
    gather_letters(office, now)
    return send_letters(office, now)


def letters(office: Office) -> list[tables.Letter]:
    with office.database.reading() as session:
        return list(session.query(tables.Letter).order_by(tables.Letter.id))


def read(outbox: OutboxServer) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in outbox.letters()]


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def to(letter: EmailMessage) -> str:
    return str(letter["To"].addresses[0].username)


@contextmanager
def relay(office: Office, troubles: Troubles) -> Iterator[Office]:
    """The same office with a mail server that has troubles."""
    with troubled_server(troubles) as port:
        settings = office.installation.settings
        settings = replace(settings, mail=replace(settings.mail, port=port))
        yield replace(office, installation=replace(office.installation, settings=settings))


def say(office: Office, matter: Matter, receiver: str = "anna", now: datetime = TUESDAY) -> None:
    """Put down something to tell, each time anew."""
    with office.database.writing() as session:
        cause = f"prov {session.query(tables.Notice).count()}"
        if matter.cycle is None:
            notify_unit(session, "SOL", matter, cause=cause, receiver=receiver, now=now)
        else:
            cycle = find_cycle(session, T2) or start_cycle(session, T2, "Solgläntan", now)
            notify(session, cycle, matter, cause=cause, receiver=receiver, now=now)


def later(title: str = "Brandskyddskontroll") -> Duty:
    """A duty that can wait."""
    return replace(duty(title), due=date(2026, 10, 30))


def withdrawn(office: Office) -> list[str | None]:
    with office.database.reading() as session:
        return [n.withdrawn_why for n in session.query(tables.Notice) if n.withdrawn_at is not None]
