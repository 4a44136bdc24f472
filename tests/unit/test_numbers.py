"""Numbers as people write them and as they are printed."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul.numbers import (
    MINUS,
    NBSP,
    Quantity,
    decimals_of,
    format_number,
    format_quantity,
    parse_number,
    parse_quantity,
    round_half_up,
)

NUMBERS = st.integers(-(10**19), 10**19).map(lambda n: Decimal(n).scaleb(-4))


@given(NUMBERS)
def test_what_is_printed_is_read_back_as_the_same_number(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number


@given(NUMBERS, st.sampled_from(["%", "st", "kg CO2e per kg"]))
def test_a_printed_quantity_is_read_back_with_its_unit(number: Decimal, unit: str) -> None:
    assert parse_quantity(format_quantity(number, unit)) == Quantity(number, unit)


@given(NUMBERS, st.integers(0, 3))
def test_rounding_lies_within_half_a_step_and_takes_a_half_away_from_zero(
    number: Decimal, decimals: int
) -> None:
    step = Decimal(1).scaleb(-decimals)
    rounded = round_half_up(number, decimals)
    off = abs(rounded) - abs(number)
    assert rounded % step == 0
    assert -step / 2 < off <= step / 2


@given(NUMBERS, st.integers(0, 3))
def test_printing_rounds_as_rounding_does(number: Decimal, decimals: int) -> None:
    expected = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert parse_number(format_number(number, decimals)) == expected


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("58,84 %", "58.84", "%"),
        ("50%", "50", "%"),
        ("1 050 st", "1050", "st"),
        (f"1{NBSP}050", "1050", ""),
        ("12 345 678 kr", "12345678", "kr"),
        ("1.050", "1050", ""),
        ("1.050,5", "1050.5", ""),
        ("2.5", "2.5", ""),
        ("0.400", "0.400", ""),
        ("0.05", "0.05", ""),
        ("2.5000", "2.5", ""),
        ("−3,2", "-3.2", ""),
        ("-3,2", "-3.2", ""),
        ("– 3", "-3", ""),
        ("+4 st", "4", "st"),
        (" 12 ", "12", ""),
        ("1,6 kg CO2e per kg", "1.6", "kg CO2e per kg"),
        ("12 3456", "12", "3456"),
    ],
)
def test_numbers_are_read_as_swedes_write_them(written: str, number: str, unit: str) -> None:
    assert parse_quantity(written) == Quantity(Decimal(number), unit)


@pytest.mark.parametrize("written", ["", "öka", "ca 12", "%", "Fastställs T1", "–"])
def test_what_does_not_begin_with_a_number_is_none(written: str) -> None:
    assert parse_quantity(written) is None


@pytest.mark.parametrize("written", ["12 st", "2026-08-31", "10:30", "12 eller 13"])
def test_a_number_with_anything_but_a_per_cent_sign_is_no_number_alone(written: str) -> None:
    assert parse_number(written) is None


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [
        ("1050", None, f"1{NBSP}050"),
        ("1234567.5", None, f"1{NBSP}234{NBSP}567,5"),
        ("8.50", None, "8,5"),
        ("8.5", 2, "8,50"),
        ("100", None, "100"),
        ("-3.25", 1, f"{MINUS}3,3"),
        ("-0.04", 1, "0,0"),
        ("0.5", 0, "1"),
        ("79.49", 0, "79"),
        ("0", None, "0"),
    ],
)
def test_numbers_are_printed_with_comma_thousands_apart_and_a_real_minus(
    number: str, decimals: int | None, printed: str
) -> None:
    assert format_number(Decimal(number), decimals) == printed


def test_a_change_is_printed_with_its_sign() -> None:
    assert [format_number(Decimal(n), sign=True) for n in ("2", "-2", "0")] == ["+2", f"{MINUS}2", "0"]


def test_a_number_keeps_its_unit_on_its_line_and_none_is_added_where_there_is_none() -> None:
    assert format_quantity(Decimal(78), "") == "78"
    assert format_quantity(Decimal("8.5"), "%") == f"8,5{NBSP}%"


def test_a_number_of_forty_digits_is_neither_refused_nor_cut_off() -> None:
    digits = "1234567890" * 4
    assert parse_number(format_number(Decimal(digits))) == Decimal(digits)


def test_the_decimals_of_a_number_are_those_it_is_written_with() -> None:
    assert [decimals_of(Decimal(n)) for n in ("0.40", "78", "1E+3", "8.0")] == [2, 0, 0, 1]
