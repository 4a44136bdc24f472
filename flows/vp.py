"""The plan of the year: drawn up in the autumn before, from the plan that holds now; decided in January."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from arshjul.steps.morning import Morning
from flows.steps import naming
from flows.steps.morning import morning


@flow(name="vp", flow_run_name=naming.of_cycle, log_prints=False)
def vp(year: int, unit: str, now: datetime | None = None) -> Morning:
    """Bring VP of a unit up to date, at `now` or as the clock stands. `year` is the plan's own."""
    return morning(Kind.VP, year, unit, now)
