"""Slow weeks and squeeze days: what falls there is moved one way, and nothing overtakes anything."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul.slow_weeks import Move, Quiet, SlowWeeks
from arshjul.workdays import is_squeeze_day, is_workday, swedish_free_days

JULY = SlowWeeks("juli", "07-01", "07-31", allows=("archive",))
CHRISTMAS = SlowWeeks("jul", "12-21", "01-06", Move.BEFORE)

DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))
quiets = st.builds(
    lambda july, christmas, squeeze: Quiet(
        (SlowWeeks("juli", "07-01", "07-31", july), SlowWeeks("jul", "12-21", "01-06", christmas)), squeeze
    ),
    st.sampled_from(Move),
    st.sampled_from(Move),
    st.sampled_from((None, *Move)),
)


def test_what_falls_in_july_waits_for_august_and_what_falls_at_christmas_comes_before_it() -> None:
    quiet = Quiet((JULY, CHRISTMAS))
    assert quiet.place(date(2026, 7, 15), swedish_free_days, "due") == date(2026, 8, 3)
    assert quiet.place(date(2026, 12, 29), swedish_free_days, "due") == date(2026, 12, 18)
    assert quiet.place(date(2027, 1, 5), swedish_free_days, "due") == date(2026, 12, 18)
    assert quiet.place(date(2027, 1, 7), swedish_free_days, "due") == date(2027, 1, 7)


def test_slow_weeks_whose_days_have_changed_places_are_refused() -> None:
    with pytest.raises(ValueError, match="högst 100 dagar i följd, och 07-31 till 07-01 är 336"):
        SlowWeeks("juli", "07-31", "07-01")


def test_what_the_slow_weeks_let_through_stays() -> None:
    assert Quiet((JULY,)).place(date(2026, 7, 15), swedish_free_days, "archive") == date(2026, 7, 15)


@pytest.mark.parametrize(("move", "day"), [(None, (5, 15)), (Move.AFTER, (5, 18)), (Move.BEFORE, (5, 13))])
def test_the_squeeze_day_after_ascension_day_is_shunned_where_the_unit_says_so(
    move: Move | None, day: tuple[int, int]
) -> None:
    assert Quiet((), move).place(date(2026, 5, 15), swedish_free_days) == date(2026, *day)


@given(DAYS, quiets)
def test_everything_ends_on_a_working_day_outside_the_slow_weeks(day: date, quiet: Quiet) -> None:
    placed = quiet.place(day, swedish_free_days)
    assert is_workday(placed)
    assert quiet.slow(placed) is None
    assert quiet.squeeze_days is None or not is_squeeze_day(placed)
    assert quiet.place(placed, swedish_free_days) == placed


@given(DAYS, st.integers(0, 60), quiets)
def test_what_comes_later_never_ends_up_earlier(day: date, later: int, quiet: Quiet) -> None:
    one = quiet.place(day, swedish_free_days)
    other = quiet.place(day + timedelta(days=later), swedish_free_days)
    assert one <= other


def test_weeks_over_new_year_lie_in_two_years() -> None:
    assert CHRISTMAS.span(date(2026, 12, 21)) == CHRISTMAS.span(date(2027, 1, 6))
    assert CHRISTMAS.span(date(2026, 12, 20)) is None


def test_weeks_that_meet_are_known_by_the_days_between_them() -> None:
    assert JULY.touches(SlowWeeks("juni", "06-22", "06-29"), 2026)
    assert not JULY.touches(SlowWeeks("juni", "06-15", "06-20"), 2026)


def test_weeks_of_a_single_day_are_a_slip_of_the_pen() -> None:
    with pytest.raises(ValueError, match="samma dag"):
        SlowWeeks("jul", "12-24", "12-24")
