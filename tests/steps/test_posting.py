"""Letters: one a morning and person, in office hours, each once; trouble with one stops no other."""

import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint
from arshjul.letters import Duty, Matter, Receipt
from arshjul.office import Office
from arshjul.steps import letter_states, posting
from arshjul.steps.composing import notices_of
from arshjul.steps.cycles import find_cycle, start_cycle
from arshjul.steps.enveloping import gather_letters
from arshjul.steps.letter_log import sent_letters
from arshjul.steps.notices import notify
from arshjul.steps.posting import Posted, letters_waiting, send_letters
from tests.example import T2, Home, at
from tests.letters.troubled_server import Troubles, troubled_server

TUESDAY = at("2026-09-08 08:00")
EVENING = at("2026-09-08 20:15")
ABOUT = {"unit_code": "SOL", "unit_name": "Solgläntans dagliga verksamhet", "cycle": "T2 2026"}


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


@pytest.fixture
def office(home: Home, outbox: OutboxServer) -> Iterator[Office]:
    """An office whose letters go to the outbox."""
    home.send_to(outbox.port)
    with home.office() as opened:
        yield opened


@contextmanager
def relay(office: Office, troubles: Troubles) -> Iterator[Office]:
    """The same office with a mail server that has troubles."""
    with troubled_server(troubles) as port:
        settings = office.installation.settings
        settings = replace(settings, mail=replace(settings.mail, port=port))
        yield replace(office, installation=replace(office.installation, settings=settings))


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
        ("2026-09-08 06:59", "2026-09-08 07:00"),
        ("2026-09-08 18:00", "2026-09-09 07:00"),
        ("2026-09-11 23:00", "2026-09-14 07:00"),  # over a weekend
        ("2026-06-18 19:00", "2026-06-22 07:00"),  # over midsummer's eve
        ("2026-12-23 21:00", "2026-12-28 07:00"),  # over Christmas
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
    assert post(office, at("2026-09-09 07:00")).sent == 1
    assert not sent_letters(office)[-1].immediate


def test_a_letter_that_waited_for_the_server_does_not_go_at_night(home: Home, outbox: OutboxServer) -> None:
    with home.office() as down:
        tell(down, "anna")
        assert post(down).sent == 0
    home.send_to(outbox.port)
    with home.office() as up:
        assert post(up, EVENING) == Posted()
        assert post(up, at("2026-09-09 07:30")).sent == 1


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


def test_a_refused_receiver_stops_nobody_else(office: Office) -> None:
    tell(office, "anna", "mehmet", "karin")
    troubles = Troubles(refuse={"mehmet.yildirim@bjorkviken.example": "550 5.1.1 No such user"})
    with relay(office, troubles) as troubled:
        posted = post(troubled)
        assert (posted.sent, posted.refused) == (2, 1)
        assert "Mehmet Yildirim" in posted.troubles[0]
        assert [letter.state for letter in letters(office)] == ["sent", "refused", "sent"]
        assert post(troubled, TUESDAY + timedelta(minutes=15)).sent == 1  # to the operator
        assert post(troubled, TUESDAY + timedelta(days=1)) == Posted()
    told = message_from_bytes(troubles.taken[-1], policy=policy.default)
    assert to(told) == "arshjul-drift"
    assert "ett brev till Mehmet Yildirim gick inte fram" in text_of(told)
    assert "Kontrollera adressen i organisation.yaml" in text_of(told)


def test_a_refused_letter_goes_when_the_address_has_been_mended(home: Home, outbox: OutboxServer) -> None:
    refused = Troubles(refuse={"mehmet.yildirim@bjorkviken.example": "550 5.1.1 No such user"})
    with home.office() as office, relay(office, refused) as troubled:
        tell(office, "mehmet")
        assert post(troubled).refused == 1
        assert post(troubled, TUESDAY + timedelta(days=1)).sent == 1  # to the operator; Mehmet's is not tried
    organisation = home.config / "organisation.yaml"
    organisation.write_text(organisation.read_text("utf-8").replace("mehmet.yildirim@", "mehmet@"), "utf-8")
    home.send_to(outbox.port)
    with home.office() as office:
        assert post(office, TUESDAY + timedelta(days=2)).sent == 1
    [letter] = read(outbox)
    assert to(letter) == "mehmet"
    assert "skulle ha kommit tisdag 8 september" in text_of(letter)


def test_a_letter_that_is_put_off_for_days_is_given_up_and_the_operator_is_told(office: Office) -> None:
    tell(office, "anna")
    troubles = Troubles(refuse={"anna.lindqvist@bjorkviken.example": "451 4.7.1 Try again later"})
    with relay(office, troubles) as troubled:
        for day in range(8):
            post(troubled, TUESDAY + timedelta(days=day))
    assert [letter.state for letter in letters(office)] == ["given_up", "sent"]
    given_up = letters(office)[0]
    assert given_up.given_up_at == at("2026-09-14 08:00")  # the 13th is a Sunday
    [told] = [message_from_bytes(taken, policy=policy.default) for taken in troubles.taken]
    assert "Det har försökts i fem dagar." in text_of(told)


def test_a_receiver_who_is_not_taken_just_now_is_tried_again_later(office: Office) -> None:
    tell(office, "anna", "mehmet")
    troubles = Troubles(refuse={"anna.lindqvist@bjorkviken.example": "451 4.7.1 Try again later"})
    with relay(office, troubles) as troubled:
        posted = post(troubled)
        assert (posted.sent, posted.put_off) == (1, 1)
        troubles.refuse.clear()
        assert post(troubled, TUESDAY + timedelta(minutes=9)) == Posted()
        assert post(troubled, TUESDAY + timedelta(minutes=10)).sent == 1
    assert not any(letter.uncertain for letter in letters(office))


@pytest.mark.parametrize("fault", ["an address that is none", "a person who is gone"])
def test_a_receiver_who_cannot_be_written_to_waits_for_the_organisation_to_be_mended(
    home: Home, outbox: OutboxServer, fault: str
) -> None:
    home.send_to(outbox.port)
    organisation = home.config / "organisation.yaml"
    right = organisation.read_text("utf-8")
    with home.office() as office:
        tell(office, "lena", "anna")
    if fault == "a person who is gone":
        lines = right.splitlines(keepends=True)
        organisation.write_text("".join(line for line in lines if "lena" not in line), "utf-8")
    else:
        organisation.write_text(right.replace("lena.ostberg@", "lena.östberg@"), "utf-8")
    with home.office() as office:
        posted = post(office)
        assert (posted.sent, posted.put_off, posted.refused) == (1, 1, 0)
        assert "Lena" in posted.troubles[0] or "lena" in posted.troubles[0]
        assert post(office, TUESDAY + timedelta(minutes=5)).sent == 1
    organisation.write_text(right, "utf-8")
    with home.office() as office:
        assert post(office, TUESDAY + timedelta(hours=1)).sent == 1
    assert [to(letter) for letter in read(outbox)] == ["anna.lindqvist", "arshjul-drift", "lena.ostberg"]


def test_a_sender_that_died_after_claiming_is_followed_by_the_same_letter_marked_uncertain(
    home: Home, office: Office, outbox: OutboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    tell(office, "anna", "mehmet")

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt  # after the server took the letter, before that was put down

    with (
        home.office(f"{socket.gethostname()}:{ended.pid}:b") as dead,
        monkeypatch.context() as broken,
    ):
        broken.setattr(posting, "mark_sent", dies)
        with pytest.raises(KeyboardInterrupt):
            post(dead)
    assert [letter.state for letter in letters(office)] == ["claimed", "pending"]
    posted = post(office, TUESDAY + timedelta(minutes=1))
    assert (posted.sent, posted.uncertain) == (2, 1)
    assert "kan ha kommit fram två gånger" in posted.troubles[0]
    ids = Counter(str(letter["Message-ID"]) for letter in read(outbox))
    assert sorted(ids.values()) == [1, 2]
    assert [letter.uncertain for letter in letters(office)] == [True, False]
    assert [letter.uncertain for letter in sent_letters(office)] == [True, False]


def test_a_claim_of_a_living_sender_is_left_to_it(home: Home, office: Office) -> None:
    tell(office, "anna")
    gather_letters(office, TUESDAY)
    with office.database.writing() as session:
        [letter] = session.query(tables.Letter)
        letter.state, letter.claimed_by = "claimed", "rådhuset:4711:b"
        letter.claimed_until = home.clock() + letter_states.CLAIM
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


def test_a_line_that_broke_when_the_letter_was_handed_over_makes_it_uncertain(office: Office) -> None:
    tell(office, "anna")
    troubles = Troubles(drop_after_data=1)
    with relay(office, troubles) as troubled:
        assert post(troubled).put_off == 1
        [letter] = letters(office)
        assert (letter.state, letter.uncertain) == ("pending", True)
        assert post(troubled, TUESDAY + timedelta(hours=1)).sent == 1
    first, second = (message_from_bytes(taken, policy=policy.default) for taken in troubles.taken)
    assert first["Message-ID"] == second["Message-ID"] == letter.message_id


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


def test_letters_come_from_the_program_and_answers_go_to_the_manager(
    office: Office, outbox: OutboxServer
) -> None:
    tell(office, "anna")
    post(office)
    [letter] = read(outbox)
    assert letter["Reply-To"].addresses[0].username == "karin.ekdahl"
    assert letter["From"].addresses[0].username == "arshjul"
    assert letter["Auto-Submitted"] == "auto-generated"
