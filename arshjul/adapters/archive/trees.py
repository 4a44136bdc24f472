"""Where a package lies, as its reader sees it: the files under one place, on this machine or on another."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

_CHUNK = 1 << 20


class Tree(Protocol):
    """A folder of files that can be read."""

    @property
    def place(self) -> str:
        """Where it is, for people."""
        ...

    def files(self) -> Mapping[str, int]:
        """Every file's path under the place and its size; empty where there is nothing."""
        ...

    def open(self, name: str) -> BinaryIO:
        """A file to read; OSError where it cannot be."""
        ...


def sha256_of(tree: Tree, name: str) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with tree.open(name) as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def content_of(tree: Tree, name: str) -> bytes:
    """The whole of a file."""
    with tree.open(name) as file:
        return file.read()


@dataclass(frozen=True, slots=True)
class FolderTree:
    """A folder on this machine."""

    path: Path

    @property
    def place(self) -> str:
        return str(self.path)

    def files(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        base = len(str(self.path)) + 1
        for folder, _, names in os.walk(self.path):
            for name in names:
                path = os.path.join(folder, name)
                found[path[base:].replace(os.sep, "/")] = os.lstat(path).st_size
        return found

    def open(self, name: str) -> BinaryIO:
        return open(self.path / name, "rb", buffering=0)


@dataclass(frozen=True, slots=True)
class RemoteTree:
    """A folder of a file system of fsspec's: SFTP, S3. `shown` is its address without secrets."""

    filesystem: Any  # fsspec.AbstractFileSystem; fsspec publishes no types
    base: str
    shown: str

    @property
    def place(self) -> str:
        return self.shown

    def files(self) -> Mapping[str, int]:
        self.filesystem.invalidate_cache()
        try:
            found = self.filesystem.find(self.base, detail=True)
        except FileNotFoundError:
            return {}
        prefix = self.base.rstrip("/") + "/"
        return {
            str(path)[str(path).index(prefix) + len(prefix) :]: int(about["size"] or 0)
            for path, about in found.items()
            if prefix in str(path)
        }

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, self.filesystem.open(f"{self.base}/{name}", "rb"))
