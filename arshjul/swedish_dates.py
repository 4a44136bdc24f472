"""Swedish dates as people write them: "fredag 11 september", "i dag, fredag 11 september", "kl. 8.05".

Python's own names of days and months follow the machine's locale, which a server rarely has in Swedish.
Which days are worked is `arshjul.workdays`. Called by letters, portal, reports and forms. Pure.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
_NEAR = {-1: "i går", 0: "i dag", 1: "i morgon"}


def swedish_date(day: date) -> str:
    """The date without its weekday: "15 september 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def swedish_day(day: date, today: date) -> str:
    """Weekday and date; the year only where it is not this year's."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def swedish_near_day(day: date, today: date) -> str:
    """As `swedish_day`, with "i går", "i dag" or "i morgon" before it where that is what it is."""
    near = _NEAR.get((day - today).days)
    named = swedish_day(day, today)
    return f"{near}, {named}" if near else named


def swedish_span(first: date, last: date, today: date) -> str:
    """ "fredag 15 maj", "onsdag 14 till torsdag 15 oktober", "måndag 28 september till fredag 9 oktober"."""
    if first == last:
        return swedish_day(last, today)
    same_month = (first.year, first.month) == (last.year, last.month)
    begin = f"{_WEEKDAYS[first.weekday()]} {first.day}" if same_month else swedish_day(first, today)
    return f"{begin} till {swedish_day(last, today)}"


def swedish_time(at: datetime, today: date) -> str:
    """Day and time of day in Stockholm: "måndag 7 september kl. 8.05"."""
    local = at.astimezone(STOCKHOLM)
    return f"{swedish_day(local.date(), today)} kl. {local.hour}.{local.minute:02}"
