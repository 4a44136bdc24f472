"""Letters: one a morning and person, of everything; in office hours, save what somebody waits for."""

from collections import Counter
from datetime import timedelta

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.office import Office
from arshjul.steps.letters.letter_log import sent_letters
from arshjul.steps.letters.posting import Posted
from tests.example import Home, at
from tests.steps.posted import EVENING, TUESDAY, duty, office, post, read, receipt, tell, text_of, to

__all__ = ["office"]


def test_all_that_a_person_is_to_be_told_in_a_morning_is_one_letter(
    office: Office, outbox: OutboxServer
) -> None:
    for title in ("Skyddsrond", "Brandskyddskontroll", "Egenkontroll"):
        tell(office, "anna", "mehmet", matter=duty(title), cause=title)
    assert post(office).sent == 2
    assert Counter(map(to, read(outbox))) == {"anna.lindqvist": 1, "mehmet.yildirim": 1}
    text = text_of(read(outbox)[0])
    assert all(title in text for title in ("Skyddsrond", "Brandskydd", "Egenkontroll"))


def test_what_is_told_once_is_not_told_again(office: Office, outbox: OutboxServer) -> None:
    for _ in range(3):
        tell(office, "anna")
        post(office)
    assert len(outbox.letters()) == 1
    assert post(office, TUESDAY + timedelta(days=1)) == Posted()


@pytest.mark.parametrize(
    ("at_night", "morning"),
    [
        ("2026-09-08 07:59", "2026-09-08 08:00"),
        ("2026-09-08 18:00", "2026-09-09 08:00"),
        ("2026-09-11 23:00", "2026-09-14 08:00"),  # over a weekend
        ("2026-06-18 19:00", "2026-06-22 08:00"),  # over midsummer's eve
        ("2026-12-23 21:00", "2026-12-28 08:00"),  # over Christmas
    ],
)
def test_letters_wait_for_office_hours(
    office: Office, outbox: OutboxServer, at_night: str, morning: str
) -> None:
    tell(office, "anna")
    assert post(office, at(at_night)) == Posted()
    assert post(office, at(morning) - timedelta(minutes=1)) == Posted()
    assert post(office, at(morning)).sent == 1
    assert len(outbox.letters()) == 1


def test_what_gathers_in_the_evening_and_the_morning_after_is_one_letter(
    office: Office, outbox: OutboxServer
) -> None:
    tell(office, "anna", matter=duty("Skyddsrond"), cause="kväll")
    post(office, EVENING)
    tell(office, "anna", matter=duty("Egenkontroll"), cause="morgon")
    assert post(office, at("2026-09-09 08:00")).sent == 1
    assert len(outbox.letters()) == 1


def test_what_somebody_waits_for_is_sent_at_once_by_itself(office: Office, outbox: OutboxServer) -> None:
    tell(office, "anna")
    tell(office, "anna", matter=receipt())
    assert post(office, EVENING).sent == 1
    [letter] = read(outbox)
    assert "Brandskyddskontroll" not in str(letter.get_body(("plain",)))
    [logged] = sent_letters(office)
    assert logged.immediate
    assert [matter.kind for matter in logged.matters] == ["receipt"]
    assert post(office, at("2026-09-09 08:00")).sent == 1
    assert not sent_letters(office)[-1].immediate


def test_a_letter_that_waited_for_the_server_does_not_go_at_night(home: Home, outbox: OutboxServer) -> None:
    with home.office() as down:
        tell(down, "anna")
        assert post(down).sent == 0
    home.send_to(outbox.port)
    with home.office() as up:
        assert post(up, EVENING) == Posted()
        assert post(up, at("2026-09-09 07:30")).sent == 1


def test_letters_come_from_the_program_and_answers_go_to_the_manager(
    office: Office, outbox: OutboxServer
) -> None:
    tell(office, "anna")
    post(office)
    [letter] = read(outbox)
    assert letter["Reply-To"].addresses[0].username == "karin.ekdahl"
    assert letter["From"].addresses[0].username == "arshjul"
    assert letter["Auto-Submitted"] == "auto-generated"
