"""The forms go out on the day that the report opens."""

from prefect import flow

from tasks import cycle_steps
from tasks.work import StepWork


@flow(name="underlag", flow_run_name="{step.title}: underlag", log_prints=False)
def send_forms(step: StepWork) -> int:
    """The step, as a run of its own."""
    return cycle_steps.make_forms(step)
