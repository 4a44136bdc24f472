"""Which cycles and whose duties have something due: those of the years around now, in every unit's wheel."""

from datetime import datetime

from arshjul.cycle import OPEN, CycleKey, keys_of_year
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.steps.duties import duties_behind
from arshjul.steps.settled import plan_to_start_from, settled
from arshjul.steps.standing import cycle_standing
from arshjul.wheel import local_day
from tasks.installed import installed_office


def cycles_behind(now: datetime) -> list[CycleKey]:
    """The cycles with a step that is due at `now`.

    A cycle without a plan has nothing to open; one that nobody opened before its last day is left alone
    (an installation that starts in the middle of a year does not ask for what is long past).
    """
    office = installed_office()
    installation = office.installation
    year = local_day(now).year
    keys = [
        key
        for unit, wheel in installation.wheel.units.items()
        for kind, rules in wheel.cycles.items()
        if kind in installation.kinds
        for of_year in (year - 1, year, year + 1)  # next year's plan is made in the autumn
        for key in keys_of_year(unit, kind, rules, of_year)
        if plan_to_start_from(installation, key)
    ]
    return [key for key in keys if _is_behind(office, key, now)]


def _is_behind(office: Office, key: CycleKey, now: datetime) -> bool:
    steps = cycle_standing(office, key, now).due
    if any(step.name == OPEN for step in steps):
        return now < settled(office, key).milestones.late_from
    return bool(steps)


def units_with_duties_behind(now: datetime) -> list[Unit]:
    """The units with a duty that is to be told of at `now`."""
    office = installed_office()
    return [u for u in office.installation.organisation.units if duties_behind(office, u.code, now)]
