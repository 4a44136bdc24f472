"""The answers become a draft, reviewed, in three forms."""

from prefect import flow

from tasks import cycle_steps
from tasks.work import StepWork


@flow(name="sammanställning", flow_run_name="{step.title}: sammanställning", log_prints=False)
def compile_report(step: StepWork) -> int:
    """The step, as a run of its own."""
    return cycle_steps.compile_draft(step)
