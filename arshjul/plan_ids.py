"""The ids of a plan that is read anew: what stood there before keeps its id, what is new gets a fresh one.

Ids are given in the order of a document, and forms, answers and `indicators.yaml` refer to them: a goal that
is put in before another must not take its answers over. What is the same in two plans is said by
`arshjul.plan_diff`. Called by `cli.plan`. Pure.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from arshjul.plan import Goal, Plan
from arshjul.plan_diff import Part, paired

_LETTERS = {Part.GOAL: "G", Part.INDICATOR: "I", Part.ACTIVITY: "A"}


def keep_ids(old: Plan, new: Plan) -> Plan:
    """`new` with the ids that its parts have in `old`; an id that `old` has used is given to nothing else."""
    last = {part: _last_number(letter, _ids(old, part)) for part, letter in _LETTERS.items()}
    kept: dict[tuple[Part, str], str] = {}
    for part, before, after in paired(old, new):
        if after is None:
            continue
        if before is None:
            last[part] += 1
            before = f"{_LETTERS[part]}{last[part]:02}"
        kept[part, after] = before

    def renamed(goal: Goal) -> Goal:
        return replace(
            goal,
            id=kept[Part.GOAL, goal.id],
            indicators=tuple(replace(each, id=kept[Part.INDICATOR, each.id]) for each in goal.indicators),
            activities=tuple(replace(each, id=kept[Part.ACTIVITY, each.id]) for each in goal.activities),
            goals=tuple(renamed(below) for below in goal.goals),
        )

    return replace(new, goals=tuple(renamed(goal) for goal in new.goals))


def _ids(plan: Plan, part: Part) -> Iterable[str]:
    match part:
        case Part.GOAL:
            return (goal.id for goal in plan.walk())
        case Part.INDICATOR:
            return (indicator.id for _, indicator in plan.indicators())
        case _:
            return (activity.id for _, activity in plan.activities())


def _last_number(letter: str, ids: Iterable[str]) -> int:
    """The greatest number that ids of that letter have; 0 where there is none."""
    return max((int(found[1]) for each in ids if (found := re.fullmatch(rf"{letter}(\d+)", each))), default=0)
