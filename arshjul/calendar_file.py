"""Days as an iCalendar file that Outlook and Thunderbird take, and take again when something has moved.

Every entry has a lasting UID, so that a new file moves an entry instead of doubling it. What was written
last time is the memory: an entry that has not changed stays as it was to the byte, one that has gets the
next SEQUENCE and a new DTSTAMP, one that is gone is cancelled. Entries are whole days that take no time, and
nobody has to answer them. Called by `arshjul wheel --ics` and the portal. Pure.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from arshjul.calendar_days import CalendarDay
from arshjul.duties import Ring
from arshjul.errors import BadInput
from arshjul.letters.identity import calendar_uid

_PRODUCT = "-//Årshjul//SV"
_CATEGORIES = {Ring.CYCLE: "Rapport", Ring.MEETING: "Möte", Ring.DUTY: "Uppgift"}
_DAY_BEFORE_AT_EIGHT = timedelta(hours=-16)
_REVISION = ("DTSTAMP", "SEQUENCE", "LAST-MODIFIED")


def calendar_file(
    days: Iterable[CalendarDay],
    owner: str,
    name: str,
    domain: str,
    now: datetime,
    previous: bytes | None = None,
) -> bytes:
    """The days as a calendar called `name`; `owner` is a person's id or a unit's code.

    `previous` is the file that this one takes the place of. BadInput where it is no calendar of ours.
    """
    known = _events(previous) if previous is not None else {}
    events = [_event(day, owner, domain) for day in days]
    written = [_revised(event, known.pop(str(event["UID"]), None), now) for event in events]
    written += [_cancelled(event, now) for event in known.values()]
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for event in written:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def day_uid(day: CalendarDay, owner: str, domain: str) -> str:
    """The lasting UID of a day in its owner's calendar; a last day has the one that letters give it."""
    if day.thread is not None:
        return calendar_uid(day.thread, owner, domain)
    return f"{sha256(f'wheel|{day.key}|{owner}'.encode()).hexdigest()[:32]}@{domain}"


def _event(day: CalendarDay, owner: str, domain: str) -> Event:
    event = Event()
    event.add("uid", day_uid(day, owner, domain))
    event.add("dtstart", day.start)
    event.add("dtend", day.end + timedelta(days=1))
    event.add("summary", day.label)
    if day.said:
        event.add("description", day.said)
    event.add("categories", [_CATEGORIES[day.ring]])
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    if day.thread is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"I morgon: {day.label}")
        alarm.add("trigger", _DAY_BEFORE_AT_EIGHT)
        event.add_component(alarm)
    return event


def _revised(event: Event, before: Event | None, now: datetime) -> Event:
    """The event as it was where nothing changed; else with the next number and the time of the change."""
    if before is not None and _content(before) == _content(event):
        return before
    number = 0 if before is None else int(before.get("SEQUENCE", 0)) + 1
    event.add("sequence", number)
    event.add("dtstamp", now.astimezone(UTC))
    return event


def _cancelled(event: Event, now: datetime) -> Event:
    """What is gone is said to be, once; else it would stay in the calendars that have taken it."""
    if str(event.get("STATUS")) == "CANCELLED":
        return event
    number = int(event.get("SEQUENCE", 0)) + 1
    for key in (*_REVISION, "STATUS"):
        event.pop(key, None)
    event.add("status", "CANCELLED")
    event.add("sequence", number)
    event.add("dtstamp", now.astimezone(UTC))
    return event


def _content(event: Event) -> bytes:
    bare = Event(event)
    for key in _REVISION:
        bare.pop(key, None)
    return bytes(bare.to_ical())


def _events(content: bytes) -> dict[str, Event]:
    try:
        calendar = Calendar.from_ical(content)
        ours = str(calendar.get("PRODID")) == _PRODUCT
    except (ValueError, KeyError, IndexError, AttributeError):
        ours = False
    if not ours:
        raise BadInput("filen finns redan och är ingen kalender härifrån; välj ett annat namn")
    return {str(event["UID"]): event for event in calendar.walk("VEVENT") if isinstance(event, Event)}
