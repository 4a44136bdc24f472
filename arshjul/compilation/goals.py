"""A compiled cycle: what the sub-units wrote and judged, goal by goal and activity by activity.

Called through `arshjul.compilation`. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from arshjul.answers import State
from arshjul.attainment import Proposal, Weighed, propose
from arshjul.compilation.figures import IndicatorResult, indicator_results
from arshjul.cycle_data import CycleData
from arshjul.form import NO, YES
from arshjul.form_making import asked_goals
from arshjul.form_questions import ANALYSIS, COMMENT, DEVIATION, STATUS
from arshjul.plan import ATTAINMENT_SWEDISH, Activity, Attainment, Goal
from arshjul.suppression.outcome import Suppressed

_ATTAINMENT = {swedish: attainment for attainment, swedish in ATTAINMENT_SWEDISH.items()}
_DEVIATES = {YES: True, NO: False}


@dataclass(frozen=True, slots=True)
class SubunitText:
    """A sub-unit's analysis of a goal and its judgement; not `applicable` where it does not concern them."""

    scope: str
    attainment: Attainment | None
    applicable: bool
    text: str | None
    ref: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What a sub-unit plans under a goal: its answers to the kind's questions, by their part."""

    scope: str
    answers: Mapping[str, str]
    ref: str


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal with what the sub-units wrote, the proposal and the manager's word.

    `planned` is for a plan, which has no proposals to speak of.
    """

    goal: Goal
    texts: tuple[SubunitText, ...]
    proposal: Proposal
    decided: Attainment | None
    synthesis: str
    planned: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityPart:
    """What a sub-unit said of an activity; `deviation` None where it only commented."""

    scope: str
    deviation: bool | None
    comment: str | None
    ref: str


@dataclass(frozen=True, slots=True)
class ActivityResult:
    """An activity with what the sub-units said of it."""

    goal: Goal
    activity: Activity
    parts: tuple[ActivityPart, ...]

    @property
    def deviation(self) -> bool | None:
        """Whether any sub-unit reports a deviation; None where nobody answered."""
        known = [part.deviation for part in self.parts if part.deviation is not None]
        return any(known) if known else None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled cycle. `goals` are the goals that the form asked about, by id."""

    data: CycleData
    goals: Mapping[str, GoalResult]
    indicators: Mapping[str, IndicatorResult]
    activities: Mapping[str, ActivityResult]
    suppressed: Suppressed = field(default_factory=Suppressed)
    leaves: "Compiled | None" = None  # of a department: the cycle of its units' sub-units, openly


def compile_openly(data: CycleData) -> Compiled:
    """The cycle with all that was answered in it: nothing of it may leave the unit."""
    indicators = {result.indicator.id: result for result in indicator_results(data)}
    return Compiled(
        data=data,
        goals={goal.id: _goal(data, goal, indicators) for goal in asked_goals(data.plan, data.kind)},
        indicators=indicators,
        activities={
            activity.id: ActivityResult(goal, activity, tuple(_activity_parts(data, activity)))
            for goal, activity in data.plan.activities()
        },
    )


def _goal(data: CycleData, goal: Goal, indicators: Mapping[str, IndicatorResult]) -> GoalResult:
    texts = tuple(_texts(data, goal))
    judged = data.judgements.get(goal.id)
    return GoalResult(
        goal=goal,
        texts=texts,
        proposal=_proposal(data, goal, texts, indicators),
        decided=judged.attainment if judged else None,
        synthesis=judged.synthesis if judged else "",
        planned=tuple(_planned(data, goal)),
    )


def weigh(data: CycleData, result: GoalResult, indicators: Mapping[str, IndicatorResult]) -> Proposal:
    """The attainment that a goal's indicators and texts speak for."""
    return _proposal(data, result.goal, result.texts, indicators)


def _proposal(
    data: CycleData, goal: Goal, texts: Iterable[SubunitText], indicators: Mapping[str, IndicatorResult]
) -> Proposal:
    weighed = [
        Weighed(i.name, number, result.target, result.measure, result.met_target)
        for i in goal.indicators
        if (number := (result := indicators[i.id]).number) is not None
    ]
    said = [text.attainment for text in texts if text.attainment is not None]
    return propose(weighed, said, data.part_words)


def _planned(data: CycleData, goal: Goal) -> Iterator[Planned]:
    for subunit in data.asked_subunits:
        asked = {q.part: data.answer(subunit.code, f"{goal.id}.{q.part}") for q in data.kind.goal_asks}
        answers = {part: answer.text for part, answer in asked.items() if answer and answer.text}
        if answers:
            yield Planned(subunit.code, answers, data.submissions[subunit.code].ref)


def _texts(data: CycleData, goal: Goal) -> Iterator[SubunitText]:
    for subunit in data.asked_subunits:
        status = data.answer(subunit.code, f"{goal.id}.{STATUS}")
        analysis = data.answer(subunit.code, f"{goal.id}.{ANALYSIS}")
        if status is None and analysis is None:
            continue
        yield SubunitText(
            scope=subunit.code,
            attainment=_ATTAINMENT.get(status.text or "") if status else None,
            applicable=status is None or status.state is not State.NOT_APPLICABLE,
            text=analysis.text if analysis else None,
            ref=data.submissions[subunit.code].ref,
        )


def _activity_parts(data: CycleData, activity: Activity) -> Iterator[ActivityPart]:
    for subunit in data.asked_subunits:
        deviation = data.answer(subunit.code, f"{activity.id}.{DEVIATION}")
        comment = data.answer(subunit.code, f"{activity.id}.{COMMENT}")
        if deviation is not None or comment is not None:
            yield ActivityPart(
                scope=subunit.code,
                deviation=_DEVIATES.get(deviation.text or "") if deviation else None,
                comment=comment.text if comment else None,
                ref=data.submissions[subunit.code].ref,
            )
