"""Which cycles and whose duties have something due, in the installation of this process."""

from datetime import datetime

from arshjul.cycle import CycleKey
from arshjul.organisation import Unit
from arshjul.steps.cycle import behind
from tasks.installed import installed_office


def cycles_behind(now: datetime) -> list[CycleKey]:
    """The cycles with a step that is due at `now`."""
    return behind.cycles_behind(installed_office(), now)


def units_with_duties_behind(now: datetime) -> list[Unit]:
    """The units with a duty that is to be told of at `now`."""
    return behind.units_with_duties_behind(installed_office(), now)
