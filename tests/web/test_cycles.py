"""A manager follows a cycle in the portal: returns, gives time, writes, closes findings, decides."""

from datetime import date

import pytest
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.steps.cycle.chasing import late_forms
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.standing import goal_standing
from tests.example import T2
from tests.play import Play
from tests.stages import PlayFrom
from tests.web.visiting import Visit

BASE = "/rapport/SOL/T2-2026"


def karin(play: Play) -> Visit:
    return Visit(play.office, play.dates.compile, "karin")


def test_the_cycle_shows_who_has_answered_and_what_comes_next(play_from: PlayFrom) -> None:
    page = karin(play_from("compiled")).get(BASE)
    assert "Trädgårdsgruppen Humlan" in page
    assert "Senaste brev:" in page
    assert "Returen" in page


def test_who_has_not_answered_stands_first(play_from: PlayFrom) -> None:
    page = karin(play_from("compiled")).get(BASE)
    assert page.index("Väntar på svar (1)") < page.index("Returen</h4>") < page.index("Har svarat (9)")


def test_of_a_decided_report_nothing_is_asked(play_from: PlayFrom) -> None:
    play = play_from("archived")
    page = Visit(play.office, play.dates.archive, "karin").get(BASE)
    assert "Svarade inte (1)" in page
    assert "Påminn nu" not in page


def test_an_answer_is_returned_with_a_reason_that_stands_in_the_form(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    visit = karin(play)
    visit.post(f"{BASE}/svar/HUMLAN/atersand", reason="Analysen under mål två saknar resultat.")
    form = Visit(play.office, play.dates.compile, "mehmet").get("/underlag/SOL/T2-2026/mehmet")
    assert "Analysen under mål två saknar resultat." in form
    with play.office.database.reading() as session:
        states = session.scalars(
            select(tables.Submission.state).where(tables.Submission.scope == "HUMLAN")
        ).all()
        letter = session.scalars(select(tables.Notice).where(tables.Notice.kind == "returned")).all()[-1]
    assert "accepted" not in states
    assert letter.content["comment"] == "Analysen under mål två saknar resultat."


def test_a_reason_of_one_word_is_not_enough(play_from: PlayFrom) -> None:
    visit = karin(play_from("compiled"))
    answer = visit.client.post(f"{BASE}/svar/HUMLAN/atersand", data={"csrf": visit.csrf(), "reason": "Nej"})
    assert answer.status_code == 409
    assert "med minst några ord" in answer.text


def test_the_draft_stands_beside_its_findings(play_from: PlayFrom) -> None:
    visit = karin(play_from("compiled"))
    page = visit.get(f"{BASE}/utkast")
    assert "<iframe" in page
    assert "Stäng med ett skäl" in page
    report = visit.client.get(f"{BASE}/utkast/T2-2026-SOL.html")
    assert "script" not in report.headers["content-security-policy"]
    assert "Uppföljning av mål" in report.text


def test_a_finding_about_a_goal_leads_to_the_goal_in_the_report(play_from: PlayFrom) -> None:
    visit = karin(play_from("reviewed"))
    assert f'href="{BASE}/utkast/T2-2026-SOL.html#mal-g17" target="rapport"' in visit.get(f"{BASE}/utkast")
    assert 'id="mal-g17"' in visit.get(f"{BASE}/utkast/T2-2026-SOL.html")


@pytest.mark.parametrize("missing", ["okänd.pdf", "..%2Fokand.pdf"])
def test_only_the_files_of_the_draft_are_handed_out(play_from: PlayFrom, missing: str) -> None:
    assert karin(play_from("compiled")).status(f"{BASE}/utkast/{missing}") in (400, 404)


def test_a_manager_writes_judges_makes_a_draft_and_approves_what_she_saw(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    visit = karin(play)
    assert "återstår innan" in visit.get(f"{BASE}/beslut")
    fields = {"summary": "Året går enligt planen."}
    for goal in goal_standing(play.office, T2):
        fields |= {
            f"{goal.goal}.attainment": goal.proposed or "NO_DATA",
            f"{goal.goal}.text": "Vår egen analys.",
        }
    assert "Sparat" in visit.post(f"{BASE}/texter", **fields)
    assert "Något har ändrats" in visit.get(f"{BASE}/utkast")
    visit.post(f"{BASE}/utkast")
    with play.office.database.reading() as session:
        open_ids = session.scalars(
            select(tables.Finding.id).where(
                tables.Finding.state == "open", tables.Finding.severity == "error"
            )
        ).all()
    for number in open_ids:
        visit.post(f"{BASE}/iakttagelser/{number}", reason="Kontrollerat mot systemet i dag.")
    page = visit.get(f"{BASE}/beslut")
    files = page.partition('name="files" value="')[2].partition('"')[0]
    stale = visit.client.post(f"{BASE}/beslut", data={"csrf": visit.csrf(), "files": "något annat"})
    assert stale.status_code == 409
    assert "är godkänd (version 1)" in visit.post(f"{BASE}/beslut", files=files)
    assert visit.client.get(f"{BASE}/version/1/T2-2026-SOL.pdf").content.startswith(b"%PDF")


def test_more_time_holds_the_reminders_back_until_it_is_out(play_from: PlayFrom) -> None:
    play = play_from("opened")
    now = play.dates.opens
    visit = Visit(play.office, now, "karin")
    visit.post(f"{BASE}/svar/HUMLAN/mer-tid", until="2026-09-20")
    with play.office.database.reading() as session:
        cycle = find_cycle(session, T2)
        assert cycle is not None
        early = {form.person for form, _ in late_forms(session, cycle, today=date(2026, 9, 14))}
        after = {form.person for form, _ in late_forms(session, cycle, today=date(2026, 9, 21))}
    assert "mehmet" not in early
    assert "mehmet" in after
    assert "Har fått tid till söndag 20 september" in visit.get(BASE)


def test_a_manager_reminds_by_hand_once_a_day(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens, "karin")
    visit.post(f"{BASE}/svar/HUMLAN/paminn")
    again = visit.client.post(f"{BASE}/svar/HUMLAN/paminn", data={"csrf": visit.csrf()})
    assert again.status_code == 409
    with play.office.database.reading() as session:
        notices = session.scalars(select(tables.Notice).where(tables.Notice.kind == "reminder")).all()
    assert [notice.receiver for notice in notices] == ["mehmet"]


def test_a_deputy_sees_none_of_it(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    visit = Visit(play.office, play.dates.compile, "anna")
    for path in ("", "/utkast", "/texter", "/beslut", "/utkast/T2-2026-SOL.pdf"):
        assert visit.status(f"{BASE}{path}") == 403


def test_the_page_says_what_is_left_and_that_a_missing_answer_stops_nobody(play_from: PlayFrom) -> None:
    page = karin(play_from("compiled")).get(BASE)
    assert "Bedöm 8 mål" in page
    assert "Returen</a> har inte svarat. Påminn Johan Nyström, eller gå vidare utan" in page


def test_on_the_last_day_the_page_says_so_and_leads_to_the_decision(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    last_day = Visit(play.office, play.dates.approve_by, "karin")
    assert f'<a href="{BASE}/beslut">Godkänn T2 2026</a>, <strong>senast i dag</strong>' in last_day.get(BASE)
    assert "Du kan godkänna ändå" in last_day.get(f"{BASE}/beslut")
