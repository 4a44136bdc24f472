"""Bringing a Prefect server in step with the wheel: what differs is changed, what is gone is deleted.

Ours are the deployments with the tag of this installation's work pool; nothing else on the server is touched.
A deployment that is as it should be is left alone, with its runs. The coming runs are made as far ahead as
the installation says, and named as people speak of them. Called by `arshjul deploy` and `arshjul serve`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Schedule
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from arshjul.wheel import STOCKHOLM
from flows.year import Wanted
from tasks.post import ONE_SENDER

PAGE = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between server and wheel. `what` is a Swedish phrase for whoever deploys."""

    deployment: str
    what: str


def bring_in_step(
    wanted: Sequence[Wanted],
    pool: str,
    env: dict[str, str],
    until: datetime,
    *,
    at_once: int | None = None,
    dry_run: bool = False,
) -> list[Change]:
    """Make the server's deployments those of the table; what was changed, or with `dry_run` would be.

    `env` are variables that the worker sets for a run, `until` how far ahead coming runs are made, `at_once`
    how many batches of a city may run at a time, on all workers together.
    """
    with get_client(sync_client=True) as client:
        if not dry_run:
            _have_pool(client, pool)
            _have_one_sender(client)
        there = {found.name: found for found in _ours(client, pool)}
        changes: list[Change] = []
        for each in wanted:
            found = there.pop(each.name, None)
            made = _deployment(each, pool, env, at_once)
            differences = list(_differences(each, made, found))
            changes += differences
            if dry_run:
                continue
            deployment_id = made.apply() if differences or found is None else found.id
            if each.planned:
                _make_runs(client, deployment_id, each, until)
        for name, gone in there.items():
            changes.append(Change(name, "tas bort, finns inte längre i årshjulet"))
            if not dry_run:
                client.delete_deployment(gone.id)
    return changes


def bury_dead_runs(is_alive: Callable[[int], bool]) -> int:
    """Runs that were cut short when machine and server stopped together are not running; how many there were.

    For a server whose worker is on this machine: `is_alive` says whether a process of it lives.
    """
    with get_client(sync_client=True) as client:
        running = FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING]))
        )
        dead = [
            run
            for run in client.read_flow_runs(flow_run_filter=running, limit=PAGE)
            if (run.infrastructure_pid or "").isdecimal() and not is_alive(int(run.infrastructure_pid or 0))
        ]
        for run in dead:
            state: State[None] = Crashed(
                message="Datorn stannade mitt i körningen. Nästa tillsyn tar vid där den slutade."
            )
            client.set_flow_run_state(run.id, state, force=True)
    return len(dead)


def mark(pool: str) -> str:
    """The tag by which our own deployments are known."""
    return f"arshjul:{pool}"


def _have_pool(client: SyncPrefectClient, pool: str) -> None:
    try:
        client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    except ObjectAlreadyExists:
        return


def _have_one_sender(client: SyncPrefectClient) -> None:
    """Letters are gathered and sent by one run at a time, however many workers there are."""
    client.upsert_global_concurrency_limit_by_name(ONE_SENDER, 1)


def _ours(client: SyncPrefectClient, pool: str) -> list[DeploymentResponse]:
    tagged = DeploymentFilter(tags=DeploymentFilterTags(all_=[mark(pool)]))
    return client.read_deployments(deployment_filter=tagged, limit=PAGE)


def _deployment(
    wanted: Wanted, pool: str, env: dict[str, str], at_once: int | None = None
) -> RunnerDeployment:
    made = wanted.flow.to_deployment(
        name=wanted.name,
        schedules=wanted.schedules,
        description=wanted.description,
        tags=[wanted.tag, mark(pool)],
        work_pool_name=pool,
        job_variables={"env": env} if env else {},
        entrypoint_type=EntrypointType.MODULE_PATH,
        concurrency_limit=at_once if wanted.at_once else None,
    )
    assert isinstance(made, RunnerDeployment)  # a coroutine only when called from async code
    return made


def _differences(
    wanted: Wanted, made: RunnerDeployment, found: DeploymentResponse | None
) -> Iterator[Change]:
    """What is not as it should be, a phrase each; nothing for a deployment that is right."""
    if found is None:
        yield Change(wanted.name, f"läggs till, {_count(sum(len(p.times) for p in wanted.planned))}")
        return
    facts = (
        ("beskrivningen", made.description, found.description),
        ("flödet", made.entrypoint, found.entrypoint),
        ("märkningen", sorted(made.tags), sorted(found.tags)),
        ("arbetspoolen", made.work_pool_name, found.work_pool_name),
        ("hur många på en gång", made.concurrency_limit, _limit(found)),
        ("arbetarens miljö", made.job_variables or {}, found.job_variables or {}),
    )
    for what, should, does in facts:
        if should != does:
            yield Change(wanted.name, f"{what} ändras")
    should_run = {fact for schedule in wanted.schedules for fact in _facts(schedule)}
    does_run = {fact for each in found.schedules if each.active for fact in _facts_there(each)}
    for fact in sorted(does_run - should_run):
        yield Change(wanted.name, f"tas bort: {fact}")
    for fact in sorted(should_run - does_run):
        yield Change(wanted.name, f"nytt: {fact}")
    if len(found.schedules) != len(wanted.schedules) and should_run == does_run:
        yield Change(wanted.name, "scheman ändras")


def _limit(found: DeploymentResponse) -> int | None:
    return found.global_concurrency_limit.limit if found.global_concurrency_limit else None


def _count(dates: int) -> str:
    return f"{dates} tidpunkter" if dates else "återkommande"


def _facts(schedule: Schedule) -> Iterator[str]:
    return _words(schedule.rrule or schedule.cron or "", schedule.timezone, schedule.parameters)


def _facts_there(schedule: Any) -> Iterator[str]:
    rule = schedule.schedule
    text = getattr(rule, "rrule", None) or getattr(rule, "cron", None) or ""
    return _words(text, getattr(rule, "timezone", None), schedule.parameters)


def _words(rule: str, timezone: str | None, parameters: dict[str, Any]) -> Iterator[str]:
    """When a schedule runs, a phrase each that can be compared and read: "SOL 2026 2026-10-30 08:00"."""
    of = " ".join(str(parameters[key]) for key in ("unit", "year", "month") if key in parameters)
    zone = "" if timezone == STOCKHOLM.key else timezone or ""
    dates = rule.partition("RDATE:")[2]
    for at in dates.split(",") if dates else [rule]:
        when = f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}" if dates else at
        yield " ".join(filter(None, (of, when, zone)))


def _make_runs(client: SyncPrefectClient, deployment_id: Any, wanted: Wanted, until: datetime) -> None:
    """Make the coming runs of exact dates, and name them; those that are there and named stay as they are."""
    client.request(
        "POST",
        "/deployments/{id}/schedule",
        path_params={"id": deployment_id},
        json={"end_time": until.isoformat(), "min_runs": PAGE, "max_runs": PAGE},
    )
    for run in _scheduled(client, deployment_id):
        name = _name(wanted, run)
        if name is not None and name != run.name:
            client.update_flow_run(run.id, name=name)


def _scheduled(client: SyncPrefectClient, deployment_id: Any) -> Iterator[FlowRun]:
    chosen = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
    )
    offset = 0
    while page := client.read_flow_runs(flow_run_filter=chosen, limit=PAGE, offset=offset):
        yield from page
        offset += PAGE


def _name(wanted: Wanted, run: FlowRun) -> str | None:
    for planned in wanted.planned:
        if dict(planned.parameters).items() <= run.parameters.items():
            what = planned.times.get(run.expected_start_time) if run.expected_start_time else None
            if what is not None:
                return f"{planned.title}: {what}"
    return None
