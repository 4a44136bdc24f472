"""Bags after BagIt: for the transport of packages, and the form of those that older versions wrote.

A bag that is made here holds one package as its payload, unchanged. Called by `arshjul archive export` and
whenever a bag is to be verified.
"""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import bagit

from arshjul.adapters.archive.faults import PackageFault, added, changed, damaged, missing
from arshjul.errors import ArshjulError, BadInput

logging.getLogger("bagit").setLevel(logging.CRITICAL)  # its findings come back as faults, in our words
DECLARATION = "bagit.txt"
SEAL = "tagmanifest-sha256.txt"  # covers every file but itself
_AGENT = "Årshjul"


def make_bag(package: Path, bag: Path, day: str) -> None:
    """Copy a package into a new bag at `bag`, verified. `day` is the Bagging-Date. BadInput if it exists."""
    if bag.exists():
        raise BadInput("här finns redan något; välj en annan mapp, eller ta bort den först", str(bag))
    unfinished = bag.with_name(f".{bag.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    shutil.copytree(package, unfinished / package.name)
    about = {
        "Bagging-Date": day,
        "External-Identifier": package.name,
        "External-Description": "Arkivpaket enligt FGS Paketstruktur 2.0 (E-ARK CSIP/SIP)",
        "Bag-Software-Agent": _AGENT,
    }
    bagit.make_bag(str(unfinished), bag_info=about, checksums=["sha256"])
    faults = verify_bag(unfinished)
    if faults:
        raise ArshjulError(f"Kopian av {package.name} gick inte att verifiera: {faults[0].message}")
    unfinished.replace(bag)


def verify_bag(path: Path) -> list[PackageFault]:
    """Read everything back and compare: what is missing, changed or added. Empty when all is well."""
    try:
        bag = bagit.Bag(str(path))
        bag.info.pop("Payload-Oxum", None)  # a count that fails before anybody can say which file it is
        bag.validate()
    except bagit.BagValidationError as error:
        faults = [_fault(detail) for detail in error.details or [error]]
    except (bagit.BagError, OSError, UnicodeDecodeError, ValueError) as error:
        raise BadInput("Det här är ingen hel påse: bagit.txt går inte att förstå.", str(path)) from error
    else:
        faults = []
    return faults + list(_beside_the_payload(path))


def _beside_the_payload(path: Path) -> Iterator[PackageFault]:
    """What the rules of BagIt allow and ours do not: a seal that is gone, files that nothing covers."""
    if not (path / SEAL).is_file():
        yield missing(SEAL)
        return
    lines = (path / SEAL).read_text("utf-8").splitlines()
    covered = {line.partition(" ")[2].strip() for line in lines} | {SEAL, "data"}
    for name in sorted(each.name for each in path.iterdir()):
        if name not in covered:
            yield added(name)


def _fault(detail: Exception) -> PackageFault:
    place = str(getattr(detail, "path", ""))
    match detail:
        case bagit.ChecksumMismatch():
            return changed(place)
        case bagit.FileMissing():
            return missing(place)
        case bagit.UnexpectedFile():
            return added(place)
        case _:
            why = "det som påsen säger om sig själv går inte att förstå"
            return damaged(place or "påsens egna filer, bagit.txt och manifesten", why)
