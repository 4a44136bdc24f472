"""The plan file that an adopted plan (VP) proposes: what a person reads through, changes and takes into use.

Goals, indicators and their targets stand as in the plan it was drawn up from, with their ids; under each goal
come the unit's own text and what the sub-units wrote; activities are those that they wrote, with new ids.
Nothing takes it into use by itself. Called when the files of a version are laid out. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from arshjul.actions import lines_to_carry
from arshjul.cycle_data import SUMMARY, CycleData
from arshjul.form_making import asked_goals
from arshjul.plan import Activity, Goal, Kind, Plan

_TEXTS = ("expected_result", "approach")
_ACTIVITIES = "activities"
_FRONT = "Sammanfattning"


def proposed_plan(data: CycleData) -> Plan:
    """The plan of the cycle's year as the decided answers and texts put it."""
    asked = {goal.id for goal in asked_goals(data.plan, data.kind)}
    numbers = _Numbers(max((_number(a.id) for _, a in data.plan.activities()), default=0))
    summary = data.judgements.get(SUMMARY)
    return replace(
        data.plan,
        kind=Kind.VP,
        year=data.key.year,
        goals=tuple(_goal(goal, data, asked, numbers) for goal in data.plan.goals),
        front={_FRONT: summary.synthesis} if summary and summary.synthesis else {},
        back={},
        warnings=(),
    )


@dataclass
class _Numbers:
    """The last number of an activity that has been used: ids are never used again."""

    last: int

    def next(self) -> str:
        self.last += 1
        return f"A{self.last:02}"


def _goal(goal: Goal, data: CycleData, asked: set[str], numbers: _Numbers) -> Goal:
    below = tuple(_goal(each, data, asked, numbers) for each in goal.goals)
    plain = replace(goal, goals=below, attainment=None, activities=())
    if goal.id not in asked:
        return plain
    judged = data.judgements.get(goal.id)
    sections = {part: text for part, text in goal.sections.items() if part not in _TEXTS}
    for part in _TEXTS:
        own = [judged.synthesis] if part == _TEXTS[0] and judged and judged.synthesis else []
        written = [*own, *(f"{name}: {text}" for name, text in _written(data, f"{goal.id}.{part}"))]
        if text := "\n\n".join(written) or goal.sections.get(part, ""):
            sections[part] = text
    activities = tuple(
        Activity(numbers.next(), f"{line} ({name})")
        for name, text in _written(data, f"{goal.id}.{_ACTIVITIES}")
        for line in lines_to_carry(text)
    )
    return replace(plain, sections=sections, activities=activities)


def _written(data: CycleData, field: str) -> Iterator[tuple[str, str]]:
    """What each sub-unit wrote in a field, by its name, in the unit's order."""
    for scope in data.expected:
        answer = data.answer(scope, field)
        if answer is not None and answer.text:
            yield data.scope_name(scope), answer.text.strip()


def _number(activity: str) -> int:
    digits = activity.lstrip("A")
    return int(digits) if digits.isdigit() else 0
