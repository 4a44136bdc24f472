"""Values on few people are withheld. What must be withheld besides is proved in tests/suppression."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul.catalogue import Measure, Method, Sex
from arshjul.compilation.withholding import Figure, withhold

SURVEY = Measure(Method.WEIGHTED_MEAN, "%", by_sex=True, people=True)
COUNT = Measure(Method.SUM, "st", by_sex=True, people=True)
T, W, M = Sex.TOTAL, Sex.WOMEN, Sex.MEN


def shown(measure: Measure, **figures: tuple[int, int | None]) -> set[Sex]:
    marked = withhold(
        {Sex(sex): Figure(Decimal(number), count) for sex, (number, count) in figures.items()}, measure
    )
    return {sex for sex, figure in marked.items() if not figure.withheld}


def test_enough_respondents_of_both_sexes_show_everything() -> None:
    assert shown(SURVEY, total=(80, 10), women=(90, 5), men=(70, 5)) == {T, W, M}


def test_few_of_one_sex_withhold_that_sex() -> None:
    assert shown(SURVEY, total=(80, 13), women=(90, 4), men=(70, 9)) == {T, M}


def test_a_total_of_few_withholds_everything() -> None:
    assert shown(SURVEY, total=(80, 4), men=(80, 4)) == set()
    assert shown(SURVEY, total=(80, 4), women=(90, None), men=(70, None)) == set()


def test_one_sex_alone_is_shown_when_there_are_enough_of_it() -> None:
    assert shown(SURVEY, total=(80, 7), men=(80, 7)) == {T, M}


def test_the_smallest_group_is_the_indicators_own() -> None:
    measure = Measure(Method.WEIGHTED_MEAN, "%", people=True, smallest_group=10)
    assert shown(measure, total=(80, 9)) == set()
    assert shown(measure, total=(80, 10)) == {T}


def test_what_is_not_on_people_is_always_shown() -> None:
    assert shown(Measure(Method.WEIGHTED_MEAN, "kg"), total=(1, 2)) == {T}


@pytest.mark.parametrize(
    ("total", "women", "men", "expected"),
    [
        (25, 12, 13, {T, W, M}),
        (14, 3, 11, {T, M}),
        (3, 0, 3, set()),
        (5, 0, 5, {T, W, M}),
        (0, 0, 0, {T, W, M}),
        (7, 4, 3, {T}),
    ],
)
def test_a_count_of_people_is_its_own_number_of_people(
    total: int, women: int, men: int, expected: set[Sex]
) -> None:
    assert shown(COUNT, total=(total, None), women=(women, None), men=(men, None)) == expected


@given(st.integers(0, 30), st.integers(0, 30))
def test_no_count_of_one_to_four_is_shown(women: int, men: int) -> None:
    visible = shown(COUNT, total=(women + men, None), women=(women, None), men=(men, None))
    assert not (W in visible and 0 < women < 5)
    assert not (M in visible and 0 < men < 5)
    assert not (T in visible and 0 < women + men < 5)
