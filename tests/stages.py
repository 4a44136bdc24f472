"""A cycle at the stage that a test is about. Each stage is played once; a test gets a copy of it.

The fixture `play_from` (in `tests/conftest.py`) hands them out.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.example import at
from tests.play import Play, story

PlayFrom = Callable[[str], Play]


@dataclass
class Stages:
    """The stages of the example's T2, played on as far as tests ask: folders to copy."""

    play: Play
    folder: Path
    reached: list[str] = field(default_factory=list)

    def at(self, stage: str) -> Path:
        while stage not in self.reached:
            following = STAGES[len(self.reached)]
            following(self.play)
            name = following.__name__
            self.play.office.database.close()  # so that everything stands in the one file
            shutil.copytree(self.play.home.folder, self.folder / name)
            self.reached.append(name)
        return self.folder / stage


def fresh(play: Play) -> None:
    """Nothing has happened."""


def opened(play: Play) -> None:
    """Everybody has her form."""
    play.morning(play.dates.opens)


def answered(play: Play) -> None:
    """All have answered that ever will, two after reminders; the manager knows who has not."""
    chasing = {*play.dates.reminders, play.dates.escalation}
    for now in sorted({*chasing, *(delivery.at for delivery in story().deliveries)}):
        for delivery in story().deliveries:
            if delivery.at == now:
                play.hand_in(delivery.person, delivery.sheets)
        play.morning(now)


def compiled(play: Play) -> None:
    """The first draft is made."""
    play.morning(play.dates.compile)


def reviewed(play: Play) -> None:
    """The manager has written, judged, mended and explained: nothing blocks."""
    for number, judging in enumerate(story().judgings):
        play.judge(number)
        play.morning(judging.at)
    play.explain()
    play.morning(story().explains_at)


def approved(play: Play) -> None:
    """Version 1 is frozen."""
    play.approve()
    play.morning(story().approves_at)


def archived(play: Play) -> None:
    """Sent out, taken up, archived."""
    play.morning(at("2026-09-28 08:00"))
    play.morning(play.dates.archive)


STAGES = [fresh, opened, answered, compiled, reviewed, approved, archived]
