"""Taking a workbook apart and putting it together again, for files that no program would write."""

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl

from arshjul.adapters.workbooks.layout import ABOUT_SHEET


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


def about(data: bytes, key: str, value: str) -> bytes:
    """The workbook with another fact about itself."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[ABOUT_SHEET]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)
    sheet.cell(row, 2).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
