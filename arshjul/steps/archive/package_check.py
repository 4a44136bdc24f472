"""Reading back every archive package and every copy of it, to see that they are whole; the result is kept.

A copy that is not there yet (the target is new, or was lost) is made first. Comparing one package with its
checksums is `arshjul.adapters.archive`. Called once a month.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from arshjul.adapters.archive import package_sha256, verify_package
from arshjul.adapters.archive.reading import tree_sha256, verify_tree
from arshjul.adapters.archive.targets import Target, copy_package, open_target
from arshjul.adapters.archive.trees import FolderTree
from arshjul.adapters.store import tables
from arshjul.errors import ArshjulError, BadInput
from arshjul.office import Office
from arshjul.steps.archive.archiving import note_copy, package_folder


@dataclass(frozen=True, slots=True)
class CheckedPackage:
    """One package or copy: its unit, its name, where, and its faults in sentences."""

    unit_code: str
    name: str
    faults: tuple[str, ...]
    target: str = ""


def check_packages(
    office: Office, now: datetime, progress: Callable[[float], None] = lambda _: None
) -> list[CheckedPackage]:
    """Every package in the ledger, in the order they were written; `progress` is told from 0 to 1."""
    with office.database.reading() as session:
        rows = session.execute(
            select(tables.Cycle.unit_code, tables.Package)
            .join(tables.ApprovedVersion, tables.Package.version_id == tables.ApprovedVersion.id)
            .join(tables.Cycle, tables.ApprovedVersion.cycle_id == tables.Cycle.id)
            .where(tables.Package.written_at.is_not(None), tables.Package.disposed_at.is_(None))
            .order_by(tables.Package.id)
        ).all()
    address = office.installation.settings.archive.target
    target, unreachable = _opened(address) if rows else (None, "")
    checked: list[CheckedPackage] = []
    for number, (unit_code, package) in enumerate(rows, start=1):
        name = package.path
        own = _in_folder(office, package)
        checked.append(_kept(office, unit_code, package, "", own, now))
        if unreachable:
            checked.append(CheckedPackage(unit_code, name, (unreachable,), address))
        elif target is not None and package.part != "bagit":
            copied = _at_target(office, package, target, whole=not own, now=now)
            checked.append(_kept(office, unit_code, package, target.address, copied, now))
        progress(number / len(rows))
    return checked


def _opened(address: str) -> tuple[Target | None, str]:
    if not address:
        return None, ""
    try:
        return open_target(address), ""
    except ArshjulError as error:
        return None, str(error)


def _in_folder(office: Office, package: tables.Package) -> tuple[str, ...]:
    path = package_folder(office, package.path)
    if not path.is_dir():
        return (f"Paketet finns inte där det skrevs, {path}.",)
    try:
        faults = tuple(fault.message for fault in verify_package(path))
        if not faults and package_sha256(path) != package.sha256:
            return (
                f"Paketet är ett annat än det som skrevs: kontrollsumman i {path} stämmer inte med liggaren.",
            )
    except (BadInput, OSError) as error:
        return (str(error),)
    return faults


def _at_target(
    office: Office, package: tables.Package, target: Target, *, whole: bool, now: datetime
) -> tuple[str, ...]:
    """What is wrong with the copy. One that was never made is made, of a package that is whole."""
    with office.database.reading() as session:
        made = session.scalar(
            select(tables.PackageCopy.id).where(
                tables.PackageCopy.package_id == package.id, tables.PackageCopy.target == target.address
            )
        )
    tree = target.tree(package.path)
    try:
        if made is None:
            if not whole:
                return ("Ingen kopia har gjorts, för paketet i arkivmappen är inte helt.",)
            copy_package(package_folder(office, package.path), target)
            with office.database.writing() as session:
                note_copy(
                    session,
                    session.get_one(tables.Package, package.id),
                    target.address,
                    package.sha256 or "",
                    now,
                )
            return ()
        faults = tuple(fault.message for fault in verify_tree(tree))
        if not faults and tree_sha256(tree) != package.sha256:
            return (f"Kopian på {tree.place} är av ett annat paket.",)
    except ArshjulError as error:
        return (str(error),)
    except Exception as error:  # each store has errors of its own
        return (f"Kopian på {tree.place} gick inte att läsa: {error}.",)
    return faults


def _kept(
    office: Office,
    unit_code: str,
    package: tables.Package,
    target: str,
    faults: tuple[str, ...],
    now: datetime,
) -> CheckedPackage:
    path = package_folder(office, package.path)
    with office.database.writing() as session:
        session.add(
            tables.FixityCheck(
                package_id=package.id,
                target=target,
                checked_at=now,
                files=len(FolderTree(path).files()),
                faults=list(faults),
            )
        )
    return CheckedPackage(unit_code, package.path, faults, target)
