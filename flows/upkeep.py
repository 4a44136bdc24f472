"""Daily upkeep: read the inbox, take up what a machine that was off has missed, send letters that wait."""

from datetime import datetime

from prefect import flow

from arshjul.errors import ArshjulError
from flows.steps.morning import inbox_and_letters, morning
from flows.steps.open_cycles import cycles_behind
from tasks.clock import at_or_now


@flow(name="upkeep", flow_run_name="Daglig tillsyn", log_prints=False)
def upkeep(now: datetime | None = None) -> int:
    """Everything that waits, in every unit; the number of changes. A unit's trouble is its own."""
    at = at_or_now(now)
    changes = inbox_and_letters(at).changes
    for key in cycles_behind(at):
        try:
            changes += morning(key.kind, key.year, key.unit_code, at, key.month).changes
        except ArshjulError:
            continue  # its own line stands among the run's artifacts, and it is due again next time
    return changes
