"""The filled cells of a workbook, read out of its parts as a stream and under limits.

Written here and not left to a library because the file comes from outside: the fast readers lay out every
cell before the last one and take the whole process with them on a damaged file, the careful ones expand
what they are told to. Here only cells that hold something cost anything. What the cells mean is in
`arshjul.adapters.workbooks.reading`, the only caller.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isfinite
from posixpath import join, normpath
from xml.parsers import expat

from arshjul.adapters.workbooks.package import grows_too_much
from arshjul.adapters.workbooks.parts import Book, Budget, Part, Relations, Styles, integer
from arshjul.errors import BadInput

MAX_SHEETS = 100

Value = str | float | bool | date | datetime
_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LAST_DAY = 2_958_465  # 9999-12-31 as a spreadsheet counts


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet: its name and what stands in its cells, by row and column from 0."""

    name: str
    cells: Mapping[tuple[int, int], Value]


def read_sheets(parts: Mapping[str, bytes], name: str) -> tuple[SheetCells, ...]:
    """The sheets in the order of the workbook. A formula gives the value it last had.

    A date cell gives a date; a number shown as per cent gives the text that people see ("11,7 %"), since
    a spreadsheet makes 0.117 of it. BadInput for a file that is damaged or far too large inside.
    """
    budget = Budget(name)
    try:
        book = Book(budget)
        book.parse(parts["xl/workbook.xml"])
        relations = Relations(budget)
        relations.parse(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
        styles = Styles(budget)
        styles.parse(parts.get("xl/styles.xml", b"<none/>"))
        shared = _SharedStrings(budget)
        shared.parse(parts.get("xl/sharedStrings.xml", b"<none/>"))
        if len(book.sheets) > MAX_SHEETS:
            raise grows_too_much(name)
        found = []
        for sheet, relation in book.sheets:
            target = relations.targets.get(relation, "")
            part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            page = _Cells(budget, shared.texts, styles.kinds(), book.first_day)
            page.parse(parts.get(part, b"<none/>"))
            found.append(SheetCells(sheet, page.cells))
        return tuple(found)
    except (expat.ExpatError, LookupError, ValueError) as error:  # not XML, or in no known encoding
        raise BadInput(
            "Filen är skadad och kan inte läsas. Öppna den, spara den igen som .xlsx och skicka den på nytt.",
            name,
        ) from error


class _Texts(Part):
    """Texts as they stand in <t>, which may come in several runs; how a word is read aloud is no text."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.runs: list[str] = []
        self._aloud = False
        self.starts = {"t": self._text, "rPh": self._reading_aloud}
        self.ends = {"t": self._text_end, "rPh": self._reading_aloud_end}

    def _text(self, _attributes: dict[str, str]) -> None:
        if not self._aloud:
            self.text = []

    def _text_end(self) -> None:
        if self.text is not None:
            self.runs.append(_unescaped(self.taken()))

    def _reading_aloud(self, _attributes: dict[str, str]) -> None:
        self._aloud = True

    def _reading_aloud_end(self) -> None:
        self._aloud = False


class _SharedStrings(_Texts):
    """The texts that cells point at by their number."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.texts: list[str] = []
        self.ends["si"] = self._string_end

    def _string_end(self) -> None:
        self.texts.append("".join(self.runs))
        self.runs.clear()


class _Cells(_Texts):
    """The cells of one sheet."""

    def __init__(
        self, budget: Budget, shared: list[str], kinds: Mapping[str, str], first_day: datetime
    ) -> None:
        super().__init__(budget)
        self.cells: dict[tuple[int, int], Value] = {}
        self._shared = shared
        self._kinds = kinds
        self._first_day = first_day
        self._at = (-1, -1)
        self._type = self._style = ""
        self._raw: str | None = None
        self.starts |= {"c": self._cell, "v": self._content, "row": self._row}
        self.ends |= {"c": self._cell_end, "v": self._content_end}

    def _row(self, attributes: dict[str, str]) -> None:
        self._at = integer(attributes.get("r"), self._at[0] + 2) - 1, -1

    def _cell(self, attributes: dict[str, str]) -> None:
        row, column = self._at
        self._at = _place(attributes.get("r", "")) or (row, column + 1)
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._raw = None
        if self.runs:
            self.runs.clear()

    def _cell_end(self) -> None:
        if self._raw or self.runs:  # most cells are only coloured
            value = self._value()
            if value is not None and value != "":
                self.cells[self._at] = value

    def _content(self, _attributes: dict[str, str]) -> None:
        self.text = []

    def _content_end(self) -> None:
        self._raw = self.taken()

    def _value(self) -> Value | None:
        if self._type == "inlineStr":
            return "".join(self.runs)
        raw = self._raw
        if raw is None or raw == "":
            return None
        match self._type:
            case "s":
                index = integer(raw, -1)
                return self._shared[index] if 0 <= index < len(self._shared) else None
            case "b":
                return raw.strip() in ("1", "true")
            case "n":
                return self._number(raw)
            case "d":
                return _moment(raw)
            case _:  # the text of a formula ("str"), an error ("e")
                return _unescaped(raw)

    def _number(self, raw: str) -> Value:
        try:
            number = float(raw)
        except ValueError:
            return raw
        kind = self._kinds.get(self._style)
        if not isfinite(number):
            return raw
        if kind == "percent":
            return f"{number * 100:.12g} %".replace(".", ",")
        if kind == "date" and 1 <= number <= _LAST_DAY:
            moment = self._first_day + timedelta(days=number)
            return moment.date() if number.is_integer() else moment
        return number


def _moment(text: str) -> Value:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return moment.date() if moment.time() == moment.time().min else moment


def _unescaped(text: str) -> str:
    """What the format writes as "_x000D_" is one character."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@lru_cache(maxsize=10_000)  # every form has its answers in the same places
def _place(name: str) -> tuple[int, int] | None:
    """The row and column of "D14", from 0; None for what is no place."""
    match = _PLACE.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
