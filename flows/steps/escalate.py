"""The manager is told who is late."""

from prefect import flow

from tasks import cycle_steps
from tasks.work import StepWork


@flow(
    name="försenade svar till enhetschefen",
    flow_run_name="{step.title}: försenade svar till enhetschefen",
    log_prints=False,
)
def escalate(step: StepWork) -> int:
    """The step, as a run of its own."""
    return cycle_steps.escalate(step)
