"""What other units of the installation have released of the same indicators: nothing else of theirs is read.

Indicators are the same where the catalogue gives them the same name (`common`). Called when a cycle is
gathered.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.catalogue import Measure, Sex
from arshjul.cycle import CycleKey
from arshjul.cycle_data import OtherUnit
from arshjul.history import WHOLE_UNIT
from arshjul.office import Office


def others_of(
    office: Office, session: Session, key: CycleKey, catalogue: Mapping[str, Measure]
) -> dict[str, tuple[OtherUnit, ...]]:
    """By indicator id, what each other unit's newest approved report of the same kind and period printed."""
    common = {measure.common: indicator for indicator, measure in catalogue.items() if measure.common}
    if not common:
        return {}
    found: dict[str, list[OtherUnit]] = {}
    for unit in office.installation.organisation.units:
        measures = office.installation.measures(unit.code)
        theirs = {id_: common[m.common] for id_, m in measures.items() if m.common in common}
        if unit.code == key.unit_code or not theirs:
            continue
        for cell, printed in _released(session, unit.code, key).items():
            indicator, scope, sex, period = cell.split("|")
            if indicator in theirs and (scope, sex, period) == (WHOLE_UNIT, Sex.TOTAL, str(key)):
                other = OtherUnit(unit.code, unit.short_name, printed)
                found.setdefault(theirs[indicator], []).append(other)
    return {indicator: tuple(units) for indicator, units in found.items()}


def _released(session: Session, unit_code: str, key: CycleKey) -> dict[str, str]:
    """The cells of the newest approved version of the unit's report of the same period."""
    version = session.scalar(
        select(tables.ApprovedVersion.id)
        .join(tables.Cycle, tables.Cycle.id == tables.ApprovedVersion.cycle_id)
        .where(
            tables.Cycle.unit_code == unit_code,
            tables.Cycle.kind == key.kind.value,
            tables.Cycle.year == key.year,
            tables.Cycle.month == key.month,
        )
        .order_by(tables.ApprovedVersion.number.desc())
        .limit(1)
    )
    rows = session.scalars(select(tables.ReleasedCell).where(tables.ReleasedCell.version_id == version))
    return {row.cell: row.printed for row in rows if row.cell.count("|") == 3}
