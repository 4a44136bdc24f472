"""The mail server of a year of letters, with its bad days."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from arshjul.adapters.mail import MailServer, MailServerTrouble, MailUncertain
from arshjul.errors import MailTrouble
from arshjul.letters.message import WrittenLetter
from arshjul.wheel import STOCKHOLM, local_day


@dataclass
class Relay:
    """The mail server of the year: on the days of trouble it refuses, hangs up, or is away."""

    now: datetime = datetime(2026, 1, 1, tzinfo=STOCKHOLM)
    trouble: dict[date, int] = field(default_factory=dict)
    taken: list[tuple[datetime, EmailMessage]] = field(default_factory=list)
    handed_over: int = 0

    @contextmanager
    def connect(self, _: MailServer) -> Iterator["Relay"]:
        if self._today() == 1:
            raise MailServerTrouble("nere", permanent=False)
        yield self

    def send(self, letter: WrittenLetter) -> None:
        message = message_from_bytes(letter.content, policy=policy.default)
        self.handed_over += 1
        today = self._today()
        if today == 2 and self.handed_over % 2:
            raise MailTrouble("451 senare", permanent=False)
        if today in (3, 4) and self.handed_over % 3 == 0:
            if today == 3:
                self.taken.append((self.now, message))
            raise MailUncertain("bröts", permanent=False)
        self.taken.append((self.now, message))

    def _today(self) -> int:
        return self.trouble.get(local_day(self.now), 0)
