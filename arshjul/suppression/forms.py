"""What a form may show of earlier periods: the unit's values, and a sub-unit's own, where they tell nothing
of a small group, in its own sheet or another's.

The sheets of all sub-units are taken together: whoever sees two of them can reckon. Called when forms are
made. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from arshjul.catalogue import Measure
from arshjul.history import WHOLE_UNIT, EarlierText, EarlierValue, History
from arshjul.numbers import format_quantity
from arshjul.suppression.frames import Base, Frame, Place, figures_of, is_small
from arshjul.suppression.gathering import bases_of, decide, fitting, in_year, released_frames
from arshjul.suppression.marking import part_cost
from arshjul.suppression.mentions import Nearness, Subject, mentions_in, replaced
from arshjul.suppression.outcome import WITHHELD_TEXT
from arshjul.suppression.register import Release, cell_name

_UNIT_COST = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """The history as forms may show it, and the cells that they then show, printed."""

    history: History
    cells: Mapping[str, str]


def presentable(
    history: History,
    measures: Mapping[str, Measure],
    titles: Mapping[str, str],
    names: Mapping[str, tuple[str, ...]],
    periods: Sequence[str],
    released: Sequence[Release],
) -> Shown:
    """The history of `periods`, the only ones that forms look at, with what may not be shown marked.

    `measures` and `titles` are by indicator, `names` the sub-units' names by scope.
    """
    hidden: set[str] = set()
    cells: dict[str, str] = {}
    for indicator, measure in measures.items():
        if measure.people:
            for period in periods:
                withheld, shown = _decide(indicator, measure, period, history, released)
                hidden |= withheld
                cells |= shown
    values = tuple(
        replace(value, withheld=True) if _cell(value) in hidden else value for value in history.values
    )
    subjects = [
        Subject(id_, titles.get(id_, id_), titles.get(id_, id_), measure, {})
        for id_, measure in measures.items()
        if measure.people
    ]
    in_periods = {period: _with_values(subjects, history.values, period) for period in periods}
    texts = tuple(
        _without(text, in_periods[text.period], hidden, names) if text.period in in_periods else text
        for text in history.texts
    )
    return Shown(History(values, texts), cells)


def _decide(
    indicator: str, measure: Measure, period: str, history: History, released: Sequence[Release]
) -> tuple[frozenset[str], dict[str, str]]:
    """The cells of one indicator and period that forms may not show, and those they do."""
    known = bases_of(indicator, period, history.values)
    whole = {place: base for place, base in known.items() if place[0] == WHOLE_UNIT}
    bases = fitting({p: b for p, b in known.items() if p not in whole}, measure, dict(sorted(whole.items())))
    if not known:
        return frozenset(), {}
    near = dict.fromkeys([period, *(r.period for r in released if in_year(r.period, period))])
    frames = [*released_frames(indicator, released, history.values, list(near))]
    costs = {place: _UNIT_COST if place in whole else part_cost(base.number) for place, base in known.items()}
    decided = decide(indicator, measure, [*frames, Frame(period, bases, costs=costs, name="forms")])
    small = {
        cell_name(indicator, *place, period)
        for place, figure in figures_of(bases, measure.method).items()
        if is_small(figure, measure)
    }
    shown = {
        name: format_quantity(base.number, measure.unit, measure.decimals)
        for place, base in known.items()
        if (name := cell_name(indicator, *place, period)) not in decided.withheld
    }
    return decided.withheld | small, shown


def _cell(value: EarlierValue) -> str:
    return cell_name(value.indicator, value.scope, value.sex, value.period)


def _with_values(subjects: Iterable[Subject], values: Iterable[EarlierValue], period: str) -> list[Subject]:
    """The subjects with all that is known of them in a period, given or reckoned."""
    known: dict[str, dict[Place, Base]] = {}
    for value in values:
        if value.period == period:
            base = Base(value.number, value.respondents)
            known.setdefault(value.indicator, {})[value.scope, value.sex] = base
    found = []
    for subject in subjects:
        given = known.get(subject.id, {})
        figures = figures_of(given, subject.measure.method)
        bases = {
            place: given.get(place) or Base(_decimal(figure.number), figure.respondents)
            for place, figure in figures.items()
        }
        found.append(replace(subject, values=bases))
    return found


def _without(
    text: EarlierText,
    subjects: Iterable[Subject],
    hidden: set[str],
    names: Mapping[str, tuple[str, ...]],
) -> EarlierText:
    """An earlier text without the figures that may not be shown."""
    asked = [
        (subject, Nearness.ABOUT_IT if text.field.startswith(f"{subject.id}.") else Nearness.ELSEWHERE)
        for subject in subjects
    ]
    spans = [
        (mention.start, mention.end)
        for mention in mentions_in(text.text, asked, text.scope, dict(names))
        if any(cell_name(mention.subject, *place, text.period) in hidden for place in mention.places)
    ]
    return replace(text, text=replaced(text.text, spans, WITHHELD_TEXT)) if spans else text


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
