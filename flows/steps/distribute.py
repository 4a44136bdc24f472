"""The approved report goes out for the workplace meetings."""

from prefect import flow

from tasks import cycle_steps
from tasks.work import StepWork


@flow(name="utskick inför APT", flow_run_name="{step.title}: utskick inför APT", log_prints=False)
def distribute(step: StepWork) -> int:
    """The step, as a run of its own."""
    return cycle_steps.distribute(step)
