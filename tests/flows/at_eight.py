"""Flows as a worker loads them for a test, in a process whose clock stands at a moment that the test says.

The deployments of `tests.flows.test_together` point here instead of at `flows`; nothing else is otherwise.
Not for the test's own process, whose clock goes on.
"""

import os
from datetime import datetime, tzinfo

import tasks.clock
from flows.t2 import t2
from flows.upkeep import upkeep

__all__ = ["t2", "upkeep"]

MORNING = datetime.fromisoformat(os.environ["ARSHJUL_TEST_MORNING"])


class Clock(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no subclass is wanted
        return MORNING.astimezone(tz)


tasks.clock.datetime = Clock  # type: ignore[misc]
