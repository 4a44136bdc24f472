"""A city's work, spread: rounds in batches that any worker takes, or here where somebody waits for them.

A few units are taken here, each as a run of its own that a person can follow; many are cut in batches (how
many and how large says the installation, `arshjul.config.settings.Schedules`). A batch is a flow run in the
work pool: the worker that is free takes the next. Nobody waits for a batch, so that one worker alone gets
through, too. Batches that nobody has begun are not made a second time.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, TypeVar

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterName,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.deployments import run_deployment
from prefect.runtime import flow_run

from arshjul.config import Installation
from arshjul.config.settings import Schedules
from arshjul.cycle import CycleKey
from arshjul.plan import Kind
from arshjul.steps.answers.collecting import Collected, inbox_files
from arshjul.steps.cycle.rounds import Round
from arshjul.steps.letters.failing import tell_of_round
from flows.steps.attempts import unattended
from tasks import rounds
from tasks.installed import installed_office
from tasks.rounds import UNITS_A_TASK, show_round

BATCH, PART = "batch", "inbox_part"
_WAITING = (StateType.SCHEDULED, StateType.PENDING)
_FORGOTTEN = timedelta(hours=2)

T = TypeVar("T")


def is_city(installation: Installation) -> bool:
    """Whether the units are so many that a day's work is put in the work pool in batches, of all of them."""
    return len(installation.organisation.units) > installation.settings.schedules.one_by_one


def goes_to_pool() -> bool:
    """Whether this run is to put the work in the pool: a city's, started by its schedule."""
    return unattended() and is_city(installed_office().installation)


def spread_cycles(keys: Sequence[CycleKey], now: datetime) -> int:
    """Put batches of the cycles in the work pool; how many, 0 where earlier ones still wait there."""
    return _put_in_pool(BATCH, cycle_batches(keys, _sizes().batch_units), now)


def spread_duties(units: Sequence[str], now: datetime) -> int:
    """Put batches of units whose duties are to be told of in the work pool; how many."""
    batches = [("Uppgifter", {"units": part}) for part in _cut(units, _sizes().batch_units)]
    return _put_in_pool(BATCH, batches, now)


def spread_inbox(now: datetime) -> int:
    """Put parts of a full inbox in the work pool; how many, 0 where few files wait."""
    files = len(inbox_files(installed_office()))
    of = -(-files // _sizes().batch_files)
    if of < 2:
        return 0
    return _put_in_pool(PART, [("Inkorgen", {"part": n, "of": of}) for n in range(1, of + 1)], now)


def cycle_batches(keys: Sequence[CycleKey], most: int) -> list[tuple[str, dict[str, Any]]]:
    """The cycles in batches of one report, at most `most` units: what each is called, its parameters."""

    def report(key: CycleKey) -> tuple[str, int, int]:
        return key.kind.value, key.year, key.month

    found = []
    for (kind, year, month), same in groupby(sorted(keys, key=report), key=report):
        listed = list(same)
        for part in _cut([key.unit_code for key in listed], most):
            found.append((str(listed[0]), {"kind": kind, "year": year, "month": month, "units": part}))
    return found


def cycles_here(title: str, keys: Sequence[CycleKey], now: datetime) -> Round:
    """The round over the cycles in this run, a handful of units a task."""
    return _here(title, keys, lambda name, some: rounds.bring_up_to_date(name, some, now))


def duties_here(units: Sequence[str], now: datetime) -> Round:
    """The round over the units' duties in this run."""
    return _here("Uppgifter", units, lambda name, some: rounds.tell_of_duties(name, some, now))


def part_here(part: int, of: int, now: datetime) -> Collected:
    """Read one part of the inbox in this run, some files a task, until nothing of it is left or moves."""
    collected = Collected()
    while True:
        read = rounds.read_part(part, of, now)
        collected.add(read)
        if not (read.accepted or read.rejected or read.quarantined or read.seen_before or read.unchanged):
            return collected


def tell_of_troubles(title: str, done: Round, now: datetime) -> None:
    """What failed in a round: on the run's page, and where nobody watches, in one letter to the operators."""
    show_round(title, done)
    if done.troubles and unattended():
        tell_of_round(installed_office(), done.troubles, str(flow_run.get_name()), now)


def keys_of(kind: str, year: int, month: int, units: Iterable[str]) -> list[CycleKey]:
    """The cycles of a batch."""
    return [CycleKey(unit, Kind(kind), year, month) for unit in units]


def _sizes() -> Schedules:
    return installed_office().installation.settings.schedules


def _here(title: str, work: Sequence[T], take: Callable[[str, Sequence[T]], Round]) -> Round:
    done = Round()
    for number, some in enumerate(_cut(work, UNITS_A_TASK)):
        first = number * UNITS_A_TASK + 1
        done.add(take(f"{title}: {first}–{first + len(some) - 1} av {len(work)}", some))
    return done


def _cut(work: Sequence[T], size: int) -> list[list[T]]:
    """In parts of much the same length, none longer than `size`."""
    parts = -(-len(work) // size)
    return [list(work[n * len(work) // parts : (n + 1) * len(work) // parts]) for n in range(parts)]


def _put_in_pool(deployment: str, batches: Sequence[tuple[str, dict[str, Any]]], now: datetime) -> int:
    titles = {title for title, _ in batches}
    if not batches or any(_waits(title) for title in titles):
        return 0
    for number, (title, parameters) in enumerate(batches, start=1):
        run_deployment(
            f"{deployment}/{deployment}",
            parameters={**parameters, "now": now.isoformat()},
            flow_run_name=f"{title}: del {number} av {len(batches)}",
            timeout=0,  # nobody waits for it
            as_subflow=False,
            idempotency_key=f"{deployment} {title} {number} {len(batches)} {now:%Y-%m-%dT%H:%M}",
        )
    return len(batches)


def _waits(title: str) -> bool:
    """Whether a batch of the same waits for a worker; one that is forgotten does not count."""
    chosen = FlowRunFilter(
        name=FlowRunFilterName(like_=f"{title}: del "),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(_WAITING))),
    )
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=chosen, limit=200)
    created = [run.created for run in runs if run.created is not None]
    return any(made > datetime.now(made.tzinfo) - _FORGOTTEN for made in created)
