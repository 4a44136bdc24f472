"""Targets as they are printed, and measures inferred from them."""

from decimal import Decimal

import pytest

from arshjul.catalogue import (
    Direction,
    Measure,
    Method,
    PrintedTarget,
    infer_measure,
    read_target,
    target_is_open,
)
from arshjul.plan import Indicator, Kind


@pytest.mark.parametrize(
    ("printed", "number", "unit", "direction"),
    [
        ("80 %", "80", "%", None),
        ("100% (alla)", "100", "%", None),
        ("0,40 kg per person", "0.40", "kg per person", None),
        ("78", "78", "", None),
        ("1,6 kg CO2e per kg", "1.6", "kg CO2e per kg", None),
        ("minst 90 %", "90", "%", Direction.AT_LEAST),
        ("Högst 8,5 %", "8.5", "%", Direction.AT_MOST),
        ("max. 12 st", "12", "st", Direction.AT_MOST),
        ("maximalt 12 st", "12", "st", Direction.AT_MOST),
        ("≤ 9,7 procent", "9.7", "%", Direction.AT_MOST),
        ("öka till 24 st", "24", "st", Direction.AT_LEAST),
        ("minska till 3", "3", "", Direction.AT_MOST),
    ],
)
def test_a_target_is_read_with_its_word(
    printed: str, number: str, unit: str, direction: Direction | None
) -> None:
    assert read_target(printed) == PrintedTarget(Decimal(number), unit, direction)


@pytest.mark.parametrize("printed", ["öka", "Öka", "Ökar jämfört med förra året", "ökning"])
def test_a_target_may_be_to_increase(printed: str) -> None:
    assert read_target(printed) == PrintedTarget(None, direction=Direction.INCREASE)


def test_a_target_may_be_to_decrease() -> None:
    assert read_target("minska") == PrintedTarget(None, direction=Direction.DECREASE)


@pytest.mark.parametrize(
    "printed",
    [None, "", "Fastställs T1", "tas fram av nämnd", "3 eller 4 st", "80–75 %", "minska med 2 %", "–"],
)
def test_a_target_that_says_nothing_to_compare_with_is_none(printed: str | None) -> None:
    assert read_target(printed) is None


@pytest.mark.parametrize(
    ("printed", "low", "high", "unit"),
    [
        ("75–80 %", "75", "80", "%"),
        ("3 till 5 st", "3", "5", "st"),
        ("mellan 1,5 och 2,0 kg", "1.5", "2.0", "kg"),
        ("75 % - 80 %", "75", "80", "%"),
    ],
)
def test_a_target_may_be_a_band(printed: str, low: str, high: str, unit: str) -> None:
    assert read_target(printed) == PrintedTarget(Decimal(low), unit, upper=Decimal(high))


@pytest.mark.parametrize(
    "printed",
    ["Fastställs t1", "tas fram av nämnd", "Sätts senare", "beslutas i mars"],
)
def test_a_target_may_be_still_open(printed: str) -> None:
    assert target_is_open(printed)
    assert read_target(printed) is None


@pytest.mark.parametrize("printed", [None, "", "öka", "80 %", "80 %, beslutas om i mars", "minst 3 st", "–"])
def test_a_target_with_a_number_or_a_direction_is_not_open(printed: str | None) -> None:
    assert not target_is_open(printed)


def inferred(name: str, target: str | None = None, periodicity: str | None = "Tertial") -> Measure:
    return infer_measure(Indicator("I1", name, target=target, periodicity=periodicity))


@pytest.mark.parametrize(
    ("name", "target", "method", "unit", "direction"),
    [
        ("Andel inköp som är ekologiska", "50 %", Method.MEAN, "%", Direction.AT_LEAST),
        ("Andel inköp som är ekologiska", None, Method.MEAN, "%", Direction.NONE),
        ("Antal studiebesök", "24 st", Method.SUM, "st", Direction.AT_LEAST),
        ("Antal studiebesök", "24", Method.SUM, "", Direction.AT_LEAST),
        ("Antal studiebesök", "öka", Method.SUM, "st", Direction.INCREASE),
        ("Antal vårddagar per plats", "30", Method.MEAN, "", Direction.AT_LEAST),
        ("Sjukfrånvaro", "8,0 %", Method.MEAN, "%", Direction.AT_MOST),
        ("Sjukfrånvaro", "minska", Method.MEAN, "", Direction.DECREASE),
        ("Index för arbetsglädje", "78", Method.MEAN, "", Direction.AT_LEAST),
        ("Andel sena leveranser", "högst 5 %", Method.MEAN, "%", Direction.AT_MOST),
    ],
)
def test_what_is_printed_suggests_how_it_is_counted(
    name: str, target: str | None, method: Method, unit: str, direction: Direction
) -> None:
    measure = inferred(name, target)
    assert (measure.method, measure.unit, measure.direction) == (method, unit, direction)


def test_the_unit_comes_from_the_councils_target_when_the_units_own_says_none() -> None:
    measure = infer_measure(Indicator("I1", "Nöjda", target="öka", council_target="92 %"))
    assert (measure.unit, measure.direction, measure.maximum) == ("%", Direction.INCREASE, 100)


def test_as_many_decimals_as_the_targets_are_printed_with() -> None:
    assert infer_measure(Indicator("I1", "Svinn", target="1 kg", council_target="0,40 kg")).decimals == 2


def test_shares_of_people_are_on_individuals_and_shares_of_things_are_not() -> None:
    assert inferred("Andel deltagare som känner sig trygga", "90 %").people
    assert inferred("Brukarens upplevelse av trygghet", "90 %").people
    assert not inferred("Andel inköp som är ekologiska", "50 %").people
    assert not inferred("Matsvinn i procent per person", "5 %").people


@pytest.mark.parametrize(
    ("periodicity", "kinds"),
    [("År", (Kind.VB,)), ("Tertial", (Kind.T1, Kind.T2, Kind.VB)), (None, (Kind.T1, Kind.T2, Kind.VB))],
)
def test_a_yearly_indicator_is_asked_for_in_the_annual_report_only(
    periodicity: str | None, kinds: tuple[Kind, ...]
) -> None:
    assert inferred("Andel", "80 %", periodicity).asked_in == kinds


def test_only_the_named_sub_units_are_asked_in_the_named_reports() -> None:
    measure = Measure(Method.SUM, asked_in=(Kind.VB,), subunits=("KAJUTAN",))
    assert measure.asks(Kind.VB, "KAJUTAN")
    assert not measure.asks(Kind.VB, "LARKAN")
    assert not measure.asks(Kind.T2, "KAJUTAN")
