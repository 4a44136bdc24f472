"""A morning's work: read the inbox, bring a cycle up to date, send the letters.

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
from tasks.clock import at_or_now
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


def morning(kind: Kind, year: int, unit: str, now: datetime | None) -> Morning:
    """Do what is due in the cycle at `now` (aware) or as the clock stands; again it changes nothing."""
    at = at_or_now(now)
    result = Morning()
    _read_inbox(result, at)
    result.done = bring_up_to_date(kind, year, unit, at)
    _send_letters(result, at)
    return result


def inbox_and_letters(now: datetime) -> Morning:
    """What is the same for every cycle: the inbox and the letters that wait."""
    result = Morning()
    _read_inbox(result, now)
    _send_letters(result, now)
    return result


def _read_inbox(result: Morning, at: datetime) -> None:
    if inbox_files(installed_office()):
        result.collected = collect(at)


def _send_letters(result: Morning, at: datetime) -> None:
    office = installed_office()
    gather_letters(office, at)
    if letters_waiting(office, at):
        result.posted = post(at)
