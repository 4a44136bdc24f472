"""The monthly report (MR): the controller answers, the leadership gets one page, T1, T2 and VB its text."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from arshjul.steps.morning import Morning
from flows.steps import naming
from flows.steps.morning import morning


@flow(name="month", flow_run_name=naming.of_cycle, log_prints=False)
def month(year: int, month: int, unit: str, now: datetime | None = None) -> Morning:
    """Bring the report of a month (1 to 12) up to date, at `now` or as the clock stands."""
    return morning(Kind.MR, year, unit, now, month)
