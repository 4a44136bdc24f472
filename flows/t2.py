"""Tertial report 2, as of 31 August: attainment and forecast; targets may have changed since T1."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from arshjul.steps.morning import Morning
from flows.steps import naming
from flows.steps.morning import morning


@flow(name="t2", flow_run_name=naming.of_cycle, log_prints=False)
def t2(year: int, unit: str, now: datetime | None = None) -> Morning:
    """Bring T2 of a unit up to date, at `now` or as the clock stands."""
    return morning(Kind.T2, year, unit, now)
