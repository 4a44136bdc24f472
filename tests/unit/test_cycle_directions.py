"""Words of more, less, rise and fall in a cycle's texts, against the figures of the period they speak of."""

from decimal import Decimal

import pytest

from arshjul.catalogue import Direction, Measure, Method
from arshjul.plan import Indicator
from tests.unit.checked_cycle import VISITS, told
from tests.unit.small_cycle import COUNT, HUMLAN, LARKAN, Answers, earlier_value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Studiebesöken är färre än förra året.", True),
        ("Studiebesöken är fler än förra året.", False),
        ("Vi har haft fler studiebesök än i fjol.", False),
    ],
)
def test_more_and_fewer_are_held_against_the_counts(text: str, found: bool) -> None:
    answers: Answers = {LARKAN: {"I1.total": 14}, HUMLAN: {"I1.total": 12}}
    past = (earlier_value(20),)
    assert bool(told("direction-against-figures", answers, text, VISITS, COUNT, earlier=past)) is found


def test_direction_words_are_held_against_the_unit_and_the_sub_unit_alike() -> None:
    leave = Indicator("I1", "Sjukfrånvaro", target="8,0 %")
    low = Measure(Method.MEAN, "%", decimals=1, direction=Direction.AT_MOST)
    past = (earlier_value(Decimal("9.5")), earlier_value(Decimal("9.0"), scope=LARKAN))
    answers: Answers = {
        LARKAN: {"I1.total": Decimal("7.0"), "G1.analysis": "Sjukfrånvaron har ökat sedan förra året."},
        HUMLAN: {"I1.total": Decimal("8.0")},
    }
    text = "Sjukfrånvaron har ökat jämfört med förra året."
    found = told("direction-against-figures", answers, text, leave, low, earlier=past)
    assert [one.where for one in found] == [
        "Deltagarna väljer, enhetens text",
        "Deltagarna väljer, Ateljé Lärkan",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sjukfrånvaron har sjunkit sedan i våras.", True),
        ("Sjukfrånvaron är lägre än i tertial 1.", True),
        ("Sjukfrånvaron har stigit sedan i våras.", False),
        ("Sjukfrånvaron har sjunkit sedan förra året.", False),
        ("Sjukfrånvaron har sjunkit sedan i våras jämfört med staden.", False),
    ],
)
def test_what_is_said_of_the_spring_is_held_against_the_first_tertial(text: str, found: bool) -> None:
    leave = Indicator("I1", "Sjukfrånvaro")
    low = Measure(Method.MEAN, "%", decimals=1, direction=Direction.AT_MOST)
    past = tuple(
        earlier_value(Decimal(number), period=period, scope=LARKAN)
        for period, number in (("T2 2025", "9.0"), ("T1 2026", "6.0"))
    )
    answers: Answers = {LARKAN: {"I1.total": Decimal("7.0"), "G1.analysis": text}, HUMLAN: {"I1.total": 8}}
    told_of = told("direction-against-figures", answers, "", leave, low, earlier=past)
    assert bool(told_of) is found
    assert all("än 6 % i tertial 1" in one.message.replace("\xa0", " ") for one in told_of)
