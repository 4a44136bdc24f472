"""A year as a calendar file: what is whose, and that a change moves an entry instead of doubling it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from arshjul.calendar_days import CalendarDay, person_days, unit_days
from arshjul.calendar_file import calendar_file
from arshjul.config import load_installation
from arshjul.duties import Ring
from arshjul.errors import BadInput
from arshjul.letters.identity import calendar_uid

EXAMPLE = load_installation(Path(__file__).parents[2] / "config")
NOW = datetime(2026, 1, 2, 8, tzinfo=UTC)
LATER = datetime(2026, 2, 3, 8, tzinfo=UTC)
ROUND = CalendarDay("SOL-skyddsrond-2026-03", "Skyddsrond", date(2026, 3, 9), date(2026, 3, 13), Ring.DUTY)
LAST = CalendarDay(
    "SOL-T2-2026-due",
    "Sista dag: T2 2026",
    date(2026, 9, 11),
    date(2026, 9, 11),
    Ring.CYCLE,
    "",
    "SOL T2 2026",
)


def labels(person: str) -> set[str]:
    return {day.label for day in person_days(EXAMPLE.wheel, EXAMPLE.organisation, person, 2026)}


def written(days: list[CalendarDay], now: datetime = NOW, previous: bytes | None = None) -> bytes:
    return calendar_file(days, "anna", "Årshjul 2026", "stad.example", now, previous)


def events(content: bytes) -> dict[str, Event]:
    found = [event for event in Calendar.from_ical(content).walk("VEVENT") if isinstance(event, Event)]
    assert len({str(event["UID"]) for event in found}) == len(found)
    return {str(event["SUMMARY"]): event for event in found}


def test_each_has_the_days_that_are_hers() -> None:
    assert {"Sista dag: T2 2026", "Skyddsrond", "T2 2026: ta upp på APT"} <= labels("anna")
    assert "T2 2026: granska och besluta" not in labels("anna")
    assert {"T2 2026: granska och besluta", "Lokal samverkan", "VP 2027: Planeringsdagar"} <= labels("karin")
    assert "Sista dag: MR 2026-03" not in labels("anna")
    assert {"Solgläntan: Sista dag: MR 2026-03", "Hamngatan: Ekonomigenomgång"} <= labels("peter")
    assert "Skyddsrond" not in labels("elin")


def test_the_units_own_calendar_has_everything_once() -> None:
    days = unit_days(EXAMPLE.wheel, EXAMPLE.unit("SOL"), 2026)
    assert len({day.key for day in days}) == len(days) > 100
    assert labels("anna") | labels("karin") <= {day.label for day in days}


def test_entries_are_whole_days_that_take_no_time_and_end_the_day_after_their_last() -> None:
    event = events(written([ROUND]))["Skyddsrond"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 3, 9), date(2026, 3, 14))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert str(event["TRANSP"]) == "TRANSPARENT"
    assert "ORGANIZER" not in event
    assert b"METHOD:PUBLISH" in written([ROUND])


def test_a_last_day_is_the_entry_that_the_letter_has_put_there_with_an_alarm_the_day_before() -> None:
    event = events(written([LAST]))["Sista dag: T2 2026"]
    assert str(event["UID"]) == calendar_uid("SOL T2 2026", "anna", "stad.example")
    assert len(event.walk("VALARM")) == 1


def test_the_same_year_again_is_the_same_file() -> None:
    first = written([ROUND, LAST])
    assert written([ROUND, LAST], LATER, first) == first


def test_what_has_moved_keeps_its_uid_and_gets_a_later_revision_and_the_rest_stays() -> None:
    first = written([ROUND, LAST])
    moved = replace(ROUND, start=date(2026, 3, 16), end=date(2026, 3, 20))
    second = written([moved, LAST], LATER, first)
    before, after = events(first), events(second)
    assert before["Skyddsrond"]["UID"] == after["Skyddsrond"]["UID"]
    assert (before["Skyddsrond"]["SEQUENCE"], after["Skyddsrond"]["SEQUENCE"]) == (0, 1)
    assert after["Skyddsrond"]["DTSTAMP"].dt == LATER
    assert after["Sista dag: T2 2026"] == before["Sista dag: T2 2026"]


def test_what_is_no_longer_there_is_cancelled_once_and_comes_back_with_a_later_revision() -> None:
    first = written([ROUND, LAST])
    second = written([LAST], LATER, first)
    gone = events(second)["Skyddsrond"]
    assert (str(gone["STATUS"]), gone["SEQUENCE"]) == ("CANCELLED", 1)
    assert written([LAST], LATER, second) == second
    back = events(written([ROUND, LAST], LATER, second))["Skyddsrond"]
    assert (str(back["STATUS"]), back["SEQUENCE"]) == ("CONFIRMED", 2)


@pytest.mark.parametrize("content", [b"", b"hej", b"BEGIN:VCALENDAR\r\nPRODID:-//X//EN\r\nEND:VCALENDAR\r\n"])
def test_a_file_that_is_somebody_elses_is_not_written_over(content: bytes) -> None:
    with pytest.raises(BadInput, match="ingen kalender härifrån"):
        written([ROUND], previous=content)
