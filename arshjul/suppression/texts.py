"""The texts of a compiled cycle: walked through in one place, so that all of them can be read and rewritten.

Called by `arshjul.suppression.compiled`. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from arshjul.cycle_data import SUMMARY, Counted, CycleData, Judged
from arshjul.history import WHOLE_UNIT

if TYPE_CHECKING:
    from arshjul.compilation import (
        ActivityPart,
        ActivityResult,
        Compiled,
        GoalResult,
        IndicatorResult,
        PartResult,
        SubunitText,
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a text stands: who wrote it, what it is about. `subjects` are indicators or a question."""

    where: str
    scope: str
    subjects: tuple[str, ...] = ()
    only: bool = False  # it is written about that subject and nothing else


Rewrite = Callable[[Passage, str], str]
_Part = TypeVar(
    "_Part", "GoalResult", "SubunitText", "IndicatorResult", "PartResult", "ActivityResult", "ActivityPart"
)
_Measured = TypeVar("_Measured", "IndicatorResult", "ActivityResult")


def rewrite_texts(compiled: Compiled, rewrite: Rewrite) -> Compiled:
    """The cycle with every text of people put through `rewrite`."""
    data = compiled.data
    goals = {id_: _goal(result, data, rewrite) for id_, result in compiled.goals.items()}
    indicators = {
        id_: _commented(measured, measured.indicator.name, (id_,), data, rewrite)
        for id_, measured in compiled.indicators.items()
    }
    activities = {
        id_: _commented(activity, activity.activity.title, (), data, rewrite)
        for id_, activity in compiled.activities.items()
    }
    duties = tuple(
        replace(duty, note=rewrite(Passage(duty.label, duty.scope or WHOLE_UNIT), duty.note))
        if duty.note
        else duty
        for duty in data.duties
    )
    rewritten = replace(
        data,
        judgements=_judgements(compiled, rewrite),
        submissions=_submissions(data, rewrite),
        duties=duties,
    )
    return replace(compiled, data=rewritten, goals=goals, indicators=indicators, activities=activities)


def _goal(result: GoalResult, data: CycleData, rewrite: Rewrite) -> GoalResult:
    """The goal with the unit's text, the sub-units' and what they plan."""
    subjects = tuple(indicator.id for indicator in result.goal.indicators)
    title = result.goal.title

    def put(scope: str, whose: str, text: str | None) -> str:
        return rewrite(Passage(f"{title}, {whose}", scope, subjects), text) if text else ""

    name = data.scope_name
    return _put(
        result,
        synthesis=put(WHOLE_UNIT, "enhetens text", result.synthesis),
        texts=tuple(
            _put(one, text=put(one.scope, name(one.scope), one.text)) if one.text else one
            for one in result.texts
        ),
        planned=tuple(
            replace(
                one,
                answers={part: put(one.scope, name(one.scope), text) for part, text in one.answers.items()},
            )
            for one in result.planned
        ),
    )


def _commented(
    result: _Measured, title: str, subjects: tuple[str, ...], data: CycleData, rewrite: Rewrite
) -> _Measured:
    """An indicator or an activity with its comments; what is said of an indicator is of it alone."""

    def put(part: Any) -> Any:
        if not part.comment:
            return part
        where = f"{title}, {data.scope_name(part.scope)}"
        return _put(part, comment=rewrite(Passage(where, part.scope, subjects, bool(subjects)), part.comment))

    return _put(result, parts=tuple(put(part) for part in result.parts))


def _put(one: _Part, **changes: Any) -> _Part:
    """The part with the changes; itself where nothing has changed, as in most of a cycle."""
    unchanged = all(_same(getattr(one, name), value) for name, value in changes.items())
    return one if unchanged else replace(one, **changes)


def _same(before: object, after: object) -> bool:
    if isinstance(before, tuple) and isinstance(after, tuple):
        return all(one is other for one, other in zip(before, after, strict=True))
    return before is after or before == after


def _judgements(compiled: Compiled, rewrite: Rewrite) -> dict[str, Judged]:
    """The manager's texts as they were judged; those under goals are rewritten with the goals."""
    found = {}
    for goal, judged in compiled.data.judgements.items():
        if goal == SUMMARY and judged.synthesis:
            judged = replace(
                judged, synthesis=rewrite(Passage("Sammanfattning", WHOLE_UNIT), judged.synthesis)
            )
        found[goal] = judged
    return found


def _submissions(data: CycleData, rewrite: Rewrite) -> dict[str, Counted]:
    """The answers to the kind's own questions; what hangs on the plan stands in the compiled parts."""
    asked = {question.id: question for question in data.kind.asks}
    found = {}
    for scope, counted in data.submissions.items():
        answers = dict(counted.answers)
        for field in asked:
            answer = counted.answers.get(field)
            if answer is not None and answer.text:
                section = asked[field].section
                title, who = data.kind.heading(section).title, data.scope_name(scope)
                about = tuple(q.id for q in data.kind.asks if q.section == section)
                where = title if title == who else f"{title}, {who}"
                answers[field] = replace(
                    answer, text=rewrite(Passage(where, scope, about, True), answer.text)
                )
        found[scope] = replace(counted, answers=answers)
    return found
