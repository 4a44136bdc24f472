"""Tertial report 1, as of 30 April: deviations and the full-year forecast. Annual indicators wait."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from arshjul.steps.cycle.morning import Morning
from arshjul.steps.cycle.rounds import Round
from flows.steps import naming
from flows.steps.everybody import every_unit
from flows.steps.morning import morning


@flow(name="t1", flow_run_name=naming.of_cycle, log_prints=False)
def t1(year: int, unit: str | None = None, now: datetime | None = None) -> Morning | Round:
    """Bring T1 of a unit, or of all, up to date, at `now` or as the clock stands."""
    if unit is None:
        return every_unit(Kind.T1, year, now)
    return morning(Kind.T1, year, unit, now)
