"""A morning's letters: who of ten thousand gets what, and a thousand sent.

    python -m bench.letters [--units 1100] [--sending-units 120]

An example city, a duty for every leader. Deciding is one gathering of all that was put down. Sending claims,
writes and hands over the letters of a smaller city to a mail server on loopback, a process of its own that
keeps each letter on disk; raw smtplib sends the same letters, ready made, on one connection to the same
server, between two rounds of ours, for the pace of a disk varies. Ratios hold within one run. Seconds are the
clock's, `cpu` our own process's.
"""

import argparse
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What some work took: seconds of the clock, and of our own process."""

    seconds: float
    cpu: float
    gave: int


def timed(work: Callable[[], int]) -> Taken:
    """Do the work once."""
    begun, cpu = time.perf_counter(), time.process_time()
    gave = work()
    return Taken(time.perf_counter() - begun, time.process_time() - cpu, gave)


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


@contextmanager
def mail_server(folder: Path) -> Iterator[int]:
    """The port of a server in a process of its own, so that it does not share our interpreter."""
    command = [sys.executable, "-m", "bench.letters", "--serve", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()


def serve(folder: Path) -> None:
    """Be that server until the one who started it has had enough."""
    with OutboxServer(folder) as outbox:
        print(outbox.port, flush=True)
        sys.stdin.read()


def raw(port: int, letters: list[bytes]) -> int:
    """Send the letters on one connection."""
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for letter in letters:
            connection.sendmail("a@example.se", "b@example.se", letter)
    return len(letters)


@contextmanager
def city(folder: Path, units: int, port: int) -> Iterator[Office]:
    """An example city's office, whose letters go to the server on that port."""
    write_city(folder, read_city_words(), units, 1, 2026, "", lambda _share: None)
    with open_office(folder / "config", lambda: datetime.now(UTC)) as office:
        installation = office.installation
        mail = replace(installation.settings.mail, host="127.0.0.1", port=port)
        settings = replace(installation.settings, mail=mail)
        yield replace(office, installation=replace(installation, settings=settings))


def measure(units: int, sending_units: int) -> None:
    """Decide in a large city, send in a small one, print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with city(folder / "stad", units, 1) as office:
            told = put_down(office)
            took = timed(lambda: gather_letters(office, MORNING))
            again = timed(lambda: gather_letters(office, MORNING))
        print(
            f"who gets what: {told} told, {took.gave} letters in {took.seconds:.2f} s (cpu {took.cpu:.2f}); "
            f"aim {AIM_SECONDS} s; once more, nothing new: {again.seconds:.2f} s"
        )
        with mail_server(folder / "brev") as port, city(folder / "liten", sending_units, port) as office:
            put_down(office)
            gather_letters(office, MORNING)
            sending = timed(lambda: send_letters(office, MORNING).sent)
            letters = [path.read_bytes() for path in sorted((folder / "brev").glob("*.eml"))]
            bare = timed(lambda: raw(port, letters))
            with city(folder / "liten igen", sending_units, port) as another:
                put_down(another)
                gather_letters(another, MORNING)
                once_more = timed(lambda: send_letters(another, MORNING).sent)
    both = (sending.seconds + once_more.seconds) / 2
    print(
        f"sending {sending.gave}: {sending.seconds:.2f} s and {once_more.seconds:.2f} s, "
        f"{sending.gave / both:.0f} a second (cpu {1000 * sending.cpu / sending.gave:.1f} ms a letter)"
    )
    print(
        f"raw smtplib between them: {bare.seconds:.2f} s "
        f"(cpu {1000 * bare.cpu / bare.gave:.1f} ms a letter); ours "
        f"has {bare.seconds / both:.2f} of its speed; aim {AIM_SHARE}"
    )


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description="A morning's letters: deciding and sending.")
    parser.add_argument("--units", type=int, default=1100)
    parser.add_argument("--sending-units", type=int, default=120, help="about nine letters each")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
    else:
        measure(options.units, options.sending_units)


if __name__ == "__main__":
    main()
