"""Filling in a form workbook fast, the same bytes each time: a year has a hundred of them.

As `arshjul.adapters.workbooks.filling` does it with a whole spreadsheet library; here the answer cells alone
are written into the sheets. The product's own reader reads both.
"""

import io
import zipfile
from collections.abc import Mapping
from datetime import date

from lxml import etree

from arshjul.adapters.workbooks.layout import (
    ANSWER,
    HEADER_ROW,
    ID,
    SCOPE_MARK,
    TITLE_ROW,
    cell_name,
)
from cli.story import Written

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MADE = (1980, 1, 1, 0, 0, 0)
_EXCELS_DAY_ZERO = date(1899, 12, 30)


def filled_in(workbook: bytes, answers: Mapping[str, Mapping[str, Written]]) -> bytes:
    """The workbook with `answers` (scope -> field id -> what is written) in its answer cells."""
    source = zipfile.ZipFile(io.BytesIO(workbook))
    strings = _shared(source)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _filled(content, strings, answers)
            made.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _shared(source: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in source.namelist():
        return []
    table = etree.fromstring(source.read("xl/sharedStrings.xml"))
    return ["".join(item.itertext()) for item in table.iter(f"{_NS}si")]


def _filled(content: bytes, strings: list[str], answers: Mapping[str, Mapping[str, Written]]) -> bytes:
    sheet = etree.fromstring(content)
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{_NS}c")}
    given = answers.get(_text(cells.get(cell_name(TITLE_ROW, ID)), strings).removeprefix(SCOPE_MARK))
    if given is None:
        return content
    left = dict(given)
    for row in range(HEADER_ROW + 1, max(int(row.get("r")) for row in sheet.iter(f"{_NS}row"))):
        field = _text(cells.get(cell_name(row, ID)), strings)
        if field in left:
            _write(cells[cell_name(row, ANSWER)], left.pop(field))
    if left:
        raise KeyError(f"the sheet has no {sorted(left)}")
    return bytes(etree.tostring(sheet, xml_declaration=True, encoding="UTF-8", standalone=True))


def _text(cell: etree._Element | None, strings: list[str]) -> str:
    if cell is None:
        return ""
    value = cell.findtext(f"{_NS}v") or ""
    return strings[int(value)] if cell.get("t") == "s" else value


def _write(cell: etree._Element, value: Written) -> None:
    for child in list(cell):
        cell.remove(child)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{_NS}is"), f"{_NS}t")
        text.text = value
        return
    cell.attrib.pop("t", None)
    number = (value - _EXCELS_DAY_ZERO).days if isinstance(value, date) else value
    etree.SubElement(cell, f"{_NS}v").text = str(number)
