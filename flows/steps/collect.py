"""Answers come in: the inbox is read before anything else is decided."""

from datetime import datetime

from prefect import flow

from arshjul.steps.answers.collecting import Collected
from tasks.inbox import read_inbox


@flow(name="svar in", flow_run_name="Inkorgen: svar läses", log_prints=False)
def collect(now: datetime) -> Collected:
    """Read every file of the inbox, of all units."""
    return read_inbox(now)
