"""A round over many cycles, or many units' duties: one after another, each unit's trouble its own.

What a city's evening is made of, whoever runs it: plain calls, or Prefect's tasks in batches. The letters are
gathered and sent by the caller, once for all of them. Called by `tasks.rounds` and bench.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from arshjul.cycle import CycleKey
from arshjul.errors import ArshjulError, Busy, ProgramFault
from arshjul.office import Office
from arshjul.steps.cycle.morning import bring_up_to_date
from arshjul.steps.duties.duties import tell_of_duties


@dataclass(frozen=True, slots=True)
class Trouble:
    """What failed: `title` as people speak of it ("T2 2026 Solgläntan"), and for which unit."""

    title: str
    unit_code: str
    error: Exception

    @property
    def words(self) -> str:
        """What a person can read: a sentence of ours, else only that the fault is the program's."""
        return str(self.error) if isinstance(self.error, ArshjulError) else "fel i programmet"


@dataclass(slots=True)
class Round:
    """What a round gave: how many units, the steps taken with their counts, who was held, what failed."""

    units: int = 0
    steps: dict[str, int] = field(default_factory=dict)
    late: int = 0
    held: list[str] = field(default_factory=list)  # somebody else is at it: it is done there
    troubles: list[Trouble] = field(default_factory=list)

    def add(self, other: "Round") -> None:
        """Count another round in."""
        self.units += other.units
        self.late += other.late
        self.held += other.held
        self.troubles += other.troubles
        for step, count in other.steps.items():
            self.steps[step] = self.steps.get(step, 0) + count

    @property
    def changes(self) -> int:
        """How many things were made or put down."""
        return sum(self.steps.values())


def cycles_round(office: Office, keys: Sequence[CycleKey], now: datetime) -> Round:
    """Take what is due in each cycle; `steps` counts by the step's kind ("open", "compile")."""
    done = Round()
    for key in keys:
        with _own_trouble(office, str(key), key.unit_code, done):
            brought = bring_up_to_date(office, key, now)
            for name, count in brought.steps.items():
                kind = name.partition("-")[0]
                done.steps[kind] = done.steps.get(kind, 0) + count
            done.late += len(brought.late)
    return done


def duties_round(office: Office, unit_codes: Sequence[str], now: datetime) -> Round:
    """Tell of what is due about the duties of each unit."""
    done = Round()
    for code in unit_codes:
        with _own_trouble(office, "Uppgifter", code, done):
            if changes := tell_of_duties(office, code, now).changes:
                done.steps["duties"] = done.steps.get("duties", 0) + changes
    return done


@contextmanager
def _own_trouble(office: Office, what: str, code: str, done: Round) -> Iterator[None]:
    """A unit's turn: whatever goes wrong in it is put down, and the others go on."""
    done.units += 1
    try:
        yield
    except Busy:
        done.held.append(code)
    except Exception as error:
        told = error if isinstance(error, ArshjulError) else ProgramFault.of(error)
        done.troubles.append(Trouble(f"{what} {office.installation.unit(code).short_name}", code, told))
