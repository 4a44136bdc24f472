"""What is checked before anybody parses a returned file: kind, size, and what it would grow to.

A small file can unpack to gigabytes, and one cell at the far end of a sheet makes a reader lay out all
cells before it. So the parts that matter are unpacked here with a limit, walked through once as a stream,
and packed anew: what was checked is what is read. Called by `arshjul.adapters.workbook_reading` only.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from arshjul.errors import BadInput

MEGABYTE = 1_000_000
MAX_UNPACKED = 40 * MEGABYTE  # the parts that are read; a form of ours is below one
MAX_DECLARED = 200 * MEGABYTE  # everything in the file, by its own word (pictures and the like)
MAX_MEMBERS = 2_000
MAX_SHEETS = 100
MAX_ROW, MAX_COLUMN = 5_000, 60  # no form of ours comes near
MAX_CELLS = 50_000
MAX_ELEMENTS = 400_000
MAX_TEXT = 20 * MEGABYTE  # characters in all cells together: one long text may be pointed at many times

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_READ_PARTS = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml")
_AGAIN = "Fyll i underlaget som kom med brevet och skicka det som Excel-arbetsbok (.xlsx)."


def checked(data: bytes, name: str, limit: int) -> bytes:
    """The workbook packed anew with only the parts that are read; BadInput when it cannot be trusted."""
    if not data:
        raise BadInput(f"Filen är tom. {_AGAIN}", name)
    if len(data) > limit:
        raise BadInput(
            f"Filen är {len(data) / MEGABYTE:.0f} MB, och gränsen är {limit / MEGABYTE:.0f} MB. "
            "Ta bort bilder och annat som lagts till och skicka den igen.",
            name,
        )
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise BadInput("Filen är skyddad med lösenord. Ta bort lösenordet och skicka den igen.", name)
        raise BadInput("Filen är sparad i ett äldre format. Spara den som Excel-arbetsbok (.xlsx).", name)
    parts = _unpack(data, name)
    _walk_through(parts, name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as again:
        for part, content in parts.items():
            again.writestr(zipfile.ZipInfo(part), content)
    return packed.getvalue()


def _unpack(data: bytes, name: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_DECLARED:
                raise _bomb(name)
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                raise BadInput(f"Filen är ingen Excel-arbetsbok (.xlsx). {_AGAIN}", name)
            parts: dict[str, bytes] = {}
            left = MAX_UNPACKED
            for member in members:
                if not _is_read(member.filename):
                    continue
                if member.flag_bits & 1:
                    raise BadInput(
                        "Filen är skyddad med lösenord. Ta bort lösenordet och skicka den igen.", name
                    )
                with package.open(member) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _bomb(name)
                parts[member.filename] = content
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise BadInput(f"Filen är skadad eller ingen Excel-arbetsbok (.xlsx). {_AGAIN}", name) from error
    except zlib.error as error:
        raise BadInput(f"Filen är skadad och kan inte packas upp. {_AGAIN}", name) from error
    return parts


def _is_read(member: str) -> bool:
    return member in _READ_PARTS or (
        member.endswith((".xml", ".rels")) and member.startswith(("_rels/", "xl/_rels/", "xl/worksheets/"))
    )


def _bomb(name: str) -> BadInput:
    return BadInput(f"Filen växer orimligt mycket när den packas upp och läses därför inte. {_AGAIN}", name)


@dataclass(slots=True)
class _Tally:
    """What all parts together have been found to hold."""

    name: str
    elements: int = 0
    cells: int = 0
    characters: int = 0
    shared: list[int] = field(default_factory=list)

    def element(self) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise _bomb(self.name)

    def text(self, characters: int) -> None:
        self.characters += characters
        if self.characters > MAX_TEXT:
            raise _bomb(self.name)


def _walk_through(parts: dict[str, bytes], name: str) -> None:
    tally = _Tally(name)
    sheets = [part for part in parts if part.startswith("xl/worksheets/") and part.endswith(".xml")]
    if len(sheets) > MAX_SHEETS:
        raise BadInput(f"Filen har {len(sheets)} blad. {_AGAIN}", name)
    try:
        _SharedStrings(tally).parse(parts.get("xl/sharedStrings.xml"))
        for part, content in parts.items():
            if part in sheets:
                _Cells(tally).parse(content)
            elif part != "xl/sharedStrings.xml":
                _Elements(tally).parse(content)
    except expat.ExpatError as error:
        raise BadInput(f"Filen är skadad och kan inte läsas. {_AGAIN}", name) from error


class _Elements:
    """A walk through one part that only counts."""

    def __init__(self, tally: _Tally) -> None:
        self.tally = tally

    def parse(self, content: bytes | None) -> None:
        """Walk through the part; None where the workbook has no such part."""
        if content is None:
            return
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(content, True)

    def _doctype(self, *_: object) -> None:
        raise _bomb(self.tally.name)  # no workbook has one; entities are how XML is made to grow

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.tally.element()
        self.start(tag.rpartition(" ")[2], attributes)

    def _end(self, tag: str) -> None:
        self.end(tag.rpartition(" ")[2])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def characters(self, text: str) -> None:
        """Text between elements."""


class _SharedStrings(_Elements):
    """Notes how long each shared text is."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self.tally.shared.append(0)

    def characters(self, text: str) -> None:
        if self.tally.shared:
            self.tally.shared[-1] += len(text)


class _Cells(_Elements):
    """Follows where the cells lie and how much text they hold."""

    def __init__(self, tally: _Tally) -> None:
        super().__init__(tally)
        self._row = self._column = 0
        self._shared = self._filled = False
        self._value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self._row = _integer(attributes.get("r"), self._row + 1)
            self._column = 0
        elif tag == "c":
            self._place(attributes.get("r"))
            self._shared = attributes.get("t") == "s"
            self._filled, self._value = False, ""
        elif tag in ("v", "is", "f"):
            self._filled = True

    def characters(self, text: str) -> None:
        self.tally.text(len(text))
        if self._shared and len(self._value) < 12:
            self._value += text

    def end(self, tag: str) -> None:
        if tag != "c" or not self._filled:
            return  # a cell that is only coloured may lie anywhere
        self.tally.cells += 1
        if self._row > MAX_ROW or self._column > MAX_COLUMN or self.tally.cells > MAX_CELLS:
            raise BadInput(
                "Det står något långt utanför formuläret på ett av bladen. Ta bort det, eller flytta "
                "svaren till underlaget som kom med brevet, och skicka filen igen.",
                self.tally.name,
            )
        index = _integer(self._value, -1) if self._shared else -1
        if 0 <= index < len(self.tally.shared):
            self.tally.text(self.tally.shared[index])

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        self._row = _integer(reference[len(letters) :], self._row)
        self._column = 0
        for letter in letters[:4].upper():
            self._column = self._column * 26 + ord(letter) - ord("A") + 1


def _integer(text: str | None, otherwise: int) -> int:
    """The number that `text` is, or `otherwise`; longer than any row or string number is no number."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 12 else otherwise
