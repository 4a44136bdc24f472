"""Letters to somebody who is away, and answers to a manager who is: they reach who stands in."""

from dataclasses import replace
from datetime import date, timedelta

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.letters import Duty, Link
from arshjul.office import Office
from arshjul.organisation import Absence
from arshjul.steps.letters.notices import notify_unit
from tests.example import at
from tests.letters.troubled_server import Troubles
from tests.steps.posted import (
    TUESDAY,
    later,
    letters,
    office,
    post,
    read,
    relay,
    say,
    text_of,
    to,
    withdrawn,
)

__all__ = ["office"]

LATER = "451 4.3.2 Kom igen senare"


def with_absences(office: Office, *absences: Absence) -> Office:
    organisation = replace(office.installation.organisation, absences=absences)
    return replace(office, installation=replace(office.installation, organisation=organisation))


def away(person: str, stand_in: str, until: str) -> Absence:
    return Absence(person, stand_in, TUESDAY.date(), date.fromisoformat(until))


def test_while_somebody_is_away_her_letters_go_to_who_stands_in_in_one_letter(
    office: Office, outbox: OutboxServer
) -> None:
    away_now = with_absences(office, away("anna", "mehmet", "2026-09-18"))
    say(office, later("Skyddsrond"))
    say(office, later("Egenkontroll"), "mehmet")
    assert post(away_now).sent == 1
    [letter] = read(outbox)
    assert to(letter) == "mehmet.yildirim"
    why = "Du får det här i stället för Anna Lindqvist, som är borta till och med 18 september."
    assert text_of(letter).count(why) == 1
    assert text_of(letter).index(why) < text_of(letter).index("Skyddsrond står på din lista")
    say(office, later("Brandskyddskontroll"))
    assert post(away_now, at("2026-09-21 08:00")).sent == 1
    assert to(read(outbox)[-1]) == "anna.lindqvist"


def test_what_the_stand_in_never_got_goes_to_her_who_is_back(office: Office, outbox: OutboxServer) -> None:
    away_now = with_absences(office, away("anna", "mehmet", "2026-09-08"))
    say(office, later("Skyddsrond"))
    with relay(away_now, Troubles(refuse={"mehmet.yildirim@bjorkviken.example": LATER})) as put_off:
        assert post(put_off).put_off == 1
    assert post(away_now, at("2026-09-09 08:00")).sent == 1
    assert [to(letter) for letter in read(outbox)] == ["anna.lindqvist"]
    assert [letter.state for letter in letters(office)] == ["withdrawn", "sent"]


def test_a_link_goes_to_whoever_asked_for_it(office: Office, outbox: OutboxServer) -> None:
    away_now = with_absences(office, away("anna", "mehmet", "2026-09-18"))
    until = TUESDAY + timedelta(days=1)
    say(office, Link(unit_code="SOL", unit_name="Solgläntan", url="https://x.example", valid_until=until))
    post(away_now)
    assert [to(letter) for letter in read(outbox)] == ["anna.lindqvist"]


def test_answers_reach_the_managers_stand_in(office: Office, outbox: OutboxServer) -> None:
    away_now = with_absences(office, away("karin", "peter", "2026-09-18"))
    say(office, later())
    post(away_now)
    [letter] = read(outbox)
    assert [a.username for a in letter["Reply-To"].addresses] == ["peter.wallgren"]
    assert "så når du Peter Wallgren." in text_of(letter)
    assert "Karin Ekdahl" in text_of(letter)


def test_what_two_managers_get_alike_comes_once_to_the_one_who_stands_in_for_the_other(
    office: Office, outbox: OutboxServer
) -> None:
    away_now = with_absences(office, away("jonas", "malin", "2026-09-18"))
    told = Duty(unit_code="HAM", unit_name="Hamngatans boendestöd", title="Larm", due=date(2026, 10, 30))
    with office.database.writing() as session:
        for manager in ("jonas", "malin"):
            notify_unit(session, "HAM", told, cause="prov", receiver=manager, now=TUESDAY)
    assert post(away_now).sent == 1
    [letter] = read(outbox)
    assert to(letter) == "malin.akerstrom"
    assert "i stället för" not in text_of(letter)
    assert withdrawn(office) == ["replaced"]
