"""A part of a full inbox: several workers read it together; whoever reads the last file starts what waits."""

from datetime import datetime

from prefect import flow

from arshjul.steps.answers.collecting import Collected, inbox_files
from flows.steps.morning import post_what_waits
from flows.steps.open_cycles import cycles_behind
from flows.steps.spreading import part_here, spread_cycles
from tasks.clock import at_or_now
from tasks.installed import installed_office
from tasks.post import one_sender


@flow(name="inbox_part", log_prints=False)
def inbox_part(part: int, of: int, now: datetime | None = None) -> Collected:
    """Read part `part` of `of` of the inbox."""
    at = at_or_now(now)
    collected = part_here(part, of, at)
    if not inbox_files(installed_office()):
        spread_cycles(cycles_behind(at), at)
        with one_sender():
            post_what_waits(at)
    return collected
