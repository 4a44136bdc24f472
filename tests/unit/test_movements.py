"""Who came and who left: what may be told of so few, also when it is held against what was told before."""

from dataclasses import replace
from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.compilation.movements import CAME, LEFT, movements
from arshjul.history import WHOLE_UNIT
from arshjul.sources.given import GivenValue, GivenValues
from arshjul.suppression.register import Release, cell_name
from tests.unit.small_cycle import HUMLAN, LARKAN, cycle, goal


def moved(came: tuple[int, int], left: tuple[int, int], released: int | None = None):  # type: ignore[no-untyped-def]
    values = tuple(
        GivenValue(scope, field, Sex.TOTAL, Decimal(number), "2026-08", "Systemet", 1)
        for field, numbers in ((CAME, came), (LEFT, left))
        for scope, number in zip((LARKAN, HUMLAN), numbers, strict=True)
    )
    data = replace(cycle(goal(), {}), given=GivenValues(values))
    if released is not None:
        cell = cell_name(CAME, WHOLE_UNIT, Sex.TOTAL, "T1 2026")
        data = replace(data, released=(Release("T1 2026", 1, {cell: str(released)}),))
    found = movements(data)
    assert found is not None
    return found


def test_enough_of_all_is_told_of_each() -> None:
    found = moved((7, 0), (5, 6))
    assert (found.unit.came, found.unit.left) == (7, 11)
    assert len(found.subunits) == 2
    assert not found.withheld


def test_one_small_part_hides_every_part_but_not_the_sum() -> None:
    found = moved((7, 2), (5, 6))
    assert found.unit.came == 9
    assert found.subunits == ()
    assert found.withheld


def test_a_small_sum_is_not_told() -> None:
    found = moved((1, 2), (5, 6))
    assert found.unit.came is None
    assert found.unit.left == 11
    assert found.subunits == ()


def test_what_came_since_the_last_report_must_be_enough_too() -> None:
    assert moved((7, 6), (5, 6), released=11).unit.came is None
    assert moved((7, 6), (5, 6), released=13).unit.came == 13
    assert moved((7, 6), (5, 6), released=8).unit.came == 13


def test_nothing_told_is_no_movement() -> None:
    assert movements(cycle(goal(), {})) is None
