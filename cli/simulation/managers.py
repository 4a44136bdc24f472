"""What a manager does with a draft: judges, writes, closes findings, decides, at times corrects.

One thing an afternoon, from the day that the draft reached her until it is decided; whoever is away does
nothing, and where two share the unit the other one does. Called by `cli.simulation.year`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey, Progress
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.decision_words import UNJUDGED
from arshjul.errors import Refused
from arshjul.organisation import Role
from arshjul.steps.cycle.cycles import find_cycle, progress
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.standing import goal_standing
from arshjul.steps.report import deciding
from arshjul.wheel import STOCKHOLM, local_day
from arshjul.workdays import add_workdays
from cli.simulation.world import World

CORRECTS = 0.15  # of the reports
AFTERNOON = time(15, 20)
CHANGES = "En mening i sammanfattningen var fel och har skrivits om."


@dataclass
class Managers:
    """The managers of every unit, at their desks."""

    world: World
    decided: Callable[[CycleKey], None]
    at_work: set[CycleKey] = field(default_factory=set)

    def get_draft(self, key: CycleKey, at: datetime) -> None:
        """A draft to read: from the next working day she is at it."""
        if key not in self.at_work:
            self.at_work.add(key)
            self._next(key, add_workdays(local_day(at), 1))

    def _next(self, key: CycleKey, day: date) -> None:
        self.world.later(datetime.combine(day, AFTERNOON, STOCKHOLM), lambda now: self._attend(key, now))

    def _attend(self, key: CycleKey, now: datetime) -> None:
        manager = self._on_duty(key, now)
        tomorrow = add_workdays(local_day(now), 1)
        if manager is None:
            self._next(key, tomorrow)
            return
        with self.world.office.database.reading() as session:
            state = progress(session, key)
        if state.approved and not state.correcting:
            self.at_work.discard(key)
            return
        if not self._work(key, manager, state, now):
            self._next(key, tomorrow)
            return
        self.at_work.discard(key)
        self.decided(key)
        draw = self.world.fate.chance.of("corrects", key.unit_code, key)
        if state.approved == 0 and not key.month and draw.random() < CORRECTS:
            day = add_workdays(local_day(now), draw.randint(3, 9))
            self.world.later(datetime.combine(day, time(9, 40), STOCKHOLM), lambda at: self._correct(key, at))

    def _work(self, key: CycleKey, manager: str, state: Progress, now: datetime) -> bool:
        """One thing; whether the report was decided."""
        if not self._has_written(key, state):
            deciding.judge(self.world.office, key, manager, self._judged(key), now)
        elif state.blocking_findings:
            for finding in self._blocking(key):
                deciding.close_finding(self.world.office, key, manager, finding, self.world.words.reason, now)
        elif local_day(now) < self._decides_on(key):
            return False
        else:
            try:
                deciding.approve(self.world.office, key, manager, now)
            except Refused:  # an answer came in; there is a new draft tomorrow, perhaps with more to judge
                deciding.judge(self.world.office, key, manager, self._judged(key), now)
                return False
            return True
        return False

    def _correct(self, key: CycleKey, now: datetime) -> None:
        manager = self._on_duty(key, now)
        if manager is None:
            return
        deciding.begin_correction(self.world.office, key, manager, CHANGES, now)
        deciding.judge(
            self.world.office,
            key,
            manager,
            {SUMMARY: Judged(None, f"{self.world.words.summary} Rättad text.")},
            now,
        )
        self.at_work.add(key)
        self._next(key, add_workdays(local_day(now), 1))

    def _on_duty(self, key: CycleKey, now: datetime) -> str | None:
        day = local_day(now)
        organisation = self.world.office.installation.organisation
        there = [
            manager
            for manager in organisation.unit(key.unit_code).holders(Role.MANAGER, day)
            if organisation.absence(manager, day) is None
        ]
        return self.world.fate.chance.of("manager", key.unit_code, key).choice(there) if there else None

    def _decides_on(self, key: CycleKey) -> date:
        """Most decide the day before the last, some early, some some days late."""
        draw = self.world.fate.chance.of("decides", key.unit_code, key)
        last = settled(self.world.office, key).milestones.approve_by.date()
        return add_workdays(last, draw.choices((-3, -1, 0, 2), weights=(2, 4, 3, 1))[0] or 0)

    def _has_written(self, key: CycleKey, state: Progress) -> bool:
        if key.month or state.correcting:
            return True
        with self.world.office.database.reading() as session:
            cycle = find_cycle(session, key)
            assert cycle is not None
            written = session.scalar(
                select(tables.Judgement.id)
                .where(tables.Judgement.cycle_id == cycle.id, tables.Judgement.goal == SUMMARY)
                .limit(1)
            )
        return written is not None

    def _judged(self, key: CycleKey) -> dict[str, Judged]:
        judged = {SUMMARY: Judged(None, self.world.words.summary)}
        if key.kind in UNJUDGED:
            return judged
        rows = goal_standing(self.world.office, key)
        return judged | {
            row.goal: Judged(row.proposed, row.reason) for row in rows if row.proposed and row.decided is None
        }

    def _blocking(self, key: CycleKey) -> list[int]:
        with self.world.office.database.reading() as session:
            cycle = find_cycle(session, key)
            assert cycle is not None
            return list(
                session.scalars(
                    select(tables.Finding.id).where(
                        tables.Finding.cycle_id == cycle.id,
                        tables.Finding.state == "open",
                        tables.Finding.severity == "error",
                    )
                )
            )
