"""Few letters, and true ones: one a day, none of what is done, a ceiling for those that chase."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store import tables
from arshjul.letters import Apt, Failure, Link
from arshjul.office import Office
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.letters.letter_log import sent_letters
from tests.example import T2, at
from tests.letters.troubled_server import Troubles
from tests.play import Play, answers_of
from tests.stages import PlayFrom
from tests.steps.posted import (
    ABOUT,
    EVENING,
    TUESDAY,
    duty,
    later,
    letters,
    office,
    post,
    read,
    receipt,
    relay,
    say,
    tell,
    text_of,
    to,
    withdrawn,
)

WEEK = timedelta(days=7)
WEDNESDAY = at("2026-09-09 08:00")


__all__ = ["office"]


def apt(subunits: tuple[str, ...] = ("Ateljé Lärkan",), by: str = "2026-12-01") -> Apt:
    return Apt(**ABOUT, subunits=subunits, apt_by=date.fromisoformat(by))


def test_somebody_who_has_had_todays_letter_gets_the_rest_tomorrow(
    office: Office, outbox: OutboxServer
) -> None:
    say(office, later("Skyddsrond"))
    assert post(office).sent == 1
    say(office, later("Egenkontroll"))
    assert post(office, TUESDAY + timedelta(hours=2)).sent == 0
    assert post(office, TUESDAY + timedelta(days=1)).sent == 1
    second = read(outbox)[-1]
    assert "Egenkontroll" in text_of(second)
    assert "försenat" not in text_of(second)


@pytest.mark.parametrize("due", ["2026-09-08", "2026-09-09"])
def test_what_is_due_today_or_tomorrow_does_not_wait(office: Office, due: str) -> None:
    say(office, later("Skyddsrond"))
    post(office)
    say(office, replace(duty("Egenkontroll"), due=date.fromisoformat(due)))
    assert post(office, TUESDAY + timedelta(hours=2)).sent == 1


def test_a_receipt_is_not_todays_letter_and_waits_for_none(office: Office) -> None:
    tell(office, "anna", matter=receipt())
    assert post(office).sent == 1
    say(office, later())
    assert post(office, TUESDAY + timedelta(hours=1)).sent == 1
    tell(office, "anna", matter=receipt(), cause="igen")
    assert post(office, TUESDAY + timedelta(hours=2)).sent == 1


def test_a_letter_with_a_receipt_and_something_that_can_wait_does_not_go_at_night(office: Office) -> None:
    tell(office, "anna", matter=receipt())
    say(office, later())
    settings = office.installation.settings
    down = replace(settings, mail=replace(settings.mail, port=9))
    post(replace(office, installation=replace(office.installation, settings=down)))
    assert post(office, at("2026-09-08 21:00")).sent == 0
    assert post(office, at("2026-09-09 08:00")).sent == 1


def test_what_was_decided_in_the_evening_goes_with_the_letter_of_the_morning(
    office: Office, outbox: OutboxServer
) -> None:
    say(office, later("Skyddsrond"), now=at("2026-09-08 19:00"))
    for evening in ("2026-09-08 19:00", "2026-09-09 07:00"):
        assert post(office, at(evening)).sent == 0
    say(office, replace(duty("Egenkontroll"), due=date(2026, 9, 9)), now=at("2026-09-09 08:00"))
    assert post(office, at("2026-09-09 08:00")).sent == 1
    assert "gäller 2 saker" in text_of(read(outbox)[-1])


def test_chasing_letters_have_a_ceiling_a_week_and_the_rest_comes_the_week_after(
    office: Office, outbox: OutboxServer
) -> None:
    monday = at("2026-09-07 08:00")
    for number in range(5):
        say(office, replace(later(f"Kontroll {number}"), again=True))
        post(office, monday + timedelta(days=number))
    assert len(outbox.letters()) == office.installation.settings.mail.chasing_per_week == 3
    say(office, later("Skyddsrond"))  # tells, and does not chase
    assert post(office, monday + timedelta(days=4, hours=1)).sent == 1
    assert post(office, monday + WEEK).sent == 1
    last = text_of(read(outbox)[-1])
    assert all(title in last for title in ("Kontroll 3", "Kontroll 4"))


def test_of_two_waiting_words_on_the_same_only_the_newest_is_sent(
    office: Office, outbox: OutboxServer
) -> None:
    say(office, apt(by="2026-10-01"))
    say(office, apt(by="2026-10-09"))
    assert post(office).sent == 1
    [letter] = read(outbox)
    assert "9 oktober" in text_of(letter)
    assert "1 oktober" not in text_of(letter)
    assert withdrawn(office) == ["replaced"]


def test_nobody_is_asked_for_an_apt_that_has_been_reported(office: Office, outbox: OutboxServer) -> None:
    say(office, apt(("Ateljé Lärkan", "Mediegruppen Pixeln")))
    with office.database.writing() as session:
        cycle = find_cycle(session, T2)
        assert cycle is not None
        held = {"held_on": "2026-09-07", "suggestions": "", "person": "anna", "recorded_at": TUESDAY}
        session.add(tables.AptMeeting(cycle_id=cycle.id, scope="LARKAN", **held))
    post(office)
    [letter] = read(outbox)
    assert "i Mediegruppen Pixeln har inte kommit" in text_of(letter)
    assert "Lärkan" not in text_of(letter)


def test_a_link_that_has_lapsed_is_not_sent(office: Office) -> None:
    link = Link(unit_code="SOL", unit_name="Solgläntan", url="https://x.example", valid_until=TUESDAY)
    say(office, link)
    assert post(office).sent == 0
    assert withdrawn(office) == ["past"]


def chased(play: Play) -> list[tuple[str, str]]:
    """To whom letters about something missing have gone, and what they say."""
    return [(to(letter), text_of(letter)) for letter in read(play.outbox) if "saknas för" in text_of(letter)]


def test_who_answers_while_the_mail_server_is_down_gets_no_reminder(play_from: PlayFrom) -> None:
    play = play_from("opened")
    settings = play.office.installation.settings
    down = replace(settings, mail=replace(settings.mail, port=9))
    whole = play.office
    play.office = replace(whole, installation=replace(whole.installation, settings=down))
    play.morning(at("2026-09-08 08:00"))
    assert {letter.state for letter in letters(whole)} == {"sent", "pending"}
    play.office = whole
    play.hand_in("anna")
    play.hand_in("johan", {"HYVELN": answers_of("johan")["HYVELN"]})
    play.morning(at("2026-09-08 09:00"))
    said = dict(chased(play))
    assert "anna.lindqvist" not in said
    assert "Svar saknas för Returen i T2 2026." in said["johan.nystrom"]
    assert "Filen johan.xlsx kom fram" in said["johan.nystrom"]  # in the same letter
    [reason] = [
        matter.reason
        for letter in sent_letters(play.office)
        for matter in letter.matters
        if (letter.receiver, matter.kind) == ("johan", "reminder")
    ]
    assert reason in said["johan.nystrom"]  # the log tells what the letter told
    assert "sofia.berglund" in said


@pytest.mark.parametrize("handed_in", ["2026-09-08 07:15", "2026-09-08 08:00"])
def test_who_has_been_told_today_what_to_put_right_is_not_reminded_of_the_same(
    play_from: PlayFrom, handed_in: str
) -> None:
    play = play_from("opened")
    play.hand_in("sofia", answers_of("sofia", 0))  # with a text where there should be a number
    play.morning(at(handed_in))
    play.morning(at("2026-09-08 08:00"))
    hers = [str(letter["Subject"]) for letter in read(play.outbox) if to(letter) == "sofia.berglund"]
    assert hers == ["T2 2026: rätta svaret för Café Kajutan"]
    assert [to(letter) for letter in read(play.outbox) if "påminnelse" in str(letter["Subject"])]
    play.morning(at("2026-09-14 08:00"))  # the next one asks again
    assert "sofia.berglund" in dict(chased(play))


def test_a_reminder_that_was_put_off_is_dropped_when_the_answer_comes(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.morning(at("2026-09-08 08:00"))
    with play.office.database.writing() as session:
        [letter] = session.query(tables.Letter).filter_by(receiver="mehmet").offset(1)
        letter.state, letter.attempts, letter.uncertain, letter.sent_at = "pending", 1, True, None
        number = letter.id
    before = len(play.outbox.letters())
    play.hand_in("mehmet")
    play.morning(at("2026-09-08 10:00"))
    subjects = [str(letter["Subject"]) for letter in read(play.outbox)[before:]]
    assert subjects == ["Mottaget: T2 2026 för Trädgårdsgruppen Humlan"]
    with play.office.database.reading() as session:
        assert session.get_one(tables.Letter, number).state == "withdrawn"


def test_letters_that_were_put_off_become_one_and_one_of_its_matters_again(
    office: Office, outbox: OutboxServer
) -> None:
    putting_off = Troubles(sender_answer="451 4.3.2 Kom igen senare")
    with relay(office, putting_off) as put_off:
        say(office, later("Skyddsrond"))
        post(put_off)
        say(office, receipt(), now=EVENING)
        post(put_off, EVENING)
        post(put_off, WEDNESDAY)  # now both are in one letter, and the other is closed
    assert [letter.state for letter in letters(office)] == ["pending", "withdrawn"]
    with office.database.writing() as session:
        done = session.query(tables.Notice).filter_by(kind="duty").one()
        done.withdrawn_at, done.withdrawn_why = WEDNESDAY, "done"
    assert post(office, WEDNESDAY + timedelta(hours=2)).sent == 1
    [letter] = read(outbox)
    assert str(letter["Subject"]).startswith("Mottaget")


def test_the_operator_gets_one_letter_of_what_failed_and_the_managers_none(
    office: Office, outbox: OutboxServer
) -> None:
    failed = Failure(
        unit_code="SOL",
        unit_name="Solgläntan",
        what="T2 gick inte att köra",
        affects="Solgläntan",
        action="Starta om servern.",
        at=TUESDAY,
    )
    say(office, failed, "drift", at("2026-09-08 22:00"))
    assert post(office, at("2026-09-08 22:00")).sent == 1
    assert Counter(map(to, read(outbox))) == {"arshjul-drift": 1}


def test_with_a_portal_a_letter_carries_the_receivers_own_link_and_without_one_none(
    office: Office, outbox: OutboxServer
) -> None:
    settings = office.installation.settings
    portal = replace(settings.portal, address="https://arshjul.example")
    with_portal = replace(
        office, installation=replace(office.installation, settings=replace(settings, portal=portal))
    )
    say(office, later(), "anna")
    post(office)
    say(office, later(), "mehmet")
    until = TUESDAY + timedelta(days=1)
    say(office, Link(unit_code="SOL", unit_name="Solgläntan", url="", valid_until=until), "sofia")
    post(with_portal)
    without, *with_links = [text_of(letter) for letter in read(outbox)]
    assert "klicka" not in without
    assert all("https://arshjul.example/l/" in text for text in with_links)
    with office.database.reading() as session:
        people = {link.person for link in session.query(tables.PersonalLink)}
        assert people == {"mehmet", "sofia"}
        assert not any("https" in str(notice.content) for notice in session.query(tables.Notice))


def test_where_the_manager_has_left_and_nobody_came_answers_reach_whoever_runs_the_program(
    office: Office, outbox: OutboxServer
) -> None:
    organisation = office.installation.organisation
    units = tuple(
        replace(
            unit,
            assignments=tuple(
                replace(a, valid_to=date(2026, 8, 31)) if a.person == "karin" else a for a in unit.assignments
            ),
        )
        for unit in organisation.units
    )
    left = replace(
        office, installation=replace(office.installation, organisation=replace(organisation, units=units))
    )
    say(office, later())
    assert post(left).sent == 1
    [letter] = read(outbox)
    assert [a.username for a in letter["Reply-To"].addresses] == ["arshjul-drift"]
    assert "Systemförvaltningen" in text_of(letter)
