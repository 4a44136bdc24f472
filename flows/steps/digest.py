"""Once a week the managers are told where the report stands."""

from prefect import flow

from tasks import cycle_steps
from tasks.work import StepWork


@flow(name="veckobrev", flow_run_name="{step.title}: veckobrev till enhetschefen", log_prints=False)
def digest(step: StepWork) -> int:
    """The step, as a run of its own."""
    return cycle_steps.digest(step)
