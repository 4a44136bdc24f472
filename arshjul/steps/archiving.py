"""Archiving an approved cycle: what is kept, in which part, and the package in its place.

The package row is claimed before anything is written; the package is made in a temporary folder, verified
and moved into place in one step. Drafts, rejected hand-ins and the log of letters are not archived.
"""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.package import write_package
from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.adapters.store.files import file_content
from arshjul.config.unit_part import files_of_unit
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey, Due
from arshjul.office import Office
from arshjul.steps.cycles import hold_cycle, is_done, record_step
from arshjul.wheel import local_day

PART = "bagit"
# Who answers what, with addresses, is needed to understand the case but is not for publication.
_RESTRICTED_CONFIG = ("organisation.yaml",)
_NOT_OF_THE_CASE = ("settings.yaml",)  # servers and folders, perhaps a database's password


def archive(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    """Write the package of the approved version; the number of files in it, 0 when it was done before."""
    number = int(step.name.rpartition("-")[2])
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        if cycle is None or is_done(session, cycle, step.name):
            return 0
        version = session.scalars(
            select(tables.ApprovedVersion).where(
                tables.ApprovedVersion.cycle_id == cycle.id, tables.ApprovedVersion.number == number
            )
        ).one()
        name = f"{key.unit_code}-{key.slug}-v{number}"
        path = office.installation.settings.folders.archive / name
        row = session.scalar(
            select(tables.Package).where(tables.Package.version_id == version.id, tables.Package.part == PART)
        )
        if row is None:
            row = tables.Package(version_id=version.id, part=PART, path=str(path))
            session.add(row)
        files = dict(_files(office, session, cycle, version))
        about = _about(office, key, cycle, version, now)
    reached(CrashPoint.PACKAGE_CLAIMED)
    sha256 = write_package(path, files, about)
    reached(CrashPoint.PACKAGE_MOVED)
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        assert cycle is not None
        row = session.scalars(
            select(tables.Package).where(tables.Package.version_id == version.id, tables.Package.part == PART)
        ).one()
        row.path, row.sha256, row.written_at = str(path), sha256, now
        record_step(session, cycle, step.name, step.planned, now, {"files": len(files)})
    reached(CrashPoint.PACKAGE_RECORDED)
    return len(files)


def _about(
    office: Office, key: CycleKey, cycle: tables.Cycle, version: tables.ApprovedVersion, now: datetime
) -> dict[str, str]:
    """What is said of the package in bag-info.txt. The date is the year's own clock, not the machine's."""
    unit = office.installation.unit(key.unit_code)
    return {
        "Source-Organization": unit.administration,
        "Organization-Unit": unit.name,
        "External-Identifier": cycle.registry_number or "",
        "External-Description": f"{key} version {version.number}",
        "Bagging-Date": local_day(now).isoformat(),
        "Approved-Manifest-SHA256": version.manifest_sha256,
    }


def _files(
    office: Office, session: Session, cycle: tables.Cycle, version: tables.ApprovedVersion
) -> dict[str, bytes]:
    """Every file of the package by its path in it; the first folder says who may see it."""
    files = {f"public/report/{name}": file_content(session, sha256) for name, sha256 in version.files.items()}
    files["public/report/manifest.json"] = version.manifest.encode()
    if cycle.plan_version_id is not None:
        plan = session.get_one(tables.PlanVersion, cycle.plan_version_id)
        files["public/plan/plan.yaml"] = plan.content.encode()
    for name, content in files_of_unit(office.installation, cycle.unit_code).items():
        if name in _NOT_OF_THE_CASE:
            continue
        restricted = name in _RESTRICTED_CONFIG or name.startswith("earlier/")
        files[f"{'restricted' if restricted else 'public'}/config/{name}"] = content
    decisions = session.scalars(
        select(tables.Decision).where(tables.Decision.cycle_id == cycle.id).order_by(tables.Decision.id)
    )
    # Numbered within the case: the store's own numbers run through all units and have gaps.
    for number, decision in enumerate(decisions, start=1):
        part = "public" if decision.kind in ("approve", "adopt") else "restricted"
        files[f"{part}/decisions/{number:04d}-{decision.kind}.json"] = _decision(office, decision)
    approved = json.loads(version.manifest)[
        "submissions"
    ]  # what came in after the approval is not of this version
    for submission in session.scalars(
        select(tables.Submission).where(
            tables.Submission.cycle_id == cycle.id, tables.Submission.sha256.in_(approved.values())
        )
    ):
        files[f"restricted/submissions/{submission.scope}.json"] = submission.content.encode()
    return files


def _decision(office: Office, decision: tables.Decision) -> bytes:
    return canonical(
        {
            "kind": decision.kind,
            "by": office.installation.organisation.person(decision.person).name,
            "at": decision.at.isoformat(),
            "on_sha256": decision.subject_sha256,
            "reason": decision.reason,
            "content": decision.content,
        }
    ).encode()
