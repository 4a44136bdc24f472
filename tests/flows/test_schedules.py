"""The wheel's dates as Prefect schedules, in a real server."""

from datetime import UTC, datetime, timedelta

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.schedules import Schedule
from prefect.types.entrypoint import EntrypointType

from arshjul.wheel import STOCKHOLM
from flows.year import exact_dates


@flow(name="prov av schema")
def scheduled() -> None:
    """Never run: only its schedule is looked at."""


@pytest.mark.usefixtures("prefect_database")
def test_the_server_makes_a_run_on_each_date_of_the_wheel_and_on_no_other() -> None:
    first = datetime.now(UTC).astimezone(STOCKHOLM).replace(hour=8, minute=0, second=0, microsecond=0)
    dates = [first + timedelta(days=days) for days in (2, 9, 30)]
    rule = Schedule(rrule=exact_dates(dates), timezone="Europe/Stockholm")
    deployment = scheduled.to_deployment(
        name="schema", schedules=[rule], entrypoint_type=EntrypointType.MODULE_PATH
    )
    made = deployment.apply()
    with get_client(sync_client=True) as client:
        client.request("POST", "/deployments/{id}/schedule", path_params={"id": made}, json={})
        runs = client.read_flow_runs(limit=100)
    planned = sorted(run.expected_start_time for run in runs if run.deployment_id == made)
    assert [at.astimezone(STOCKHOLM) for at in planned if at] == dates, (
        "Prefect makes no scheduled runs: see tasks/prefect_collection.py"
    )
