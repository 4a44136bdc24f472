"""Deciding, subject by subject, what a compiled cycle may show: indicators on people, and counted questions.

Called by `arshjul.suppression.compiled`. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from arshjul.catalogue import Measure, Method, Sex
from arshjul.cycle_data import CycleData
from arshjul.form import FieldKind
from arshjul.history import WHOLE_UNIT
from arshjul.report_kinds import Question
from arshjul.suppression.frames import Base, Frame, Place, figures_of
from arshjul.suppression.gathering import (
    Decided,
    bases_of,
    decide,
    fitting,
    in_year,
    released_frames,
    shown_in_forms,
)
from arshjul.suppression.register import Release

if TYPE_CHECKING:
    from arshjul.compilation import IndicatorResult

# How much a cell is missed: the whole before its parts, the unit before a sub-unit, now before then.
TOTAL_COST, SEX_COST, THEN_COST, TEXT_COST = 60, 40, 30, 5
_PART_COST, _MOST_FOR_SIZE = 10, 9


def decide_indicator(
    data: CycleData, result: IndicatorResult, released: Iterable[Release], mentioned: Collection[Place]
) -> Decided:
    """The indicator's cells; `mentioned` are sub-units' figures that a text tells."""
    period = str(data.key)
    compared = {one.period: one.figure for one in result.compared}
    released = [*released]
    periods = [*_of_the_year(period, released), *compared]
    history = data.history.values
    frames = [*released_frames(result.indicator.id, released, history, periods)]
    frames.append(_now(period, result, released, mentioned))
    for then, figure in compared.items():
        known = bases_of(result.indicator.id, then, history)
        whole = {(WHOLE_UNIT, Sex.TOTAL): Base(figure.number, figure.respondents)}
        bases = {place: base for place, base in known.items() if place not in whole}
        bases = fitting(bases, result.measure, whole)
        frames.append(Frame(then, bases, costs={(WHOLE_UNIT, Sex.TOTAL): THEN_COST}, name="then"))
    return decide(result.indicator.id, result.measure, frames)


def bases_now(result: IndicatorResult) -> dict[Place, Base]:
    """What this report's figures are made of: answers, by sex if there are any, and figures of their own."""
    bases: dict[Place, Base] = {}
    actual: dict[Place, Base] = {}
    for part in result.parts:
        for sex, figure in part.figures.items():
            answered = sex is not Sex.TOTAL or part.figures.keys() == {Sex.TOTAL}
            (bases if answered else actual)[part.scope, sex] = Base(figure.number, figure.respondents)
    for sex in (Sex.WOMEN, Sex.MEN, Sex.TOTAL):
        if sex in result.figures:
            figure = result.figures[sex]
            actual[WHOLE_UNIT, sex] = Base(figure.number, figure.respondents)
    return fitting(bases, result.measure, actual)


def _now(
    period: str, result: IndicatorResult, released: Iterable[Release], mentioned: Collection[Place]
) -> Frame:
    """This report's own frame, with what the cycle's forms have shown of it."""
    bases = bases_now(result)
    figures = figures_of(bases, result.measure.method)
    costs = {
        (WHOLE_UNIT, sex): TOTAL_COST if sex is Sex.TOTAL else SEX_COST
        for sex in Sex
        if sex in result.figures
    }
    costs |= {place: TEXT_COST for place in mentioned if place in figures and place not in costs}
    shown = shown_in_forms(result.indicator.id, period, released)
    return Frame(period, bases, {p: v for p, v in shown.items() if p in figures}, costs, "now")


def adds_up(question: Question) -> bool:
    """Counts and amounts have a total; shares and averages of sub-units have none."""
    of_parts = "%" in question.unit or " per " in f" {question.unit} "
    return question.kind is FieldKind.NUMBER and not of_parts


def decide_question(data: CycleData, question: Question, released: Iterable[Release]) -> Decided | None:
    """A counted question's cells; None where its counts are events that are always shown."""
    if not question.smallest_count or not adds_up(question):
        return None
    numbers: dict[str, Decimal] = {}
    for scope in data.expected:
        answer = data.answer(scope, question.id)
        if answer is not None and answer.number is not None:
            numbers[scope] = answer.number
    if not numbers:
        return None
    costs = {(scope, Sex.TOTAL): part_cost(number) for scope, number in numbers.items()}
    if len(numbers) > 1:
        costs[WHOLE_UNIT, Sex.TOTAL] = TOTAL_COST
    period = str(data.key)
    bases = {(scope, Sex.TOTAL): Base(number) for scope, number in numbers.items()}
    released = [*released]
    periods = _of_the_year(period, released)
    frames = [*released_frames(question.id, released, data.history.values, periods)]
    return decide(question.id, measure_of(question), [*frames, Frame(period, bases, costs=costs, name="now")])


def measure_of(question: Question) -> Measure:
    """A counted question as a sum with a smallest count of its own."""
    return Measure(
        Method.SUM, question.unit, question.decimals, people=True, smallest_group=question.smallest_count
    )


def part_cost(number: Decimal) -> int:
    """A small count is missed less than a large one."""
    return _PART_COST + min(int(abs(number)), _MOST_FOR_SIZE)


def _of_the_year(period: str, released: Iterable[Release]) -> list[str]:
    """The period itself and those of the same year that something has been released of."""
    names: Mapping[str, None] = dict.fromkeys(
        [period, *(release.period for release in released if in_year(period, release.period))]
    )
    return list(names)
