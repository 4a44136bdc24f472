"""The mail server of a simulated year: it is away, puts letters off and comes back, at one port."""

import smtplib
from pathlib import Path

import pytest

from cli.simulation.fate import MailTroubleKind
from cli.simulation.mail import MailServerOfTheYear

LETTER = b"Subject: Hej\r\n\r\nHej\r\n"


def send(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.sendmail("a@solglantan.example", ["b@solglantan.example"], LETTER)


def test_it_keeps_letters_save_on_its_bad_days(tmp_path: Path) -> None:
    with MailServerOfTheYear(tmp_path) as mail:
        send(mail.port)
        mail.fail(MailTroubleKind.AWAY)
        with pytest.raises(ConnectionRefusedError):
            send(mail.port)
        mail.fail(MailTroubleKind.PUT_OFF)
        with pytest.raises(smtplib.SMTPRecipientsRefused) as put_off:
            send(mail.port)
        assert next(iter(put_off.value.recipients.values()))[0] == 451
        mail.recover()
        send(mail.port)
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [LETTER, LETTER]
    with pytest.raises(ConnectionRefusedError):
        send(mail.port)
