"""Reading back every archive package that the installation has written, to see that it is whole.

Comparing one package with its checksums is `arshjul.adapters.package`. Called once a month.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from arshjul.adapters.package import verify_package
from arshjul.adapters.store import tables
from arshjul.office import Office


@dataclass(frozen=True, slots=True)
class CheckedPackage:
    """One package: its unit, its name, and what is wrong with it in sentences; empty where it is whole."""

    unit_code: str
    name: str
    faults: tuple[str, ...]


def check_packages(
    office: Office, progress: Callable[[float], None] = lambda _: None
) -> list[CheckedPackage]:
    """Every package in the ledger, in the order they were written; `progress` is told from 0 to 1."""
    with office.database.reading() as session:
        rows = session.execute(
            select(tables.Cycle.unit_code, tables.Package.path)
            .join(tables.ApprovedVersion, tables.Package.version_id == tables.ApprovedVersion.id)
            .join(tables.Cycle, tables.ApprovedVersion.cycle_id == tables.Cycle.id)
            .where(tables.Package.written_at.is_not(None))
            .order_by(tables.Package.id)
        ).all()
    checked = []
    for number, (unit_code, path) in enumerate(rows, start=1):
        checked.append(CheckedPackage(unit_code, Path(path).name, _faults(_found(office, Path(path)))))
        progress(number / len(rows))
    return checked


def _found(office: Office, path: Path) -> Path:
    """Where the package lies: where it was written, or in the archive folder of today, if that was moved."""
    moved = office.installation.settings.folders.archive / path.name
    return moved if moved.is_dir() and not path.is_dir() else path


def _faults(path: Path) -> tuple[str, ...]:
    if not path.is_dir():
        return (f"Paketet finns inte där det skrevs, {path}.",)
    return tuple(fault.message for fault in verify_package(path))
