"""What else stands in the portal: stand-ins, codes, figures to download, the APT sheet, wishes, versions."""

import csv
import io
import re

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

from arshjul.actions import Source
from arshjul.adapters.store import tables
from arshjul.letters import Digest
from arshjul.office import with_stand_ins
from arshjul.report.apt_sheet import OWN_ON_PEOPLE
from arshjul.steps.duties.actions import actions_in
from arshjul.steps.figures.drafts_of_texts import drafted_texts
from arshjul.steps.portal.ways_in import Strength, find_visit
from tests.example import T2
from tests.play import Play
from tests.stages import PlayFrom
from tests.web.visiting import Visit

BASE = "/rapport/SOL/T2-2026"


def test_a_stand_in_may_do_what_the_other_may_and_gets_her_letters(play_from: PlayFrom) -> None:
    play = play_from("opened")
    now = play.dates.opens
    karin, anna = (Visit(play.office, now, person) for person in ("karin", "anna"))
    form = "/underlag/SOL/T2-2026/mehmet"
    assert anna.status(form) == 400
    page = karin.post("/ersattare/SOL", person="mehmet", stand_in="anna", since="2026-08-01", until="")
    assert "ersätter" in page
    assert "Humlan" in anna.get(form)
    organisation = with_stand_ins(play.office).installation.organisation
    assert organisation.receiver("mehmet", now.date()).person == "anna"
    started_meanwhile = with_stand_ins(play.office)
    karin.post("/ersattare/SOL/1/slut")
    assert anna.status(form) == 400
    assert with_stand_ins(started_meanwhile).installation.organisation.absence("mehmet", now.date()) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"person": "mehmet", "stand_in": "mehmet"}, "sig själv"),
        ({"person": "mehmet", "stand_in": "ingen"}, "Välj både"),
        ({"person": "mehmet", "stand_in": "anna", "until": "2026-01-01"}, "Byt plats"),
        ({"person": "mehmet", "stand_in": "anna", "since": "i morgon"}, "år-månad-dag"),
    ],
)
def test_a_stand_in_that_makes_no_sense_is_refused_in_a_sentence(
    play_from: PlayFrom, fields: dict[str, str], words: str
) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens, "karin")
    sent = {"csrf": visit.csrf(), "since": "2026-09-01", "until": "", **fields}
    answer = visit.client.post("/ersattare/SOL", data=sent)
    assert answer.status_code in (400, 409)
    assert words in answer.text


def code_in_letter(play: Play) -> str:
    text = play.outbox.letters()[-1].read_text("utf-8")
    found = re.search(r"^(\d{6})\s*$", text, re.M)
    assert found is not None, text
    return found[1]


def test_a_code_comes_by_letter_and_makes_the_session_strong(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens, "mehmet")
    before = visit.client.cookies["arshjul"]
    visit.post("/kod/skicka")
    code = code_in_letter(play)
    asked = {"csrf": visit.csrf(), "code": code[::-1] + "0", "onward": "//annan.example/underlag/"}
    wrong = visit.client.post("/kod", data=asked)
    assert wrong.status_code == 400
    assert 'name="onward" value="/"' in wrong.text
    back = visit.post("/kod", code=code, onward="/underlag/SOL/T2-2026/mehmet/HUMLAN/2")
    assert "del 2 av" in back  # where she came from
    assert "Skyddade svar är öppna" in visit.get("/kod")
    with play.office.database.reading() as session:
        found = find_visit(session, visit.client.cookies["arshjul"], visit.now)
        assert found is not None
        assert found.strength is Strength.CODE
        assert find_visit(session, before, visit.now) is None  # the weaker session is over
        assert code not in str([n.content for n in session.scalars(select(tables.Notice))])


def test_a_link_that_is_asked_for_comes_at_once(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens)
    count = len(play.outbox.letters())
    visit.client.post("/logga-in", data={"address": "anna.lindqvist@bjorkviken.example"})
    assert len(play.outbox.letters()) == count + 1


def test_many_asked_links_to_one_address_are_held_back(play_from: PlayFrom) -> None:
    play = play_from("opened")
    visit = Visit(play.office, play.dates.opens)
    answers = {
        visit.client.post("/logga-in", data={"address": "anna.lindqvist@bjorkviken.example"}).text
        for _ in range(6)
    }
    assert len(answers) == 1
    with play.office.database.reading() as session:
        asked = session.scalars(select(tables.Attempt).where(tables.Attempt.kind == "link asked")).all()
    assert len(asked) <= 9  # six by the machine, three by the address


def test_figures_are_downloaded_as_the_report_prints_them_and_no_other(play_from: PlayFrom) -> None:
    play = play_from("archived")
    visit = Visit(play.office, play.dates.archive, "karin")
    content = visit.client.get(f"{BASE}/version/1/data/csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    with play.office.database.reading() as session:
        released = sorted(row.printed for row in session.scalars(select(tables.ReleasedCell)))
    assert sorted(row[-1] for row in rows[1:]) == released
    book = openpyxl.load_workbook(io.BytesIO(visit.client.get(f"{BASE}/version/1/data/xlsx").content))
    assert [[cell.value for cell in row] for row in book.worksheets[0].rows] == rows
    for path in ("version/1/data/exe", "version/9/data/csv"):
        assert visit.status(f"{BASE}/{path}") == 400


def test_the_apt_sheet_is_one_page_and_tells_nothing_of_few_people(play_from: PlayFrom) -> None:
    play = play_from("archived")
    visit = Visit(play.office, play.dates.archive, "mehmet")
    path = "/apt/SOL/T2-2026/HUMLAN/blad"
    page = visit.get(path)
    assert "Våra resultat" in page
    assert "Att tala om" in page
    assert OWN_ON_PEOPLE in page
    paper = pypdfium2.PdfDocument(visit.client.get(f"{path}.pdf").content)
    assert len(paper) == 1
    printed = paper[0].get_textpage().get_text_range()
    for words in ("Humlan", "Våra resultat", "Hela enheten", "Det vi har lovat", "Våra förslag"):
        assert words in printed


def test_there_is_no_apt_sheet_before_the_decision(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    visit = Visit(play.office, play.dates.compile, "mehmet")
    assert visit.status("/apt/SOL/T2-2026/HUMLAN/blad") == 409


def test_what_is_suggested_at_the_meeting_follows_into_the_next_report(play_from: PlayFrom) -> None:
    play = play_from("archived")
    visit = Visit(play.office, play.dates.archive, "mehmet")
    for _ in range(2):  # said again it is the same
        visit.post(
            "/apt/SOL/T2-2026/HUMLAN",
            held_on="2026-10-08",
            suggestions="- Fler utflykter i vår\nEn bänk i skuggan",
        )
    with play.office.database.reading() as session:
        found = [a for a in actions_in(session, "SOL") if a.source is Source.APT]
    assert [(a.text, a.subunit, a.owner, a.is_open) for a in found] == [
        ("Fler utflykter i vår", "HUMLAN", "mehmet", True),
        ("En bänk i skuggan", "HUMLAN", "mehmet", True),
    ]


def test_a_controller_asks_for_a_change_and_the_manager_decides(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    now = play.dates.compile
    peter, karin = Visit(play.office, now, "peter"), Visit(play.office, now, "karin")
    wish = "Antalet besök stämmer inte med förra månaden."
    peter.post(f"{BASE}/svar/HUMLAN/onskemal", reason=wish)
    assert f"ber om en ändring:</strong> {wish}" in karin.get(BASE)
    told = play.told("digest")["karin"][-1]
    assert isinstance(told, Digest)
    assert "Peter Wallgren ber om en ändring i Trädgårdsgruppen Humlan" in told.waiting[0]
    assert wish not in str(told)  # what people write stands on the page, never in a letter
    play.morning(play.dates.digests[-1])  # the weekly one says so too: it takes the place of the other
    asked, weekly = play.told("digest")["karin"][-2:]
    assert isinstance(weekly, Digest)
    assert asked == told
    assert told.waiting[0] in weekly.waiting
    karin.post(f"{BASE}/svar/HUMLAN/atersand", reason=wish)
    assert "ber om en ändring:" not in karin.get(BASE)
    peter.post(f"{BASE}/svar/LARKAN/onskemal", reason="Kontrollera talet för augusti.")
    number = re.search(r"onskemal/(\d+)/lagg-undan", karin.get(BASE))
    assert number is not None
    karin.post(f"{BASE}/onskemal/{number[1]}/lagg-undan")
    assert "ber om en ändring:" not in karin.get(BASE)


def test_every_version_handed_in_can_be_read(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    visit = Visit(play.office, play.dates.compile, "mehmet")
    base = "/underlag/SOL/T2-2026/mehmet/HUMLAN/versioner"
    assert "Version 2" in visit.get(base)
    first, second = visit.get(f"{base}/1"), visit.get(f"{base}/2")
    assert "Studiebesöken har varit färre" in second
    assert "Studiebesöken har varit färre" not in first
    assert visit.status(f"{base}/9") == 400


def test_drafted_sentences_are_taken_over_by_the_manager(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    visit = Visit(play.office, play.dates.compile, "karin")
    goal, draft = next(iter(drafted_texts(play.office, T2).items()))
    page = visit.post(f"{BASE}/texter", **{f"{goal}.text": "Min egen mening.", "take": goal})
    assert "Min egen mening." in page
    with play.office.database.reading() as session:
        kept = session.scalars(select(tables.Judgement).where(tables.Judgement.goal == goal)).all()[-1]
    assert kept.synthesis == f"Min egen mening.\n\n{draft}"


def test_the_year_is_a_wheel_of_links_and_a_list(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    page = Visit(play.office, play.dates.compile, "karin").get("/")
    wheel = page.partition("<svg")[2].partition("</svg>")[0]
    assert f'href="{BASE}"' in wheel
    assert f'href="{BASE}"' in page.partition("Året som lista")[2]
    assert Visit(play.office, play.dates.compile, "karin").status("/ar/SOL/2026") == 200
    assert Visit(play.office, play.dates.compile, "karin").status("/ar/SOL/1") == 400


def test_packages_are_read_back_from_the_registrars_page(play_from: PlayFrom) -> None:
    play = play_from("archived")
    visit = Visit(play.office, play.dates.archive, "lena")
    assert "helt och oförändrat" in visit.post("/diarium")
    package = next(play.office.installation.settings.folders.archive.glob("*/**/*.pdf"))
    package.write_bytes(package.read_bytes() + b" ")
    assert "är inte som de skrevs" in visit.post("/diarium")
