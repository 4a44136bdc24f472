"""A mail server that misbehaves: nothing lost, nothing twice but the one in flight, which is told."""

import os
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from arshjul.adapters.store import tables
from arshjul.config import MAIL_PASSWORD_VARIABLE
from arshjul.office import Office
from arshjul.steps.letters.posting import Posted
from tests.example import at
from tests.letters.troubled_server import Authority, Troubles, only, troubled_server
from tests.steps.posted import TUESDAY, letters, post, tell

PEOPLE = ("anna", "mehmet", "karin")
ANNA = "anna.lindqvist@bjorkviken.example"


@contextmanager
def relay(office: Office, troubles: Troubles, options: dict[str, Any], **mail: Any) -> Iterator[Office]:
    """The office with a server of those troubles; `options` are the server's, `mail` our settings."""
    with troubled_server(troubles, **options) as port:
        settings = office.installation.settings
        mail_settings = replace(settings.mail, port=port, host="127.0.0.1", **mail)
        settings = replace(settings, mail=mail_settings)
        yield replace(office, installation=replace(office.installation, settings=settings))


def ids(troubles: Troubles) -> Counter[str]:
    return Counter(str(message_from_bytes(t, policy=policy.default)["Message-ID"]) for t in troubles.taken)


def states(office: Office) -> Counter[tuple[str, bool]]:
    return Counter((letter.state, letter.uncertain) for letter in letters(office))


def all_come_once(office: Office, troubles: Troubles) -> None:
    """Everybody's letter has gone, each Message-ID once, and the ledger says so without doubt."""
    assert states(office) == {("sent", False): len(PEOPLE)}
    assert ids(troubles) == {letter.message_id: 1 for letter in letters(office)}


def test_down_for_a_night_everything_goes_in_the_morning_and_says_that_it_is_late(office: Office) -> None:
    tell(office, *PEOPLE)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    settings = office.installation.settings
    down = replace(settings, mail=replace(settings.mail, port=port))
    office_down = replace(office, installation=replace(office.installation, settings=down))
    for hours in range(16):  # Tuesday 17:00 to Wednesday 08:00
        posted = post(office_down, at("2026-09-08 17:00") + timedelta(hours=hours))
        assert posted.sent == 0
    troubles = Troubles()
    with relay(office, troubles, {}) as up:
        assert post(up, at("2026-09-09 08:00")).sent == len(PEOPLE)
        assert post(up, at("2026-09-09 08:15")) == Posted()
    all_come_once(office, troubles)
    text = message_from_bytes(troubles.taken[0], policy=policy.default).get_body(("plain",))
    assert text is not None
    assert "Brevet skulle ha kommit tisdag 8 september men blev försenat." in text.get_content()


def test_greylisted_letters_go_at_the_next_try(office: Office) -> None:
    tell(office, *PEOPLE)
    troubles = Troubles(refuse={ANNA: "451 4.7.1 Greylisted, try again"})
    with relay(office, troubles, {}) as up:
        assert (posted := post(up)).put_off == 1
        assert posted.sent == 2
        troubles.refuse.clear()
        assert post(up, TUESDAY + timedelta(minutes=9)) == Posted()
        assert post(up, TUESDAY + timedelta(minutes=10)).sent == 1
    all_come_once(office, troubles)


def test_a_line_dropped_after_the_letter_was_taken_gives_one_doubled_letter_which_is_told(
    office: Office,
) -> None:
    tell(office, *PEOPLE)
    troubles = Troubles(drop_after_data=1)
    with relay(office, troubles, {}) as up:
        posted = post(up)
        assert (posted.sent, posted.put_off) == (2, 1)
        assert "Det kan ha kommit fram" in posted.troubles[0]
        assert post(up, TUESDAY + timedelta(minutes=10)).sent == 1
    assert sorted(ids(troubles).values()) == [1, 1, 2]
    [doubled] = [letter for letter in letters(office) if letter.uncertain]
    assert ids(troubles)[doubled.message_id] == 2
    assert {letter.state for letter in letters(office)} == {"sent"}


def test_a_server_too_slow_to_answer_leaves_each_letter_in_doubt_and_the_next_round_settles_it(
    office: Office,
) -> None:
    tell(office, "anna")
    troubles = Troubles(slow_seconds=3)
    with relay(office, troubles, {}, timeout_seconds=1) as slow:
        assert post(slow).put_off == 1
    assert states(office) == {("pending", True): 1}
    quick = Troubles()
    with relay(office, quick, {}) as up:
        assert post(up, TUESDAY + timedelta(minutes=10)).sent == 1
    assert ids(troubles) == ids(quick)  # the same letter, and it says so
    assert states(office) == {("sent", True): 1}


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("certificate", "certifikat som inte går att lita på"),
        ("login", "godtog inte inloggningen för arshjul"),
    ],
)
def test_a_server_that_cannot_be_trusted_or_does_not_let_us_in_gets_nothing_and_nothing_is_lost(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, sentence: str
) -> None:
    tell(office, *PEOPLE)
    ours, another = Authority(tmp_path), Authority(tmp_path, "annan")
    troubles = Troubles()
    options = {
        "tls_context": ours.server(),
        "authenticator": only("arshjul", "hemligt"),
        "auth_required": True,
    }
    trusted = another.trusted if fault == "certificate" else ours.trusted
    monkeypatch.setitem(os.environ, MAIL_PASSWORD_VARIABLE, "fel" if fault == "login" else "hemligt")
    with relay(office, troubles, options, starttls=True, user="arshjul", trusted_ca=trusted) as barred:
        posted = post(barred)
        assert (posted.sent, posted.put_off, posted.refused) == (0, len(PEOPLE), 0)
        assert sentence in posted.troubles[0]
        assert {(letter.state, letter.attempts) for letter in letters(office)} == {("pending", 0)}
        assert troubles.taken == []
    monkeypatch.setitem(os.environ, MAIL_PASSWORD_VARIABLE, "hemligt")
    with relay(office, troubles, options, starttls=True, user="arshjul", trusted_ca=ours.trusted) as mended:
        assert post(mended, TUESDAY + timedelta(minutes=15)).sent == len(PEOPLE)
    all_come_once(office, troubles)
    assert troubles.connections >= 1


def test_the_ledger_keeps_when_a_letter_was_claimed_sent_and_refused(office: Office) -> None:
    tell(office, "anna", "mehmet")
    troubles = Troubles(refuse={ANNA: "550 5.1.1 No such user"})
    with relay(office, troubles, {}) as up:
        post(up)
    with office.database.reading() as session:
        times = {
            row.receiver: (row.state, row.claimed_at, row.sent_at, row.refused_at)
            for row in session.query(tables.Letter).where(tables.Letter.receiver != "drift")
        }
    assert times == {
        "anna": ("refused", TUESDAY, None, TUESDAY),
        "mehmet": ("sent", TUESDAY, TUESDAY, None),
    }
