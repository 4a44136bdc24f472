"""Reading a package back: every file's checksum against METS.xml, what is missing and what was added.

A package is found whole only when all of it has been read. Bags of older versions go to `bags`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from arshjul.adapters.archive import bags
from arshjul.adapters.archive.elements import METS, XLINK
from arshjul.adapters.archive.faults import PackageFault, added, changed, damaged, missing
from arshjul.adapters.archive.trees import FolderTree, Tree, content_of, sha256_of
from arshjul.errors import BadInput

ROOT = "METS.xml"
_SEAL = b"<!-- SHA-256 av allt ovanf\xc3\xb6r den h\xc3\xa4r raden: %s -->\n"
_PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "huge_tree": False}


@dataclass(frozen=True, slots=True)
class Listed:
    """What METS.xml says of a file."""

    size: int
    sha256: str


def verify_package(path: Path) -> list[PackageFault]:
    """Read everything back and compare; empty when all is well. BadInput where there is no package."""
    if (path / bags.DECLARATION).is_file():
        return bags.verify_bag(path)
    if not is_package(path):
        raise BadInput(
            "Det här är inget arkivpaket: ange mappen som innehåller METS.xml (eller bagit.txt).", str(path)
        )
    return verify_tree(FolderTree(path))


def verify_tree(tree: Tree) -> list[PackageFault]:
    """The same for a package wherever it lies."""
    lying = dict(tree.files())
    if not lying:
        return [damaged(tree.place, "här finns inget")]
    if ROOT not in lying:
        return [missing(ROOT)]
    faults = [] if is_sealed(content_of(tree, ROOT)) else [changed(ROOT)]
    listed: dict[str, Listed] = {}
    faults += _read_list(tree, lying, ROOT, listed)
    if not listed:  # then every file would be one too many, which helps nobody
        return faults
    for name in sorted(set(listed) - set(lying)):
        faults.append(missing(name))
    for name in sorted(set(lying) - set(listed) - {ROOT}):
        faults.append(added(name))
    for name in sorted(set(listed) & set(lying)):
        try:
            whole = lying[name] == listed[name].size and sha256_of(tree, name) == listed[name].sha256
        except OSError as error:
            faults.append(damaged(name, f"filen kan inte läsas ({error.strerror or type(error).__name__})"))
            continue
        if not whole:
            faults.append(changed(name))
    return faults


def is_package(path: Path) -> bool:
    """Whether the folder claims to be a package, of today or a bag; also one that has lost its METS.xml."""
    return (
        (path / ROOT).is_file() or (path / bags.DECLARATION).is_file() or (path / "representations").is_dir()
    )


def find_packages(path: Path) -> list[Path]:
    """The package at `path`, or every package in that folder, in order of name."""
    if is_package(path):
        return [path]
    inside = sorted(path.iterdir()) if path.is_dir() else []
    return [each for each in inside if each.is_dir() and not each.name.startswith(".") and is_package(each)]


def package_sha256(path: Path) -> str:
    """One hash for the whole package: that of the file that covers every other."""
    covering = bags.SEAL if (path / bags.DECLARATION).is_file() else ROOT
    return hashlib.sha256((path / covering).read_bytes()).hexdigest()


def tree_sha256(tree: Tree) -> str:
    """The same for a package wherever it lies."""
    return sha256_of(tree, ROOT)


def listed_files(content: bytes, base: str) -> dict[str, Listed]:
    """The files that a METS.xml in folder `base` ("" or "representations/public/") speaks of.

    ValueError where it cannot be understood.
    """
    try:
        mets = etree.fromstring(content, etree.XMLParser(**_PARSER_OPTIONS))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if mets.tag != f"{{{METS}}}mets":
        raise ValueError(f"{mets.tag} is no METS")
    found: dict[str, Listed] = {}
    for element in mets.iter(f"{{{METS}}}file", f"{{{METS}}}mdRef"):
        place = element if element.tag.endswith("mdRef") else element[0]
        name = base + unquote(place.get(f"{{{XLINK}}}href") or "")
        found[name] = Listed(int(element.get("SIZE") or -1), element.get("CHECKSUM") or "")
    return found


def sealed(mets: bytes) -> bytes:
    """A root METS.xml with its seal, a comment on the last line: what covers all is covered itself."""
    return mets + _SEAL % hashlib.sha256(mets).hexdigest().encode()


def is_sealed(mets: bytes) -> bool:
    """Whether the seal is there and holds."""
    written, _, last = mets.rstrip(b"\n").rpartition(b"\n")
    return sealed(written + b"\n") == mets if last else False


def _read_list(
    tree: Tree, lying: Mapping[str, int], mets: str, listed: dict[str, Listed]
) -> Iterator[PackageFault]:
    """Put what a METS.xml lists, and those that it leads to, in `listed`."""
    base = mets.removesuffix(ROOT)
    try:
        own = listed_files(content_of(tree, mets), base)
    except (ValueError, OSError, IndexError):
        yield damaged(mets, "filen går inte att förstå")
        return
    listed.update(own)
    if not base:
        for name in own:
            if name.endswith(f"/{ROOT}") and name in lying:
                yield from _read_list(tree, lying, name, listed)
