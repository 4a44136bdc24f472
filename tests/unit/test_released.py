"""Which cells leave the unit with a report."""

from dataclasses import replace

from arshjul.compilation import compile_cycle
from arshjul.numbers import NBSP
from arshjul.plan import Indicator
from arshjul.released import released_cells
from tests.unit.small_cycle import (
    HUMLAN,
    LARKAN,
    SHARE,
    SURVEY,
    Answers,
    cycle,
    earlier_value,
    goal,
    survey,
)

ASKED = Indicator("I1", "Andel", target="80 %")


def cells(answers: Answers, **more: object) -> dict[str, str]:
    return released_cells(compile_cycle(cycle(goal(ASKED), answers, **more)))


def test_the_units_and_the_sub_units_values_are_released_as_they_are_printed() -> None:
    answers = {LARKAN: {"I1.total": 90}, HUMLAN: {"I1.total": 69}}
    assert cells(answers, measures={"I1": SHARE}) == {
        "I1|unit|total|T2 2026": f"80{NBSP}%",
        "I1|LARKAN|total|T2 2026": f"90{NBSP}%",
        "I1|HUMLAN|total|T2 2026": f"69{NBSP}%",
    }


def test_sub_units_values_on_people_and_withheld_ones_are_not() -> None:
    answers = {LARKAN: survey((90, 2), (80, 6)), HUMLAN: survey((100, 2), (70, 4))}
    assert cells(answers, measures={"I1": SURVEY}) == {"I1|unit|total|T2 2026": f"81{NBSP}%"}


def test_the_earlier_value_that_is_printed_beside_is_released_with_it() -> None:
    earlier = (earlier_value(70, respondents=30), earlier_value(60, period="T2 2024", respondents=3))
    assert cells({}, measures={"I1": SURVEY}, earlier=earlier) == {"I1|unit|total|T2 2025": f"70{NBSP}%"}


def test_the_numbers_of_the_kinds_own_questions_are_released_with_their_total() -> None:
    answers = {LARKAN: {"complaints.count": 3, "complaints.share": 50}, HUMLAN: {"complaints.count": 0}}
    found = cells(answers, measures={"I1": replace(SHARE, asked_in=())})
    assert found == {
        "complaints.count|LARKAN|total|T2 2026": f"3{NBSP}st",
        "complaints.count|HUMLAN|total|T2 2026": f"0{NBSP}st",
        "complaints.count|unit|total|T2 2026": f"3{NBSP}st",
        "complaints.share|LARKAN|total|T2 2026": f"50{NBSP}%",
    }
