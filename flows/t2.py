"""Tertial report 2, as of 31 August: attainment and forecast; targets may have changed since T1."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from arshjul.steps.cycle.morning import Morning
from arshjul.steps.cycle.rounds import Round
from flows.steps import naming
from flows.steps.everybody import every_unit
from flows.steps.morning import morning


@flow(name="t2", flow_run_name=naming.of_cycle, log_prints=False)
def t2(year: int, unit: str | None = None, now: datetime | None = None) -> Morning | Round:
    """Bring T2 of a unit, or of all, up to date, at `now` or as the clock stands."""
    if unit is None:
        return every_unit(Kind.T2, year, now)
    return morning(Kind.T2, year, unit, now)
