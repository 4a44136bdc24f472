"""The recurring duties in the portal: hers to do, said with a click, taken back, and nobody else's."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from arshjul.access import Deed
from arshjul.adapters.store import tables
from arshjul.steps.duties.duties import tell_of_duties
from arshjul.steps.duties.duty_words import DutyStanding, duty_standings
from arshjul.steps.portal.api_tokens import make_token
from arshjul.web.app import portal
from arshjul.wheel import local_day
from tests.example import at
from tests.play import Play
from tests.stages import PlayFrom
from tests.web.visiting import Visit

NOW = at("2026-03-04 09:00")


@pytest.fixture
def play(play_from: PlayFrom) -> Play:
    """The unit in March, when some duties have been told of."""
    play = play_from("fresh")
    tell_of_duties(play.office, "SOL", NOW)
    return play


def standing_of(play: Play, person: str, state: str = "told") -> DutyStanding:
    day = local_day(NOW)
    found = duty_standings(play.office, "SOL", day - timedelta(days=90), day + timedelta(days=60))
    return next(
        one
        for one in found
        if one.state == state and one.occurrence.holders == (person,) and one.occurrence.duty.confirm
    )


def click(visit: Visit, standing: DutyStanding, ending: str, **fields: str) -> str:
    return visit.post(f"/uppgifter/SOL/{standing.occurrence.id}/{ending}", **fields)


def test_a_duty_that_was_told_of_is_said_to_be_done_with_a_click_and_can_be_taken_back(play: Play) -> None:
    told = standing_of(play, "mehmet")
    visit = Visit(play.office, NOW, "mehmet")
    assert told.place in visit.get("/")
    page = click(visit, told, "klart", note="Två brister, båda åtgärdade.")
    assert "Antecknat som gjort" in page
    assert "Två brister" in page
    [word] = play.rows(tables.DutyWord)
    assert (word.occurrence, word.person, word.state) == (told.occurrence.id, "mehmet", "confirmed")
    assert "öppen igen" in click(visit, told, "inte-klart")
    assert [row.state for row in play.rows(tables.DutyWord)] == ["confirmed", "withdrawn"]


def test_another_persons_duty_is_not_there_and_cannot_be_said_to_be_done(play: Play) -> None:
    told = standing_of(play, "mehmet")
    visit = Visit(play.office, NOW, "anna")
    assert told.place not in visit.get("/uppgifter")
    answer = visit.client.post(
        f"/uppgifter/SOL/{told.occurrence.id}/klart", data={"csrf": visit.csrf(), "note": ""}
    )
    assert answer.status_code == 409
    assert not play.rows(tables.DutyWord)


def test_a_manager_sees_what_others_have_not_done_and_may_say_it_for_them(play: Play) -> None:
    told = standing_of(play, "mehmet")
    visit = Visit(play.office, NOW, "karin")
    page = visit.get("/uppgifter")
    assert "Hos andra i enheten" in page
    assert told.place in page
    assert "Antecknat" in click(visit, told, "klart")


def test_a_note_with_an_identity_number_is_stopped_in_a_sentence(play: Play) -> None:
    told = standing_of(play, "mehmet")
    visit = Visit(play.office, NOW, "mehmet")
    answer = visit.client.post(
        f"/uppgifter/SOL/{told.occurrence.id}/klart",
        data={"csrf": visit.csrf(), "note": "Brukaren 19121212-1212 föll."},
    )
    assert answer.status_code == 400
    assert "personnummer" in answer.text
    assert not play.rows(tables.DutyWord)


@pytest.mark.parametrize("name", ["SOL-finns-inte-2026", "HAM-skyddsrond-2026-03", "%2e%2e", "x" * 300])
def test_a_duty_that_is_not_there_is_a_sentence(play: Play, name: str) -> None:
    visit = Visit(play.office, NOW, "karin")
    answer = visit.client.post(f"/uppgifter/SOL/{name}/klart", data={"csrf": visit.csrf()})
    assert answer.status_code in (404, 409)
    assert re.search(r"<p[^>]*>[^<]*finns", answer.text)


def test_an_integration_says_a_duty_done_for_a_person_and_takes_it_back(play: Play) -> None:
    told = standing_of(play, "mehmet")
    with play.office.database.writing() as session:
        token = make_token(session, "prov", (Deed.DO_DUTY,), "SOL", NOW)
    client = TestClient(portal(play.office, lambda: NOW), headers={"authorization": f"Bearer {token}"})
    place = f"/api/v1/units/SOL/duties/{told.occurrence.id}"

    def state() -> str:
        listed = client.get("/api/v1/units/SOL/duties/2026").json()
        return str(next(one["state"] for one in listed if one["id"] == told.occurrence.id))

    assert state() == "told"
    assert client.post(f"{place}/done", json={"person": "anna"}).status_code == 409
    assert client.post(f"{place}/done", json={"person": "malin"}).status_code == 403
    assert client.post(f"{place}/done", json={"person": "mehmet", "note": "Utan brister."}).status_code == 200
    assert state() == "confirmed"
    other = "/api/v1/units/SOL/duties/HAM-skyddsrond-2026-03/done"
    assert client.post(other, json={"person": "karin"}).status_code == 404
    assert client.post(f"{place}/not-done", json={"person": "mehmet"}).status_code == 200
    assert state() == "told"
