"""The way back: an export of the city's own system against what was approved, field by field.

People enter the approved report there by hand; what was left out, mistyped or changed on the way shows here.
Parts are paired by their words, since an export has ids and an order of its own. What only one of the two
documents prints at all (a section, a column, a heading) is named once and not compared. Pure; called by
`arshjul review EXPORT --against`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from arshjul.plan import ATTAINMENT_SWEDISH, Goal, Indicator, Plan
from arshjul.plan_diff import Part, paired
from arshjul.review.against_matter import compare_matter
from arshjul.review.departures import Comparison, Fields
from arshjul.review.same_value import same_value, words_of
from arshjul.review.source_lines import SourceLines
from arshjul.review.statements import SECTIONS_SWEDISH, goal_name

_EXPORTED = "X"  # before the export's ids: the same number says nothing in two documents
_UNNAMED = "text"  # a text under a goal without a heading: sub-units' remarks, captions
_INDICATOR: Mapping[str, str] = {
    "outcome": "utfall",
    "outcome_women": "utfall kvinnor/flickor",
    "outcome_men": "utfall män/pojkar",
    "target": "årsmål",
    "council_target": "KF:s årsmål",
    "previous": "föregående utfall",
    "analysis": "analys",
}
_OUTCOMES = ("outcome", "outcome_women", "outcome_men")
_WRITTEN = ("target", "analysis")  # what was approved of these belongs in any export
_ACTIVITY: Mapping[str, str] = {
    "start": "startdatum",
    "end": "slutdatum",
    "deviation": "avvikelse",
    "analysis": "analys",
}


def compare(approved: Plan, exported: Plan, source: SourceLines | None = None) -> Comparison:
    """Everything in which an export departs from what was approved; `source` gives the export's lines."""
    fields = Fields(source or SourceLines())
    pairs: dict[Part, list[tuple[str | None, str | None]]] = {part: [] for part in Part}
    for part, one, other in paired(_by_words(approved, ""), _by_words(exported, _EXPORTED)):
        pairs[part].append((one, other and other.removeprefix(_EXPORTED)))
    only_here, only_there = _sections_of_one(approved, exported)
    goals = _goals(approved), _goals(exported)
    same = {other: one for one, other in pairs[Part.GOAL] if one and other}
    for one, other in pairs[Part.GOAL]:
        _goal(goals[0].get(one or ""), goals[1].get(other or ""), same, goals, only_here | only_there, fields)
    _rows(approved, exported, pairs[Part.INDICATOR], same, fields)
    _activities(approved, exported, pairs[Part.ACTIVITY], same, fields)
    unmatched = compare_matter(approved, exported, fields)
    return Comparison(
        tuple(sorted(fields.found, key=lambda departure: departure.line or 10**9)),
        (*(SECTIONS_SWEDISH.get(key, key).capitalize() for key in sorted(only_here)), *unmatched[0]),
        (*(SECTIONS_SWEDISH.get(key, key).capitalize() for key in sorted(only_there)), *unmatched[1]),
        fields.compared,
    )


def _goal(
    approved: Goal | None,
    exported: Goal | None,
    same: Mapping[str, str],
    goals: tuple[Mapping[str, Goal], Mapping[str, Goal]],
    not_compared: set[str],
    fields: Fields,
) -> None:
    """A goal's title, mark, place in the chain and texts."""
    if approved is None or exported is None:
        one = approved or exported
        if one is not None:
            printed = one.title
            fields.whole(
                goal_name(one),
                printed if approved else None,
                printed if exported else None,
                one.id if exported else None,
            )
        return
    where = goal_name(exported)
    fields.text(where, "namn", approved.title, exported.title, exported.id)
    if approved.number and exported.number:
        fields.value(where, "nummer", approved.number, exported.number, exported.id)
    fields.value(where, "måluppfyllelse", _mark(approved), _mark(exported), exported.id)
    _place_in_chain(where, approved.id, exported.id, same, goals, fields)
    for key in {**approved.sections, **exported.sections}:
        unnamed = key == _UNNAMED and not (key in approved.sections and key in exported.sections)
        if key not in not_compared and not unnamed:
            label = SECTIONS_SWEDISH.get(key, key)
            was, now = approved.sections.get(key), exported.sections.get(key)
            fields.text(where, label, was, now, f"{exported.id}.{key}")


def _mark(goal: Goal) -> str | None:
    return ATTAINMENT_SWEDISH[goal.attainment] if goal.attainment else None


def _place_in_chain(
    where: str,
    approved: str,
    exported: str,
    same: Mapping[str, str],
    goals: tuple[Mapping[str, Goal], Mapping[str, Goal]],
    fields: Fields,
) -> None:
    above, above_there = (_above(every) for every in goals)
    was, now = above.get(approved), above_there.get(exported)
    if was and now and same.get(now) != was:
        fields.whole(f"{where}, ligger under", goals[0][was].title, goals[1][now].title, exported)


def _rows(
    approved: Plan,
    exported: Plan,
    pairs: Sequence[tuple[str | None, str | None]],
    same: Mapping[str, str],
    fields: Fields,
) -> None:
    """The rows of the indicator tables, cell by cell."""
    here, there = ({row.id: (goal, row) for goal, row in plan.indicators()} for plan in (approved, exported))
    printed = [
        key
        for key in _INDICATOR
        if key in _OUTCOMES or (_print(key, here) and (key in _WRITTEN or _print(key, there)))
    ]
    for one, other in pairs:
        if one is None or other is None:
            rows = here if one else there
            goal, row = rows[one or other or ""]
            if one or not _is_again(row, [row for _, row in there.values()]):
                where = f"Indikator: {row.name} ({goal.title})"
                fields.whole(where, row.name if one else None, None if one else row.name, other)
            continue
        (goal, row), (goal_there, row_there) = here[one], there[other]
        where = f"Indikator: {row_there.name}"
        fields.text(where, "namn", row.name, row_there.name, other)
        if same.get(goal_there.id) not in (None, goal.id):
            fields.whole(f"{where}, ligger under", goal.title, goal_there.title, other)
        for key in printed:
            was, now = getattr(row, key), getattr(row_there, key)
            if key == "analysis":
                fields.text(where, _INDICATOR[key], was, now, other)
            else:
                empty = _without_figure if key in _OUTCOMES else _as_it_is
                fields.value(where, _INDICATOR[key], empty(was), empty(now), other)


def _activities(
    approved: Plan,
    exported: Plan,
    pairs: Sequence[tuple[str | None, str | None]],
    same: Mapping[str, str],
    fields: Fields,
) -> None:
    """The activities: dates, deviation and what is said of it."""
    here, there = ({a.id: (goal, a) for goal, a in plan.activities()} for plan in (approved, exported))
    for one, other in pairs:
        if one is None or other is None:
            goal, activity = (here if one else there)[one or other or ""]
            where = f"Aktivitet: {activity.title} ({goal.title})"
            fields.whole(where, activity.title if one else None, None if one else activity.title, other)
            continue
        (goal, activity), (goal_there, activity_there) = here[one], there[other]
        where = f"Aktivitet: {activity_there.title}"
        fields.text(where, "namn", activity.title, activity_there.title, other)
        if same.get(goal_there.id) not in (None, goal.id):
            fields.whole(f"{where}, ligger under", goal.title, goal_there.title, other)
        for key, label in _ACTIVITY.items():
            was, now = (_said(getattr(a, key)) for a in (activity, activity_there))
            if key == "analysis":
                fields.text(where, label, was, now, other)
            elif key != "deviation" or None not in (activity.deviation, activity_there.deviation):
                fields.value(where, label, was, now, other)


def _said(value: str | date | bool | None) -> str | None:
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    return str(value) if value else None


def _without_figure(printed: str | None) -> str | None:
    """An outcome that says in words that there is none ("mäts senare") is an empty cell in another system."""
    return printed if printed and any(character.isdigit() for character in printed) else None


def _as_it_is(printed: str | None) -> str | None:
    return printed


def _print(key: str, rows: Mapping[str, tuple[Goal, Indicator]]) -> bool:
    """Whether the document has the column at all."""
    return any(getattr(row, key) for _, row in rows.values())


def _is_again(row: Indicator, rows: Sequence[Indicator]) -> bool:
    """Whether the export says the same row once more, as exports do."""
    alike = [one for one in rows if one.id != row.id and words_of(one.name) == words_of(row.name)]
    return any(all(same_value(getattr(row, key), getattr(one, key)) for key in _OUTCOMES) for one in alike)


def _sections_of_one(approved: Plan, exported: Plan) -> tuple[set[str], set[str]]:
    """The sections that only the approved report prints under any goal, and those of the export alone."""
    here, there = (
        {key for goal in plan.walk() for key in goal.sections} - {_UNNAMED} for plan in (approved, exported)
    )
    return here - there, there - here


def _goals(plan: Plan) -> dict[str, Goal]:
    return {goal.id: goal for goal in plan.walk()}


def _above(goals: Mapping[str, Goal]) -> dict[str, str]:
    return {below.id: goal.id for goal in goals.values() for below in goal.goals}


def _by_words(plan: Plan, prefix: str) -> Plan:
    """The plan with names as they are compared, and ids of its own."""

    def of(goal: Goal) -> Goal:
        return replace(
            goal,
            id=prefix + goal.id,
            title=words_of(goal.title),
            indicators=tuple(replace(i, id=prefix + i.id, name=words_of(i.name)) for i in goal.indicators),
            activities=tuple(replace(a, id=prefix + a.id, title=words_of(a.title)) for a in goal.activities),
            goals=tuple(of(below) for below in goal.goals),
        )

    return replace(plan, goals=tuple(of(goal) for goal in plan.goals))
