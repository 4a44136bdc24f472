"""The last looks: before a report is frozen, and before a letter leaves."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from arshjul.adapters import file_texts
from arshjul.adapters.file_texts import holds_identity_number, texts_of_file
from arshjul.adapters.reports.docx import render_docx
from arshjul.adapters.reports.html import render_html
from arshjul.adapters.reports.pdf import render_pdf
from arshjul.adapters.store import tables
from arshjul.adapters.store.files import DOCX, HTML, PDF
from arshjul.errors import BadInput, Refused
from arshjul.letters import Failure, Returned
from arshjul.report.blocks import Paragraph, Report
from arshjul.steps.cycle.cycles import hold_cycle
from arshjul.steps.letters.enveloping import gather_letters
from arshjul.steps.letters.notices import notify
from arshjul.steps.letters.posting import send_letters
from arshjul.steps.report.deciding import approve, close_finding
from tests.example import at
from tests.play import MANAGER, Play
from tests.report.sample import sample_report
from tests.secrecy.writings import check_digit
from tests.stages import PlayFrom

NOW = at("2026-09-24 09:30")
NUMBER = "790101-123" + check_digit("790101123")
RENDERED = [(render_html, HTML), (render_pdf, PDF), (render_docx, DOCX)]


def with_number() -> Report:
    report = sample_report()
    told = Paragraph(f"Brukaren {NUMBER} har flyttat in.")
    return replace(report, blocks=(*report.blocks, told))


@pytest.mark.parametrize(("render", "media"), RENDERED)
def test_a_number_is_found_in_every_form_of_a_report(render, media) -> None:  # type: ignore[no-untyped-def]
    for report, expected in ((sample_report(), False), (with_number(), True)):
        content = render(report)
        assert any(text.strip() for text in texts_of_file(content, media))
        sha256 = hashlib.sha256(content).hexdigest()
        assert holds_identity_number(sha256, content, media) is expected


def secretly(play: Play, field_text: str) -> None:
    """A number in an accepted answer, as it may stand there from before it was looked for."""
    with play.office.database.writing() as session:
        row = session.scalars(
            select(tables.Judgement)
            .where(tables.Judgement.synthesis != "")
            .order_by(tables.Judgement.id.desc())
        ).first()
        assert row is not None
        row.synthesis = field_text


def test_a_report_with_a_number_is_not_approved_whatever_the_reason(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    secretly(play, f"Brukaren {NUMBER} har flyttat in.")

    play.morning(at("2026-09-24 08:00"))
    blocking = [f for f in play.rows(tables.Finding) if (f.severity, f.state) == ("error", "open")]
    assert "identity-number-in-text" in {finding.code for finding in blocking}
    for finding in blocking:
        close_finding(play.office, play.key, MANAGER, finding.id, "Det gör ingenting alls.", NOW)
    with pytest.raises(Refused, match="innehåller ett personnummer"):
        approve(play.office, play.key, MANAGER, NOW)


def test_a_letter_that_carries_a_number_is_held_back_and_the_operator_is_told(play_from: PlayFrom) -> None:

    play = play_from("opened")
    with play.office.database.writing() as session:
        for notice in session.scalars(select(tables.Notice)):
            session.delete(notice)
        for letter in session.scalars(select(tables.Letter)):
            session.delete(letter)

    now = at("2026-09-08 09:00")
    unit = play.office.installation.unit(play.key.unit_code)
    with play.office.database.writing() as session:
        cycle = hold_cycle(session, play.key)
        assert cycle is not None
        matter = Returned(
            unit_code=unit.code,
            unit_name=unit.name,
            cycle=str(play.key),
            subunits=("Humlan",),
            file="svar.xlsx",
            due=date(2026, 9, 11),
            comment=f"Stryk {NUMBER} i analysen.",
        )
        notify(session, cycle, matter, cause="file x", receiver="mehmet", now=now)
    gather_letters(play.office, now)
    posted = send_letters(play.office, now)
    assert posted.sent == 0
    assert posted.put_off == 1
    assert NUMBER not in " ".join(posted.troubles)
    assert "innehåller ett personnummer" in posted.troubles[0]
    assert play.told("failure")


@pytest.mark.parametrize("media", [PDF, DOCX])
def test_a_file_that_cannot_be_read_is_a_sentence(media: str) -> None:
    with pytest.raises(BadInput, match="går inte att läsa"):
        holds_identity_number(f"trasig {media}", b"%PDF-1.7 PK nothing more", media)


def test_a_letter_whose_attachment_cannot_be_read_is_held_alone_and_the_operator_is_told_so(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("opened")
    monkeypatch.setattr(file_texts, "_ANSWERED", {})
    with play.office.database.writing() as session:
        spoilt, whole = session.scalars(select(tables.Letter).order_by(tables.Letter.id)).all()[:2]
        for letter in (spoilt, whole):
            letter.state, letter.not_before = "pending", at("2026-09-01 09:00")
        notice = session.scalars(select(tables.Notice).where(tables.Notice.letter_id == spoilt.id)).first()
        assert notice is not None
        [attached, *_] = notice.content["attachments"]
        session.get_one(tables.StoredFile, attached["sha256"]).content = b"PK trasig"
    posted = send_letters(play.office, at("2026-09-01 09:30"))
    assert (posted.sent, posted.put_off) == (1, 1)
    [told] = play.told("failure")["drift"]
    assert isinstance(told, Failure)
    assert "bilaga inte går att läsa" in told.what
    assert "adress" not in f"{told.what} {told.action}"
