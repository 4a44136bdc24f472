"""The closed cycle becomes an archive package."""

from prefect import flow

from tasks import cycle_steps
from tasks.work import StepWork


@flow(name="arkivering", flow_run_name="{step.title}: arkivering", log_prints=False)
def archive(step: StepWork) -> int:
    """The step, as a run of its own."""
    return cycle_steps.archive(step)
