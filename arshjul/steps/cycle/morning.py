"""A morning's work on a cycle: read the inbox, take the steps that are due, send the letters.

The order stands here once. Who takes a part is the caller's: plain calls (`PLAIN`, for simulations and
tests) or Prefect's subflows (`flows.steps`). A part is taken only when there is something to do in it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from arshjul.cycle import APT, ARCHIVE, COMPILE, DIGEST, DISTRIBUTE, ESCALATE, OPEN, REMIND, CycleKey, Due
from arshjul.office import Office
from arshjul.steps.answers.collecting import Collected, collect_file, inbox_files
from arshjul.steps.archive.archiving import archive
from arshjul.steps.cycle.behind import others_at_work
from arshjul.steps.cycle.chasing import escalate, remind
from arshjul.steps.cycle.digesting import digest
from arshjul.steps.cycle.lease import leased, renew_lease
from arshjul.steps.cycle.opening import open_cycle
from arshjul.steps.cycle.standing import cycle_standing
from arshjul.steps.letters.enveloping import gather_letters
from arshjul.steps.letters.posting import Posted, letters_waiting, send_letters
from arshjul.steps.meetings.apt_reminding import ask_for_meetings
from arshjul.steps.report.compiling import compile_draft
from arshjul.steps.report.deciding import export_version
from arshjul.steps.report.distributing import distribute

STEPS: dict[str, Callable[[Office, CycleKey, Due, datetime], int]] = {
    OPEN: open_cycle,
    REMIND: remind,
    ESCALATE: escalate,
    COMPILE: compile_draft,
    DIGEST: digest,
    DISTRIBUTE: distribute,
    APT: ask_for_meetings,
    ARCHIVE: archive,
}


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does the parts of a morning."""

    collect: Callable[[Office, datetime], Collected]
    take: Callable[[Office, CycleKey, Due, datetime], int]
    post: Callable[[Office, datetime], Posted]


@dataclass(slots=True)
class Done:
    """What bringing a cycle up to date did, step by step, and what it waits for now."""

    steps: dict[str, int] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)
    waits_for: str = ""


@dataclass(slots=True)
class Morning:
    """What was done, for the one who started it."""

    collected: Collected = field(default_factory=Collected)
    done: Done = field(default_factory=Done)
    posted: Posted = field(default_factory=Posted)

    @property
    def changes(self) -> int:
        """How many things were sent, written or changed."""
        return self.collected.files + len(self.done.steps) + self.posted.sent + self.posted.refused


def _collect_plainly(office: Office, now: datetime) -> Collected:
    collected = Collected()
    for path in inbox_files(office):
        collected.add(collect_file(office, path, now))
    return collected


def _take_plainly(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    return STEPS[step.kind](office, key, step, now)


PLAIN = Hands(_collect_plainly, _take_plainly, send_letters)


def morning(
    office: Office, key: CycleKey | None, now: datetime, hands: Hands = PLAIN, *, among_others: bool = False
) -> Morning:
    """Do what is due in the cycle (None: only the inbox and the letters); again it changes nothing.

    `among_others`: other runs do their part of the morning at the same time, and the last of them sends the
    letters of all, so that nobody gets two where one would do.
    """
    result = Morning()
    if inbox_files(office):
        result.collected = hands.collect(office, now)
    if key is not None:
        standing = cycle_standing(office, key, now)
        if standing.due or standing.progress.approved > standing.progress.distributed:
            result.done = bring_up_to_date(office, key, now, hands)
        else:  # nothing is held and nothing written
            result.done = Done(waits_for=standing.waits_for)
    if not (among_others and others_at_work(office, now)):
        result.posted = post_what_waits(office, now, hands)
    return result


def post_what_waits(office: Office, now: datetime, hands: Hands = PLAIN) -> Posted:
    """Gather what has been put down, and send the letters whose time has come."""
    gather_letters(office, now)
    return hands.post(office, now) if letters_waiting(office, now) else Posted()


def bring_up_to_date(office: Office, key: CycleKey, now: datetime, hands: Hands = PLAIN) -> Done:
    """Take every step of the cycle that is due, ask again, until nothing is; the cycle is held meanwhile."""
    done = Done()
    with leased(office, key, now):
        taken: set[str] = set()  # a step that stays due after it was taken waits for the next run
        standing = cycle_standing(office, key, now)
        while steps := [s for s in standing.due if s.name not in taken]:
            for step in steps:
                if taken:  # what was taken in hand just now needs no more time
                    renew_lease(office, key)
                taken.add(step.name)
                done.steps[step.name] = hands.take(office, key, step, now)
                if step.late:
                    done.late.append(step.name)
            standing = cycle_standing(office, key, now)
        if standing.progress.approved > standing.progress.distributed:
            # An approval that was cut short may have left its files in the store only.
            export_version(office, key, standing.progress.approved)
    done.waits_for = standing.waits_for
    return done
