"""The plan of the year: drawn up in the autumn before, from the plan that holds now; decided in January."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from arshjul.steps.cycle.morning import Morning
from arshjul.steps.cycle.rounds import Round
from flows.steps import naming
from flows.steps.everybody import every_unit
from flows.steps.morning import morning


@flow(name="vp", flow_run_name=naming.of_cycle, log_prints=False)
def vp(year: int, unit: str | None = None, now: datetime | None = None) -> Morning | Round:
    """Bring VP of a unit, or of all, up to date, at `now` or as it is. `year` is the plan's own."""
    if unit is None:
        return every_unit(Kind.VP, year, now)
    return morning(Kind.VP, year, unit, now)
