"""When a letter may go: in office hours, save what somebody waits for.

Called by the steps that gather and send. Pure; `now` is a parameter.
"""

from datetime import datetime, time

from arshjul.letters.particulars import MatterKind
from arshjul.swedish_dates import STOCKHOLM
from arshjul.workdays import is_workday

AT_ONCE = frozenset({MatterKind.RECEIPT, MatterKind.RETURNED, MatterKind.LINK, MatterKind.FAILURE})
OPENS, MORNING, CLOSES = time(7), time(8), time(18)


def in_office_hours(now: datetime) -> bool:
    """Whether people are at work: 07-18 on a working day, in Stockholm."""
    local = now.astimezone(STOCKHOLM)
    return is_workday(local.date()) and OPENS <= local.time() < CLOSES


def letters_are_made(now: datetime) -> bool:
    """Whether new letters are made: from eight, so that what the night left goes with the morning's own."""
    return in_office_hours(now) and now.astimezone(STOCKHOLM).time() >= MORNING
