"""The unit's figures: each indicator's value, what it is held against, and each sub-unit's part in it.

Frames of values are reckoned in `arshjul.values`; what may not be shown is marked in `withholding`.
Called by `goals`. Pure (pandas).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from arshjul.answers import State
from arshjul.attainment import meets
from arshjul.catalogue import Measure, Method, Sex
from arshjul.compilation.withholding import Figure, withhold
from arshjul.cycle_data import CycleData
from arshjul.form_questions import COMMENT, RESPONDENT_PARTS, STATE, STATUS
from arshjul.history import WHOLE_UNIT
from arshjul.plan import Goal, Indicator
from arshjul.values import COLUMNS, unit_figures, with_totals


@dataclass(frozen=True, slots=True)
class PartResult:
    """One sub-unit's part of an indicator: a state, figures by sex, and the comment."""

    scope: str
    state: State
    figures: Mapping[Sex, Figure]
    comment: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """An earlier value: "T2 2025" and the unit's figure then."""

    period: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """The unit's value of one indicator and everything it is held against.

    `asked`: this kind of report asks for it. `groups` is the number of sub-units in the value. A withheld
    value neither meets nor misses its target: that would tell where it lies.
    """

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

    def shown(self, sex: Sex) -> Decimal | None:
        """The unit's value for that sex where there is one that may be shown."""
        figure = self.figures.get(sex)
        return None if figure is None or figure.withheld else figure.number

    @property
    def target(self) -> str | None:
        """The printed target that counts: the unit's own, else the council's."""
        return self.indicator.target or self.indicator.council_target

    @property
    def met_target(self) -> bool | None:
        """Whether `target` is met."""
        return self.met if self.indicator.target else self.met_council

    @property
    def number(self) -> Decimal | None:
        """The unit's value for everybody, where there is one that may be shown."""
        return self.shown(Sex.TOTAL)


def indicator_results(data: CycleData) -> Iterator[IndicatorResult]:
    """Every indicator of the plan, in its order."""
    measures = {indicator.id: data.measure(indicator) for _, indicator in data.plan.indicators()}
    methods = {indicator: measure.method for indicator, measure in measures.items()}
    values = with_totals(_frame(_answered(data)), methods)
    whole = unit_figures(values, methods)
    of_unit = _by_sex(whole, ["indicator"])
    totals = whole[whole["sex"] == Sex.TOTAL]
    groups = dict(zip(totals["indicator"], totals["groups"], strict=True))
    of_scope = _by_sex(values, ["indicator", "scope"])
    periods = data.kind.compared_periods(data.key.year)
    earlier = {period: _earlier(data, period, methods) for period in periods}
    for goal, indicator in data.plan.indicators():
        measure = measures[indicator.id]
        asked = data.kind.asks_indicators and data.key.kind in measure.asked_in
        figures = withhold(of_unit.get((indicator.id,), {}), measure)
        parts = tuple(_parts(data, goal, indicator, measure, of_scope))
        compared = tuple(
            Compared(period, withhold({Sex.TOTAL: earlier[period][indicator.id]}, measure)[Sex.TOTAL])
            for period in periods
            if indicator.id in earlier[period]
        )
        before = next((c.figure for c in compared if c.period == periods[0]), None)
        yield IndicatorResult(
            goal=goal,
            indicator=indicator,
            measure=measure,
            asked=asked,
            state=_state(figures, parts, asked=asked),
            figures=figures,
            groups=int(groups.get(indicator.id, 0)),
            compared=compared,
            met=_met(figures, indicator.target, measure, before),
            met_council=_met(figures, indicator.council_target, measure, before),
            parts=parts,
        )


def _met(
    figures: Mapping[Sex, Figure], target: str | None, measure: Measure, before: Figure | None
) -> bool | None:
    total = figures.get(Sex.TOTAL)
    if total is None or total.withheld:
        return None
    return meets(total.number, target, measure, before.number if before and not before.withheld else None)


Row = tuple[str, str, Sex, Decimal, int | None]  # a row of `arshjul.values`


def _answered(data: CycleData) -> Iterator[Row]:
    """Every value of the sub-units that were asked and have answered."""
    for subunit in data.asked_subunits:
        for _, indicator in data.plan.indicators():
            for sex in Sex:
                answer = data.answer(subunit.code, f"{indicator.id}.{sex}")
                if answer is not None and answer.number is not None:
                    count = data.answer(subunit.code, f"{indicator.id}.{RESPONDENT_PARTS[sex]}")
                    respondents = None if count is None or count.number is None else int(count.number)
                    yield indicator.id, subunit.code, sex, answer.number, respondents


def _frame(rows: Iterable[Row]) -> pd.DataFrame:
    listed = [(*row[:4], pd.NA if row[4] is None else row[4]) for row in rows]
    return pd.DataFrame(listed, columns=list(COLUMNS)).astype({"number": object, "respondents": object})


def _by_sex(frame: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], dict[Sex, Figure]]:
    found: dict[tuple[str, ...], dict[Sex, Figure]] = {}
    for row in frame.to_dict("records"):
        respondents = None if pd.isna(row["respondents"]) else int(row["respondents"])
        figures = found.setdefault(tuple(row[key] for key in keys), {})
        figures[row["sex"]] = Figure(row["number"], respondents)
    return found


def _earlier(data: CycleData, period: str, methods: Mapping[str, Method]) -> dict[str, Figure]:
    """The unit's values of an earlier period: as kept, or made of the sub-units' values."""
    values = [v for v in data.history.values if v.period == period and v.indicator in methods]
    rows = [(v.indicator, v.scope, v.sex, v.number, v.respondents) for v in values if v.scope != WHOLE_UNIT]
    found: dict[str, Figure] = {}
    if rows:
        made = _by_sex(unit_figures(with_totals(_frame(rows), methods), methods), ["indicator"])
        found = {indicator: figures[Sex.TOTAL] for (indicator,), figures in made.items()}
    for value in values:
        if value.scope == WHOLE_UNIT and value.sex is Sex.TOTAL:
            found[value.indicator] = Figure(value.number, value.respondents)
    return found


def _parts(
    data: CycleData,
    goal: Goal,
    indicator: Indicator,
    measure: Measure,
    of_scope: Mapping[tuple[str, ...], Mapping[Sex, Figure]],
) -> Iterator[PartResult]:
    for subunit in data.asked_subunits:
        if not measure.asks(data.key.kind, subunit.code):
            continue
        comment = data.answer(subunit.code, f"{indicator.id}.{COMMENT}")
        figures = withhold(of_scope.get((indicator.id, subunit.code), {}), measure)
        if figures:
            state = State.SUPPRESSED if figures[Sex.TOTAL].withheld else State.VALUE
        else:
            state = _why_without_value(data, subunit.code, goal, indicator)
        yield PartResult(subunit.code, state, figures, comment.text if comment else None)


def _why_without_value(data: CycleData, scope: str, goal: Goal, indicator: Indicator) -> State:
    if scope not in data.submissions:
        return State.NOT_ANSWERED
    given = data.answer(scope, f"{indicator.id}.{STATE}")
    if given is not None:
        return given.state
    status = data.answer(scope, f"{goal.id}.{STATUS}")
    aside = status is not None and status.state is State.NOT_APPLICABLE
    return State.NOT_APPLICABLE if aside else State.NO_DATA


def _state(figures: Mapping[Sex, Figure], parts: tuple[PartResult, ...], *, asked: bool) -> State:
    """One state for the unit: those whom it does not concern have no say, the others' when they agree."""
    total = figures.get(Sex.TOTAL)
    if total is not None:
        return State.SUPPRESSED if total.withheld else State.VALUE
    if not asked:
        return State.NOT_MEASURED
    states = {part.state for part in parts}
    concerned = states - {State.NOT_APPLICABLE} or states
    return concerned.pop() if len(concerned) == 1 else State.NO_DATA
