"""The annual report: every goal analysed, the whole year. Texts open before the year has ended."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from arshjul.steps.morning import Morning
from flows.steps import naming
from flows.steps.morning import morning


@flow(name="vb", flow_run_name=naming.of_cycle, log_prints=False)
def vb(year: int, unit: str, now: datetime | None = None) -> Morning:
    """Bring VB of a unit up to date, at `now` or as the clock stands."""
    return morning(Kind.VB, year, unit, now)
