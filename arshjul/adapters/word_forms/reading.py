"""Reading a form that came back as a Word document, whatever people did to it meanwhile.

An answer is known by the mark beside its question or the bookmark in its box, wherever the table now stands.
What stands outside the boxes is given as stray, our own sentences too: whoever has the form sorts them out.
The document is walked as a stream with limits, like a returned workbook.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import partial
from xml.parsers.expat import ExpatError

from arshjul.adapters.word_forms.layout import CHOOSE, FormCode, bookmarked, marked, read_code
from arshjul.adapters.workbooks.package import MAX_MEMBERS, MAX_UNPACKED, grows_too_much
from arshjul.adapters.workbooks.parts import Budget, Part
from arshjul.answers import RawCell, ReturnedForm
from arshjul.errors import BadInput

_BODY, _CORE = "word/document.xml", "docProps/core.xml"
_KEYWORDS = re.compile(r"<cp:keywords>([^<]*)</cp:keywords>")


def is_word(data: bytes) -> bool:
    """Whether the bytes are a package with a Word document in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _BODY in package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def read_word_form(data: bytes, name: str) -> ReturnedForm:
    """What a returned document says; `name` is the file's. BadInput where it is no form of ours."""
    parts = _parts(data, name)
    body = _Body(Budget(name))
    try:
        body.parse(parts[_BODY])
    except ExpatError:
        raise _damaged(name) from None
    core = _KEYWORDS.search(parts.get(_CORE, b"").decode("utf-8", "replace"))
    lines = [*body.paragraphs, core[1] if core else ""]
    code = next((found for line in lines if (found := read_code(line))), None)
    if code is None:
        raise BadInput(
            "Dokumentet är inget underlag från Årshjul. Skicka det dokument som kom med brevet, ifyllt.", name
        )
    return _returned(name, code, body)


def _returned(name: str, code: FormCode, body: "_Body") -> ReturnedForm:
    scopes: dict[str, dict[str, RawCell]] = {}
    stray = [RawCell(line, "utanför rutorna") for line in body.paragraphs if line.strip()]
    for answer in body.answers:
        scope, field_id = answer.place
        cell = RawCell(answer.text or None, f"rutan ”{answer.question}”")
        known = scopes.setdefault(scope, {}).get(field_id)
        if known is None or known.value is None:
            scopes[scope][field_id] = cell
        elif cell.value not in (None, known.value):
            stray.append(cell)
    return ReturnedForm(
        name=name,
        form_id=f"{code.key.unit_code} {code.key} {code.person}",
        number=code.number,
        unit_code=code.key.unit_code,
        cycle=str(code.key),
        kind=code.key.kind,
        year=code.key.year,
        person=code.person,
        scopes=scopes,
        stray=tuple(stray),
    )


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    parts = {}
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if len(package.infolist()) > MAX_MEMBERS:
                raise grows_too_much(name)
            for member in (_BODY, _CORE):
                if member not in package.namelist():
                    continue
                with package.open(member) as stream:
                    parts[member] = stream.read(left + 1)
                left -= len(parts[member])
                if left < 0:
                    raise grows_too_much(name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError):
        parts = {}
    if _BODY not in parts:
        raise _damaged(name)
    return parts


def _damaged(name: str) -> BadInput:
    return BadInput("Word-filen är skadad och går inte att läsa. Spara den på nytt i Word.", name)


@dataclass(slots=True)
class _Cell:
    """A cell of an outer table: its text, and the bookmarks in it."""

    lines: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


@dataclass(frozen=True, slots=True)
class _Answer:
    place: tuple[str, str]
    question: str
    text: str


_STRUCK_OUT = ("del", "moveFrom", "delText", "instrText")
_STARTS = ("tbl", "tr", "tc", "p", "t", "tab", "br", "cr", "bookmarkStart", *_STRUCK_OUT)
_ENDS = ("tbl", "tr", "tc", "p", "t", *_STRUCK_OUT)


class _Body(Part):
    """The document's own paragraphs, and the answers in its tables."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.paragraphs: list[str] = []
        self.answers: list[_Answer] = []
        self._tables = 0
        self._cell: _Cell | None = None
        self._row: list[_Cell] = []
        self._rows: list[list[_Cell]] = []
        self._line: list[str] = []
        self._gone = 0  # within text that a reviewer has struck out
        self.starts = {tag: partial(self.start, tag) for tag in _STARTS}
        self.ends = {tag: partial(self.end, tag) for tag in _ENDS}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "tbl":
                self._tables += 1
            case "tr" if self._tables == 1:
                self._row = []
            case "tc" if self._tables == 1:
                self._cell = _Cell()
            case "p":
                self._line = []
            case "t":
                self.text = []
            case "tab":
                self._line.append(" ")
            case "br" | "cr":
                self._line.append("\n")
            case "del" | "moveFrom" | "delText" | "instrText":
                self._gone += 1
            case "bookmarkStart" if self._cell is not None:
                own = (value for key, value in attributes.items() if key.rpartition(" ")[2] == "name")
                self._cell.bookmarks += own

    def end(self, tag: str) -> None:
        match tag:
            case "t":
                text = self.taken()
                if not self._gone:
                    self._line.append(text)
            case "p":
                line = "".join(self._line)
                (self._cell.lines if self._cell is not None else self.paragraphs).append(line)
                self._line = []
            case "del" | "moveFrom" | "delText" | "instrText":
                self._gone -= 1
            case "tc" if self._tables == 1 and self._cell is not None:
                self._row.append(self._cell)
                self._cell = None
            case "tr" if self._tables == 1:
                self._rows.append(self._row)
            case "tbl":
                self._tables -= 1
                if self._tables == 0:
                    self._read_table()

    def _read_table(self) -> None:
        """Each question of the table with its box: beside it, or below it until the next question."""
        place: tuple[str, str] | None = None
        question = ""
        below: list[str] = []
        for row in self._rows:
            asked = next((cell for cell in row if marked(cell.text)), None)
            if asked is None and place is None:
                self._by_bookmark(row)
                continue
            if asked is None:
                below += (cell.text for cell in row)
                continue
            self._close(place, question, below)
            place, question, below = marked(asked.text), _title(asked), []
            beside = [cell.text for cell in row if cell is not asked]
            if beside:
                self._close(place, question, beside)
                place = None
        self._close(place, question, below)
        self._rows = []

    def _close(self, place: tuple[str, str] | None, question: str, texts: list[str]) -> None:
        if place is not None:
            text = "\n".join(text for text in texts if text).strip()
            self.answers.append(_Answer(place, question, "" if text == CHOOSE else text))

    def _by_bookmark(self, row: list[_Cell]) -> None:
        for cell in row:
            place = next((found for name in cell.bookmarks if (found := bookmarked(name))), None)
            if place is not None:
                self._close(place, place[1], [cell.text])


def _title(cell: _Cell) -> str:
    return cell.lines[0].strip() if cell.lines else ""
