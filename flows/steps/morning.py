"""A morning's work with Prefect's hands: each part that has something to do is a run of its own."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from arshjul.cycle import APT, ARCHIVE, COMPILE, DIGEST, DISTRIBUTE, ESCALATE, OPEN, REMIND, CycleKey, Due
from arshjul.office import Office
from arshjul.plan import Kind
from arshjul.steps.answers.collecting import Collected, inbox_files
from arshjul.steps.cycle import morning as plain
from arshjul.steps.cycle.behind import others_at_work
from arshjul.steps.cycle.morning import Hands, Morning
from arshjul.steps.letters.posting import Posted
from flows.steps.apt import ask_for_meetings
from flows.steps.archive import archive
from flows.steps.attempts import WAITS, attempted, unattended
from flows.steps.collect import collect
from flows.steps.compile import compile_report
from flows.steps.digest import digest
from flows.steps.distribute import distribute
from flows.steps.escalate import escalate
from flows.steps.forms import send_forms
from flows.steps.post import post
from flows.steps.remind import remind
from tasks.clock import at_or_now
from tasks.installed import installed_office
from tasks.shown import show_answered, show_made
from tasks.work import StepWork, Work

STEPS = {
    OPEN: send_forms,
    REMIND: remind,
    ESCALATE: escalate,
    COMPILE: compile_report,
    DIGEST: digest,
    DISTRIBUTE: distribute,
    APT: ask_for_meetings,
    ARCHIVE: archive,
}


def morning(
    kind: Kind,
    year: int,
    unit: str,
    now: datetime | None,
    month: int = 0,
    waits: Sequence[float] = WAITS,
    *,
    among_others: bool | None = None,
) -> Morning:
    """Do what is due in the cycle at `now` (aware) or as the clock stands; again it changes nothing.

    `waits` are the seconds to wait before it is tried again where somebody else is at it. `among_others`: the
    last of the runs of this morning sends the letters; unless it is said, that is so for a run started by its
    schedule, as long as it was not told what time it is: then it is alone in that time.
    """
    office = installed_office()
    key = CycleKey(unit, kind, year, month)
    at = at_or_now(now)
    work = _work(office, key, at)
    others = unattended() and now is None if among_others is None else among_others
    result = attempted(
        work.title, unit, at, lambda: plain.morning(office, key, at, PREFECT, among_others=others), waits
    )
    if result.done.steps or result.collected.accepted:
        show_answered(work)
    show_made(work, list(result.done.steps))
    return result


def post_what_waits(now: datetime, patience: timedelta | None = None) -> int:
    """Gather and send the letters that wait; how many were sent.

    A scheduled run leaves that to the last one of the morning, or where that takes longer than `patience` to
    nobody.
    """
    office = installed_office()
    if unattended() and others_at_work(office, now, patience):
        return 0
    return plain.post_what_waits(office, now, PREFECT).sent


def read_inbox(now: datetime) -> Collected:
    """What is the same for every cycle: the inbox."""
    return collect(now) if inbox_files(installed_office()) else Collected()


def _collect(_office: Office, now: datetime) -> Collected:
    return collect(now)


def _take(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    return STEPS[step.kind](StepWork(_work(office, key, now), step.name, step.planned, step.late))


def _post(_office: Office, now: datetime) -> Posted:
    return post(now)


def _work(office: Office, key: CycleKey, now: datetime) -> Work:
    short_name = office.installation.unit(key.unit_code).short_name
    return Work(f"{key} {short_name}", key.unit_code, key.kind.value, key.year, now, key.month)


PREFECT = Hands(_collect, _take, _post)
