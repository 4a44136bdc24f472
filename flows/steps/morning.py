"""A morning's work on one cycle: read the inbox, bring the cycle up to date, send the letters.

Each part is run only when there is something to do in it: a quiet morning is one short run.
"""

from dataclasses import dataclass, field
from datetime import datetime

from arshjul.plan import Kind
from arshjul.steps.collecting import Collected, inbox_files
from arshjul.steps.posting import Posted, gather_letters, letters_waiting
from flows.steps.collect import collect
from flows.steps.cycle import Done, bring_up_to_date
from flows.steps.post import post
from tasks.installed import installed_office


@dataclass(slots=True)
class Morning:
    """What was done, for the one who started it."""

    collected: Collected = field(default_factory=Collected)
    done: Done = field(default_factory=Done)
    posted: Posted = field(default_factory=Posted)

    @property
    def changes(self) -> int:
        """How many things were sent, written or changed."""
        files = self.collected.accepted + self.collected.rejected + self.collected.quarantined
        return len(files) + len(self.done.steps) + self.posted.sent + self.posted.refused


def morning(kind: Kind, year: int, unit: str, now: datetime) -> Morning:
    """Do what is due in the cycle at `now` (aware); doing it again changes nothing."""
    office = installed_office()
    result = Morning()
    if inbox_files(office):
        result.collected = collect(now)
    result.done = bring_up_to_date(kind, year, unit, now)
    gather_letters(office, now)
    if letters_waiting(office, now):
        result.posted = post(now)
    return result
