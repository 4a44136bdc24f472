"""What a cycle's answers say became of its promises.

One that was asked about by name has its own answer. What the plan promised is answered under its activity
("avviker aktiviteten?") and, in the year's last report, by the judgement of its goal. Called when a report
is built and when it is approved. Pure.
"""

from dataclasses import dataclass

from arshjul.actions import STATUS_SWEDISH, Action, Source, Status
from arshjul.answers import State
from arshjul.cycle_data import CycleData
from arshjul.form import NO, YES
from arshjul.form_questions import COMMENT, DEVIATION, STATUS
from arshjul.plan import ATTAINMENT_SWEDISH, Attainment, Kind

_STATUS = {words: status for status, words in STATUS_SWEDISH.items()}


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a promise, how, and the submission that says so."""

    status: Status
    how: str
    ref: str


def answered_in(data: CycleData, promise: Action) -> Answered | None:
    """What the cycle's answers say of a promise; None where nobody has said anything."""
    counted = data.submissions.get(promise.subunit)
    if counted is None:
        return None
    if promise.is_asked_in(str(data.key)):
        return _by_name(data, promise, counted.ref)
    if promise.source is Source.PLAN:
        return _by_activity(data, promise, counted.ref)
    return _by_goal(data, promise, counted.ref)


def _by_name(data: CycleData, promise: Action, ref: str) -> Answered | None:
    outcome = data.answer(promise.subunit, promise.outcome_field)
    how = data.answer(promise.subunit, promise.how_field)
    words = (how.text if how else None) or ""
    if outcome is None or outcome.text not in _STATUS:
        return Answered(Status.UNDERWAY, words, ref) if words else None
    return Answered(_STATUS[outcome.text], words, ref)


def _by_activity(data: CycleData, promise: Action, ref: str) -> Answered | None:
    """An activity that did not deviate and whose last day has passed went as planned."""
    activity = promise.plan_id
    deviation = data.answer(promise.subunit, f"{activity}.{DEVIATION}")
    comment = data.answer(promise.subunit, f"{activity}.{COMMENT}")
    words = (comment.text if comment else None) or ""
    goal = data.answer(promise.subunit, f"{promise.goal}.{STATUS}")
    if deviation is None:
        if goal is not None and goal.state is State.NOT_APPLICABLE:
            return Answered(Status.DROPPED, f"Målet berör inte verksamheten, enligt {data.key}.", ref)
        return None
    if deviation.text == YES:
        return Answered(Status.UNDERWAY, words, ref)
    over = promise.due is None or promise.due <= data.milestones.period_end
    if deviation.text == NO and over and (promise.due or data.key.kind is Kind.VB):
        return Answered(Status.DONE, words or f"Genomförd enligt planen, enligt {data.key}.", ref)
    return Answered(Status.UNDERWAY, words, ref)


def _by_goal(data: CycleData, promise: Action, ref: str) -> Answered | None:
    """An expected result is the year's: it is settled by the year's last report, where it is met in full."""
    status = data.answer(promise.subunit, f"{promise.goal}.{STATUS}")
    if status is None:
        return None
    if status.state is State.NOT_APPLICABLE:
        return Answered(Status.DROPPED, f"Målet berör inte verksamheten, enligt {data.key}.", ref)
    words = status.text or ""
    if data.key.kind is Kind.VB and words == ATTAINMENT_SWEDISH[Attainment.FULL]:
        return Answered(Status.DONE, f"{words} enligt {data.key}.", ref)
    return Answered(Status.UNDERWAY, words, ref)
