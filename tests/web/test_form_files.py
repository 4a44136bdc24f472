"""The three ways of one form: begun in the portal, taken on in Word or Excel, finished in the portal."""

import io

import pytest
from sqlalchemy import select

from arshjul.adapters.returned_files import read_returned
from arshjul.adapters.store import tables
from arshjul.adapters.word_forms.writing import write_word_form
from arshjul.steps.answers.answering import persons_form
from tests.example import T2
from tests.play import Play, story
from tests.stages import PlayFrom
from tests.web.visiting import Visit, figures_open

FORM = "/underlag/SOL/T2-2026/mehmet"


@pytest.fixture
def play(play_from: PlayFrom) -> Play:
    return play_from("opened")


def send(visit: Visit, name: str, content: bytes) -> str:
    answer = visit.client.post(
        f"{FORM}/fil", data={"csrf": visit.csrf()}, files={"file": (name, io.BytesIO(content))}
    )
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("kind", ["arbetsbok", "dokument"])
def test_what_was_begun_in_the_portal_stands_in_the_file(play: Play, kind: str) -> None:
    visit = Visit(play.office, figures_open(play), "mehmet")
    visit.post(f"{FORM}/HUMLAN/1", **{"I03.men": "83", "I03.women": "78,5"})
    content = visit.client.get(f"{FORM}/{kind}").content
    cells = read_returned(content, "fil").scopes["HUMLAN"]
    assert (cells["I03.men"].value, cells["I03.women"].value) == ("83", "78,5")


def test_a_document_begun_in_word_is_finished_in_the_portal(play: Play) -> None:
    visit = Visit(play.office, figures_open(play), "mehmet")
    mine = persons_form(play.office, T2, "mehmet")
    assert mine is not None
    begun = write_word_form(mine.form, {"HUMLAN": {"G04.analysis": "Skrivet i Word."}})
    assert "kan inte räknas än" in send(visit, "underlag.docx", begun)
    assert "Skrivet i Word." in visit.get(f"{FORM}/HUMLAN/2")


def test_a_whole_word_document_is_handed_in(play: Play) -> None:
    visit = Visit(play.office, figures_open(play), "mehmet")
    mine = persons_form(play.office, T2, "mehmet")
    assert mine is not None
    given = next(d.sheets["HUMLAN"] for d in story().deliveries if d.person == "mehmet")
    whole = write_word_form(mine.form, {"HUMLAN": {k: str(v) for k, v in given.items()}})
    assert "är inlämnat" in send(visit, "../../underlag.docx", whole)
    with play.office.database.reading() as session:
        row = session.scalars(select(tables.Submission).where(tables.Submission.scope == "HUMLAN")).one()
        file = session.get_one(tables.InboxFile, row.inbox_file_id)
    assert row.state == "accepted"
    assert ".." not in file.name


def test_somebody_elses_file_and_no_file_at_all_are_refused_in_a_sentence(play: Play) -> None:
    visit = Visit(play.office, figures_open(play), "mehmet")
    other = persons_form(play.office, T2, "anna")
    assert other is not None
    for content in (write_word_form(other.form), b"", b"inte en fil"):
        answer = visit.client.post(
            f"{FORM}/fil", data={"csrf": visit.csrf()}, files={"file": ("a.docx", io.BytesIO(content))}
        )
        assert answer.status_code in (400, 409)
    with play.office.database.reading() as session:
        assert session.scalars(select(tables.Submission)).all() == []
