"""What one indicator's figures are made of in one report: base values of sub-units and sexes, and the cells
that are sums of them.

A frame is the table of one period as one report shows it, sub-unit by sex with margins. The coefficients
follow `arshjul.values`: what is reckoned there is undone here. Called by `linear`. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from arshjul.catalogue import Measure, Method, Sex
from arshjul.history import WHOLE_UNIT

Place = tuple[str, Sex]  # scope (or the whole unit) and sex
Coefficients = Mapping[Place, Fraction]
# A ratio of sums is its parts weighted by their wholes.
_BY_WEIGHT = (Method.WEIGHTED_MEAN, Method.RATIO)
_KEPT = 64  # frames: every step of one subject asks for the same few
_ONE, _NOUGHT = Fraction(1), Fraction(0)


@dataclass(frozen=True, slots=True)
class Base:
    """A value as it was answered, with its respondents where they are known."""

    number: Decimal
    respondents: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A figure: what it is made of, its exact value, and the respondents behind it."""

    terms: Coefficients
    number: Fraction
    respondents: int | None


@dataclass(frozen=True, slots=True)
class Frame:
    """One period as one report has it.

    `bases` are the answers by scope and sex; `shown` what of it has been released, as printed; `costs` the
    cells that may be shown now and how much each is missed. `name` tells frames of one period apart.
    """

    period: str
    bases: Mapping[Place, Base]
    shown: Mapping[Place, str] = field(default_factory=dict)
    costs: Mapping[Place, int] = field(default_factory=dict)
    name: str = ""

    def cell(self, place: Place) -> str:
        """The name of a cell of this frame."""
        return f"{self.name}|{self.period}|{place[0]}|{place[1]}"


def figures_of(bases: Mapping[Place, Base], method: Method) -> Mapping[Place, Made]:
    """Every figure of a frame: the answers, the totals of those answered by sex, the unit's by sex."""
    return _figures_of(tuple(bases.items()), method)


@lru_cache(maxsize=_KEPT)
def _figures_of(answers: tuple[tuple[Place, Base], ...], method: Method) -> Mapping[Place, Made]:
    bases = dict(answers)
    made: dict[Place, Made] = {
        place: Made({place: _ONE}, Fraction(base.number), base.respondents) for place, base in bases.items()
    }
    within = Method.SUM if method is Method.SUM else Method.WEIGHTED_MEAN
    for scope in dict.fromkeys(scope for scope, _ in bases):
        sexes = [made[scope, sex] for sex in (Sex.WOMEN, Sex.MEN) if (scope, sex) in made]
        if sexes and (scope, Sex.TOTAL) not in made:
            made[scope, Sex.TOTAL] = _together(sexes, within, partly=False)
    for sex in Sex:
        parts = [figure for (scope, of), figure in made.items() if of is sex and scope != WHOLE_UNIT]
        if parts and (WHOLE_UNIT, sex) not in made:
            made[WHOLE_UNIT, sex] = _together(parts, method, partly=True)
    return made


def _together(parts: Iterable[Made], method: Method, *, partly: bool) -> Made:
    listed = list(parts)
    respondents = sum(part.respondents or 0 for part in listed)
    weighed = [part for part in listed if part.respondents]
    if method is Method.SUM:
        shares = [(part, _ONE) for part in listed]
    elif method in _BY_WEIGHT and weighed and (partly or len(weighed) == len(listed)):
        shares = [(part, Fraction(part.respondents or 0, respondents)) for part in weighed]
    else:
        shares = [(part, Fraction(1, len(listed))) for part in listed]
    terms: dict[Place, Fraction] = {}
    for part, share in shares:
        for place, coefficient in part.terms.items():
            terms[place] = terms.get(place, _NOUGHT) + share * coefficient
    number = sum((share * part.number for part, share in shares), _NOUGHT)
    return Made(terms, number, respondents or None)


def is_small(figure: Made, measure: Measure) -> bool:
    """Whether a figure rests on too few: nobody at all reveals nobody."""
    if measure.method is Method.SUM:
        return 0 < figure.number < measure.smallest_group
    return figure.respondents is not None and figure.respondents < measure.smallest_group
