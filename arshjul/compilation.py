"""Compiling a cycle: the unit's figures, the sub-units' texts and judgements, goal by goal.

Takes `CycleData`, gives `Compiled`: what the report builder prints and the review examines. States are
explicit: no data, not measured, not applicable and not answered are never zero. Pure (pandas).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from arshjul.answers import State
from arshjul.attainment import Proposal, Weighed, meets, propose
from arshjul.catalogue import Measure, Sex
from arshjul.cycle_data import Counted, CycleData
from arshjul.form import NOT_APPLICABLE
from arshjul.history import WHOLE_UNIT
from arshjul.plan import ATTAINMENT_SWEDISH, Activity, Attainment, Goal, Indicator
from arshjul.values import COLUMNS, unit_figures, with_totals

_ATTAINMENT = {swedish: attainment for attainment, swedish in ATTAINMENT_SWEDISH.items()}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the respondents behind it, where they are known; `withheld` on too few."""

    number: Decimal
    respondents: int | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class PartResult:
    """One sub-unit's part of an indicator: a state, figures by sex, and the comment."""

    scope: str
    state: State
    figures: Mapping[Sex, Figure]
    comment: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """An earlier value: "T2 2025" and the number."""

    period: str
    number: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """The unit's value of one indicator and everything it is held against."""

    goal: Goal
    indicator: Indicator
    measure: Measure
    asked: bool
    state: State
    figures: Mapping[Sex, Figure]
    groups: int
    compared: tuple[Compared, ...]
    met: bool | None
    met_council: bool | None
    parts: tuple[PartResult, ...]

    @property
    def number(self) -> Decimal | None:
        """The unit's value for everybody, where there is one."""
        figure = self.figures.get(Sex.TOTAL)
        return None if figure is None or figure.withheld else figure.number


@dataclass(frozen=True, slots=True)
class SubunitText:
    """A sub-unit's analysis of a goal and its judgement; not `applicable` where it does not concern them."""

    scope: str
    attainment: Attainment | None
    applicable: bool
    text: str | None
    ref: str


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal with what the sub-units wrote, the proposal and the manager's word."""

    goal: Goal
    texts: tuple[SubunitText, ...]
    proposal: Proposal
    decided: Attainment | None
    synthesis: str


@dataclass(frozen=True, slots=True)
class ActivityPart:
    scope: str
    deviation: bool | None
    comment: str | None
    ref: str


@dataclass(frozen=True, slots=True)
class ActivityResult:
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


def compile_cycle(data: CycleData) -> Compiled:
    """The whole cycle from the submissions that count."""
    indicators = {result.indicator.id: result for result in _indicators(data)}
    return Compiled(
        data=data,
        goals={goal.id: _goal(data, goal, indicators) for goal in asked_goals(data)},
        indicators=indicators,
        activities={
            activity.id: ActivityResult(goal, activity, tuple(_activity_parts(data, activity)))
            for goal, activity in data.plan.activities()
        },
    )


def asked_goals(data: CycleData) -> list[Goal]:
    """The goals that this kind of report asks status and analysis for."""
    return [goal for goal in data.plan.walk() if goal.level in data.kind.goal_levels]


def _subunits(data: CycleData) -> list[tuple[str, Counted]]:
    codes = {subunit.code for subunit in data.unit.subunits}
    return [(s, data.submissions[s]) for s in data.expected if s in codes and s in data.submissions]


def values_frame(data: CycleData) -> pd.DataFrame:
    """Every answered value of the cycle as `arshjul.values` wants it."""
    rows = []
    for scope, counted in _subunits(data):
        for _, indicator in data.plan.indicators():
            for sex in Sex:
                answer = counted.answers.get(f"{indicator.id}.{sex}")
                if answer is not None and answer.number is not None:
                    asked = "respondents" if sex is Sex.TOTAL else f"{sex}_respondents"
                    respondents = counted.answers.get(f"{indicator.id}.{asked}")
                    known = respondents is not None and respondents.number is not None
                    count = (
                        int(respondents.number)
                        if known and respondents and respondents.number is not None
                        else pd.NA
                    )
                    rows.append((indicator.id, scope, sex, answer.number, count))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"number": object, "respondents": object})


def _indicators(data: CycleData) -> Iterator[IndicatorResult]:
    measures = {i.id: data.measure(i) for _, i in data.plan.indicators()}
    methods = {indicator: measure.method for indicator, measure in measures.items()}
    values = with_totals(values_frame(data), methods)
    figures = unit_figures(values, methods)
    rows: list[dict[Any, Any]] = figures.to_dict("records")
    groups = {(row["indicator"], row["sex"]): int(row["groups"]) for row in rows}
    of_unit = _by_key(figures, ["indicator"])
    of_scope = _by_key(values, ["indicator", "scope"])
    for goal, indicator in data.plan.indicators():
        measure = measures[indicator.id]
        found = _withhold(of_unit.get((indicator.id,), {}), measure)
        parts = tuple(_parts(data, indicator, measure, of_scope))
        asked = any(measure.asks(data.key.kind, s.code) for s in data.unit.subunits)
        total = found.get(Sex.TOTAL)
        compared = tuple(_compared(data, indicator))
        same_period = compared[0].number if compared else None
        yield IndicatorResult(
            goal=goal,
            indicator=indicator,
            measure=measure,
            asked=asked,
            state=_state(found, parts, asked),
            figures=found,
            groups=groups.get((indicator.id, Sex.TOTAL), 0),
            compared=compared,
            met=meets(total.number, indicator.target, measure, same_period) if total else None,
            met_council=meets(total.number, indicator.council_target, measure, same_period)
            if total
            else None,
            parts=parts,
        )


def _by_key(frame: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], dict[Sex, Figure]]:
    found: dict[tuple[str, ...], dict[Sex, Figure]] = {}
    for row in frame.to_dict("records"):
        respondents = None if pd.isna(row["respondents"]) else int(row["respondents"])
        found.setdefault(tuple(row[key] for key in keys), {})[row["sex"]] = Figure(row["number"], respondents)
    return found


def _withhold(figures: Mapping[Sex, Figure], measure: Measure) -> dict[Sex, Figure]:
    """Withheld where too few answered; one sex is never shown when the other is withheld."""
    if not measure.people:
        return dict(figures)
    small = {
        sex
        for sex, f in figures.items()
        if f.respondents is not None and f.respondents < measure.smallest_group
    }
    if small & {Sex.WOMEN, Sex.MEN}:
        small |= {Sex.WOMEN, Sex.MEN}
    return {sex: Figure(f.number, f.respondents, sex in small) for sex, f in figures.items()}


def _state(figures: Mapping[Sex, Figure], parts: tuple[PartResult, ...], asked: bool) -> State:
    total = figures.get(Sex.TOTAL)
    if total is not None:
        return State.SUPPRESSED if total.withheld else State.VALUE
    if not asked:
        return State.NOT_MEASURED
    states = {part.state for part in parts}
    for state in (State.NO_DATA, State.NOT_MEASURED, State.NOT_APPLICABLE):
        if states == {state}:
            return state
    return State.NOT_ANSWERED if not states - {State.NOT_ANSWERED} else State.NO_DATA


def _parts(
    data: CycleData,
    indicator: Indicator,
    measure: Measure,
    of_scope: Mapping[tuple[str, ...], Mapping[Sex, Figure]],
) -> Iterator[PartResult]:
    for subunit in data.unit.subunits:
        if subunit.code not in data.expected or not measure.asks(data.key.kind, subunit.code):
            continue
        figures = of_scope.get((indicator.id, subunit.code))
        comment = data.answer(subunit.code, f"{indicator.id}.comment")
        given = data.answer(subunit.code, f"{indicator.id}.state")
        if figures:
            withheld = _withhold(figures, measure)
            state = State.SUPPRESSED if withheld[Sex.TOTAL].withheld else State.VALUE
        else:
            withheld = {}
            answered = subunit.code in data.submissions
            state = given.state if given else (State.NO_DATA if answered else State.NOT_ANSWERED)
        yield PartResult(subunit.code, state, withheld, comment.text if comment else None)


def _compared(data: CycleData, indicator: Indicator) -> Iterator[Compared]:
    """The unit's values of earlier periods: as kept, or made of the sub-units' values."""
    measure = data.measure(indicator)
    for period in data.kind.compared_periods(data.key.year):
        kept = data.history.value([period], WHOLE_UNIT, indicator.id)
        if kept is not None:
            yield Compared(period, kept.number)
            continue
        rows = [
            (v.indicator, v.scope, v.sex, v.number, pd.NA if v.respondents is None else v.respondents)
            for v in data.history.values
            if v.period == period and v.indicator == indicator.id
        ]
        if rows:
            methods = {indicator.id: measure.method}
            frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
                {"number": object, "respondents": object}
            )
            figures = unit_figures(with_totals(frame, methods), methods)
            total = figures.loc[figures["sex"] == Sex.TOTAL, "number"]
            if len(total):
                yield Compared(period, total.iloc[0])


def _goal(data: CycleData, goal: Goal, indicators: Mapping[str, IndicatorResult]) -> GoalResult:
    texts = tuple(_texts(data, goal))
    weighed = [
        Weighed(
            i.name,
            result.number,
            i.target or i.council_target,
            result.measure,
            result.met if i.target else result.met_council,
        )
        for i in goal.indicators
        if (result := indicators[i.id]).number is not None
    ]
    statuses = [text.attainment for text in texts if text.attainment is not None]
    judged = data.judgements.get(goal.id)
    return GoalResult(
        goal=goal,
        texts=texts,
        proposal=propose(weighed, statuses),
        decided=judged.attainment if judged else None,
        synthesis=judged.synthesis if judged else "",
    )


def _texts(data: CycleData, goal: Goal) -> Iterator[SubunitText]:
    for scope, counted in _subunits(data):
        status = counted.answers.get(f"{goal.id}.status")
        analysis = counted.answers.get(f"{goal.id}.analysis")
        if status is None and analysis is None:
            continue
        applicable = status is None or (
            status.state is not State.NOT_APPLICABLE and status.text != NOT_APPLICABLE
        )
        word = status.text if status and status.text else ""
        attainment = Attainment.NO_DATA if status and status.state is State.NO_DATA else _ATTAINMENT.get(word)
        yield SubunitText(
            scope=scope,
            attainment=attainment if applicable else None,
            applicable=applicable,
            text=analysis.text if analysis else None,
            ref=counted.ref,
        )


def _activity_parts(data: CycleData, activity: Activity) -> Iterator[ActivityPart]:
    for scope, counted in _subunits(data):
        deviation = counted.answers.get(f"{activity.id}.deviation")
        comment = counted.answers.get(f"{activity.id}.comment")
        if deviation is not None or comment is not None:
            said = {"Ja": True, "Nej": False}.get(deviation.text or "") if deviation else None
            yield ActivityPart(scope, said, comment.text if comment else None, counted.ref)
