"""The annual report: every goal analysed, the whole year. Texts open before the year has ended."""

from datetime import datetime

from prefect import flow

from arshjul.plan import Kind
from flows.steps.morning import Morning, morning


@flow(name="vb", flow_run_name="VB {year} {unit}", log_prints=False)
def vb(year: int, unit: str, now: datetime) -> Morning:
    """Bring VB of a unit up to date at `now`."""
    return morning(Kind.VB, year, unit, now)
