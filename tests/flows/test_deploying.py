"""Prefect's deployments are kept in step with the wheel, in a real server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import DeploymentResponse
from prefect.states import Running

from arshjul.config import Installation, load_installation
from arshjul.plan import Kind
from arshjul.wheel import STOCKHOLM
from cli.demo_installation import copy_config
from cli.processes import is_alive
from flows.deploying import Change, bring_in_step, bury_dead_runs
from flows.t2 import t2
from flows.year import YEAR_TAG, Planned, Wanted, table
from tests.example import CONFIG

pytestmark = pytest.mark.usefixtures("prefect_database")

ALL = {"vp", "t1", "t2", "vb", "month", "duties", "upkeep", "archive_check"}
NOW = datetime.now(UTC)
EIGHT = NOW.astimezone(STOCKHOLM).replace(hour=8, minute=0, second=0, microsecond=0)


@pytest.fixture
def clean() -> Iterator[None]:
    """No deployment of another test's is left."""
    yield
    with get_client(sync_client=True) as client:
        for deployment in client.read_deployments():
            client.delete_deployment(deployment.id)


def deploy(installation: Installation, *, dry_run: bool = False) -> list[Change]:
    return bring_in_step(table(installation, (2026, 2027)), "prov", {}, NOW, dry_run=dry_run)


def there() -> dict[str, DeploymentResponse]:
    with get_client(sync_client=True) as client:
        return {deployment.name: deployment for deployment in client.read_deployments()}


def runs_of(name: str) -> list[FlowRun]:
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(limit=200)
        return [run for run in found if run.deployment_id == there()[name].id]


def one(dates: dict[datetime, str]) -> list[Wanted]:
    planned = Planned("T2 2026 Solgläntan", {"unit": "SOL", "year": 2026}, dates)
    return [Wanted(t2, "Prov", YEAR_TAG, (planned,))]


@pytest.mark.usefixtures("clean")
def test_what_is_as_it_should_be_is_left_alone_and_what_differs_is_changed(tmp_path: Path) -> None:
    config = copy_config(CONFIG, tmp_path, 9)
    installation = load_installation(config)
    assert {change.deployment for change in deploy(installation, dry_run=True)} == ALL
    assert there() == {}
    assert {change.deployment for change in deploy(installation)} == ALL
    first = there()
    assert set(first) == ALL
    assert deploy(installation) == []
    assert {name: d.updated for name, d in there().items()} == {name: d.updated for name, d in first.items()}

    wheel = config / "wheel.yaml"
    text = wheel.read_text("utf-8")
    assert text.count("archive: {day: 10-30}") == 1
    wheel.write_text(text.replace("archive: {day: 10-30}", "archive: {day: 10-29}"), "utf-8")
    changed = load_installation(config)
    said = deploy(changed, dry_run=True)
    assert {(change.deployment, change.what) for change in said} == {
        ("t2", "tas bort: SOL 2026 2026-10-30 08:00"),
        ("t2", "nytt: SOL 2026 2026-10-29 08:00"),
    }
    assert deploy(changed) == said
    rules = " ".join(str(schedule.schedule) for schedule in there()["t2"].schedules)
    assert "20261029T080000" in rules
    assert "20261030T080000" not in rules
    assert deploy(changed) == []

    without = replace(changed, kinds={k: v for k, v in changed.kinds.items() if k is not Kind.MR})
    assert [change.deployment for change in deploy(without)] == ["month"]
    assert set(there()) == ALL - {"month"}


@pytest.mark.usefixtures("clean")
def test_coming_runs_bear_names_and_no_old_date_is_left() -> None:
    first, second, third = (EIGHT + timedelta(days=days) for days in (2, 9, 300))
    until = NOW + timedelta(days=400)
    bring_in_step(one({first: "underlag", third: "arkivering"}), "prov", {}, until)
    planned = {run.expected_start_time: run.name for run in runs_of("t2")}
    assert planned == {first: "T2 2026 Solgläntan: underlag", third: "T2 2026 Solgläntan: arkivering"}
    bring_in_step(one({second: "underlag", third: "arkivering"}), "prov", {}, until)
    assert {run.expected_start_time for run in runs_of("t2")} == {second, third}
    bring_in_step(one({second: "underlag"}), "prov", {}, until)
    assert {run.expected_start_time for run in runs_of("t2")} == {second}


@pytest.mark.usefixtures("clean")
def test_what_is_not_ours_on_the_server_is_not_touched() -> None:
    other = t2.to_deployment(name="någon annans")
    other.apply()  # type: ignore[union-attr]
    bring_in_step(one({EIGHT + timedelta(days=2): "underlag"}), "prov", {}, NOW)
    bring_in_step([], "prov", {}, NOW)
    assert set(there()) == {"någon annans"}


@pytest.mark.usefixtures("clean")
def test_a_run_whose_process_is_gone_is_not_shown_as_running() -> None:
    bring_in_step(one({EIGHT + timedelta(days=2): "underlag"}), "prov", {}, NOW)
    with get_client(sync_client=True) as client:
        run = client.create_flow_run_from_deployment(
            there()["t2"].id, parameters={"unit": "SOL", "year": 2026}, state=Running()
        )
        client.update_flow_run(run.id, infrastructure_pid="4194305")  # above the highest that Linux gives
        assert bury_dead_runs(is_alive) == 1
        state = client.read_flow_run(run.id).state
        assert state is not None
        assert state.name == "Crashed"
        assert "Nästa tillsyn tar vid" in (state.message or "")
