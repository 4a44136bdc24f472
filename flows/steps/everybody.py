"""One report of every unit: put in the work pool in batches, or done here where a person waits."""

from datetime import datetime

from arshjul.cycle import CycleKey
from arshjul.plan import Kind
from arshjul.steps.cycle.rounds import Round
from flows.steps.attempts import attempted
from flows.steps.collect import collect
from flows.steps.morning import post_what_waits
from flows.steps.open_cycles import cycles_behind, units_with_duties_behind
from flows.steps.spreading import (
    cycles_here,
    duties_here,
    goes_to_pool,
    spread_cycles,
    spread_duties,
    spread_inbox,
    tell_of_troubles,
)
from tasks.clock import at_or_now


def every_unit(kind: Kind, year: int, now: datetime | None, month: int = 0) -> Round:
    """Take what is due in the report of every unit. Put in the pool, the round says of how many."""
    at = at_or_now(now)
    title = f"{CycleKey('', kind, year, month)} alla enheter"
    if goes_to_pool():
        return attempted(title, None, at, lambda: _put_in_pool(kind, year, month, at))
    collect(at)
    done = cycles_here(title, _due(kind, year, month, at), at)
    tell_of_troubles(title, done, at)
    post_what_waits(at)
    return done


def of_every_unit(now: datetime) -> Round:
    """Tell of what is due about the duties of every unit."""
    title = "Uppgifter alla enheter"
    codes = [unit.code for unit in units_with_duties_behind(now)]
    if goes_to_pool():
        attempted(title, None, now, lambda: spread_duties(codes, now))
        return Round(units=len(codes))
    done = duties_here(codes, now)
    tell_of_troubles(title, done, now)
    post_what_waits(now)
    return done


def _put_in_pool(kind: Kind, year: int, month: int, at: datetime) -> Round:
    if spread_inbox(at):
        return Round()  # whoever reads the last file starts the cycles
    collect(at)
    keys = _due(kind, year, month, at)
    spread_cycles(keys, at)
    return Round(units=len(keys))


def _due(kind: Kind, year: int, month: int, at: datetime) -> list[CycleKey]:
    return [key for key in cycles_behind(at) if (key.kind, key.year, key.month) == (kind, year, month)]
