"""Once a month every archive package is read back, to see that it is whole; then comes the weeding."""

from datetime import datetime

from prefect import flow

from flows.steps.attempts import attempted
from flows.steps.morning import post_what_waits
from tasks.archive_check import check_packages, weed
from tasks.clock import at_or_now

TITLE = "Arkivpaketen kontrolleras"
WEEDING = "Arbetskopior rensas"


@flow(name="archive_check", flow_run_name=TITLE, log_prints=False)
def archive_check(now: datetime | None = None) -> int:
    """Verify every package of the installation; the number that are not as they were written."""
    at = at_or_now(now)
    faulty = attempted(TITLE, None, at, lambda: check_packages(at))
    if not faulty:  # while an archive is in doubt nothing is thrown away
        attempted(WEEDING, None, at, lambda: weed(at))
    post_what_waits(at)
    return faulty
