"""Those who have not said when they took the report up are asked."""

from prefect import flow

from tasks import cycle_steps
from tasks.work import StepWork


@flow(name="fråga om APT", flow_run_name="{step.title}: fråga om APT", log_prints=False)
def ask_for_meetings(step: StepWork) -> int:
    """The step, as a run of its own."""
    return cycle_steps.ask_for_meetings(step)
