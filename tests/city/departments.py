"""A small city whose units have had their T2 approved, so that departments can compile theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.office import Office, open_office
from arshjul.organisation import Role, Unit
from arshjul.plan import Attainment, Kind
from arshjul.steps.answers.collecting import collect_file, inbox_files
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.morning import bring_up_to_date
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.standing import goal_standing
from arshjul.steps.report import deciding
from cli.example.answers import open_and_answer
from cli.example.words import read_city_words
from cli.example.writing import write_city
from tests.example import Clock


def key_of(unit: Unit | str) -> CycleKey:
    """T2 2026 of a unit or a department."""
    return CycleKey(unit if isinstance(unit, str) else unit.code, Kind.T2, 2026)


@dataclass
class SmallCity:
    """An office on the city, and what its managers do."""

    office: Office

    @property
    def units(self) -> list[Unit]:
        return [unit for unit in self.office.installation.organisation.units if not unit.compiles]

    def dates(self, unit: Unit | str) -> "tuple[datetime, datetime]":
        found = settled(self.office, key_of(unit)).milestones
        return found.opens, found.compile

    def answer(self) -> None:
        """Every unit is opened and its answers are read."""
        keys = [key_of(unit) for unit in self.units]
        open_and_answer(self.office, keys, read_city_words(), 6, lambda _share: None)
        for path in inbox_files(self.office):
            collect_file(self.office, path, self.dates(self.units[0])[0] + timedelta(days=14))

    def approve(self, unit: Unit | str, *, summary: str = "Enheten arbetar efter sin plan.") -> None:
        """Compile, judge as proposed, close what blocks, and approve."""
        key = key_of(unit)
        at = self.dates(unit)[1]
        bring_up_to_date(self.office, key, at)
        manager = self.office.installation.unit(key.unit_code).holders(Role.MANAGER, at.date())[0]
        judged = {
            goal.goal: Judged(goal.proposed or Attainment.PARTIAL, goal.reason or "Som förslaget.")
            for goal in goal_standing(self.office, key)
        }
        judged[SUMMARY] = Judged(None, summary)
        deciding.judge(self.office, key, manager, judged, at + timedelta(hours=1))
        bring_up_to_date(self.office, key, at + timedelta(hours=2))
        with self.office.database.reading() as session:
            cycle = find_cycle(session, key)
            assert cycle is not None
            rows = select(tables.Finding.id).where(
                tables.Finding.cycle_id == cycle.id,
                tables.Finding.state == "open",
                tables.Finding.severity == "error",
            )
            blocking = list(session.scalars(rows))
        for finding in blocking:
            reason = "Genomgånget med den som svarar; det stämmer så."
            deciding.close_finding(self.office, key, manager, finding, reason, at + timedelta(hours=3))
        deciding.approve(self.office, key, manager, at + timedelta(hours=4))


@contextmanager
def small_city(folder: Path, units: int) -> Iterator[SmallCity]:
    """A city in which nothing has happened."""
    write_city(folder, read_city_words(), units, 6, 2026, "", lambda _share: None)
    with open_office(folder / "config", Clock()) as office:
        yield SmallCity(office)
