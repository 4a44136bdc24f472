"""Daily upkeep: read the inbox, take up what a machine that was off has missed, send letters that wait."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from prefect import flow

from arshjul.cycle import CycleKey
from arshjul.errors import ArshjulError
from arshjul.organisation import Unit
from arshjul.steps.cycle.behind import PATIENCE
from flows.steps.attempts import attempted, unattended
from flows.steps.morning import morning, post_what_waits, read_inbox
from flows.steps.open_cycles import cycles_behind, units_with_duties_behind
from flows.steps.spreading import goes_to_pool, spread_cycles, spread_duties, spread_inbox
from tasks import duties
from tasks.clock import at_or_now

TITLE = "Daglig tillsyn"


@flow(name="upkeep", flow_run_name=TITLE, log_prints=False)
def upkeep(now: datetime | None = None) -> int:
    """Everything that waits, in every unit; the number of changes. A unit's trouble is its own."""
    at = at_or_now(now)
    if goes_to_pool() and spread_inbox(at):
        return 0  # whoever reads the last file of a full inbox goes on with what waits
    changes = attempted(TITLE, None, at, lambda: read_inbox(at)).files
    faults: list[Exception] = []
    for work in _missed(at):
        try:
            changes += work()
        except ArshjulError:
            continue  # its own line stands among the run's artifacts, and it is due again next time
        except Exception as fault:
            faults.append(fault)
    post_what_waits(at, PATIENCE)
    if faults:
        raise faults[0]
    return changes


def _missed(at: datetime) -> Iterator[Callable[[], int]]:
    """What has missed its own day, one unit's cycle or duties at a time. Nothing is waited for here.

    Of a city's many units it is put in the work pool.
    """
    keys, units = cycles_behind(at), units_with_duties_behind(at)
    if goes_to_pool():
        yield partial(spread_cycles, keys, at)
        yield partial(spread_duties, [unit.code for unit in units], at)
        return
    for key in keys:
        yield partial(_cycle, key, at)
    for unit in units:
        yield partial(_duties, unit, at)


def _cycle(key: CycleKey, at: datetime) -> int:
    others = unattended()  # it goes at eight, too, when the reports' own runs do
    return morning(key.kind, key.year, key.unit_code, at, key.month, waits=(), among_others=others).changes


def _duties(unit: Unit, at: datetime) -> int:
    title = f"Uppgifter {unit.short_name}"
    return attempted(title, unit.code, at, lambda: duties.tell_of_duties(unit.code, at), waits=()).changes
