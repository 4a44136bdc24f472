"""The monthly report (MR): the controller answers, the leadership gets one page, T1, T2 and VB its text."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from arshjul.steps.cycle.morning import Morning
from arshjul.steps.cycle.rounds import Round
from flows.steps import naming
from flows.steps.everybody import every_unit
from flows.steps.morning import morning


@flow(name="month", flow_run_name=naming.of_cycle, log_prints=False)
def month(year: int, month: int, unit: str | None = None, now: datetime | None = None) -> Morning | Round:
    """Bring the report of a month (1 to 12), of a unit or all, up to date, at `now` or as it is."""
    if unit is None:
        return every_unit(Kind.MR, year, now, month)
    return morning(Kind.MR, year, unit, now, month)
