"""The world of a simulated year: the office, what befalls it, and what is going to happen at which time."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from arshjul.office import Office
from cli.invented_story import Words
from cli.simulation.fate import Fate

Action = Callable[[datetime], None]


@dataclass
class World:
    """`now` is the virtual clock."""

    office: Office
    fate: Fate
    words: Words
    now: datetime
    _coming: list[tuple[datetime, int, Action]] = field(default_factory=list)
    _number: int = 0

    def later(self, at: datetime, action: Action) -> None:
        """Let something happen; what needs a machine that is off then happens when it is on again."""
        if self.fate.machine_is_off(at):
            at = self.fate.machine_back()
        self._number += 1
        heapq.heappush(self._coming, (max(at, self.now), self._number, action))

    @property
    def next_at(self) -> datetime | None:
        """When something happens next."""
        return self._coming[0][0] if self._coming else None

    def happen(self, until: datetime) -> bool:
        """Let everything happen that is to happen before or at `until`; whether there was anything."""
        happened = False
        while self._coming and self._coming[0][0] <= until:
            at, _, action = heapq.heappop(self._coming)
            self.now = at
            action(at)
            happened = True
        return happened
