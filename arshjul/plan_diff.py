"""What differs between two versions of a plan: goals, texts, indicators, targets and activities.

Parts are matched by id where both plans have it with a like name, else by their words, so that a plan read
anew from a document is compared with the one that was edited. Both values of a changed target are kept.
Pure; called by `cli.plan` and by the change of a plan within a year.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from arshjul.plan import ATTAINMENT_SWEDISH, Plan

_LIKE = 0.72  # so like are two wordings of one goal or indicator at least
_LIKE_WITH_ID = 0.4  # where the id is the same too
_SECTION = "§"  # marks a value that is a text under the goal
_TARGETS = ("årsmål", "KF:s årsmål")
_INDICATOR_FIELDS: Mapping[str, str] = {
    "name": "namn",
    "target": "årsmål",
    "council_target": "KF:s årsmål",
    "periodicity": "periodicitet",
    "outcome": "utfall",
    "outcome_men": "utfall män/pojkar",
    "outcome_women": "utfall kvinnor/flickor",
    "previous": "föregående utfall",
    "forecast": "prognos helår",
    "period": "period",
    "analysis": "analys",
}
_ACTIVITY_FIELDS: Mapping[str, str] = {
    "title": "namn",
    "start": "startdatum",
    "end": "slutdatum",
    "deviation": "avvikelse",
    "analysis": "analys",
}


class Difference(StrEnum):
    """What has become of a part."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"


class Part(StrEnum):
    """What kind of part it is."""

    GOAL = "goal"
    SECTION = "section"
    INDICATOR = "indicator"
    TARGET = "target"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `before` and `after` are the printed values; None where there is none.

    `id` is the part's id in the newer plan, or in the older one when it went; `name` says it in words,
    `field` which of its values (in Swedish), `goal` the goal it hangs on.
    """

    difference: Difference
    part: Part
    id: str
    name: str
    goal: str
    field: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class _Item:
    """A part in the one form that parts are matched in: its words tell it, its values are compared."""

    id: str
    name: str
    goal: str
    words: str
    values: Mapping[str, str | None]  # by what each is called in Swedish
    parent: str | None = None  # the id of the goal above


def diff_plans(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Every difference from `old` to `new`: goals with their texts, indicators, activities.

    Within each, in the order of the newer plan, and what went last.
    """
    return (
        *_goal_changes(_match(_goals(old), _goals(new))),
        *_row_changes(_match(_indicators(old), _indicators(new)), Part.INDICATOR),
        *_row_changes(_match(_activities(old), _activities(new)), Part.ACTIVITY),
    )


def paired(old: Plan, new: Plan) -> Iterator[tuple[Part, str | None, str | None]]:
    """The ids of each part in both plans (goals, indicators, activities); None where it is in one only."""
    for part, items in (
        (Part.GOAL, _goals),
        (Part.INDICATOR, _indicators),
        (Part.ACTIVITY, _activities),
    ):
        for before, after in _match(items(old), items(new)):
            yield part, before.id if before else None, after.id if after else None


def _goals(plan: Plan) -> list[_Item]:
    above = {below.id: goal.id for goal in plan.walk() for below in goal.goals}
    return [
        _Item(
            goal.id,
            goal.title,
            goal.title,
            f"{goal.level} {goal.title}",
            {
                "namn": goal.title,
                "nummer": goal.number,
                "måluppfyllelse": goal.attainment and ATTAINMENT_SWEDISH[goal.attainment],
                **{f"{_SECTION}{key}": text for key, text in goal.sections.items()},
            },
            above.get(goal.id),
        )
        for goal in plan.walk()
    ]


def _indicators(plan: Plan) -> list[_Item]:
    return [
        _Item(
            row.id,
            row.name,
            goal.title,
            f"{row.name} {goal.title}",
            {label: getattr(row, field) for field, label in _INDICATOR_FIELDS.items()},
        )
        for goal, row in plan.indicators()
    ]


def _activities(plan: Plan) -> list[_Item]:
    return [
        _Item(
            activity.id,
            activity.title,
            goal.title,
            f"{activity.title} {goal.title}",
            {label: _printed(getattr(activity, field)) for field, label in _ACTIVITY_FIELDS.items()},
        )
        for goal, activity in plan.activities()
    ]


def _printed(value: str | date | bool | None) -> str | None:
    """A value of an activity in words."""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    return None if value is None else str(value)


_Pair = tuple[_Item | None, _Item | None]


def _match(old: Sequence[_Item], new: Sequence[_Item]) -> list[_Pair]:
    """Pairs of an old and a new part: the new ones in order (None beside what came), then what went.

    The same words are the same part; then the same id with words not too unlike; then the likest words.
    """
    left = {item.id: item for item in old}
    found: dict[str, _Item] = {}

    def take(item: _Item, candidate: _Item | None, least: float) -> None:
        if item.id not in found and candidate and _likeness(candidate.words, item.words) >= least:
            found[item.id] = left.pop(candidate.id)

    for item in new:
        take(item, next((other for other in left.values() if other.words == item.words), None), 1.0)
    for item in new:
        take(item, left.get(item.id), _LIKE_WITH_ID)
    for item in new:
        if item.id not in found:
            likest = max(left.values(), key=lambda other: _likeness(other.words, item.words), default=None)
            take(item, likest, _LIKE)
    return [*((found.get(item.id), item) for item in new), *((item, None) for item in left.values())]


def _likeness(one: str, other: str) -> float:
    """How like two texts are, from 0 to 1."""
    matcher = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    # The quick bounds spare most of the work: few pairs are near.
    if matcher.real_quick_ratio() < _LIKE_WITH_ID or matcher.quick_ratio() < _LIKE_WITH_ID:
        return 0.0
    return matcher.ratio()


def _goal_changes(pairs: Sequence[_Pair]) -> Iterator[Change]:
    """Goals that came or went, their values, their texts, and where they lie in the chain."""
    same = {before.id: after for before, after in pairs if before and after}
    old_titles = {before.id: before.name for before, _ in pairs if before}
    new_titles = {after.id: after.name for _, after in pairs if after}
    for before, after in pairs:
        if before is None or after is None:
            yield _came_or_went(before, after, Part.GOAL)
            continue
        for change in _changed_values(before, after, Part.GOAL):
            if change.field and change.field.startswith(_SECTION):
                yield replace(change, part=Part.SECTION, field=change.field.removeprefix(_SECTION))
            else:
                yield change
        stayed = same.get(before.parent) if before.parent else None
        if (stayed.id if stayed else None) != after.parent:
            was = old_titles.get(before.parent) if before.parent else None
            now = new_titles.get(after.parent) if after.parent else None
            yield Change(
                Difference.CHANGED, Part.GOAL, after.id, after.name, after.goal, "ligger under", was, now
            )


def _row_changes(pairs: Sequence[_Pair], part: Part) -> Iterator[Change]:
    """Rows that came or went and the values that changed, targets apart from the others."""
    for before, after in pairs:
        if before is None or after is None:
            yield _came_or_went(before, after, part)
            continue
        for change in _changed_values(before, after, part):
            yield replace(change, part=Part.TARGET) if change.field in _TARGETS else change


def _came_or_went(before: _Item | None, after: _Item | None, part: Part) -> Change:
    """The change of a part that is in one plan only; its target stands beside it."""
    item = after or before
    assert item is not None
    target = next((item.values[label] for label in _TARGETS if item.values.get(label)), None)
    if after is not None:
        return Change(Difference.CAME, part, item.id, item.name, item.goal, after=target)
    return Change(Difference.WENT, part, item.id, item.name, item.goal, before=target)


def _changed_values(before: _Item, after: _Item, part: Part) -> Iterator[Change]:
    """One change for each value that is not the same."""
    for label in {**after.values, **before.values}:
        was, now = before.values.get(label), after.values.get(label)
        if was != now:
            yield Change(Difference.CHANGED, part, after.id, after.name, after.goal, label, was, now)
