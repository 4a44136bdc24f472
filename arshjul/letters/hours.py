"""When a letter may go: in office hours, save what somebody waits for.

Called by the steps that gather and send. Pure; `now` is a parameter.
"""

from datetime import datetime, time

from arshjul.letters.particulars import MatterKind
from arshjul.swedish_dates import STOCKHOLM
from arshjul.workdays import is_workday

AT_ONCE = frozenset({MatterKind.RECEIPT, MatterKind.RETURNED, MatterKind.LINK, MatterKind.FAILURE})
OPENS, CLOSES = time(7), time(18)


def in_office_hours(now: datetime) -> bool:
    """Whether people are at work: 07-18 on a working day, in Stockholm."""
    local = now.astimezone(STOCKHOLM)
    return is_workday(local.date()) and OPENS <= local.time() < CLOSES
