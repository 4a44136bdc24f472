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
from arshjul.catalogue import Measure, Method, Sex, Span
from arshjul.compilation.value_rows import ValueRow, values_of
from arshjul.compilation.withholding import Figure, withhold
from arshjul.cycle_data import CycleData, OtherUnit
from arshjul.form_questions import COMMENT, STATE, STATUS
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import format_quantity
from arshjul.plan import Goal, Indicator
from arshjul.values import COLUMNS, EXACT, unit_figures, with_totals

_GROUPS_FOR_TWO_MEANS = 5


@dataclass(frozen=True, slots=True)
class PartResult:
    """One sub-unit's part of an indicator: a state, figures by sex, and the comment.

    `origin` is the system and month of a value that was not asked for ("HR-systemet per 2026-08"); `dispute`
    is why the sub-unit says that such a value is wrong, and then the state is DISPUTED and the value stands.
    """

    scope: str
    state: State
    figures: Mapping[Sex, Figure]
    comment: str | None
    as_of: str = ""
    origin: str = ""
    dispute: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """An earlier value: "T2 2025" and the unit's figure then."""

    period: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """The unit's value of one indicator and everything it is held against.

    `asked`: this kind of report asks for it. `groups` is the number of sub-units in the value. A withheld
    value neither meets nor misses its target: that would tell where it lies. `as_of` is the month that the
    value holds for ("2026-08"), the earliest where sub-units differ; `weighted` the mean by respondents,
    where every sub-unit told them (show `beside`); `others` what other units have released of the same.
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
    as_of: str = ""
    weighted: Decimal | None = None
    others: tuple[OtherUnit, ...] = ()

    @property
    def beside(self) -> Decimal | None:
        """The mean by respondents, to stand beside a plain mean of groups of different size.

        Of people only with five groups or more: two means of few groups give away what each group answered.
        """
        total = self.figures.get(Sex.TOTAL)
        plain = self.measure.method is Method.MEAN and total is not None and not total.withheld
        if not plain or (self.measure.people and self.groups < _GROUPS_FOR_TWO_MEANS):
            return None
        return self.weighted

    @property
    def note(self) -> str:
        """What a reader must know of how the value was made, a Swedish sentence; empty where nothing."""
        if self.measure.method is not Method.MEAN or self.groups < 2 or self.number is None:
            return ""
        plain = f"Värdet är ett rakt medelvärde av {self.groups} verksamheter, som kan vara olika stora."
        if self.beside is None:
            return plain
        weighed = format_quantity(self.beside, self.measure.unit, self.measure.decimals)
        return f"{plain} Räknat på alla svarande är det {weighed}."

    @property
    def disputed(self) -> tuple[PartResult, ...]:
        """The sub-units that say that their value is wrong."""
        return tuple(part for part in self.parts if part.dispute)

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
    values = with_totals(_frame(values_of(data, measures)), methods)
    whole = unit_figures(values, methods)
    of_unit = _by_sex(whole, ["indicator"]) | _told_of_the_unit(data)
    totals = whole[whole["sex"] == Sex.TOTAL].set_index("indicator")
    groups, weighted = totals["groups"].to_dict(), totals["weighted"].to_dict()
    of_scope = _by_sex(values, ["indicator", "scope"])
    periods = data.kind.compared_periods(data.key.year)
    earlier = _earlier(data, periods, methods)
    for goal, indicator in data.plan.indicators():
        measure = measures[indicator.id]
        asked = data.kind.asks_indicators and data.key.kind in measure.asked_in
        unheld = of_unit.get((indicator.id,), {})
        if measure.span is Span.CHANGE and data.given.value(WHOLE_UNIT, indicator.id) is None:
            unheld = _changed(data, indicator.id, unheld, earlier.get(periods[0], {}) if periods else {})
        figures = withhold(unheld, measure)
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
            as_of=_as_of(data, indicator.id, parts),
            weighted=None if pd.isna(mean := weighted.get(indicator.id, pd.NA)) else mean,
            others=data.others.get(indicator.id, ()),
        )


def _told_of_the_unit(data: CycleData) -> dict[tuple[str, ...], dict[Sex, Figure]]:
    """What a source tells of the unit as a whole goes before what its sub-units make."""
    found: dict[tuple[str, ...], dict[Sex, Figure]] = {}
    for value in data.given.values:
        if value.scope == WHOLE_UNIT:
            found.setdefault((value.field,), {})[value.sex] = Figure(value.number, value.respondents)
    return found


def _changed(
    data: CycleData, indicator: str, figures: Mapping[Sex, Figure], before: Mapping[str, Figure]
) -> dict[Sex, Figure]:
    """The change since last year, for everybody; what a source gave as a change is one already."""
    total = figures.get(Sex.TOTAL)
    if any(data.given.value(subunit.code, indicator) for subunit in data.asked_subunits):
        return dict(figures)
    if total is None or indicator not in before:
        return {}
    return {Sex.TOTAL: Figure(total.number - before[indicator].number, total.respondents)}


def _as_of(data: CycleData, indicator: str, parts: tuple[PartResult, ...]) -> str:
    told = data.given.value(WHOLE_UNIT, indicator)
    months = {part.as_of for part in parts if part.as_of}
    return told.as_of if told else min(months, default="")


def _met(
    figures: Mapping[Sex, Figure], target: str | None, measure: Measure, before: Figure | None
) -> bool | None:
    total = figures.get(Sex.TOTAL)
    if total is None or total.withheld:
        return None
    return meets(total.number, target, measure, before.number if before and not before.withheld else None)


def _frame(rows: Iterable[ValueRow]) -> pd.DataFrame:
    listed = [tuple(pd.NA if cell is None else cell for cell in row) for row in rows]
    return pd.DataFrame(listed, columns=[*COLUMNS, *EXACT], dtype=object)


def _by_sex(frame: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], dict[Sex, Figure]]:
    found: dict[tuple[str, ...], dict[Sex, Figure]] = {}
    columns = (frame[column] for column in ("sex", "number", "respondents", *keys))
    for sex, number, people, *key in zip(*columns, strict=True):
        respondents = None if pd.isna(people) else int(people)
        found.setdefault(tuple(key), {})[sex] = Figure(number, respondents)
    return found


def _earlier(
    data: CycleData, periods: Iterable[str], methods: Mapping[str, Method]
) -> dict[str, dict[str, Figure]]:
    """The unit's values of earlier periods: as kept, or made of the sub-units' values.

    All periods go through one frame, each with indicators of its own: a frame costs more than its rows.
    """
    found: dict[str, dict[str, Figure]] = {period: {} for period in periods}
    values = [v for v in data.history.values if v.period in found and v.indicator in methods]
    rows = [
        ValueRow(f"{v.period}|{v.indicator}", v.scope, v.sex, v.number, v.respondents)
        for v in values
        if v.scope != WHOLE_UNIT
    ]
    if rows:
        by_period = {f"{period}|{id_}": method for period in found for id_, method in methods.items()}
        made = _by_sex(unit_figures(with_totals(_frame(rows), by_period), by_period), ["indicator"])
        for (name,), figures in made.items():
            period, _, indicator = name.partition("|")
            found[period][indicator] = figures[Sex.TOTAL]
    for value in values:
        if value.scope == WHOLE_UNIT and value.sex is Sex.TOTAL:
            found[value.period][value.indicator] = Figure(value.number, value.respondents)
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
        given = data.given.value(subunit.code, indicator.id)
        dispute = data.dispute(subunit.code, indicator.id) if given else None
        if figures:
            held = figures[Sex.TOTAL].withheld
            state = State.SUPPRESSED if held else State.DISPUTED if dispute else State.VALUE
        else:
            state = _why_without_value(data, subunit.code, goal, indicator)
        period_end = data.milestones.period_end
        asked_of = f"{period_end.year}-{period_end.month:02}" if figures else ""
        yield PartResult(
            scope=subunit.code,
            state=state,
            figures=figures,
            comment=comment.text if comment else None,
            as_of=given.as_of if given else asked_of,
            origin=given.origin if given else "",
            dispute=dispute,
        )


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
