"""PDF: the standards, what cannot be printed, heads that are repeated, numbers of pages."""

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from arshjul.adapters.reports.pdf import render_pdf
from arshjul.report.blocks import Block, Cell, Column, FrontPage, Heading, Paragraph, Report, Table
from tests.report.sample import sample_report


def _report(*blocks: Block) -> Report:
    front = FrontPage("Rapport", "Enheten", ("Förvaltningen",), ())
    return Report(front, "Enheten · 2026/1", date(2026, 9, 14), "sv", blocks)


def _pages(file: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file)]


@pytest.fixture(scope="module")
def rendered() -> bytes:
    return render_pdf(sample_report())


def test_it_says_that_it_is_for_archives_and_for_every_reader(rendered: bytes) -> None:
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>A</pdfaid:conformance>", rendered)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in rendered


def test_it_has_title_language_and_date(rendered: bytes) -> None:
    document = pypdfium2.PdfDocument(rendered)
    assert document.get_metadata_value("Title") == "Tertialrapport 2 2026"
    assert document.get_metadata_value("CreationDate").startswith("D:20260914")
    assert b"/Lang(sv-SE)" in rendered.replace(b"/Lang (", b"/Lang(")


def test_headings_are_bookmarks_in_their_order(rendered: bytes) -> None:
    marks = [(mark.level + 1, mark.get_title()) for mark in pypdfium2.PdfDocument(rendered).get_toc()]
    assert marks == [(heading.level, heading.text) for heading in sample_report().headings()]


def test_every_page_has_its_number_and_all_but_the_first_the_running_head(rendered: bytes) -> None:
    pages = _pages(rendered)
    for number, text in enumerate(pages, start=1):
        assert f"Sid {number} ({len(pages)})" in text.replace("\xa0", " ")
        assert ("SOL 2026/14" in text.split("\n")[0]) == (number > 1)


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    rows = tuple((Cell(f"rad {number}"), Cell(str(number))) for number in range(200))
    pages = _pages(render_pdf(_report(Table("Lång tabell", (Column("Namn"), Column("Antal")), rows))))
    with_rows = [text for text in pages if "rad " in text]
    assert len(with_rows) > 3
    assert all("Namn" in text for text in with_rows)


def test_neither_a_heading_nor_the_words_above_a_table_end_a_page() -> None:
    filling = [Paragraph("Ett kort stycke text.") for _ in range(90)]
    table = Table("Tabellens namn", (Column("Namn"), Column("Antal")), ((Cell("Solrosen"), Cell("4")),) * 3)
    for lines in range(20, 50):
        blocks = (*filling[:lines], Heading(1, "Rubriken", "r", "Nämndmål"), table)
        for text in _pages(render_pdf(_report(*blocks)))[2:]:
            last = text.strip().split("\r\n")[-1]
            assert last not in ("Rubriken", "Nämndmål", "Tabellens namn", "Namn Antal"), f"after {lines}"


def test_characters_without_a_glyph_become_squares() -> None:
    report = _report(Paragraph("Bra \U0001f600, privat \ue000 och ett klart ✓"))
    assert "Bra □, privat □ och ett klart ✓" in " ".join(_pages(render_pdf(report)))


def test_text_is_never_code() -> None:
    text = '#read("report.typ") $x^2$ *fet* _kursiv_ @ref <etikett> \\ `rå` // slut'
    assert text in " ".join(_pages(render_pdf(_report(Paragraph(text)))))


def test_an_attachment_standard_is_a_matter_of_asking() -> None:
    assert b"<pdfaid:part>3</pdfaid:part>" in render_pdf(sample_report(), ("a-3a", "ua-1"))


def test_a_title_of_three_lines_and_a_word_of_a_hundred_letters_fit() -> None:
    report = _report(
        Heading(1, "Verksamhets" * 10, "x"), Table("T", (Column("Å" * 60),), ((Cell("x" * 200),),))
    )
    front = replace(
        report.front, title="En mycket lång rubrik för en rapport som handlar om nästan allting " * 2
    )
    assert len(_pages(render_pdf(replace(report, front=front)))) == 3
