"""The annual report: every goal analysed, the whole year. Texts open before the year has ended."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from arshjul.steps.cycle.morning import Morning
from arshjul.steps.cycle.rounds import Round
from flows.steps import naming
from flows.steps.everybody import every_unit
from flows.steps.morning import morning


@flow(name="vb", flow_run_name=naming.of_cycle, log_prints=False)
def vb(year: int, unit: str | None = None, now: datetime | None = None) -> Morning | Round:
    """Bring VB of a unit, or of all, up to date, at `now` or as the clock stands."""
    if unit is None:
        return every_unit(Kind.VB, year, now)
    return morning(Kind.VB, year, unit, now)
