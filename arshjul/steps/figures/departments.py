"""What a department's cycle is made of: the newest approved report of each unit below it, as it was decided.

Asked for by `arshjul.steps.figures.gathering` where a unit compiles others; how the figures are put together
is `arshjul.department`.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.cycle_data import CycleData
from arshjul.department import DecidedReport, UnitReport, department_data
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.plan_file import read_plan
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.versions import newest_version
from arshjul.steps.figures.gathering import gather, judgements_of


def from_units(office: Office, session: Session, bare: CycleData) -> CycleData:
    """A department's data: its own cycle filled in with what its units have had approved."""
    children = []
    organisation = office.installation.organisation
    for code in bare.unit.compiles:
        unit = organisation.unit(code)
        found = [_approved(office, session, leaf, bare.key) for leaf in organisation.leaves(unit)]
        reports = [report for report in found if report is not None]
        decided = _decided(session, unit, replace(bare.key, unit_code=code))
        children.append((unit, decided, reports))
    return department_data(bare, children)


def _approved(office: Office, session: Session, unit: Unit, of: CycleKey) -> UnitReport | None:
    """The data of a unit's newest approved report of the same kind and period; None where there is none."""
    key = replace(of, unit_code=unit.code)
    decided = _decided(session, unit, key)
    if decided is None:
        return None
    data, _ = gather(office, key, session, until=decided.approved_at)
    return UnitReport(data, decided)


def _decided(session: Session, unit: Unit, key: CycleKey) -> DecidedReport | None:
    cycle = find_cycle(session, key)
    version = cycle and newest_version(session, cycle)
    if not (cycle and version) or cycle.plan_version_id is None:
        return None
    plan = session.get_one(tables.PlanVersion, cycle.plan_version_id)
    cells = select(tables.ReleasedCell).where(tables.ReleasedCell.version_id == version.id)
    return DecidedReport(
        unit=unit,
        plan=read_plan(plan.content, f"plan {plan.year} version {plan.number}"),
        version=version.number,
        registry_number=cycle.registry_number or "",
        approved_at=version.approved_at,
        sha256=version.manifest_sha256,
        judgements=judgements_of(session, cycle, version.approved_at),
        cells={row.cell: row.printed for row in session.scalars(cells)},
    )
