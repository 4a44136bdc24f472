"""What the made inputs have in common: the sound files, the texts, and ways to spoil a file."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from arshjul.adapters.workbooks.filling import fill_workbook
from tests.unit.workbook_parts import changed, parts_of

BOOK, STRINGS, SHEET = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"
BODY = "word/document.xml"
RIGHT_TO_LEFT, ZERO_WIDTH = "\u202etxt.exe\u202c", "\u200b\u200d\ufeff"
LONE = "\ud800"  # a surrogate by itself: no UTF-8 has it
ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
OUTSIDE_NET = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'
FORMULAS = (
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+SUM(1)",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "\t=1",
    "\r=1",
)
TEXTS = (
    "",
    "\0",
    "a\0b",
    RIGHT_TO_LEFT,
    ZERO_WIDTH,
    "\ufffe\uffff",
    "\U0001f4a9" * 50,
    "e\u0301" * 2000,
    "Z\u0335\u0336\u0337" * 500,
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% for a in b %}",
    '#read("/etc/passwd")',
    "%s%n%d{0.__class__}",
    "'; DROP TABLE answer; --",
    "../../etc/passwd",
    "19121212-1212",
    "9" * 5000,
    "1e999999",
    "-0",
    "NaN",
    "Infinity",
    "٣٤",
    "½",
    "\x1b[2J\x07",
    *FORMULAS,
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """One input. `name` is what the file is called, or the title of a request."""

    kind: str
    title: str
    name: str
    make: Callable[["Material"], bytes | Mapping[str, Any]]
    heavy: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind}: {self.title}"


@dataclass(frozen=True)
class Material:
    """Sound files to begin with."""

    folder: Path

    @cached_property
    def book(self) -> bytes:
        return (self.folder / "svar.xlsx").read_bytes()

    @cached_property
    def blank(self) -> bytes:
        """As it was sent: the texts are a part of their own."""
        return (self.folder / "tom.xlsx").read_bytes()

    @cached_property
    def word(self) -> bytes:
        return (self.folder / "svar.docx").read_bytes()

    @cached_property
    def books(self) -> dict[str, bytes]:
        return parts_of(self.book)

    @cached_property
    def words(self) -> dict[str, bytes]:
        return parts_of(self.word)

    def config(self, name: str) -> bytes:
        return (self.folder / "config" / name).read_bytes()

    def sheet(self, change: Callable[[bytes], bytes]) -> bytes:
        return changed(self.book, SHEET, change)

    def cells(self, xml: str) -> bytes:
        """The workbook with more cells at the end of a sheet."""
        return self.sheet(
            lambda sheet: sheet.replace(
                b"</sheetData>", xml.encode("utf-8", "surrogatepass") + b"</sheetData>"
            )
        )

    def body(self, change: Callable[[bytes], bytes]) -> bytes:
        return changed(self.word, BODY, change)

    def written(self, text: str) -> bytes:
        """The workbook with a text in every answer, as if somebody had typed it."""
        return fill_workbook(self.blank, {"HUMLAN": dict.fromkeys(self.fields, text) | {"form.ready": "Ja"}})

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of the sheet."""
        return tuple((self.folder / "fields.txt").read_text("utf-8").split())


def inline(text: bytes, row: int = 900) -> str:
    return f'<row r="{row}"><c r="D{row}" t="inlineStr"><is><t>{text.decode("latin-1")}</t></is></c></row>'


def twice(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in (*parts.items(), *parts.items()):
            package.writestr(name, content)
    return target.getvalue()


def encrypted(data: bytes) -> bytes:
    """Every part says that it is locked with a password."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


def method(data: bytes, number: int) -> bytes:
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] = number
            place = changed.find(mark, place + 4)
    return bytes(changed)


def as_bytes(content: bytes | Mapping[str, Any]) -> bytes:
    """What is sent to the taker."""
    return content if isinstance(content, bytes) else json.dumps(content).encode()
