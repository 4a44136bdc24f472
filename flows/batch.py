"""A batch of a city's units: what is due in one report of each, or about their duties."""

from datetime import datetime

from prefect import flow

from arshjul.errors import ArshjulError
from arshjul.steps.cycle.behind import PATIENCE
from arshjul.steps.cycle.rounds import Round
from flows.steps.morning import post_what_waits
from flows.steps.spreading import cycles_here, duties_here, keys_of, tell_of_troubles
from tasks.clock import at_or_now
from tasks.post import one_sender


@flow(name="batch", log_prints=False)
def batch(
    units: list[str], kind: str = "", year: int = 0, month: int = 0, now: datetime | None = None
) -> Round:
    """Take what is due in the report of `kind` of each unit (without `kind`: their duties); send the letters.

    The run fails where a unit did, after all of them have had their turn.
    """
    at = at_or_now(now)
    if kind:
        keys = keys_of(kind, year, month, units)
        title = str(keys[0])
        done = cycles_here(title, keys, at)
    else:
        title = "Uppgifter"
        done = duties_here(units, at)
    tell_of_troubles(title, done, at)
    with one_sender():
        post_what_waits(at, PATIENCE)
    if done.troubles:
        several = f"{len(done.troubles)} av {done.units} enheter gick inte"
        raise ArshjulError(f"{title}: {several}. Se tabellen på körningens sida.")
    return done
