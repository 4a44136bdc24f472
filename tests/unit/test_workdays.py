"""Working days: named days of real years as a table, and what must hold in every year."""

from datetime import date, timedelta

import pytest
from holidays.countries.sweden import Sweden
from hypothesis import given
from hypothesis import strategies as st

from arshjul.workdays import (
    add_workdays,
    is_workday,
    next_workday,
    no_free_days,
    nth_weekday,
    previous_workday,
    squeeze_days,
    swedish_free_days,
)

DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))
COUNTS = st.integers(-40, 40)


@pytest.mark.parametrize(
    ("day", "worked", "why"),
    [
        (date(2026, 1, 6), False, "trettondagen"),
        (date(2026, 4, 2), True, "skärtorsdagen är en vanlig dag"),
        (date(2026, 4, 3), False, "långfredagen"),
        (date(2026, 5, 14), False, "Kristi himmelsfärd"),
        (date(2026, 5, 15), True, "klämdagen efter"),
        (date(2026, 6, 19), False, "midsommarafton"),
        (date(2028, 6, 6), False, "nationaldagen på en tisdag"),
        (date(2026, 10, 30), True, "fredagen före alla helgons dag"),
        (date(2026, 12, 24), False, "julafton"),
        (date(2026, 12, 31), False, "nyårsafton"),
        (date(2028, 2, 29), True, "skottdagen, en tisdag"),
    ],
)
def test_a_day_is_worked_as_people_in_sweden_work_it(day: date, worked: bool, why: str) -> None:
    assert is_workday(day) is worked, why


def test_whit_monday_was_free_until_the_national_day_took_its_place() -> None:
    assert not is_workday(date(2004, 5, 31))
    assert is_workday(date(2005, 5, 16))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 8, 31), 6, date(2026, 9, 8)),
        (date(2026, 8, 31), 9, date(2026, 9, 11)),
        (date(2026, 8, 31), -5, date(2026, 8, 24)),
        (date(2026, 12, 31), 5, date(2027, 1, 11)),
        (date(2026, 4, 5), -1, date(2026, 4, 2)),
        (date(2026, 6, 20), 0, date(2026, 6, 22)),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(day: date, count: int, expected: date) -> None:
    assert add_workdays(day, count) == expected


@given(DAYS, COUNTS)
def test_counting_ends_on_a_working_day(day: date, count: int) -> None:
    assert is_workday(add_workdays(day, count))


@given(DAYS, st.integers(1, 40))
def test_counting_there_and_back_from_a_working_day_ends_where_it_began(day: date, count: int) -> None:
    start = next_workday(day)
    assert add_workdays(add_workdays(start, count), -count) == start


@given(DAYS, st.integers(1, 40))
def test_exactly_as_many_working_days_lie_between_as_were_counted(day: date, count: int) -> None:
    end = add_workdays(day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(is_workday(passed) for passed in between) == count


@given(DAYS)
def test_no_working_day_is_skipped_on_the_way_to_the_next_or_the_previous_one(day: date) -> None:
    before, after = previous_workday(day), next_workday(day)
    assert before <= day <= after
    skipped = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(is_workday(passed) for passed in skipped)


@given(st.integers(1990, 2050))
def test_a_squeeze_day_is_a_single_working_day_and_no_year_has_many(year: int) -> None:
    days = squeeze_days(year)
    assert len(days) <= 7
    for day in days:
        assert is_workday(day)
        assert not is_workday(day - timedelta(days=1))
        assert not is_workday(day + timedelta(days=1))


def test_the_squeeze_days_of_2026_are_those_around_epiphany_and_ascension_day() -> None:
    assert squeeze_days(2026) == (date(2026, 1, 2), date(2026, 1, 5), date(2026, 5, 15))


def test_a_weekday_is_counted_from_the_first_or_from_the_last() -> None:
    assert nth_weekday(2026, 9, 2, 1) == date(2026, 9, 8)
    assert nth_weekday(2026, 9, -1, 1) == date(2026, 9, 29)


def test_the_calendar_can_be_replaced() -> None:
    assert is_workday(date(2026, 12, 24), no_free_days)


def test_the_eves_are_among_the_free_days_so_the_category_is_still_called_de_facto() -> None:
    """Fails when the library renames its categories: look at `Sweden.supported_categories`."""
    assert {date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)} <= swedish_free_days(2026)


@pytest.mark.parametrize("year", range(1990, 2101))
def test_the_free_days_are_those_that_the_library_of_holidays_knows(year: int) -> None:
    """When a newer library disagrees, the law has changed: change `swedish_free_days` from that year on."""
    assert swedish_free_days(year) == frozenset(Sweden(years=year, categories=("public", "de_facto")))
