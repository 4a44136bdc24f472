"""The protocol of what was weeded (rensat) and disposed of (gallrat), as a registrar or an auditor reads it.

It is written by `weeding`, one line a cycle and rule, and never changed. Called by `arshjul weed --log`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.office import Office
from arshjul.steps.cycle.cycles import key_of


@dataclass(frozen=True, slots=True)
class ProtocolLine:
    """So many of a kind that went by a rule; `package`, `person` and `decision` of what was disposed of."""

    at: datetime
    unit_code: str
    key: CycleKey | None
    rule: str
    number: int
    package: str
    person: str | None
    decision: str | None


def protocol(office: Office) -> list[ProtocolLine]:
    """Every line, the oldest first."""
    asked = (
        select(tables.Weeding, tables.Cycle)
        .outerjoin(tables.Cycle, tables.Weeding.cycle_id == tables.Cycle.id)
        .order_by(tables.Weeding.id)
    )
    with office.database.reading() as session:
        return [
            ProtocolLine(
                at=row.at,
                unit_code=row.unit_code,
                key=key_of(cycle) if cycle is not None else None,
                rule=row.rule,
                number=row.number,
                package=row.content.get("package", ""),
                person=row.person,
                decision=row.decision,
            )
            for row, cycle in session.execute(asked)
        ]
