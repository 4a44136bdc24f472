"""The registrar's, the operator's and the workplaces' pages."""

from datetime import timedelta

from arshjul.steps.cycle.morning import morning
from cli.portal import with_jobs
from tests.example import NOWHERE
from tests.stages import PlayFrom
from tests.web.visiting import Visit


def test_the_registrar_sees_cases_and_packages(play_from: PlayFrom) -> None:
    play = play_from("archived")
    page = Visit(play.office, play.dates.archive, "lena").get("/diarium")
    assert "SOL 2026/1" in page
    assert "SOL-T2-2026-v1" in page


def test_the_operator_sees_letters_and_files_but_no_report(play_from: PlayFrom) -> None:
    play = play_from("archived")
    visit = Visit(play.office, play.dates.archive, "drift")
    page = visit.get("/drift")
    assert "Skickat" in page
    assert "Mehmet Yildirim" in page
    assert visit.status("/rapport/SOL/T2-2026/version/1/T2-2026-SOL.pdf") == 403


def test_the_operator_is_led_to_the_jobs_that_serve_has_started(play_from: PlayFrom) -> None:
    play = play_from("fresh")
    by_itself = Visit(play.office, play.dates.opens, "drift").get("/drift")
    assert "Jobben följs i Prefect på den dator" in by_itself
    served = with_jobs(play.office, "http://127.0.0.1:4300/api")
    assert 'href="http://127.0.0.1:4300"' in Visit(served, play.dates.opens, "drift").get("/drift")


def test_after_a_night_without_mail_server_the_operator_sees_what_waits(play_from: PlayFrom) -> None:
    play = play_from("fresh")
    play.home.send_to(NOWHERE)
    with play.home.office() as office:
        morning(office, play.key, play.dates.opens)
        page = Visit(office, play.dates.opens + timedelta(hours=12), "drift").get("/drift")
    assert "brev väntar på e-postservern</strong> sedan" in page
    assert "Inget är förlorat" in page
    assert "Brev som inte har gått" in page


def test_a_workplace_reports_its_meeting_and_the_manager_sees_it(play_from: PlayFrom) -> None:
    play = play_from("archived")
    now = play.dates.archive
    deputy = Visit(play.office, now, "mehmet")
    assert "T2 2026 på APT i Trädgårdsgruppen Humlan" in deputy.get("/")
    page = deputy.post("/apt/SOL/T2-2026/HUMLAN", held_on="2026-10-08", suggestions="Fler utflykter i vår.")
    assert "Tack, det är sparat" in page
    assert "på APT i" not in deputy.get("/")
    seen = Visit(play.office, now, "karin").get("/apt/SOL/T2-2026")
    assert "torsdag 8 oktober" in seen
    assert "Fler utflykter i vår." in seen
    assert deputy.status("/apt/SOL/T2-2026/LARKAN") == 403


def test_a_workplace_that_never_answered_reports_its_meeting_too(play_from: PlayFrom) -> None:
    play = play_from("archived")
    deputy = Visit(play.office, play.dates.archive, "johan")
    assert "Returen" in deputy.get("/apt/SOL/T2-2026/RETUREN")
    page = deputy.post("/apt/SOL/T2-2026/RETUREN", held_on="2026-10-08", suggestions="")
    assert "Tack, det är sparat" in page


def test_a_meeting_of_tomorrow_is_not_held_yet(play_from: PlayFrom) -> None:
    play = play_from("archived")
    visit = Visit(play.office, play.dates.archive, "mehmet")
    for day in ("2027-01-01", "i går"):
        answer = visit.client.post(
            "/apt/SOL/T2-2026/HUMLAN", data={"csrf": visit.csrf(), "held_on": day, "suggestions": ""}
        )
        assert answer.status_code in (400, 409)
