"""Taking a workbook apart and putting it together again, for files that no program would write."""

import io
import zipfile
from collections.abc import Callable, Mapping


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part of the package by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of the parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed; the change has to change something."""
    parts = parts_of(data)
    after = change(parts[part])
    assert after != parts[part]
    return packed(parts | {part: after})
