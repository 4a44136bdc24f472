"""Dates as they are said in Swedish."""

from datetime import UTC, date, datetime

import pytest

from arshjul.swedish_dates import swedish_day, swedish_near_day, swedish_span, swedish_time

TODAY = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 9, 9), "i går, onsdag 9 september"),
        (date(2026, 9, 10), "i dag, torsdag 10 september"),
        (date(2026, 9, 11), "i morgon, fredag 11 september"),
        (date(2026, 9, 12), "lördag 12 september"),
        (date(2027, 1, 15), "fredag 15 januari 2027"),
    ],
)
def test_a_day_is_said_as_seen_from_today(day: date, said: str) -> None:
    assert swedish_near_day(day, TODAY) == said


def test_every_month_and_weekday_has_its_name() -> None:
    said = [swedish_day(date(2026, month, month), TODAY) for month in range(1, 13)]
    assert said == [
        *("torsdag 1 januari", "måndag 2 februari", "tisdag 3 mars", "lördag 4 april", "tisdag 5 maj"),
        *("lördag 6 juni", "tisdag 7 juli", "lördag 8 augusti", "onsdag 9 september", "lördag 10 oktober"),
        *("onsdag 11 november", "lördag 12 december"),
    ]


def test_time_is_said_in_stockholm() -> None:
    assert swedish_time(datetime(2026, 9, 10, 22, 5, tzinfo=UTC), TODAY) == "fredag 11 september kl. 0.05"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 5, 15), date(2026, 5, 15), "fredag 15 maj"),
        (date(2026, 10, 14), date(2026, 10, 15), "onsdag 14 till torsdag 15 oktober"),
        (date(2026, 9, 28), date(2026, 10, 9), "måndag 28 september till fredag 9 oktober"),
        (date(2026, 12, 21), date(2027, 1, 8), "måndag 21 december till fredag 8 januari 2027"),
    ],
)
def test_what_goes_on_for_days_is_told_with_its_first_and_its_last(
    first: date, last: date, said: str
) -> None:
    assert swedish_span(first, last, date(2026, 5, 4)) == said
