"""The recurring duties: those whose day it is are told of, those that nobody has confirmed reminded of."""

from datetime import datetime

from prefect import flow

from arshjul.steps.duties import DutiesDone
from flows.steps import naming
from flows.steps.attempts import attempted
from flows.steps.morning import post_what_waits
from tasks import duties as work
from tasks.clock import at_or_now


@flow(name="duties", flow_run_name=naming.of_duties, log_prints=False)
def duties(unit: str, now: datetime | None = None) -> DutiesDone:
    """Tell of a unit's duties, at `now` or as the clock stands; again it changes nothing."""
    at = at_or_now(now)
    done = attempted(naming.of_duties(), unit, at, lambda: work.tell_of_duties(unit, at))
    post_what_waits(at)
    return done
