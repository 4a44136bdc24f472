"""What a department is made of: its units' approved reports as data. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from arshjul.cycle_data import CycleData, Judged
from arshjul.organisation import Unit
from arshjul.plan import Plan


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit's newest approved report as data: `data` is what it rested on when it was decided."""

    data: CycleData
    decided: "DecidedReport"


@dataclass(frozen=True, slots=True)
class DecidedReport:
    """What an approved report says in words, and what it released: of a unit or of a department.

    `cells` are the printed values by cell; `summary` the manager's words on the whole.
    """

    unit: Unit
    plan: Plan
    version: int
    registry_number: str
    approved_at: datetime
    sha256: str
    judgements: Mapping[str, Judged]
    cells: Mapping[str, str]
