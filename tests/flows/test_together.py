"""A morning on which several runs come at once, as their schedules start them: a real server and worker."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun
from prefect.deployments import run_deployment
from prefect.deployments.runner import RunnerDeployment
from prefect.settings import PREFECT_API_URL
from prefect.types.entrypoint import EntrypointType

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.plan import Kind
from arshjul.steps.cycle.behind import cycles_behind, units_with_duties_behind
from arshjul.steps.cycle.morning import bring_up_to_date
from arshjul.steps.duties.duties import tell_of_duties
from flows.t2 import t2
from flows.upkeep import upkeep
from tests.example import Home, at
from tests.steps.posted import read, text_of, to

POOL = "morgonen"
PATIENCE = 180.0
ROOT = Path(__file__).parents[2]
BOTH_OPEN = at("2026-08-24 08:00")  # the machine was off when Hamngatan's report opened
SOL, HAM = CycleKey("SOL", Kind.T2, 2026), CycleKey("HAM", Kind.T2, 2026)


def test_of_the_runs_of_a_morning_the_last_sends_one_letter_to_each(
    home: Home, prefect_database: Path, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    with OutboxServer(tmp_path / "utkorg") as outbox:
        home.send_to(outbox.port)
        everything_else_is_seen_to(home)
        have_pool()
        begun = [
            begin(t2, unit="SOL", year=2026),
            begin(t2, unit="HAM", year=2026),
            begin(upkeep),
        ]
        with worker(home, log):
            until(lambda: all(state_of(run) in ("Completed", "Failed", "Crashed") for run in begun))
        came = read(outbox)
    assert [state_of(run) for run in begun] == ["Completed"] * 3, log.read_text("utf-8")
    assert set(Counter(map(to, came)).values()) == {1}
    [peters] = [letter for letter in came if to(letter) == "peter.wallgren"]
    assert all(f"– {unit}" in text_of(peters) for unit in ("Solgläntan", "Hamngatan"))
    with home.office() as office, office.database.reading() as session:
        assert session.query(tables.Letter).filter(tables.Letter.state != "sent").count() == 0


def everything_else_is_seen_to(home: Home) -> None:
    with home.office() as office:
        for key in cycles_behind(office, BOTH_OPEN):
            if key not in (SOL, HAM):
                bring_up_to_date(office, key, BOTH_OPEN)
        for unit in units_with_duties_behind(office, BOTH_OPEN):
            tell_of_duties(office, unit.code, BOTH_OPEN)


def have_pool() -> None:
    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))


def begin(flow: "Flow[..., object]", **parameters: object) -> UUID:
    """A run of the flow's deployment, now, as its schedule would start it: told nothing of the time."""
    made = flow.to_deployment(name=flow.name, work_pool_name=POOL, entrypoint_type=EntrypointType.MODULE_PATH)
    assert isinstance(made, RunnerDeployment)
    made.entrypoint = f"tests.flows.at_eight.{flow.name}"
    made.apply()
    run = run_deployment(f"{flow.name}/{flow.name}", parameters=parameters, timeout=0, as_subflow=False)
    assert isinstance(run, FlowRun)
    return run.id


def state_of(run: UUID) -> str:
    with get_client(sync_client=True) as client:
        return str(client.read_flow_run(run).state_name)


@contextmanager
def worker(home: Home, log: Path) -> Iterator[None]:
    """A worker that takes all of them side by side."""
    environment = os.environ | {
        "ARSHJUL_CONFIG": str(home.config),
        "PREFECT_API_URL": str(PREFECT_API_URL.value()),
        "ARSHJUL_TEST_MORNING": BOTH_OPEN.isoformat(),
        "PYTHONPATH": str(ROOT),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }
    words = ("worker", "start", "--pool", POOL, "--type", "process", "--limit", "3")
    with (
        log.open("w") as said,
        subprocess.Popen(
            [sys.executable, "-m", "prefect", *words], cwd=ROOT, env=environment, stdout=said, stderr=said
        ) as process,
    ):
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:  # it waits for something of its own
                process.kill()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.5)
