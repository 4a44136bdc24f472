"""Writing a package: aside, verified, moved into place in one step, read-only. Never written again."""

import hashlib
import os
import shutil
from pathlib import Path

from arshjul.adapters.archive.contents import Holding
from arshjul.adapters.archive.ead import ead_of
from arshjul.adapters.archive.mets import Kept, part_mets, root_mets
from arshjul.adapters.archive.premis import premis_of_package, premis_of_part
from arshjul.adapters.archive.reading import ROOT, package_sha256, sealed, verify_package
from arshjul.crash_points import CrashPoint, reached
from arshjul.errors import ArshjulError


def write_package(path: Path, holding: Holding) -> str:
    """Write the package at `path`; its SHA-256.

    One that lies there already is verified and kept as it is. ArshjulError where it cannot be verified.
    """
    if not path.exists():
        unfinished = path.with_name(f".{path.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        _write(unfinished, holding)
        faults = verify_package(unfinished)
        if faults:
            raise ArshjulError(f"Arkivpaketet {path.name} gick inte att verifiera: {faults[0].message}")
        reached(CrashPoint.PACKAGE_WRITTEN)
        unfinished.replace(path)
        flush(path.parent)
        return package_sha256(path)
    faults = verify_package(path)
    if faults:
        raise ArshjulError(f"Arkivpaketet {path.name} har ändrats sedan det skrevs: {faults[0].message}")
    return package_sha256(path)


def _write(folder: Path, holding: Holding) -> None:
    kept: dict[str, Kept] = {}
    made: set[Path] = set()

    def put(name: str, content: bytes) -> None:
        target = folder / name
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
        with open(descriptor, "wb", buffering=0) as file:
            file.write(content)
        kept[name] = Kept(len(content), hashlib.sha256(content).hexdigest())
        reached(CrashPoint.PACKAGE_HALF_WRITTEN)

    for name, content in holding.payload():
        put(name, content)
    for part in holding.parts:
        base = f"representations/{part.name}/"
        put(f"{base}metadata/preservation/premis.xml", premis_of_part(holding, part, kept))
        own = {name: file for name, file in kept.items() if name.startswith(base)}
        put(f"{base}{ROOT}", part_mets(holding, part, own))
    put("metadata/descriptive/ead.xml", ead_of(holding))
    put("metadata/preservation/premis.xml", premis_of_package(holding))
    put(ROOT, sealed(root_mets(holding, kept)))
    # All at the end: the disk takes many at once better than one at a time, and nothing is moved before.
    for path in (*(folder / name for name in kept), *made):
        flush(path)


def flush(path: Path) -> None:
    """See a file, or the names in a folder, safely on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
