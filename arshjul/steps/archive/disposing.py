"""Disposal (gallring): an archived package and its copies go under a decision, and the protocol stays.

What goes by rule is `arshjul.steps.archive.weeding`. Called by `arshjul archive dispose`.
"""

import shutil
from datetime import datetime

from sqlalchemy import select

from arshjul.adapters.archive.targets import open_target
from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.steps.archive.archiving import package_folder
from arshjul.steps.cycle.decisions import require_reason

DISPOSED = "package"  # the rule that the protocol names


def dispose(office: Office, name: str, person: str, decision: str, now: datetime, *, dry_run: bool) -> int:
    """Dispose of an archived package and its copies under a decision; how many places it goes from.

    Cut short, it goes on where it was when it is asked for again. Refused without the decision that it rests
    on. BadInput where the organisation knows no such person, the ledger no such package, or nothing of it is
    left.
    """
    require_reason(
        decision,
        "Gallring av det som är arkiverat kräver ett beslut: ange myndighet, datum och nummer "
        "med --decision.",
        "beslutet",
    )
    if person not in (known := [one.id for one in office.installation.organisation.people]):
        raise BadInput(f"det finns ingen person med id ”{person}”; här finns {', '.join(known)}", "--by")
    with office.database.reading() as session:
        found = session.execute(
            select(tables.Package, tables.Cycle)
            .join(tables.ApprovedVersion, tables.Package.version_id == tables.ApprovedVersion.id)
            .join(tables.Cycle, tables.ApprovedVersion.cycle_id == tables.Cycle.id)
            .where(tables.Package.path == name)
        ).first()
        package, cycle = found if found is not None else (None, None)
        copies = list(
            session.scalars(
                select(tables.PackageCopy.target)
                .where(tables.PackageCopy.package_id == package.id)
                .order_by(tables.PackageCopy.target)
            )
            if package is not None
            else ()
        )
    begun = package is not None and package.disposed_at is not None
    if begun:
        copies = [address for address in copies if open_target(address).tree(name).files()]
    in_archive = not begun or package_folder(office, name).exists()
    if package is None or cycle is None or not (in_archive or copies):
        raise BadInput("arkivet har inget sådant paket; se ”arshjul archive list”", name)
    if not dry_run:
        if not begun:
            _put_down_disposal(office, package, cycle, copies, person, decision, now)
        reached(CrashPoint.DISPOSED)
        _remove_package(office, name, copies)
    return in_archive + len(copies)


def _put_down_disposal(
    office: Office,
    package: tables.Package,
    cycle: tables.Cycle,
    copies: list[str],
    person: str,
    decision: str,
    now: datetime,
) -> None:
    with office.database.writing() as session:  # first the protocol: what is gone has always been decided on
        session.get_one(tables.Package, package.id).disposed_at = now
        session.add(
            tables.Weeding(
                unit_code=cycle.unit_code,
                cycle_id=cycle.id,
                rule=DISPOSED,
                number=1,
                content={"package": package.path, "sha256": package.sha256, "targets": copies},
                person=person,
                decision=decision,
                at=now,
            )
        )


def _remove_package(office: Office, name: str, copies: list[str]) -> None:
    for address in copies:
        target = open_target(address)
        target.filesystem.rm(f"{target.base}/{name}", recursive=True)
        reached(CrashPoint.DISPOSED_HALF)
    shutil.rmtree(package_folder(office, name), ignore_errors=True)
