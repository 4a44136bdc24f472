"""Mail trouble, each kind against a real SMTP server: said in plain words, nothing lost."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from arshjul.adapters.mail import Mailer, MailServer, MailServerTrouble, MailUncertain
from arshjul.errors import BadInput, MailTrouble
from arshjul.letters import WrittenLetter, write_letter
from tests.letters.samples import read, written
from tests.letters.troubled_server import Authority, Troubles, only, troubled_server

ANNA, OMAR = "anna.berg@exempel.se", "omar.said@exempel.se"


def letter(name: str = "request") -> WrittenLetter:
    return write_letter(written(name), read)


def relay(port: int, **settings: Any) -> MailServer:
    ours = {"from_address": "arshjul@exempel.se", "from_name": "Årshjul", "starttls": False, "timeout": 5.0}
    return MailServer("127.0.0.1", port, **(ours | settings))


@contextmanager
def mailer_to(troubles: Troubles, **settings: Any) -> Iterator[Mailer]:
    with troubled_server(troubles) as port, Mailer(relay(port, **settings)) as mailer:
        yield mailer


def test_a_batch_goes_over_one_connection_as_it_was_made() -> None:
    relay_box = Troubles()
    with mailer_to(relay_box) as mailer:
        for name in ("request", "report", "several"):
            mailer.send(letter(name))
    assert relay_box.connections == 1
    assert relay_box.taken == [letter(name).content for name in ("request", "report", "several")]


def test_an_unknown_receiver_is_given_up_and_the_others_get_theirs() -> None:
    troubles = Troubles(refuse={ANNA: "550 5.1.1 No such user"})
    with mailer_to(troubles) as mailer:
        with pytest.raises(
            MailTrouble, match=r"tog inte emot mottagaren Anna Berg .*: 550 5.1.1 No such"
        ) as told:
            mailer.send(letter())
        mailer.send(letter("request-one-sheet"))
    assert told.value.permanent
    assert not isinstance(told.value, MailServerTrouble)
    assert [
        message_from_bytes(each, policy=default)["To"].addresses[0].addr_spec for each in troubles.taken
    ] == [OMAR]


def test_greylisting_is_worth_another_try() -> None:
    troubles = Troubles(refuse={ANNA: "451 4.7.1 Try again later"})
    with mailer_to(troubles) as mailer:
        with pytest.raises(MailTrouble, match="för tillfället: 451") as told:
            mailer.send(letter())
        troubles.refuse.clear()
        mailer.send(letter())
    assert not told.value.permanent
    assert len(troubles.taken) == 1


@pytest.mark.parametrize(
    ("troubles", "sentence", "stops_the_batch", "permanent"),
    [
        (Troubles(data_answer="554 5.7.1 Rejected"), "tog inte emot brevet till Anna Berg", False, True),
        (
            Troubles(data_answer="451 4.3.0 Busy"),
            "brevet till Anna Berg .* för tillfället: 451",
            False,
            False,
        ),
        (Troubles(sender_answer="552 5.3.4 Too big"), "tog inte emot brevet till Anna Berg", False, True),
        (Troubles(sender_answer="451 4.7.1 Later"), "brevet till Anna Berg .* för tillfället", False, False),
        (Troubles(sender_answer="550 5.7.1 Not yours"), "godtar inte avsändaren", True, False),
        (Troubles(refuse={ANNA: "421 4.3.2 Shutting down"}), "stänger för tillfället", True, False),
    ],
)
def test_each_refusal_says_whether_to_give_up_the_letter_or_stop_the_batch(
    troubles: Troubles, sentence: str, stops_the_batch: bool, permanent: bool
) -> None:
    with mailer_to(troubles) as mailer, pytest.raises(MailTrouble, match=sentence) as told:
        mailer.send(letter())
    assert isinstance(told.value, MailServerTrouble) is stops_the_batch
    assert told.value.permanent is permanent


def test_a_line_that_broke_while_nobody_spoke_is_mended_and_the_letter_goes_once() -> None:
    troubles = Troubles(drop_while_idle=1)
    with mailer_to(troubles) as mailer:
        mailer.send(letter())
    assert len(troubles.taken) == 1
    assert troubles.connections == 2


def test_a_line_that_breaks_under_a_letter_is_uncertain_and_the_next_letter_gets_a_new_one() -> None:
    troubles = Troubles(drop_at_sender=1)
    with mailer_to(troubles) as mailer:
        with pytest.raises(MailUncertain):
            mailer.send(letter())
        mailer.send(letter("report"))
    assert len(troubles.taken) == 1
    assert troubles.connections == 2


def test_a_line_broken_after_the_letter_left_is_uncertain_and_never_sent_anew_by_itself() -> None:
    troubles = Troubles(drop_after_data=1)
    with mailer_to(troubles) as mailer:
        with pytest.raises(MailUncertain, match="kan ha kommit fram") as told:
            mailer.send(letter())
        assert len(troubles.taken) == 1
        mailer.send(letter("report"))  # the next letter gets a new connection
    assert not told.value.permanent
    assert len(troubles.taken) == 2


def test_a_server_that_never_answers_the_letter_is_uncertain() -> None:
    with mailer_to(Troubles(slow_seconds=5), timeout=0.3) as mailer, pytest.raises(MailUncertain):
        mailer.send(letter())


def test_a_server_that_is_down_is_told_before_any_letter_is_touched() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(MailServerTrouble, match=f"127.0.0.1:{port} går inte att nå") as told:
        Mailer(relay(port)).__enter__()
    assert not told.value.permanent


def test_a_verified_certificate_and_a_login_let_the_letter_through(tmp_path: Path) -> None:
    ours = Authority(tmp_path)
    troubles = Troubles()
    options = {"tls_context": ours.server(), "authenticator": only("arshjul", "hemligt")}
    with troubled_server(troubles, auth_required=True, **options) as port:
        server = relay(port, starttls=True, trusted=ours.trusted, user="arshjul", password="hemligt")
        with Mailer(server) as mailer:
            mailer.send(letter())
        wrong = replace(server, password="fel")
        with pytest.raises(MailServerTrouble, match="godtog inte inloggningen för arshjul") as told:
            Mailer(wrong).__enter__()
    assert len(troubles.taken) == 1
    assert "fel" not in repr(wrong)
    assert not told.value.permanent


def test_a_verified_certificate_without_a_login_lets_the_letter_through(tmp_path: Path) -> None:
    ours = Authority(tmp_path)
    troubles = Troubles()
    with (
        troubled_server(troubles, tls_context=ours.server(), require_starttls=True) as port,
        Mailer(relay(port, starttls=True, trusted=ours.trusted)) as mailer,
    ):
        mailer.send(letter())
        mailer.send(letter("report"))
    assert len(troubles.taken) == 2


@pytest.mark.parametrize("fault", ["another issuer", "another name", "lapsed", "the machine's issuers"])
def test_a_certificate_that_is_not_right_is_not_trusted(tmp_path: Path, fault: str) -> None:
    ours, another = Authority(tmp_path), Authority(tmp_path, "annan")
    server = {
        "another issuer": another.server(),
        "another name": ours.server("127.0.0.2"),
        "lapsed": ours.server(days=-1),
        "the machine's issuers": ours.server(),
    }[fault]
    trusted = None if fault == "the machine's issuers" else ours.trusted
    troubles = Troubles()
    with (
        troubled_server(troubles, tls_context=server) as port,
        pytest.raises(MailServerTrouble, match="certifikat som inte går att lita på") as told,
    ):
        Mailer(relay(port, starttls=True, trusted=trusted)).__enter__()
    assert not told.value.permanent
    assert troubles.taken == []


def test_a_file_of_issuers_that_cannot_be_read_is_said_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"finns-inte\.pem: Filen med betrodda utfärdare går inte att läsa"):
        Mailer(relay(25, starttls=True, trusted=str(tmp_path / "finns-inte.pem")))


def test_a_server_without_starttls_is_not_spoken_to_in_the_open() -> None:
    with (
        troubled_server(Troubles()) as port,
        pytest.raises(MailServerTrouble, match="erbjuder inte STARTTLS"),
    ):
        Mailer(relay(port, starttls=True)).__enter__()


def test_settings_that_would_prompt_or_leak_a_password_are_refused() -> None:
    with pytest.raises(BadInput, match="Lösenordet för användaren arshjul saknas"):
        relay(25, user="arshjul")
    with pytest.raises(BadInput, match="Slå på STARTTLS"):
        replace(relay(25), host="relay.exempel.se", user="arshjul", password="hemligt")
