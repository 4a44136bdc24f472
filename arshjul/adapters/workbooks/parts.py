"""The parts of a workbook's package that say how its cells are to be read, and how any part is walked.

A part is read as a stream, element by element, and what it may hold is limited for all parts of a file
together. The cells themselves are in `arshjul.adapters.workbooks.cells`, the only caller.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.parsers import expat

from arshjul.adapters.workbooks.package import grows_too_much

MAX_ELEMENTS = 400_000  # in all parts together
MAX_TEXT = 10_000_000  # characters in all texts together

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_NOT_LETTERS_OF_FORM = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
_BUILT_IN_PERCENT = frozenset({9, 10})
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(45, 48)})


@dataclass(slots=True)
class Budget:
    """What may still be read of one file."""

    name: str
    elements: int = MAX_ELEMENTS
    characters: int = MAX_TEXT

    def spend(self, elements: int = 0, characters: int = 0) -> None:
        """Take from what is left; BadInput when there is no more."""
        self.elements -= elements
        self.characters -= characters
        if self.elements < 0 or self.characters < 0:
            raise grows_too_much(self.name)


class Part:
    """A walk through one part. Subclasses say by `starts` and `ends` which elements they listen to, by their
    names without namespace: most elements of a workbook are of no interest and should cost nothing."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.text: list[str] | None = None  # filled while it is a list
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}

    def parse(self, content: bytes) -> None:
        """Walk through the part from beginning to end."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start(_Listeners(self.starts))
        if self.ends:  # a call for every element and every text: not where nobody listens
            parser.EndElementHandler = self._end(_Listeners(self.ends))
            parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(content, True)

    def taken(self) -> str:
        """The text since `self.text` was made a list, which it is no longer."""
        text = "".join(self.text or ())
        self.text = None
        return text

    def _start(self, listeners: "_Listeners") -> Callable[[str, dict[str, str]], None]:
        budget = self.budget

        def start(tag: str, attributes: dict[str, str]) -> None:
            budget.elements -= 1  # `spend`, without the call
            if budget.elements < 0:
                raise grows_too_much(budget.name)
            if (listener := listeners[tag]) is not None:
                listener(attributes)

        return start

    def _end(self, listeners: "_Listeners") -> Callable[[str], None]:
        def end(tag: str) -> None:
            if (listener := listeners[tag]) is not None:
                listener()

        return end

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.budget.spend(characters=len(text))
            self.text.append(text)

    def _doctype(self, *_: object) -> None:
        raise grows_too_much(self.budget.name)  # no workbook has one; entities are how XML is made to grow


class _Listeners(dict[str, Any]):
    """Who listens to a name as the parser gives it ("<namespace> c"), found out once for each name."""

    def __init__(self, by_local_name: Mapping[str, Any]) -> None:
        super().__init__()
        self._by_local_name = by_local_name

    def __missing__(self, tag: str) -> Any:
        found = self[tag] = self._by_local_name.get(tag.rpartition(" ")[2])
        return found


class Book(Part):
    """The names of the sheets with their relations, and the day that dates are counted from."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.sheets: list[tuple[str, str]] = []
        self.first_day = datetime(1899, 12, 30)  # noqa: DTZ001 - the days of a spreadsheet have no zone
        self.starts = {"sheet": self._sheet, "workbookPr": self._properties}

    def _sheet(self, attributes: dict[str, str]) -> None:
        relation = attributes.get(f"{_RELATION} id") or attributes.get(f"{_STRICT_RELATION} id", "")
        self.sheets.append((attributes.get("name", ""), relation))

    def _properties(self, attributes: dict[str, str]) -> None:
        if attributes.get("date1904") in ("1", "true"):
            self.first_day = datetime(1904, 1, 1)  # noqa: DTZ001


class Relations(Part):
    """Relation id -> part."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.targets: dict[str, str] = {}
        self.starts = {"Relationship": self._relation}

    def _relation(self, attributes: dict[str, str]) -> None:
        self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class Styles(Part):
    """Which styles of cells are dates and which per cent."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self._own: dict[int, str] = {}
        self._of_cells: list[int] = []
        self._among_cells = False
        self.starts = {"numFmt": self._format, "cellXfs": self._cells, "xf": self._style}
        self.ends = {"cellXfs": self._cells_end}

    def _format(self, attributes: dict[str, str]) -> None:
        self._own[integer(attributes.get("numFmtId"), -1)] = attributes.get("formatCode", "")

    def _cells(self, _attributes: dict[str, str]) -> None:
        self._among_cells = True

    def _cells_end(self) -> None:
        self._among_cells = False

    def _style(self, attributes: dict[str, str]) -> None:
        if self._among_cells:
            self._of_cells.append(integer(attributes.get("numFmtId"), 0))

    def kinds(self) -> Mapping[str, str]:
        """Style of a cell -> "percent" or "date", for those that are either."""
        kinds = {}
        for index, code in enumerate(self._of_cells):
            letters = _NOT_LETTERS_OF_FORM.sub("", self._own.get(code, "")).lower()
            if code in _BUILT_IN_PERCENT or "%" in letters:
                kinds[str(index)] = "percent"
            elif code in _BUILT_IN_DATES or (letters != "general" and re.search("[dmyhs]", letters)):
                kinds[str(index)] = "date"
        return kinds


def integer(text: str | None, otherwise: int) -> int:
    """The number that `text` is, or `otherwise`; longer than any row or index is no number."""
    return (
        int(text)
        if text is not None and text.isascii() and text.isdecimal() and len(text) < 12
        else otherwise
    )
