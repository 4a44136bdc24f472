"""What is printed in the older layouts is read back, and no word of it is lost."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given, settings

from arshjul.plan import Goal, Plan
from arshjul.plan_reader import Reading, lines_of_text, read
from tests.unit.plan_texts import Layout, layouts, plans, write


def words_of(*texts: str | None) -> Counter[str]:
    """How often each word stands in the texts."""
    return Counter(word for text in texts if text for word in re.findall(r"\w+", text))


def words_of_reading(reading: Reading) -> Counter[str]:
    """Every word of the result: plan, warnings, furniture, form."""
    words = words_of(*(noted.text for noted in (*reading.furniture, *reading.form)))
    words += words_of(*(warning.message.split(": ", 1)[-1] for warning in reading.plan.warnings))
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


@settings(max_examples=20, deadline=None)
@given(plans(), layouts)
def test_what_is_printed_is_read_back(plan: Plan, layout: Layout) -> None:
    reading = read(lines_of_text(write(plan, layout)))
    assert without_ids(reading.plan.goals) == without_ids(plan.goals)
    assert dict(reading.plan.front) == dict(plan.front)
    assert dict(reading.plan.back) == dict(plan.back)
    assert reading.plan.warnings == ()


@settings(max_examples=20, deadline=None)
@given(plans(), layouts)
def test_every_word_is_in_exactly_one_place(plan: Plan, layout: Layout) -> None:
    text = write(plan, layout)
    reading = read(lines_of_text(text))
    assert words_of_reading(reading) == words_of(text)
