"""How many people came to the unit and left it within the year, as far as that may be told.

One to three who came reveal as much as a survey answered by so few. A count is told where it is nobody or
enough, also when it is held against what has been released earlier in the year. Called by report and by
`arshjul.released`. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.cycle_data import CycleData
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import parse_number
from arshjul.suppression.register import cell_name, cell_parts

CAME, LEFT = "people.came", "people.left"
SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Movement:
    """A sub-unit's counts, or the unit's (`scope` is `WHOLE_UNIT`); None: not told, or may not be."""

    scope: str
    came: Decimal | None
    left: Decimal | None


@dataclass(frozen=True, slots=True)
class Movements:
    """The unit's counts, and the sub-units' where every one of them may be told."""

    unit: Movement
    subunits: tuple[Movement, ...]
    withheld: bool
    origin: str

    def cells(self, period: str) -> Iterator[tuple[str, str]]:
        """What is released by showing them: the lasting name of a cell, and what is printed."""
        for one in (self.unit, *self.subunits):
            for field, number in ((CAME, one.came), (LEFT, one.left)):
                if number is not None:
                    yield cell_name(field, one.scope, Sex.TOTAL, period), str(int(number))


def movements(data: CycleData) -> Movements | None:
    """The year's movements; None where no system tells of them."""
    codes = [subunit.code for subunit in data.asked_subunits]
    told = {
        field: {
            scope: value.number
            for scope in (*codes, WHOLE_UNIT)
            if (value := data.given.value(scope, field)) is not None
        }
        for field in (CAME, LEFT)
    }
    if not any(told.values()):
        return None
    whole = {field: sum(numbers.values(), Decimal(0)) for field, numbers in told.items() if numbers}
    shown = {
        field: number for field, number in whole.items() if _may_be_told(data, field, WHOLE_UNIT, number)
    }
    each = [Movement(code, told[CAME].get(code), told[LEFT].get(code)) for code in codes]
    open_parts = (
        shown.keys() == whole.keys()
        and WHOLE_UNIT not in {*told[CAME], *told[LEFT]}
        and all(
            _may_be_told(data, field, code, number)
            for field, numbers in told.items()
            for code, number in numbers.items()
        )
    )
    origin = next(value.origin for value in data.given.values if value.field in (CAME, LEFT))
    return Movements(
        unit=Movement(WHOLE_UNIT, shown.get(CAME), shown.get(LEFT)),
        subunits=tuple(one for one in each if one.came is not None or one.left is not None)
        if open_parts
        else (),
        withheld=shown.keys() != whole.keys() or not open_parts,
        origin=origin,
    )


def _may_be_told(data: CycleData, field: str, scope: str, number: Decimal) -> bool:
    """Nobody or enough, both in itself and as the difference from each number told before in the year."""
    against = [Decimal(0), *_released(data, field, scope)]
    return all(number == before or abs(number - before) >= SMALLEST for before in against)


def _released(data: CycleData, field: str, scope: str) -> Iterator[Decimal]:
    for release in data.released:
        for name, printed in release.cells.items():
            subject, of_scope, _, period = cell_parts(name)
            if (subject, of_scope) == (field, scope) and period.endswith(str(data.key.year)):
                number = parse_number(printed)
                if number is not None:
                    yield number
