"""Archive packages as BagIt bags: written aside, verified, moved into place in one step, read again.

What belongs in a package is decided in `arshjul.steps.archiving`. A package that stands in its place is
never written again: it is verified and left alone.
"""

import hashlib
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import bagit

from arshjul.crash_points import CrashPoint, reached
from arshjul.errors import ArshjulError, BadInput

logging.getLogger("bagit").setLevel(logging.CRITICAL)  # its findings come back as errors, in our words
_AGENT = "Årshjul"
_SEAL = "tagmanifest-sha256.txt"  # covers every file but itself


@dataclass(frozen=True, slots=True)
class PackageFault:
    """What is wrong with a package: a code for machines, a place and a sentence for people."""

    code: str
    place: str
    message: str


def write_package(path: Path, files: Mapping[str, bytes], about: Mapping[str, str]) -> str:
    """Write `files` (path in the package -> bytes) as a bag at `path`; the package's SHA-256.

    `about` stands in bag-info.txt. A package that is there already is verified and kept as it is.
    """
    if not path.exists():
        unfinished = path.with_name(f".{path.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        for name, content in files.items():
            target = unfinished / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            reached(CrashPoint.PACKAGE_HALF_WRITTEN)
        bagit.make_bag(
            str(unfinished), bag_info={**about, "Bag-Software-Agent": _AGENT}, checksums=["sha256"]
        )
        faults = verify_package(unfinished)
        if faults:
            raise ArshjulError(f"Arkivpaketet {path.name} gick inte att verifiera: {faults[0].message}")
        _settle(unfinished)
        reached(CrashPoint.PACKAGE_WRITTEN)
        unfinished.replace(path)
        _flush(path.parent)
    faults = verify_package(path)
    if faults:
        raise ArshjulError(f"Arkivpaketet {path.name} har ändrats sedan det skrevs: {faults[0].message}")
    return package_sha256(path)


def verify_package(path: Path) -> list[PackageFault]:
    """Read everything back and compare: what is missing, changed or added. Empty when all is well."""
    try:
        bag = bagit.Bag(str(path))
        bag.info.pop("Payload-Oxum", None)  # a count that fails before anybody can say which file it is
        bag.validate()
    except bagit.BagValidationError as error:
        details = error.details or [error]
        faults = [_fault(detail) for detail in details]
    except (bagit.BagError, OSError, UnicodeDecodeError, ValueError) as error:
        raise BadInput(
            "Det här är inget arkivpaket: ange mappen som innehåller bagit.txt.", str(path)
        ) from error
    else:
        faults = []
    return faults + list(_beside_the_payload(path))


def _beside_the_payload(path: Path) -> Iterator[PackageFault]:
    """What the rules of BagIt allow and ours do not: a seal that is gone, files that nothing covers."""
    if not (path / _SEAL).is_file():
        yield _missing(_SEAL)
        return
    lines = (path / _SEAL).read_text("utf-8").splitlines()
    covered = {line.partition(" ")[2].strip() for line in lines} | {_SEAL, "data"}
    for name in sorted(each.name for each in path.iterdir()):
        if name not in covered:
            yield _added(name)


def package_sha256(path: Path) -> str:
    """One hash for the whole package: that of its tag manifest, which covers every other file."""
    return hashlib.sha256((path / _SEAL).read_bytes()).hexdigest()


def _fault(detail: Exception) -> PackageFault:
    place = str(getattr(detail, "path", ""))
    match detail:
        case bagit.ChecksumMismatch():
            return PackageFault("changed", place, f"Filen {place} har ändrats sedan paketet skrevs.")
        case bagit.FileMissing():
            return _missing(place)
        case bagit.UnexpectedFile():
            return _added(place)
        case _:
            return PackageFault("damaged", place, f"Paketet är skadat: {detail}.")


def _missing(place: str) -> PackageFault:
    return PackageFault("missing", place, f"Filen {place} saknas.")


def _added(place: str) -> PackageFault:
    return PackageFault("added", place, f"Filen {place} hör inte till paketet.")


def _settle(folder: Path) -> None:
    """Make every file read-only and see it safely on the disk."""
    for directory, _, names in os.walk(folder):
        for name in names:
            file = Path(directory) / name
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
            file.chmod(0o444)
        _flush(Path(directory))


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
