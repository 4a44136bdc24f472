"""What other units of the installation have released of the same indicators: nothing else of theirs is read.

Indicators are the same where the catalogue gives them the same name (`common`). Called when a cycle is
gathered.
"""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.catalogue import Measure, Sex
from arshjul.cycle import CycleKey
from arshjul.cycle_data import OtherUnit
from arshjul.history import WHOLE_UNIT
from arshjul.office import Office
from arshjul.suppression.register import cell_parts


def others_of(
    office: Office, session: Session, key: CycleKey, catalogue: Mapping[str, Measure]
) -> dict[str, tuple[OtherUnit, ...]]:
    """By indicator id, what the units nearest to this one printed in their newest approved report of the same
    kind and period: those of its department, else of its administration, else all.
    """
    common = {measure.common: indicator for indicator, measure in catalogue.items() if measure.common}
    if not common:
        return {}
    found: dict[str, list[OtherUnit]] = {}
    theirs = _theirs(office, key.unit_code, common)
    printed = _released(session, tuple(theirs), key)
    for code, indicators in theirs.items():
        for cell, value in printed.get(code, {}).items():
            indicator, scope, sex, period = cell_parts(cell)
            if indicator in indicators and (scope, sex, period) == (WHOLE_UNIT, Sex.TOTAL, str(key)):
                name = office.installation.unit(code).short_name
                found.setdefault(indicators[indicator], []).append(OtherUnit(code, name, value))
    return {indicator: tuple(units) for indicator, units in found.items()}


def _theirs(office: Office, unit_code: str, common: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Unit by unit of the nearest circle that shares an indicator: its own id -> the id here."""
    installation = office.installation
    own = installation.unit(unit_code)
    others = [
        u for u in installation.organisation.units if u is not own and bool(u.compiles) is bool(own.compiles)
    ]
    circles = (
        [u for u in others if (u.administration, u.department) == (own.administration, own.department)],
        [u for u in others if u.administration == own.administration],
        others,
    )
    for circle in circles:
        found = {
            unit.code: {
                id_: common[measure.common]
                for id_, measure in installation.measures(unit.code).items()
                if measure.common in common
            }
            for unit in circle
        }
        if shared := {code: indicators for code, indicators in found.items() if indicators}:
            return shared
    return {}


def _released(session: Session, unit_codes: tuple[str, ...], key: CycleKey) -> dict[str, dict[str, str]]:
    """By unit, the cells of the newest approved version of its report of the same period."""
    newest = (
        select(tables.Cycle.unit_code, func.max(tables.ApprovedVersion.id).label("version"))
        .join(tables.ApprovedVersion, tables.Cycle.id == tables.ApprovedVersion.cycle_id)
        .where(
            tables.Cycle.unit_code.in_(unit_codes),
            tables.Cycle.kind == key.kind.value,
            tables.Cycle.year == key.year,
            tables.Cycle.month == key.month,
        )
        .group_by(tables.Cycle.unit_code)
        .subquery()
    )
    rows = session.execute(
        select(newest.c.unit_code, tables.ReleasedCell.cell, tables.ReleasedCell.printed)
        .join(tables.ReleasedCell, tables.ReleasedCell.version_id == newest.c.version)
        .order_by(tables.ReleasedCell.cell)
    )
    found: dict[str, dict[str, str]] = {}
    for code, cell, printed in rows:
        found.setdefault(code, {})[cell] = printed
    return found
