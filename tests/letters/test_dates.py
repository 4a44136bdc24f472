"""Dates as they are said in Swedish."""

from datetime import UTC, date, datetime

import pytest

from arshjul.letters.dates import swedish_day, swedish_near_day, swedish_time

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
