"""The recurring duties: those whose day it is are told of, those that nobody has confirmed reminded of."""

from datetime import datetime

from prefect import flow

from arshjul.steps.cycle.rounds import Round
from arshjul.steps.duties.duties import DutiesDone
from flows.steps import naming
from flows.steps.attempts import attempted
from flows.steps.everybody import of_every_unit
from flows.steps.morning import post_what_waits
from tasks import duties as work
from tasks.clock import at_or_now


@flow(name="duties", flow_run_name=naming.of_duties, log_prints=False)
def duties(unit: str | None = None, now: datetime | None = None) -> DutiesDone | Round:
    """Tell of a unit's duties, or of all, at `now` or as the clock stands; again it changes nothing."""
    at = at_or_now(now)
    if unit is None:
        return of_every_unit(at)
    done = attempted(naming.of_duties(), unit, at, lambda: work.tell_of_duties(unit, at))
    post_what_waits(at)
    return done
