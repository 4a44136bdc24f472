"""Withholding (prickning): a value on people that rests on too few of them is not shown.

Here is what is small in itself. What must be withheld besides, since it could be reckoned back from it, is
in `arshjul.suppression`. Called by `figures`. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from arshjul.catalogue import Measure, Method, Sex


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the respondents behind it, where they are known; `withheld` on too few."""

    number: Decimal
    respondents: int | None = None
    withheld: bool = False


def withhold(figures: Mapping[Sex, Figure], measure: Measure) -> dict[Sex, Figure]:
    """The figures with those marked that rest on too few; nothing of a total that does is shown."""
    if not measure.people:
        return dict(figures)
    small = {sex for sex, figure in figures.items() if _rests_on_too_few(figure, measure)}
    if Sex.TOTAL in small:
        small = set(figures)
    return {sex: replace(figure, withheld=sex in small) for sex, figure in figures.items()}


def _rests_on_too_few(figure: Figure, measure: Measure) -> bool:
    """A count of people is its own number of people; nobody at all reveals nobody."""
    if measure.method is Method.SUM:
        return 0 < figure.number < measure.smallest_group
    return figure.respondents is not None and figure.respondents < measure.smallest_group
