"""DOCX: what Word, and those who listen to Word, need to find in it."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from arshjul.adapters.reports.docx import render_docx
from arshjul.report.blocks import Figure
from tests.report.sample import sample_report


@pytest.fixture(scope="module")
def rendered() -> bytes:
    return render_docx(sample_report())


@pytest.fixture(scope="module")
def document(rendered: bytes) -> Word:
    return Document(BytesIO(rendered))


def test_headings_are_true_headings(document: Word) -> None:
    found = [
        (int(paragraph.style.name.removeprefix("Heading ")), paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and str(paragraph.style.name).startswith("Heading ")
    ]
    assert found == [(heading.level, heading.text) for heading in sample_report().headings()]


def test_every_table_repeats_its_head_and_has_columns_of_set_width(document: Word) -> None:
    for table in document.tables:
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert len(table._tbl.tblGrid.findall(qn("w:gridCol"))) == len(table.columns)


def test_a_head_stays_with_the_first_row_and_the_last_row_with_the_one_before_it(document: Word) -> None:
    # LibreOffice shows no row at all of a table whose head stands alone at the foot of a page.
    for table in document.tables:
        kept = [
            all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells)
            for row in table.rows
        ]
        assert kept == [place in (0, len(kept) - 2) for place in range(len(kept))]


def test_every_picture_says_what_it_shows(document: Word) -> None:
    said = [element.get("descr") for element in document.element.body.iter(qn("wp:docPr"))]
    assert said == [block.alt for block in sample_report().blocks if isinstance(block, Figure)]


def test_language_title_and_date_are_set(document: Word) -> None:
    languages = {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    about = document.core_properties
    assert (about.title, about.language) == ("Tertialrapport 2 2026", "sv-SE")
    assert about.created is not None
    assert about.created.date() == sample_report().dated


def test_the_list_of_contents_is_words_own_with_a_link_to_each_heading(document: Word) -> None:
    body = document.element.body
    assert any((element.text or "").strip().startswith("TOC ") for element in body.iter(qn("w:instrText")))
    anchors = [element.get(qn("w:anchor")) for element in body.iter(qn("w:hyperlink"))]
    marks = {element.get(qn("w:name")) for element in body.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert set(anchors) <= marks


def test_pages_are_numbered_and_the_running_head_is_not_on_the_first(document: Word) -> None:
    section = document.sections[0]
    fields = [element.text for element in section.header._element.iter(qn("w:instrText"))]
    assert [str(field).strip() for field in fields] == ["PAGE", "NUMPAGES"]
    assert "SOL 2026/14" in section.header.paragraphs[0].text
    assert "SOL 2026/14" not in section.first_page_header.paragraphs[0].text


def test_no_entry_of_the_file_bears_a_time(rendered: bytes) -> None:
    with zipfile.ZipFile(BytesIO(rendered)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_ids_of_pictures_and_bookmarks_are_their_own(document: Word) -> None:
    for name in ("wp:docPr", "w:bookmarkStart"):
        ids = [
            element.get("id") or element.get(qn("w:id")) for element in document.element.body.iter(qn(name))
        ]
        assert len(ids) == len(set(ids))
