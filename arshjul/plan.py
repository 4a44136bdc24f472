"""A plan or report as its readers see it: the chain of goals with texts, indicators and activities.

Values are kept as printed ("58,84 %"); `arshjul.numbers` reads them. Reading documents is in
`arshjul.plan_reader`, the file `plan.yaml` in `arshjul.plan_file`. Called by everything that knows a plan.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Which report of the year a document or a cycle is."""

    VP = "VP"
    T1 = "T1"
    T2 = "T2"
    VB = "VB"
    MR = "MR"


class Level(StrEnum):
    """The four levels of the chain of goals ("röda tråden"), highest first."""

    DIRECTION = "direction"
    COUNCIL = "council"
    BOARD = "board"
    UNIT = "unit"


class Attainment(StrEnum):
    """How far a goal is met. A judgement: proposed with reasons, decided by a manager."""

    FULL = "FULL"
    PARTIAL = "PARTIAL"
    NOT_MET = "NOT_MET"
    NO_DATA = "NO_DATA"


ATTAINMENT_SWEDISH: Mapping[Attainment, str] = {
    Attainment.FULL: "Uppfylls helt",
    Attainment.PARTIAL: "Uppfylls delvis",
    Attainment.NOT_MET: "Uppfylls inte",
    Attainment.NO_DATA: "Inga data",
}

LEVEL_SWEDISH: Mapping[Level, str] = {
    Level.DIRECTION: "KF:s inriktningsmål",
    Level.COUNCIL: "KF:s mål för verksamhetsområdet",
    Level.BOARD: "Nämndmål",
    Level.UNIT: "Enhetsmål",
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of an indicator table; every value as printed, None where the cell is empty."""

    id: str
    name: str
    target: str | None = None
    council_target: str | None = None
    periodicity: str | None = None
    outcome: str | None = None
    outcome_men: str | None = None
    outcome_women: str | None = None
    previous: str | None = None
    forecast: str | None = None  # of the whole year, in T1 and T2
    period: str | None = None
    analysis: str | None = None
    columns_uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Activity:
    """A dated undertaking; `deviation` None where the document has no such column."""

    id: str
    title: str
    start: date | None = None
    end: date | None = None
    deviation: bool | None = None
    analysis: str | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its texts by section key (English, design.md section 2) and the goals below it."""

    id: str
    level: Level
    title: str
    number: str | None = None
    attainment: Attainment | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    goals: tuple["Goal", ...] = ()

    def walk(self) -> Iterator["Goal"]:
        """This goal and all below it, in the document's order."""
        yield self
        for goal in self.goals:
            yield from goal.walk()


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """What the reader could not place: the line of the source (from 1) and what stood there."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole document. `front` and `back` map printed headings to text, in the document's order."""

    kind: Kind | None
    year: int | None
    unit: str | None
    goals: tuple[Goal, ...] = ()
    front: Mapping[str, str] = field(default_factory=dict)
    back: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[PlanWarning, ...] = ()

    def walk(self) -> Iterator[Goal]:
        """Every goal of the chain, in the document's order."""
        for goal in self.goals:
            yield from goal.walk()

    def at(self, level: Level) -> list[Goal]:
        """The goals of one level, in the document's order."""
        return [goal for goal in self.walk() if goal.level is level]

    def indicators(self) -> list[tuple[Goal, Indicator]]:
        """Every indicator with the goal it hangs on."""
        return [(goal, indicator) for goal in self.walk() for indicator in goal.indicators]

    def activities(self) -> list[tuple[Goal, Activity]]:
        """Every activity with the goal it hangs on."""
        return [(goal, activity) for goal in self.walk() for activity in goal.activities]
