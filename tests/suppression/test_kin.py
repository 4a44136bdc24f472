"""A department's figure is the sum of its units': what one unit withholds must hold against all of them."""

from fractions import Fraction

from arshjul.suppression.choosing import choose
from arshjul.suppression.reach import Span
from arshjul.suppression.system import Cell, Secret, System

ONE = Fraction(1)


def department(**counts: int) -> System:
    """Three units' counts of people and their sum; a count from one to four is a secret."""
    values = {name: Fraction(count) for name, count in counts.items()}
    total = sum(values.values(), Fraction(0))
    cells = {name: Cell({name: ONE}, value, value) for name, value in values.items()}
    cells["department"] = Cell(dict.fromkeys(values, ONE), total, total)
    secrets = tuple(Secret(name, {name: ONE}, Fraction(5)) for name, value in values.items() if 0 < value < 5)
    return System({name: Span(value) for name, value in values.items()}, cells, secrets)


def test_the_last_unit_gives_way_when_the_department_has_released_the_sum() -> None:
    """East has withheld its three, north and the sum are out: west's eleven would tell it."""
    system = department(east=3, west=11, north=20)
    found = choose([system], {"west": 10}, (), released=("north", "department"))
    assert found.lost == {"west"}


def test_the_department_gives_way_when_all_its_other_units_are_out() -> None:
    system = department(east=3, west=11, north=20)
    found = choose([system], {"department": 60}, (), released=("north", "west"))
    assert found.lost == {"department"}


def test_two_small_units_guard_each_other() -> None:
    system = department(east=3, west=4, north=20)
    assert choose([system], {"department": 60}, (), released=("north",)).lost == frozenset()


def test_what_is_out_already_is_told_and_costs_nothing_more() -> None:
    system = department(east=3, west=11, north=20)
    found = choose([system], {"later": 10}, (), released=("north", "west", "department"))
    assert (found.lost, found.told) == (frozenset(), ("east",))
