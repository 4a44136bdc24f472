"""Frames as linear systems: what an outsider can write down who knows the answers' form but not the answers.

The strongest outsider is assumed: she knows who was asked and how many answered, which answers are the same
as in an earlier version, and that a count from January never falls. Called by `deciding`. Pure.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from arshjul.catalogue import Measure, Method
from arshjul.numbers import decimals_of, parse_quantity, round_half_up
from arshjul.suppression.frames import Frame, Made, Place, figures_of, is_small
from arshjul.suppression.reach import Span
from arshjul.suppression.system import Cell, Key, Secret, System, Terms

_HALF, _HUNDRED, _NOUGHT = Fraction(1, 2), Fraction(100), Fraction(0)
_KINDS = ("T1", "T2", "VB")  # the reports of a year that count from January


def systems_of(measure: Measure, frames: Sequence[Frame]) -> tuple[System, ...]:
    """The indicator as a system of values, and for a share of people also one of whole persons.

    Empty where nothing in the frames is small.
    """
    ordered = sorted(frames, key=_order)
    figures = [figures_of(frame.bases, measure.method) for frame in ordered]
    if not any(is_small(figure, measure) for made in figures for figure in made.values()):
        return ()
    table = _Unknowns(measure, ordered)
    cells: dict[str, Cell] = {}
    secrets: dict[tuple[tuple[Key, Fraction], ...], Secret] = {}
    for frame, made in zip(ordered, figures, strict=True):
        for place, figure in made.items():
            terms = table.terms(frame, figure)
            if place in frame.shown or place in frame.costs:
                low, high = _printed(measure, figure, frame.shown.get(place))
                cells[frame.cell(place)] = Cell(terms, low, high)
            if is_small(figure, measure) and (room := table.room(figure)):
                secrets.setdefault(tuple(terms.items()), Secret(frame.cell(place), terms, room))
    values = System(table.spans, cells, tuple(secrets.values()))
    persons = _in_persons(measure, values, table)
    return (values, persons) if persons else (values,)


def _order(frame: Frame) -> tuple[str, int, str]:
    kind, _, year = frame.period.partition(" ")
    return year, _KINDS.index(kind) if kind in _KINDS else len(_KINDS), frame.name


class _Unknowns:
    """The unknowns that the answers are: one for each answer that is its own."""

    def __init__(self, measure: Measure, frames: Sequence[Frame]) -> None:
        self.measure = measure
        self.spans: dict[Key, Span] = {}
        self.weights: dict[Key, int] = {}
        self.decimals = 0
        numbers = [base.number for frame in frames for base in frame.bases.values()]
        most = Decimal(measure.maximum or (100 if measure.unit == "%" else 0))
        self._sum = measure.method is Method.SUM
        self._low = Fraction(0) if min(numbers) >= 0 else None
        self._high = Fraction(most) if most and max(numbers) <= most and not self._sum else None
        self._scale = self._high or Fraction(max(abs(number) for number in numbers)) or Fraction(1)
        self._bases: dict[tuple[str, Place], Terms] = {}
        for place, frame in enumerate(frames):
            for base in frame.bases:
                self._bases[frame.cell(base), base] = self._made_of(frame, base, frames[:place])

    def terms(self, frame: Frame, figure: Made) -> Terms:
        """A figure in unknowns."""
        found: dict[Key, Fraction] = {}
        for place, coefficient in figure.terms.items():
            for key, share in self._bases[frame.cell(place), place].items():
                found[key] = found.get(key, _NOUGHT) + share * coefficient
        return {key: coefficient for key, coefficient in found.items() if coefficient}

    def room(self, figure: Made) -> Fraction:
        """How wide a small group's value must stay: a count by the smallest group, anything else by what one
        person's answer weighs in it, at most by half the scale."""
        if self._sum:
            return Fraction(self.measure.smallest_group)
        return self._scale / max(figure.respondents or 0, 2) if figure.respondents else _NOUGHT

    def _made_of(self, frame: Frame, place: Place, before: Sequence[Frame]) -> Terms:
        base = frame.bases[place]
        if self._sum:
            year = frame.period.rpartition(" ")[2]
            for earlier in reversed(before):
                start = earlier.bases.get(place)
                follows = earlier.period.rpartition(" ")[2] == year and earlier.period != frame.period
                if start is not None and follows and start.number <= base.number:
                    more: Key = ("more", frame.period, place, earlier.cell(place), base.number)
                    self.spans[more] = Span(Fraction(base.number - start.number), _NOUGHT, None)
                    return {**self._bases[earlier.cell(place), place], more: Fraction(1)}
        key: Key = (frame.period, place, base.number, base.respondents)
        weight = 1 if self._sum else base.respondents or 1
        high = None if self._high is None else self._high * weight
        self.spans[key] = Span(Fraction(base.number) * weight, self._low, high)
        self.weights[key] = base.respondents or 0
        self.decimals = max(self.decimals, decimals_of(base.number))
        return {key: Fraction(1, weight)}


def _printed(measure: Measure, figure: Made, printed: str | None) -> tuple[Fraction, Fraction]:
    """Between which values the figure lies for one who has read it."""
    exact = Decimal(figure.number.numerator) / Decimal(figure.number.denominator)
    value, decimals = round_half_up(exact, measure.decimals), measure.decimals
    if printed is not None and (quantity := parse_quantity(printed)) is not None:
        value, decimals = quantity.number, max(decimals_of(quantity.number), 0)
    if measure.method is Method.SUM and figure.number.denominator == 1:
        half = _NOUGHT
    else:
        half = _HALF / Fraction(10) ** decimals
    # Never narrower than the truth: a figure that was put otherwise is bounded by both.
    return min(Fraction(value) - half, figure.number), max(Fraction(value) + half, figure.number)


def _in_persons(measure: Measure, values: System, table: _Unknowns) -> System | None:
    """A share of people as so many persons of so many; None where the answers are not such shares."""
    if measure.unit != "%" or not measure.people or measure.method is Method.SUM:
        return None
    slip = _HALF / Fraction(10) ** table.decimals
    spans: dict[Key, Span] = {}
    for key, span in values.unknowns.items():
        persons = round(span.truth / _HUNDRED)
        size = table.weights.get(key, 0)
        if not size or abs(span.truth - persons * _HUNDRED) > slip * size or not 0 <= persons <= size:
            return None
        spans[key] = Span(Fraction(persons), _NOUGHT, Fraction(size))
    cells = {name: _whole(cell, spans, slip) for name, cell in values.cells.items()}
    one = Fraction(1)
    secrets = tuple(Secret(secret.name, dict.fromkeys(secret.terms, one), one) for secret in values.secrets)
    return System(spans, cells, secrets, whole=True)


def _whole(cell: Cell, spans: dict[Key, Span], slip: Fraction) -> Cell:
    """What a printed share says of the persons behind it, when answers were rounded as well."""
    assert cell.low is not None
    assert cell.high is not None
    low, high = (cell.low - slip) / _HUNDRED, (cell.high + slip) / _HUNDRED
    truth = sum((c * spans[key].truth for key, c in cell.terms.items()), _NOUGHT)
    alike = set(cell.terms.values())
    if len(alike) != 1:
        return Cell(cell.terms, min(low, truth), max(high, truth))
    [share] = alike
    persons = truth / share
    terms = dict.fromkeys(cell.terms, Fraction(1))
    least, most = Fraction(ceil(low / share)), Fraction(floor(high / share))
    return Cell(terms, min(least, persons), max(most, persons))


def cells_of(frames: Sequence[Frame]) -> Iterator[tuple[str, int]]:
    """The cells that may be shown now, with what each costs."""
    for frame in frames:
        for place, cost in frame.costs.items():
            yield frame.cell(place), cost
