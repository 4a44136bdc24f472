"""The form as a Word document: written, filled in as people do, and read back."""

import io

import docx
import pytest
from docx.document import Document
from docx.table import Table

from arshjul.adapters.word_forms.layout import bookmark, bookmarked
from arshjul.adapters.word_forms.reading import is_word, read_word_form
from arshjul.adapters.word_forms.writing import own_sentences, write_word_form
from arshjul.errors import BadInput
from arshjul.form import READY
from tests.unit.form_sample import annas_form
from tests.unit.test_answers import COMPLETE

FORM = annas_form()
GIVEN = {"LARKAN": {field: str(value) for field, value in COMPLETE.items()}}


def saved(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def written(data: bytes) -> dict[str, str]:
    cells = read_word_form(data, "underlag.docx").scopes["LARKAN"]
    return {field: str(cell.value) for field, cell in cells.items() if cell.value is not None}


def table_of(document: Document, field: str) -> Table:
    return next(table for table in document.tables if f":{field}⟩" in table.cell(0, 0).text)


def test_what_is_prefilled_is_read_back_and_the_form_is_known() -> None:
    data = write_word_form(FORM, GIVEN)
    returned = read_word_form(data, "underlag.docx")
    assert (returned.form_id, returned.number, returned.person) == (FORM.id, FORM.number, FORM.person)
    assert written(data) == {field: text for field, text in GIVEN["LARKAN"].items() if text}


def test_every_field_has_a_box_and_an_empty_one_says_nothing() -> None:
    cells = read_word_form(write_word_form(FORM), "underlag.docx").scopes
    for sheet in FORM.sheets:
        assert set(cells[sheet.scope]) == {field.id for field in sheet.fields()}
        assert all(cell.value is None for cell in cells[sheet.scope].values())


def test_several_paragraphs_are_one_answer_and_a_choice_may_be_typed() -> None:
    document = opened(write_word_form(FORM))
    text = next(f for f in FORM.sheets[0].fields() if f.kind == "text")
    box = table_of(document, text.id).cell(1, 0)
    box.paragraphs[0].text = "Första stycket."
    box.add_paragraph("Andra stycket.")
    ready = table_of(document, READY).cell(0, 1)
    ready.paragraphs[0]._p.clear()
    ready.paragraphs[0].add_run("Ja")
    found = written(saved(document))
    assert found[text.id] == "Första stycket.\nAndra stycket."
    assert found[READY] == "Ja"


def test_a_mark_that_was_rubbed_out_is_made_up_for_by_the_bookmark() -> None:
    document = opened(write_word_form(FORM, GIVEN))
    number = next(f for f in FORM.sheets[0].fields() if f.kind == "number")
    table_of(document, number.id).cell(0, 0).paragraphs[-1].text = ""
    assert written(saved(document))[number.id] == GIVEN["LARKAN"][number.id]


def test_a_table_that_was_moved_and_joined_with_another_is_still_read() -> None:
    document = opened(write_word_form(FORM, GIVEN))
    body = document.element.body
    tables = list(document.tables)
    for row in list(tables[1]._tbl.tr_lst):
        tables[-1]._tbl.append(row)
    body.remove(tables[1]._tbl)
    assert written(saved(document)) == written(write_word_form(FORM, GIVEN))


def test_what_a_reviewer_struck_out_is_no_answer() -> None:
    data = write_word_form(FORM, GIVEN)
    document = opened(data)
    text = next(f for f in FORM.sheets[0].fields() if f.kind == "text" and f.id in GIVEN["LARKAN"])
    paragraph = table_of(document, text.id).cell(1, 0).paragraphs[0]._p
    run = paragraph.findall("{*}r")[0]
    struck = paragraph.makeelement(run.tag.replace("}r", "}del"), {})
    paragraph.replace(run, struck)
    struck.append(run)
    assert text.id not in written(saved(document))


def test_what_is_written_outside_the_boxes_is_not_lost_and_our_own_words_are_not_taken_for_it() -> None:
    document = opened(write_word_form(FORM, GIVEN))
    document.add_paragraph("Ring mig om detta.")
    returned = read_word_form(saved(document), "underlag.docx")
    ours = own_sentences(FORM)
    assert [c.value for c in returned.stray if " ".join(str(c.value).split()) not in ours] == [
        "Ring mig om detta."
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 inget", b"%PDF-1.7"])
def test_what_is_no_document_is_said_in_a_sentence(data: bytes) -> None:
    assert not is_word(data)
    with pytest.raises(BadInput, match="Word-filen är skadad"):
        read_word_form(data, "fel.docx")


def test_another_document_is_not_taken_for_a_form() -> None:
    document = docx.Document()
    document.add_paragraph("Protokoll från APT")
    with pytest.raises(BadInput, match="inget underlag"):
        read_word_form(saved(document), "protokoll.docx")


def test_the_same_form_gives_the_same_bytes() -> None:
    assert write_word_form(FORM, GIVEN) == write_word_form(FORM, GIVEN)


def test_a_bookmark_that_word_would_cut_is_left_out() -> None:
    assert bookmarked(bookmark("HUMLAN", "G04.analysis") or "") == ("HUMLAN", "G04.analysis")
    assert bookmark("EN_MYCKET_LANG_VERKSAMHET", "I03.women_respondents") is None
