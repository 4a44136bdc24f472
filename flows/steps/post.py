"""Letters go out: what has been put down is gathered and sent."""

from datetime import datetime

from prefect import flow

from arshjul.steps.letters.posting import Posted
from tasks.post import send


@flow(name="brev", flow_run_name="Brev skickas", log_prints=False)
def post(now: datetime) -> Posted:
    """Send every letter whose time has come."""
    return send(now)
