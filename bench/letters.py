"""A morning's letters: who of ten thousand gets what, and a thousand sent.

    python -m bench.letters [--units 1100] [--sending-units 110]

An example city, a duty for every leader. Deciding is one gathering of all that was put down. Sending goes to
a mail server on loopback that keeps each letter; beside it raw smtplib sends letters of the same size on one
connection to the same server. Seconds of the clock; ratios hold within one run.
"""

import argparse
import smtplib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.letters import Duty
from arshjul.office import Office, open_office
from arshjul.steps.letters.enveloping import gather_letters
from arshjul.steps.letters.notices import notify_unit
from arshjul.steps.letters.posting import send_letters
from arshjul.wheel import STOCKHOLM
from cli.example.words import read_city_words
from cli.example.writing import write_city

MORNING = datetime(2026, 9, 8, 8, tzinfo=STOCKHOLM)  # a Tuesday
AIM_SECONDS, AIM_SHARE = 2.0, 0.8


def put_down(office: Office) -> int:
    """A duty for each person of each unit; how many were told."""
    told = 0
    for unit in office.installation.organisation.units:
        with office.database.writing() as session:
            for person in dict.fromkeys(each.person for each in unit.assignments):
                duty = Duty(
                    unit_code=unit.code,
                    unit_name=unit.name,
                    title="Skyddsrond",
                    due=date(2026, 9, 30),
                    how="Gå ronden med skyddsombudet.",
                )
                told += notify_unit(
                    session, unit.code, duty, cause="skyddsrond", receiver=person, now=MORNING
                )
    return told


def raw(outbox: OutboxServer, letters: int) -> float:
    """Seconds to send copies of the outbox's first letter on one connection."""
    sample = outbox.letters()[0].read_bytes()
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.se", "b@example.se", "Prov"
    message.set_content("x" * max(1, len(sample) - 300))
    begun = time.perf_counter()
    with smtplib.SMTP(outbox.host, outbox.port) as connection:
        for _ in range(letters):
            connection.send_message(message)
    return time.perf_counter() - begun


@contextmanager
def city(folder: Path, units: int, outbox: OutboxServer) -> Iterator[Office]:
    """An example city's office, whose letters go to the outbox."""
    write_city(folder, read_city_words(), units, 1, 2026, "", lambda _share: None)
    with open_office(folder / "config", lambda: datetime.now(UTC)) as office:
        installation = office.installation
        mail = replace(installation.settings.mail, host=outbox.host, port=outbox.port)
        settings = replace(installation.settings, mail=mail)
        yield replace(office, installation=replace(installation, settings=settings))


def measure(units: int, sending_units: int) -> None:
    """Decide in a large city, send in a small one, print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with OutboxServer(folder / "brev") as outbox:
            with city(folder / "stad", units, outbox) as office:
                told = put_down(office)
                begun = time.perf_counter()
                made = gather_letters(office, MORNING)
                deciding = time.perf_counter() - begun
            print(f"who gets what: {told} told, {made} letters in {deciding:.2f} s; aim {AIM_SECONDS} s")
            with city(folder / "liten", sending_units, outbox) as office:
                put_down(office)
                gather_letters(office, MORNING)
                begun = time.perf_counter()
                sent = send_letters(office, MORNING).sent
                sending = time.perf_counter() - begun
            bare = raw(outbox, sent)
    print(f"sending {sent}: {sending:.2f} s, {sent / sending:.0f} a second")
    print(f"raw smtplib: {bare:.2f} s; ours has {bare / sending:.2f} of its speed; aim {AIM_SHARE}")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description="A morning's letters: deciding and sending.")
    parser.add_argument("--units", type=int, default=1100)
    parser.add_argument("--sending-units", type=int, default=110, help="about nine letters each")
    options = parser.parse_args()
    measure(options.units, options.sending_units)


if __name__ == "__main__":
    main()
