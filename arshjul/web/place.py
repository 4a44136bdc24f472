"""Where in the installation a request leads: its unit and cycle, looked up from the path.

Shared by the portal's pages (`arshjul.web.asking`) and the API's calls (`arshjul.web.api_asking`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from arshjul.cycle import CycleKey
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.wheel import local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A moment, an installation, and what the path names of it: a unit and a cycle, or neither."""

    office: Office
    now: datetime
    unit: Unit | None = None
    key: CycleKey | None = None

    @property
    def today(self) -> date:
        """The day in Stockholm."""
        return local_day(self.now)

    @property
    def its_unit(self) -> Unit:
        """The unit of the path."""
        assert self.unit is not None
        return self.unit

    @property
    def its_key(self) -> CycleKey:
        """The cycle of the path."""
        assert self.key is not None
        return self.key


def unit_at(office: Office, code: str) -> Unit | None:
    """The unit of that code; None where there is none."""
    try:
        return office.installation.organisation.unit(code)
    except KeyError:
        return None


def cycle_at(office: Office, code: str, slug: str) -> CycleKey | None:
    """The cycle that a path calls "T2-2026"; None where the unit's wheel has no such report."""
    try:
        key = CycleKey.named(code, slug.replace("-", " ", 1))
    except ValueError:
        return None
    rules = office.installation.wheel.rules(code, key.kind)
    if rules is None or key.slug != slug or key.month not in (rules.months or (0,)):
        return None
    return key
