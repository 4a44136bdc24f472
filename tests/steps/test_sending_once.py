"""Each letter leaves once, whoever sends and whatever breaks; what is in doubt says so."""

import socket
import subprocess
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint
from arshjul.letters import ComposedLetter, WrittenLetter, write_letter
from arshjul.office import Office
from arshjul.steps.letters import letter_states, posting
from arshjul.steps.letters.claiming import claim_letters
from arshjul.steps.letters.composing import notices_of
from arshjul.steps.letters.enveloping import gather_letters
from arshjul.steps.letters.letter_log import sent_letters
from arshjul.steps.letters.posting import Posted, letters_waiting, send_letters
from tests.example import Home
from tests.letters.troubled_server import Troubles
from tests.steps.posted import (
    TUESDAY,
    duty,
    letters,
    office,
    post,
    read,
    relay,
    tell,
    to,
)

__all__ = ["office"]


def test_a_server_that_is_down_leaves_all_waiting_and_the_next_round_sends_each_once(
    home: Home, outbox: OutboxServer
) -> None:
    with home.office() as down:
        tell(down, "anna", "mehmet", "karin")
        posted = post(down)
        assert (posted.sent, posted.put_off, posted.refused) == (0, 3, 0)
        assert len(posted.troubles) == 1
        assert "går inte att nå" in posted.troubles[0]
        assert {(letter.state, letter.attempts) for letter in letters(down)} == {("pending", 0)}
        tell(down, "anna", matter=duty("Egenkontroll"), cause="nytt")
        gather_letters(down, TUESDAY)
        assert len(letters(down)) == 3  # what has never left takes up what is new
    home.send_to(outbox.port)
    with home.office() as up:
        assert post(up, TUESDAY + timedelta(minutes=15)).sent == 3
        assert post(up, TUESDAY + timedelta(minutes=30)) == Posted()
        assert [letter.message_id for letter in letters(up)] == [m["Message-ID"] for m in read(outbox)]
    assert Counter(map(to, read(outbox))) == {"anna.lindqvist": 1, "mehmet.yildirim": 1, "karin.ekdahl": 1}


def test_a_sender_that_died_is_followed_by_the_one_letter_in_flight_marked_uncertain_and_the_rest(
    home: Home, office: Office, outbox: OutboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    tell(office, "anna", "mehmet", "karin")

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt  # after the server took the letter, before that was put down

    with (
        home.office(f"{socket.gethostname()}:{ended.pid}:b") as dead,
        monkeypatch.context() as broken,
    ):
        broken.setattr(posting, "reached", dies)
        broken.setattr(posting, "release", lambda *_: None)  # whoever is killed gives nothing back
        with pytest.raises(KeyboardInterrupt):
            post(dead)
    assert [(letter.state, letter.handed_over_at) for letter in letters(office)] == [
        ("claimed", TUESDAY),
        ("claimed", None),
        ("claimed", None),
    ]
    posted = post(office, TUESDAY + timedelta(minutes=1))
    assert (posted.sent, posted.uncertain) == (3, 1)
    assert "kan ha kommit fram två gånger" in posted.troubles[0]
    ids = Counter(str(letter["Message-ID"]) for letter in read(outbox))
    assert sorted(ids.values()) == [1, 1, 2]
    assert [letter.uncertain for letter in letters(office)] == [True, False, False]
    assert [letter.uncertain for letter in sent_letters(office)] == [True, False, False]


def test_a_claim_of_a_living_sender_is_left_to_it(home: Home, office: Office) -> None:
    tell(office, "anna")
    gather_letters(office, TUESDAY)
    with office.database.writing() as session:
        [letter] = session.query(tables.Letter)
        letter.state, letter.claimed_by = "claimed", "rådhuset:4711:b"
        letter.claimed_until = home.clock() + letter_states.CLAIM
        letter.handed_over_at = TUESDAY
    assert send_letters(office, TUESDAY) == Posted()
    home.clock.pass_by(letter_states.CLAIM + timedelta(seconds=1))
    assert send_letters(office, TUESDAY).uncertain == 1


def test_a_sender_that_was_too_slow_leaves_the_letter_to_the_one_who_took_it_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_over(_: CrashPoint) -> None:
        with office.database.writing() as session:
            session.query(tables.Letter).one().claimed_by = "rådhuset:4711:b"

    tell(office, "anna")
    gather_letters(office, TUESDAY)
    troubles = Troubles(refuse={"anna.lindqvist@bjorkviken.example": "451 4.7.1 Try again later"})
    with relay(office, troubles) as troubled, monkeypatch.context() as patched:
        patched.setattr(letter_states, "reached", taken_over)  # while the letter is on its way
        assert send_letters(troubled, TUESDAY).put_off == 1
    [letter] = letters(office)
    assert (letter.state, letter.claimed_by) == ("claimed", "rådhuset:4711:b")


def test_letters_that_were_claimed_and_not_handed_over_are_sent_by_the_next_and_none_is_in_doubt(
    home: Home, office: Office, outbox: OutboxServer
) -> None:
    tell(office, "anna", "mehmet")
    gather_letters(office, TUESDAY)
    waiting = letters_waiting(office, TUESDAY)
    with home.office("provet:0:b") as slow:
        assert len(claim_letters(slow, waiting, TUESDAY, Posted())) == 2
        assert send_letters(office, TUESDAY) == Posted()
        home.clock.pass_by(letter_states.CLAIM + timedelta(seconds=1))
        assert send_letters(office, TUESDAY) == Posted(sent=2)
        assert not any(letter_states.hand_over(slow, letter, TUESDAY, None) for letter in waiting)
    assert len(outbox.letters()) == 2
    assert {(letter.state, letter.uncertain, letter.attempts) for letter in letters(office)} == {
        ("sent", False, 1)
    }


def test_a_server_that_closes_half_way_has_what_it_took_and_the_rest_wait_untouched(office: Office) -> None:
    tell(office, "anna", "mehmet", "karin")
    gather_letters(office, TUESDAY)
    troubles = Troubles(refuse={"mehmet.yildirim@bjorkviken.example": "421 4.3.2 Shutting down"})
    with relay(office, troubles) as closing:
        posted = send_letters(closing, TUESDAY)
    assert (posted.sent, posted.put_off, posted.uncertain) == (1, 2, 0)
    assert len(troubles.taken) == 1
    assert [(letter.state, letter.attempts) for letter in letters(office)] == [
        ("sent", 1),
        ("pending", 1),
        ("pending", 0),
    ]


def test_a_fault_of_the_program_in_one_letter_leaves_the_one_before_it_sent_and_without_doubt(
    office: Office, outbox: OutboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(office, "anna", "mehmet", "karin")
    gather_letters(office, TUESDAY)
    written = []

    def breaks(letter: ComposedLetter, *rest: Any) -> WrittenLetter:
        written.append(letter)
        return write_letter(letter, *rest) if len(written) == 1 else 1 / 0  # type: ignore[return-value]

    with monkeypatch.context() as broken:
        broken.setattr(posting, "write_letter", breaks)
        with pytest.raises(ZeroDivisionError):
            send_letters(office, TUESDAY)
    assert [letter.state for letter in letters(office)] == ["sent", "claimed", "pending"]
    assert len(outbox.letters()) == 1


def test_a_letter_in_flight_takes_up_nothing_new(office: Office) -> None:
    tell(office, "anna")
    gather_letters(office, TUESDAY)
    with office.database.writing() as session:
        [letter] = session.query(tables.Letter)
        letter.state, letter.attempts, letter.uncertain = "pending", 1, True
        message_id = letter.message_id
    tell(office, "anna", matter=duty("Egenkontroll"), cause="nytt")
    gather_letters(office, TUESDAY)
    assert letters(office)[0].message_id == message_id
    with office.database.reading() as session:
        assert len(notices_of(session, letters(office)[0])) == 1


def test_two_senders_at_once_send_each_letter_once(
    home: Home, office: Office, outbox: OutboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(office, "anna", "mehmet", "karin", "sofia")
    gather_letters(office, TUESDAY)
    waiting = letters_waiting(office, TUESDAY)
    with home.office("provet:0:b") as other:
        assert send_letters(other, TUESDAY).sent == 4
        monkeypatch.setattr(posting, "letters_waiting", lambda *_: waiting)  # what it saw a moment before
        assert send_letters(office, TUESDAY) == Posted()
    assert len(outbox.letters()) == 4
