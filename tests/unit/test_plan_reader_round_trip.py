"""What is printed in the older layouts is read back, and no word of it is lost."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from arshjul.plan import Goal, Indicator, Plan
from arshjul.plan_reader import Reading, lines_of_text, read
from tests.unit.generated_plans import layouts, plans
from tests.unit.plan_texts import Layout, head_of, write


def words_of(*texts: str | None) -> Counter[str]:
    """How often each word stands in the texts."""
    return Counter(word for text in texts if text for word in re.findall(r"\w+", text))


def words_of_reading(reading: Reading) -> Counter[str]:
    """Every word of the result: plan, warnings, furniture, form."""
    words = words_of(*(noted.text for noted in (*reading.furniture, *reading.form)))
    # What could not be placed stands after the colon; other warnings are the reader's own words.
    words += words_of(*(warning.message.partition(": ")[2] for warning in reading.plan.warnings))
    for matter in (reading.plan.front, reading.plan.back):
        words += words_of(*matter.values(), *(_printed(heading, matter) for heading in matter))
    for goal in reading.plan.walk():
        words += words_of(goal.number, goal.title, *goal.sections.values())
        for row in goal.indicators:
            words += words_of(
                row.name, row.target, row.council_target, row.periodicity, row.outcome, row.outcome_men,
                row.outcome_women, row.previous, row.forecast, row.period, row.analysis,
            )  # fmt: skip
        for activity in goal.activities:
            start, end = activity.start, activity.end
            words += words_of(activity.title, start and str(start), end and str(end), activity.analysis)
    return words


def _printed(heading: str, matter: Mapping[str, str]) -> str:
    """A heading as it stood in the document: without the number of one that came again."""
    before = re.sub(r" \(\d+\)$", "", heading)
    return "" if heading == "(utan rubrik)" else before if before in matter else heading


def without_ids(goals: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """The goals as they were before the reader gave ids and its doubts."""
    return tuple(
        replace(
            goal,
            id="",
            sections=dict(goal.sections),
            indicators=tuple(replace(row, id="", columns_uncertain=False) for row in goal.indicators),
            activities=tuple(replace(activity, id="") for activity in goal.activities),
            goals=without_ids(goal.goals),
        )
        for goal in goals
    )


def in_one_piece(plan: Plan) -> Plan:
    """The plan with paragraphs joined: where a page ends in print, the end of a paragraph cannot be seen."""

    def joined(texts: Mapping[str, str]) -> dict[str, str]:
        return {key: text.replace("\n", " ") for key, text in texts.items()}

    def goals_of(goals: tuple[Goal, ...]) -> tuple[Goal, ...]:
        return tuple(
            replace(goal, sections=joined(goal.sections), goals=goals_of(goal.goals)) for goal in goals
        )

    return replace(plan, goals=goals_of(plan.goals), front=joined(plan.front), back=joined(plan.back))


VALUES = ("outcome", "outcome_men", "outcome_women", "previous", "forecast", "target", "council_target")


def in_printed_order(goals: tuple[Goal, ...], columns: int) -> tuple[Goal, ...]:
    """The goals with the cells of rows that lost an empty cell moved together: their places are not known."""

    def moved(row: Indicator) -> Indicator:
        cells = [cell for key in VALUES if (cell := getattr(row, key))]
        if len(cells) == columns:
            return row
        empty: dict[str, str | None] = dict.fromkeys(VALUES)
        return replace(row, **{**empty, **dict(zip(VALUES, cells, strict=False))}, columns_uncertain=True)

    return tuple(
        replace(
            goal,
            indicators=tuple(map(moved, goal.indicators)),
            goals=in_printed_order(goal.goals, columns),
        )
        for goal in goals
    )


@settings(max_examples=40, deadline=None)
@given(plans(), layouts)
def test_what_is_printed_is_read_back(plan: Plan, layout: Layout) -> None:
    reading = read(lines_of_text(write(plan, layout)))
    found, meant = reading.plan, plan
    if layout.page or layout.page_heads:
        found, meant = in_one_piece(found), in_one_piece(meant)
    if layout.style in ("gaps", "lost"):
        columns = len(head_of(plan.kind)[0]) - 2  # but for the name and the period
        meant = replace(meant, goals=in_printed_order(meant.goals, columns))
        for _, row in found.indicators():
            assert row.columns_uncertain == (sum(bool(getattr(row, key)) for key in VALUES) < columns)
        found = replace(found, goals=in_printed_order(found.goals, columns))
    assert without_ids(found.goals) == without_ids(meant.goals)
    assert dict(found.front) == dict(meant.front)
    assert dict(found.back) == dict(meant.back)
    assert reading.plan.warnings == ()


@settings(max_examples=20, deadline=None)
@given(plans(), layouts)
def test_every_word_is_in_exactly_one_place(plan: Plan, layout: Layout) -> None:
    text = write(plan, layout)
    reading = read(lines_of_text(text))
    # A word that the print broke is whole in the plan.
    assert words_of_reading(reading) == words_of(text.replace("nämnd/s\ntyrelse", "nämnd/styrelse"))


CORPUS = sorted((Path(__file__).parents[1] / "review_corpus").glob("*.txt"))


@pytest.mark.parametrize("document", CORPUS, ids=lambda path: path.stem)
def test_no_letter_of_a_written_document_is_lost_or_comes_twice(document: Path) -> None:
    """Letters, not words: what the print broke in the middle is whole in the plan."""
    text = document.read_text(encoding="utf-8")
    assert letters_of(words_of_reading(read(lines_of_text(text)))) == letters_of(words_of(text))


def letters_of(words: Counter[str]) -> Counter[str]:
    """How often each letter stands in the words."""
    return Counter("".join(words.elements()))
