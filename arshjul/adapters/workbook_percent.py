"""Which cells of a workbook are shown as per cent.

Excel turns a written "11,7 %" into 0.117 and shows it as per cent; the number alone does not say which
was meant. Called by `arshjul.adapters.workbook_reading` with a workbook that has been checked.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree import ElementTree

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BUILT_IN = frozenset({9, 10})  # Excel's own "0%" and "0.00%"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def percent_cells(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Sheet name -> (row, column), from 0, of the cells that have a form of per cent."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = set(package.namelist())
        if "xl/styles.xml" not in parts:
            return {}
        styles = {str(index) for index in _percent_styles(package.read("xl/styles.xml"))}
        if not styles:
            return {}
        return {
            name: frozenset(_cells(package.read(part), styles))
            for name, part in _sheets(package)
            if part in parts
        }


def _percent_styles(content: bytes) -> Iterator[int]:
    root = ElementTree.fromstring(content)
    own = {
        int(number.get("numFmtId", "0")): number.get("formatCode", "")
        for number in root.iterfind("{*}numFmts/{*}numFmt")
    }
    for index, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        code = int(style.get("numFmtId", "0"))
        if code in _BUILT_IN or "%" in re.sub(r'"[^"]*"|\\.', "", own.get(code, "")):
            yield index


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        yield sheet.get("name", ""), part


def _cells(content: bytes, styles: set[str]) -> Iterator[tuple[int, int]]:
    for cell in ElementTree.fromstring(content).iterfind("{*}sheetData/{*}row/{*}c"):
        match = _REFERENCE.fullmatch(cell.get("r", ""))
        if match and cell.get("s") in styles:
            column = 0
            for letter in match[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
            yield int(match[2]) - 1, column - 1
