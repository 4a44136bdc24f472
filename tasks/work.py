"""What a task is told: which cycle, which step, and what time it is. Plain data without people.

`unit_of_work` is how every task of ours is declared.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from arshjul.cycle import CycleKey, Due
from arshjul.errors import ArshjulError, Busy, ProgramFault
from arshjul.plan import Kind

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Work:
    """One cycle at one time. `title` is what runs are called: "T2 2026 Solgläntan"."""

    title: str
    unit: str
    kind: str
    year: int
    now: datetime
    month: int = 0

    @property
    def key(self) -> CycleKey:
        """The cycle."""
        return CycleKey(self.unit, Kind(self.kind), self.year, self.month)


@dataclass(frozen=True, slots=True)
class StepWork:
    """One step that is due in a cycle."""

    cycle: Work
    name: str
    planned: datetime
    late: bool

    @property
    def due(self) -> Due:
        """The step as the rules know it."""
        return Due(self.name, self.planned, self.late)

    @property
    def title(self) -> str:
        """The cycle's title."""
        return self.cycle.title


def unit_of_work(
    run_name: str, *, retries: int = 3, timeout_seconds: int = 600
) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A task that is never cached, and retried only where waiting helps (a database that is held).

    Prefect keeps the words of an error that leaves a task or flow. Those of the program's own faults may name
    people: they go no further (`without_words`).
    """

    def declare(function: Callable[P, R]) -> Task[P, R]:
        declared: Callable[[Callable[P, R]], Task[P, R]] = task(
            task_run_name=run_name,
            cache_policy=NO_CACHE,
            retries=retries,
            retry_delay_seconds=[2, 10, 30],
            retry_condition_fn=_waiting_helps,
            timeout_seconds=timeout_seconds,
        )
        return declared(without_words(function))

    return declare


def without_words(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, whose faults of the program are told by kind and place alone."""

    @functools.wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except (ArshjulError, ProgramFault):
            raise
        except Exception as error:
            raise ProgramFault.of(error) from None

    return guarded


def _waiting_helps(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    try:
        state.result()
    except Busy:
        return True
    except Exception:
        return False
    return False
