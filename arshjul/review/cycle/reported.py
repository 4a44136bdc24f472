"""A sub-unit's value as it is printed, and the rows that a text stands beside. Pure."""

from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.compilation import IndicatorResult
from arshjul.numbers import round_half_up
from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.cycle.texts import Text
from arshjul.review.rows import Row


def reported(result: IndicatorResult, scope: str) -> Decimal | None:
    """A sub-unit's value for all, rounded as it is printed; None where it has none."""
    figures = next((part.figures for part in result.parts if part.scope == scope), {})
    figure = figures.get(Sex.TOTAL)
    return None if figure is None else round_half_up(figure.number, result.measure.decimals)


def rows_near(reviewed: Reviewed, text: Text) -> list[Row]:
    """The rows on the goal of a text and on the goals above it; a comment's own row."""
    return [
        row
        for row in reviewed.rows
        if text.about in reviewed.below[row.goal.id] or text.about == row.indicator.id
    ]
