"""Which cycles have something due: those of the years around now, in every unit's wheel."""

from datetime import datetime

from arshjul.cycle import CycleKey
from arshjul.steps.standing import cycle_standing
from arshjul.wheel import local_day
from tasks.installed import installed_office


def cycles_behind(now: datetime) -> list[CycleKey]:
    """The cycles with a step that is due at `now`; a cycle without a plan has nothing to open."""
    office = installed_office()
    installation = office.installation
    year = local_day(now).year
    keys = [
        CycleKey(unit, kind, of_year)
        for unit, wheel in installation.wheel.units.items()
        for kind in wheel.cycles
        if kind in installation.kinds
        for of_year in (year - 1, year)
        if (unit, of_year) in installation.plans
    ]
    return [key for key in keys if cycle_standing(office, key, now).due]
