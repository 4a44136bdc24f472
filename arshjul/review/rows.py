"""The rows of a report's indicator tables as numbers, and the words by which a text points to one.

Called by the checks of `arshjul.review.document`. Pure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from arshjul.attainment import meets
from arshjul.catalogue import Direction, Measure, Method, PrintedTarget, infer_measure, read_target
from arshjul.numbers import Quantity, parse_quantity
from arshjul.plan import Goal, Indicator, Plan
from arshjul.review.naming import Naming
from arshjul.review.vocabulary import Vocabulary

_PER = re.compile(r"\b(?:per|som en|för varje|i snitt|genomsnitt\w*|medel\w*)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"%.*\d|\b20\d\d\b|^\d")
_VALUE_IN_NAME = re.compile(r"\s\d+(?:,\d+)?\s?%\s*$")


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator's row: its cells as numbers (None where empty or no number) and what it is known by.

    `unit` is "%" or what is printed; `naming` has the words in its name that tell it from others.
    """

    goal: Goal
    indicator: Indicator
    measure: Measure
    unit: str
    outcome: Decimal | None
    previous: Decimal | None
    men: Decimal | None
    women: Decimal | None
    targets: tuple[PrintedTarget, ...]
    naming: Naming

    @property
    def narrow(self) -> bool:
        """Whether it is a part of a larger whole ("dag 1-14")."""
        return self.naming.narrow

    @property
    def negated(self) -> bool:
        """Whether it counts those who are not something ("som inte upplever …")."""
        return self.naming.negated

    @property
    def counted(self) -> str | None:
        """The noun after "antal"."""
        return self.naming.counted

    @property
    def is_garbled(self) -> bool:
        """Whether several values have ended up in one cell, so that no cell can be trusted."""
        own = self.indicator
        cells = (
            own.outcome,
            own.outcome_men,
            own.outcome_women,
            own.previous,
            own.target,
            own.council_target,
        )
        if _VALUE_IN_NAME.search(own.name):
            return True
        return any(printed and parse_quantity(printed) and _cell(printed) is None for printed in cells)

    @property
    def numbers(self) -> list[Decimal]:
        """Every number of the row."""
        cells = (
            self.outcome,
            self.previous,
            self.men,
            self.women,
            *(target.number for target in self.targets),
        )
        return [number for number in cells if number is not None]

    @property
    def is_unsure(self) -> bool:
        """Whether it is not known which cell stands in which column."""
        return self.indicator.columns_uncertain or self.is_garbled

    @property
    def is_a_ratio(self) -> bool:
        """Whether the number is so many of something for each of something else ("barn per grupp")."""
        return _PER.search(self.indicator.name) is not None

    @property
    def low_is_good(self) -> bool:
        """Whether a fall is an improvement."""
        own = next((t for t in self.targets if t.direction is not None), None)
        if own is not None:
            return own.low_is_good(self.measure)
        return self.measure.direction in (Direction.AT_MOST, Direction.DECREASE)

    @property
    def counts(self) -> bool:
        """Whether the unit's value is the sum of its workplaces' values."""
        return self.measure.method is Method.SUM

    def is_meant_by(self, text: str) -> bool:
        """Whether `text` names the indicator by any word of its own."""
        return self.naming.is_in(text)

    def mentions(self, text: str) -> Sequence[tuple[int, str]]:
        """Where `text` names the row, each with the pattern of the word that tells it from others."""
        return self.naming.mentions(text)

    def is_told_by(self, text: str, vocabulary: Vocabulary) -> bool:
        """Whether `text` names this indicator, and no part of it, so surely that it needs no table beside."""
        return self.naming.is_told_by(text, vocabulary)

    def met(self, value: Decimal) -> tuple[str, bool] | None:
        """The printed target that decides and whether `value` meets it; None where nothing compares."""
        for printed in (self.indicator.target, self.indicator.council_target):
            result = self.met_by(value, printed)
            if printed and result is not None:
                return printed, result
        return None

    def met_by(self, value: Decimal, printed: str | None) -> bool | None:
        """Whether `value` meets one printed target; None where they cannot be compared."""
        return meets(value, printed, self.measure, self.previous)


def rows_of(plan: Plan, vocabulary: Vocabulary) -> list[Row]:
    """Every row of the document, in its order."""
    return [_row(goal, indicator, vocabulary) for goal, indicator in plan.indicators()]


def _row(goal: Goal, indicator: Indicator, vocabulary: Vocabulary) -> Row:
    cells = {
        name: _cell(printed)
        for name, printed in (
            ("outcome", indicator.outcome),
            ("previous", indicator.previous),
            ("men", indicator.outcome_men),
            ("women", indicator.outcome_women),
        )
    }
    targets = tuple(
        t for t in (read_target(indicator.target), read_target(indicator.council_target)) if t is not None
    )
    name = indicator.name.lower()
    measure = infer_measure(indicator)
    if measure.direction is Direction.AT_LEAST and vocabulary.lower_is_better.search(name):
        measure = replace(measure, direction=Direction.AT_MOST)
    return Row(
        goal=goal,
        indicator=indicator,
        measure=measure,
        unit=_unit([*cells.values()], targets, measure),
        **{key: quantity.number if quantity else None for key, quantity in cells.items()},
        targets=targets,
        naming=Naming.of(indicator.name, vocabulary),
    )


def _cell(printed: str | None) -> Quantity | None:
    """The number of a cell; None where several values have ended up in one."""
    quantity = parse_quantity(printed) if printed else None
    return None if quantity is None or _SEVERAL.search(quantity.unit) else quantity


def _unit(cells: Iterable[Quantity | None], targets: Iterable[PrintedTarget], measure: Measure) -> str:
    units = [cell.unit for cell in cells if cell] + [t.unit for t in targets if t.number is not None]
    if any(unit.lower().startswith(("%", "procent")) for unit in units):
        return "%"
    return next((unit for unit in units if unit), measure.unit)
