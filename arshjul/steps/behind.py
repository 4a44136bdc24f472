"""Which cycles and whose duties have something due: those of the years around now, in every unit's wheel.

Called by the daily upkeep and by the year on a virtual clock. Reads only.
"""

from datetime import datetime

from arshjul.config import Installation
from arshjul.cycle import OPEN, CycleKey, keys_of_year
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.steps.cycles import find_cycle, is_done
from arshjul.steps.duties import duties_behind
from arshjul.steps.settled import plan_to_start_from, settled
from arshjul.steps.standing import cycle_standing
from arshjul.wheel import local_day


def cycles_around(installation: Installation, year: int) -> list[CycleKey]:
    """The cycles that may be at work in a year, unit by unit: its own and those of the years beside it.

    A cycle without a plan has nothing to open, and is left out.
    """
    return [
        key
        for unit, wheel in installation.wheel.units.items()
        for kind, rules in wheel.cycles.items()
        if kind in installation.kinds
        for of_year in (year - 1, year, year + 1)  # next year's plan is made in the autumn
        for key in keys_of_year(unit, kind, rules, of_year)
        if plan_to_start_from(installation, key)
    ]


def cycles_behind(office: Office, now: datetime) -> list[CycleKey]:
    """The cycles with a step that is due at `now`.

    One that nobody opened before its last day is left alone: an installation that starts in the middle of a
    year does not ask for what is long past.
    """
    keys = cycles_around(office.installation, local_day(now).year)
    return [key for key in keys if _is_behind(office, key, now)]


def is_left_alone(office: Office, key: CycleKey, now: datetime) -> bool:
    """Whether the cycle was never opened and its last day has passed."""
    if now < settled(office, key).milestones.late_from:
        return False
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        return cycle is None or not is_done(session, cycle, OPEN)


def _is_behind(office: Office, key: CycleKey, now: datetime) -> bool:
    return not is_left_alone(office, key, now) and bool(cycle_standing(office, key, now).due)


def units_with_duties_behind(office: Office, now: datetime) -> list[Unit]:
    """The units with a duty that is to be told of at `now`."""
    return [u for u in office.installation.organisation.units if duties_behind(office, u.code, now)]
