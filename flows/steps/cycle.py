"""Bringing one cycle up to date: do the steps that are due, ask again, until nothing is.

The cycle is held by a lease meanwhile, so that portal, worker and command never do the same step at once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from arshjul.cycle import ARCHIVE, COMPILE, DISTRIBUTE, ESCALATE, OPEN, REMIND, CycleKey
from arshjul.plan import Kind
from arshjul.steps.cycles import leased, renew_lease
from arshjul.steps.standing import cycle_standing
from flows.steps.archive import archive
from flows.steps.compile import compile_report
from flows.steps.distribute import distribute
from flows.steps.escalate import escalate
from flows.steps.forms import send_forms
from flows.steps.remind import remind
from tasks.answered import show_answered
from tasks.installed import installed_office
from tasks.work import StepWork, Work

STEPS: dict[str, Callable[[StepWork], int]] = {
    OPEN: send_forms,
    REMIND: remind,
    ESCALATE: escalate,
    COMPILE: compile_report,
    DISTRIBUTE: distribute,
    ARCHIVE: archive,
}


@dataclass(slots=True)
class Done:
    """What bringing a cycle up to date did, step by step, and what it waits for now."""

    steps: dict[str, int] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)
    waits_for: str = ""


def bring_up_to_date(kind: Kind, year: int, unit: str, now: datetime) -> Done:
    """Do every step of the cycle that is due at `now` (aware)."""
    office = installed_office()
    key = CycleKey(unit, kind, year)
    short_name = office.installation.unit(unit).short_name
    work = Work(f"{key} {short_name}", unit, kind.value, year, now)
    done = Done()
    with leased(office, key, now):
        taken: set[str] = set()  # a step that stays due after it was taken waits for the next run
        while steps := [s for s in cycle_standing(office, key, now).due if s.name not in taken]:
            for step in steps:
                taken.add(step.name)
                renew_lease(office, key)
                count = STEPS[step.kind](StepWork(work, step.name, step.planned, step.late))
                done.steps[step.name] = done.steps.get(step.name, 0) + count
                if step.late:
                    done.late.append(step.name)
    done.waits_for = cycle_standing(office, key, now).waits_for
    if done.steps:
        show_answered(work)
    return done
