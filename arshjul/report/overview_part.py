"""The overview of a report: how far the goals are met, and the charts.

No chart shows a sub-unit's own value on people; what is withheld is in none. Called by
`arshjul.report.building`. Pure.
"""

from collections.abc import Iterator

from arshjul.answers import State
from arshjul.catalogue import Method, PrintedTarget, Sex, read_target
from arshjul.compilation import Compiled, IndicatorResult
from arshjul.numbers import round_half_up
from arshjul.report.blocks import Block, Figure
from arshjul.report.charts import Bar, Pair, Target, bars_against_target, pairs
from arshjul.report.goal_part import shows_status
from arshjul.report.goals_figure import GoalStatus, goals_overview
from arshjul.report.indicator_tables import STATE_WORDS


def overview_blocks(compiled: Compiled) -> Iterator[Block]:
    """The goals with their status, the sexes side by side, one indicator sub-unit by sub-unit."""
    decided = [
        GoalStatus(r.goal.level, r.goal.title, r.decided, r.goal.number)
        for r in compiled.goals.values()
        if r.decided is not None and shows_status(compiled, r)
    ]
    if decided:
        yield goals_overview("Måluppfyllelse", decided)
    values = [
        Pair(
            r.indicator.name,
            round_half_up(women, r.measure.decimals),
            round_half_up(men, r.measure.decimals),
        )
        for r in compiled.indicators.values()
        if r.measure.unit == "%"
        and (women := r.shown(Sex.WOMEN)) is not None
        and (men := r.shown(Sex.MEN)) is not None
    ]
    if values:
        yield pairs("Resultat för kvinnor och män", values, ("Kvinnor", "Män"), "%")
    for result, aim in _best_for_bars(compiled):
        yield _bars(compiled, result, aim)


def _best_for_bars(compiled: Compiled) -> list[tuple[IndicatorResult, PrintedTarget]]:
    """The first indicator that is not about people and has values of most sub-units and a target."""
    fit = [
        (r, aim)
        for r in compiled.indicators.values()
        if not r.measure.people
        and r.groups >= 3
        and (aim := read_target(r.indicator.target)) is not None
        and aim.number is not None
    ]
    fit.sort(key=lambda one: (one[0].measure.method is Method.SUM, -one[0].groups))
    return fit[:1]


def _bars(compiled: Compiled, result: IndicatorResult, aim: PrintedTarget) -> Figure:
    """One bar a sub-unit, as long as what is written beside it; a sum has no target of its own for each."""
    measure = result.measure
    bars = [
        Bar(name, round_half_up(part.figures[Sex.TOTAL].number, measure.decimals))
        if part.state is State.VALUE and not part.figures[Sex.TOTAL].withheld
        else Bar(name, None, STATE_WORDS[State.SUPPRESSED if part.state is State.VALUE else part.state])
        for part in result.parts
        for name in (compiled.data.scope_name(part.scope),)
    ]
    target = None
    if measure.method is not Method.SUM and result.number is not None and aim.number is not None:
        bars.append(
            Bar(compiled.data.whole_words, round_half_up(result.number, measure.decimals), total=True)
        )
        target = Target("Årsmål", aim.number, aim.low_is_good(measure))
    title = f"{result.indicator.name} per {compiled.data.part_words[0]}"
    return bars_against_target(title, bars, measure.unit, target, measure.decimals)
