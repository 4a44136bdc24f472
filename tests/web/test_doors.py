"""In and out of the portal: links that hold, lapse and are withdrawn, and what an outsider sees."""

from datetime import timedelta

import pytest

from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.portal.ways_in import make_link, withdraw_links
from arshjul.web.safety import MAX_BODY
from tests.play import Play
from tests.stages import PlayFrom
from tests.web.visiting import LASTS, Visit


def test_a_link_leads_to_what_waits_and_leaves_the_address(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens)
    answer = visit.client.get(f"/l/{visit.link('anna')}")
    assert [step.status_code for step in answer.history] == [303]
    assert answer.url.path == "/"
    assert "T2 2026 för Solgläntan" in answer.text
    assert "Lärkan" in answer.text
    cookie = answer.history[0].headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_link_about_a_cycle_leads_straight_to_what_waits_there(play_from: PlayFrom) -> None:
    play = play_from("answered")
    ways = {
        "johan": "/underlag/SOL/T2-2026/johan",  # has one part left
        "karin": "/rapport/SOL/T2-2026",
        "mehmet": "/underlag/SOL/T2-2026/mehmet",  # has answered, and can still change
    }
    assert {person: landed(play, person) for person in ways} == ways


def test_a_link_about_a_decided_report_leads_to_the_workplace_meeting(play_from: PlayFrom) -> None:
    assert landed(play_from("archived"), "mehmet") == "/apt/SOL/T2-2026/HUMLAN"


def landed(play: Play, person: str) -> str:
    """Where a link about the report leads."""
    visit = Visit(play.office, play.dates.compile)
    with play.office.database.writing() as session:
        cycle = find_cycle(session, play.key)
        assert cycle is not None
        token = make_link(session, person, cycle.id, visit.now, LASTS)
    return visit.client.get(f"/l/{token}").url.path


def test_without_a_link_every_page_asks_one_to_log_in(play_from: PlayFrom) -> None:
    play = play_from("opened")
    answer = Visit(play.office, play.dates.opens).client.get("/")
    assert answer.status_code == 401
    assert "Logga in" in answer.text


def test_a_link_that_has_lapsed_or_was_withdrawn_opens_nothing(play_from: PlayFrom) -> None:
    play = play_from("opened")
    now = play.dates.opens
    visit = Visit(play.office, now)
    lapsed = visit.link("anna", timedelta(days=1))
    visit.now = now + timedelta(days=1)
    assert visit.status(f"/l/{lapsed}") == 404
    inside = Visit(play.office, now, "anna")
    with play.office.database.writing() as session:
        withdraw_links(session, "anna", now)
    assert inside.status("/") == 401


def test_a_form_without_its_mark_is_refused(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens, "anna")
    assert visit.client.post("/ut").status_code == 403
    answer = visit.client.post(
        "/ut", data={"csrf": visit.csrf()}, headers={"origin": "https://annanstans.example"}
    )
    assert answer.status_code == 403
    assert visit.status("/") == 200


def test_logging_out_ends_the_session_itself(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens, "anna")
    cookie = visit.client.cookies["arshjul"]
    assert "Logga in" in visit.post("/ut")
    visit.client.cookies.set("arshjul", cookie)
    assert visit.status("/") == 401


def test_whoever_asks_for_a_link_gets_the_same_answer(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens)
    known, unknown = (
        visit.client.post("/logga-in", data={"address": address}).text
        for address in ("anna.lindqvist@bjorkviken.example", "ingen@bjorkviken.example")
    )
    assert known == unknown


def test_every_answer_bears_the_headers_that_keep_it_safe(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for path in ("/", "/logga-in", "/finns-inte", "/static/portal.css"):
        headers = Visit(play.office, play.dates.opens).client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"


def test_another_host_name_is_refused(play_from: PlayFrom) -> None:
    play = play_from("opened")
    answer = Visit(play.office, play.dates.opens).client.get("/", headers={"host": "annan.example"})
    assert answer.status_code == 400


def test_a_session_that_was_planted_beforehand_is_not_the_one_that_is_opened(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens)
    visit.client.cookies.set("arshjul", "planterad")
    visit.client.get(f"/l/{visit.link('anna')}", follow_redirects=False)
    secrets = {cookie.value for cookie in visit.client.cookies.jar if cookie.name == "arshjul"}
    assert len(secrets - {"planterad"}) == 1
    outsider = Visit(play.office, play.dates.opens)
    outsider.client.cookies.set("arshjul", "planterad")
    assert outsider.status("/") == 401


def test_no_page_sends_on_to_another_host(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens, "mehmet")
    away = "https://annan.example/"
    for path in (
        f"/?next={away}",
        f"//annan.example/{away}",
        f"/logga-in?next={away}",
        "/%2f%2fannan.example",
    ):
        answer = visit.client.get(path, follow_redirects=False)
        assert not answer.headers.get("location", "/").startswith(("http", "//")), path


def test_a_body_that_is_too_large_is_refused_however_it_is_sent(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens, "mehmet")
    large = b"x" * (MAX_BODY + 1)
    assert visit.client.post("/underlag/SOL/T2-2026/mehmet/fil", content=large).status_code == 413
    lying = visit.client.post(
        "/underlag/SOL/T2-2026/mehmet/fil", content=large, headers={"content-length": "many"}
    )
    assert lying.status_code == 413


def test_a_token_stands_in_no_log(play_from: PlayFrom, caplog: pytest.LogCaptureFixture) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens)
    token = visit.link("anna")
    with caplog.at_level("DEBUG", logger="arshjul"):
        visit.client.get(f"/l/{token}")
        visit.client.get(f"/l/{token}x")
    assert token not in "".join(record.getMessage() for record in caplog.records if record.name != "httpx")


def test_guessing_links_is_stopped_and_a_right_one_still_opens(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens)
    answers = [visit.status(f"/l/gissning{number}") for number in range(32)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert visit.status(f"/l/{visit.link('anna')}") == 200
