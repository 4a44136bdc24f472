"""Copies of packages elsewhere: a folder, SFTP or an S3-compatible store, by an address of fsspec's.

A copy is sent with METS.xml last, so that half of one is never a package; then all of it is read back. What
cannot be verified is no copy. What the libraries need of secrets they take from the environment. Called by
archiving and by the monthly check.
"""

import errno
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from arshjul.adapters.archive.reading import ROOT, tree_sha256, verify_tree
from arshjul.adapters.archive.trees import FolderTree, RemoteTree
from arshjul.config.archive_settings import ARCHIVE_PASSWORD_VARIABLE
from arshjul.crash_points import CrashPoint, reached
from arshjul.errors import ArshjulError, BadInput

_EXTRA = {"s3": "s3", "sftp": "sftp"}  # what has to be installed besides, by scheme


@dataclass(frozen=True, slots=True)
class Target:
    """A place for copies. `address` is as configured, without secrets."""

    filesystem: Any  # fsspec.AbstractFileSystem
    base: str
    address: str

    def tree(self, name: str) -> RemoteTree:
        """The copy of a package by its name."""
        return RemoteTree(self.filesystem, f"{self.base}/{name}", f"{self.address}/{name}")


def open_target(address: str, environ: Mapping[str, str] = os.environ) -> Target:
    """The place at `address`. BadInput where it is none, ArshjulError where it does not answer."""
    from fsspec.core import url_to_fs

    scheme = urlsplit(address).scheme
    options: dict[str, Any] = {}
    if scheme == "sftp":
        from arshjul.adapters.archive import sftp as sftp

        password = environ.get(ARCHIVE_PASSWORD_VARIABLE)
        options = {"password": password} if password else {}
    try:
        if scheme == "sftp":
            return sftp.open_sftp(address, options, Target)
        filesystem, base = url_to_fs(address, skip_instance_cache=True, **options)
    except ImportError as error:
        extra = _EXTRA.get(scheme, scheme)
        raise BadInput(
            f"{scheme}:// behöver ett tillägg; installera med pip install 'arshjul[{extra}]'",
            f"target {address}",
        ) from error
    except ValueError as error:
        raise BadInput("target går inte att förstå; se docs/drift.md", f"target {address}") from error
    except OSError as error:
        raise _unreachable(address, error) from error
    return Target(filesystem, str(base).rstrip("/"), address.rstrip("/"))


def copy_package(package: Path, target: Target) -> str:
    """Copy a package to the target and read all of it back; the target's address.

    A whole copy that is there is left alone. ArshjulError where another lies there, or the copy is not as
    sent.
    """
    tree, source = target.tree(package.name), FolderTree(package)
    sha256 = hashlib.sha256((package / ROOT).read_bytes()).hexdigest()
    try:
        lying = tree.files()
        if ROOT in lying:
            if tree_sha256(tree) != sha256:
                raise ArshjulError(
                    f"På {tree.place} ligger redan ett annat paket med samma namn. "
                    "Inget skrevs över; ta reda på vilket."
                )
        else:
            _send(source, tree)
        faults = verify_tree(tree)
        if faults and ROOT not in lying:
            tree.filesystem.rm_file(f"{tree.base}/{ROOT}")  # so that nobody takes it for a package
    except ArshjulError:
        raise
    except Exception as error:  # each store has errors of its own; what they say belongs in the sentence
        raise _unreachable(tree.place, error) from error
    if faults:
        raise ArshjulError(
            f"Kopian på {tree.place} är inte som paketet: {faults[0].message} Den räknas inte som en kopia."
        )
    return target.address


def _send(source: FolderTree, tree: RemoteTree) -> None:
    made: set[str] = set()
    for name in sorted(source.files(), key=lambda name: (name == ROOT, name)):
        place = f"{tree.base}/{name}"
        parent = place.rpartition("/")[0]
        if parent not in made:
            tree.filesystem.makedirs(parent, exist_ok=True)
            made.add(parent)
        tree.filesystem.put_file(str(source.path / name), place)
        reached(CrashPoint.COPY_HALF_SENT)


def _unreachable(place: str, error: Exception) -> ArshjulError:
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    why = "där är fullt" if full else " ".join(str(error).split()) or type(error).__name__
    return ArshjulError(
        f"Det gick inte att skriva eller läsa på {place}: {why}. Försöks igen vid nästa körning."
    )
