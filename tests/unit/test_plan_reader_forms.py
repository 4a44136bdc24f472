"""What is printed as PDF, Word or HTML is read back, with its columns, and no word of it is lost."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings

from arshjul.adapters.documents import lines_of_document
from arshjul.plan import Goal, Plan
from arshjul.plan_reader import read
from tests.unit.plan_documents import FORMS, blocks_of
from tests.unit.plan_texts import plans
from tests.unit.test_plan_reader_round_trip import without_ids, words_of, words_of_reading


def in_one_piece(plan: Plan) -> Plan:
    """The plan with paragraphs joined: where a page ends in print, the end of a paragraph cannot be seen."""

    def joined(texts: Mapping[str, str]) -> dict[str, str]:
        return {key: text.replace("\n", " ") for key, text in texts.items()}

    def goals_of(goals: tuple[Goal, ...]) -> tuple[Goal, ...]:
        return tuple(
            replace(goal, sections=joined(goal.sections), goals=goals_of(goal.goals)) for goal in goals
        )

    return replace(plan, goals=goals_of(plan.goals), front=joined(plan.front), back=joined(plan.back))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=5, deadline=None)
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
@settings(max_examples=5, deadline=None)
@given(plan=plans())
def test_no_word_of_a_form_is_lost(form: str, plan: Plan) -> None:
    read_words = words_of_reading(read(lines_of_document(FORMS[form](plan), form)))
    for block in blocks_of(plan):
        missing = (
            words_of(block.text, *block.head, *(cell for row in block.rows for cell in row)) - read_words
        )
        assert not missing
