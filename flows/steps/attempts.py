"""A run that fails: tried again where waiting helps, and in the end told of, once, to the operator.

Only runs that nobody watches do so: at the command line the person sees the sentence and decides herself.
What the letter says is `arshjul.steps.letters.failing`. Called by the flows.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from prefect.runtime import deployment, flow_run

from arshjul.errors import Busy
from arshjul.steps.letters.failing import tell_operators
from tasks.installed import installed_office
from tasks.post import send
from tasks.shown import show_failure, show_waiting
from tasks.work import without_words

R = TypeVar("R")

WAITS = (30, 120, 600)  # seconds; the last is as long as a lease on a cycle


def attempted(
    title: str,
    unit: str | None,
    now: datetime,
    work: Callable[[], R],
    waits: Sequence[float] = WAITS,
    sleep: Callable[[float], None] = time.sleep,
) -> R:
    """What `work` gives; its last error is raised, after it has been shown and told.

    `unit` None is all of them. Without `waits` somebody who is at it already is nothing to tell of.
    """
    guarded = without_words(work)
    for number, wait in enumerate(waits if unattended() else (), start=1):
        try:
            return guarded()
        except Busy as error:
            show_waiting(title, error, number, wait)
            sleep(wait)
        except Exception as error:
            _give_up(title, unit, now, error)
            raise
    try:
        return guarded()
    except Exception as error:
        if waits or not isinstance(error, Busy):
            _give_up(title, unit, now, error)
        else:
            show_failure(title, error)
        raise


def unattended() -> bool:
    """Whether the run was started by its schedule, so that nobody reads what it says."""
    return deployment.get_id() is not None


def _give_up(title: str, unit: str | None, now: datetime, error: Exception) -> None:
    show_failure(title, error)
    if not unattended():
        return
    try:
        if tell_operators(installed_office(), title, unit, error, str(flow_run.get_name()), now):
            send(now)
    except Exception as trouble:
        # The store or the post is what failed: then the run itself, red in Prefect, is all that can tell.
        show_failure(f"{title}: brevet till driften", trouble)
