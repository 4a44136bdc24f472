"""Restraint: what chases people, what can wait for tomorrow's letter, and what a newer word replaces.

The rules that keep letters few. Whether something is still true is asked of the store by
`arshjul.steps.letters.still_true`; the piles are made in `arshjul.steps.letters.enveloping`. Pure.
"""

from collections.abc import Hashable
from datetime import date, timedelta

from arshjul.letters.hours import AT_ONCE
from arshjul.letters.matters import (
    Apt,
    Duty,
    Escalation,
    Failure,
    Link,
    Matter,
    Receipt,
    Reminder,
    ReportOut,
    Request,
    Returned,
    Review,
)
from arshjul.workdays import next_workday


def chases(matter: Matter) -> bool:
    """Whether it asks again for what has been asked for before; such letters have a ceiling a week."""
    return isinstance(matter, Reminder | Apt) or (isinstance(matter, Duty) and matter.again)


def last_day(matter: Matter) -> date | None:
    """The day by which its reader is to have done something, None where she need not."""
    match matter:
        case Request() | Reminder() | Duty() | Returned():
            return matter.due
        case ReportOut() | Apt():
            return matter.apt_by
        case Review():
            return matter.approve_by
        case Escalation():
            return matter.compile_on
    return None


def can_wait(matter: Matter, today: date) -> bool:
    """Whether tomorrow's letter will do for somebody who has had one today.

    It will not where somebody waits for it, or where the last day is today or the next working day.
    """
    if matter.kind in AT_ONCE:
        return False
    day = last_day(matter)
    return day is None or day < today or day > next_workday(today + timedelta(days=1))


def asks_for_the_same(reminder: Reminder, returned: Returned) -> bool:
    """Whether what a reminder would ask for is what has just been sent back, with what to do about it."""
    sent_back = {*returned.scopes, *returned.unmarked}
    return reminder.thread == returned.thread and all(each.scope in sent_back for each in reminder.missing)


def subject_of(matter: Matter) -> Hashable | None:
    """What it is about: of several waiting words on the same, only the newest is sent. None: each is sent."""
    match matter:
        case Receipt() | Returned() | Failure() | Link():
            return None
        case Duty():
            return matter.kind, matter.unit_code, matter.title, matter.due, matter.subunits
    return matter.kind, matter.unit_code, matter.thread
