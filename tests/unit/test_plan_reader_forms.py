"""What is printed as PDF, Word or HTML is read back, with its columns, and no word of it is lost."""

import pytest
from hypothesis import Phase, given, settings

from arshjul.adapters.documents.reading import lines_of_document
from arshjul.plan import Plan
from arshjul.plan_reader import read
from tests.unit.generated_plans import plans
from tests.unit.plan_documents import FORMS, blocks_of
from tests.unit.test_plan_reader_round_trip import in_one_piece, without_ids, words_of, words_of_reading

# Without making a failing document smaller, which takes minutes: it is as telling as it is.
PHASES = [Phase.reuse, Phase.generate]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=5, deadline=None, phases=PHASES)
@given(plan=plans())
def test_what_is_printed_in_a_form_is_read_back(form: str, plan: Plan) -> None:
    reading = read(lines_of_document(FORMS[form](plan), form))
    found = in_one_piece(reading.plan) if form == "plan.pdf" else reading.plan
    plan = in_one_piece(plan) if form == "plan.pdf" else plan
    assert without_ids(found.goals) == without_ids(plan.goals)
    assert dict(found.front) == dict(plan.front)
    assert dict(found.back) == dict(plan.back)
    assert reading.plan.warnings == ()
    assert not any(row.columns_uncertain for _, row in reading.plan.indicators())


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=5, deadline=None, phases=PHASES)
@given(plan=plans())
def test_every_word_of_a_form_is_in_exactly_one_place(form: str, plan: Plan) -> None:
    lines = lines_of_document(FORMS[form](plan), form)
    printed, told = words_of(*(line.text for line in lines)), words_of_reading(read(lines))
    assert told == printed
    for block in blocks_of(plan):
        words = words_of(block.text, *block.head, *(cell for row in block.rows for cell in row))
        assert not words - printed
