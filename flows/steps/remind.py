"""Those who have not answered are reminded."""

from prefect import flow

from tasks import cycle_steps
from tasks.work import StepWork


@flow(name="påminnelser", flow_run_name="{step.title}: påminnelser", log_prints=False)
def remind(step: StepWork) -> int:
    """The step, as a run of its own."""
    return cycle_steps.remind(step)
