"""The calendar entry that goes with a request: the due date as a whole day, with an alarm the day before.

Published, not an invitation: nobody has to answer it, and the day stays free. The UID is the same for a
cycle and receiver, so a new version of the form moves the entry. Called by `arshjul.letters.compose`. Pure.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from arshjul.letters.identity import calendar_uid
from arshjul.letters.matters import Request
from arshjul.letters.wording import joined
from arshjul.swedish_dates import STOCKHOLM

_DAY_BEFORE_AT_EIGHT = timedelta(hours=-16)


def due_entries(requests: Sequence[Request], receiver: str, domain: str, now: datetime) -> bytes | None:
    """One entry per request, as an iCalendar file; None where none is in a cycle with its last day ahead."""
    today = now.astimezone(STOCKHOLM).date()
    entries = [_entry(each, receiver, domain, now) for each in requests if each.thread and each.due >= today]
    if not entries:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//Årshjul//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content


def _entry(request: Request, receiver: str, domain: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", calendar_uid(request.thread or "", receiver, domain))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", request.number - 1)
    event.add("dtstart", request.due)
    event.add("dtend", request.due + timedelta(days=1))
    event.add("summary", f"Sista dag: {request.cycle} för {joined(request.scopes)}")
    event.add("description", f"Underlaget till {request.cycle} för {request.unit_name} ska vara inlämnat.")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"I morgon är sista dagen för {request.cycle}")
    alarm.add("trigger", _DAY_BEFORE_AT_EIGHT)
    event.add_component(alarm)
    return event
