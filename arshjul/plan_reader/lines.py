"""Lines of a document: what the adapters give and the reader reads.

A line has its printed text and, where the source knows, positions (PDF), real cells (Word) or a heading
style. How lines are put together again is in `paragraphs`; reading files is in
`arshjul.adapters.documents.reading`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

_GAP = re.compile(r"\t| {2,}")
_MANY = 20  # lines: fewer may stand apart for other reasons
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\ufeff]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line that stands apart: a cell, or words between wide gaps.

    `start` and `end` are in the source's own measure (characters, points, cell numbers).
    """

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source. `text` keeps its spaces: they can tell empty cells and broken words.

    `number` counts from 1 in the source; `segments` are positions that the source is sure of; `whole`
    is a paragraph or table row that was never wrapped; `heading` is true or false where the source knows.
    """

    number: int
    text: str
    segments: tuple[Segment, ...] = ()
    page: int | None = None
    heading: bool | None = None
    whole: bool = False
    row: int | None = None  # lines with the same number are of one table row, as its rules show
    furniture: str | None = None  # what the source knows the line to be, when it is no content
    rank: float | None = None  # of a heading: the smaller, the higher (a level, or the size of its type)
    lead: bool = False  # begins with a label in bold and a colon ("Solrosen: …")
    aside: bool = False  # set smaller than the running text, or in a style of its own for notes
    soft: bool = False  # a blank that page furniture left: it breaks no paragraph by itself

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on the line."""
        return not self.text or self.text.isspace()

    @property
    def words(self) -> str:
        """The text with single spaces and none at the ends."""
        return squash(self.text)


def squash(text: str) -> str:
    """`text` with every run of white space (no-break spaces too) as one space."""
    return " ".join(text.split())


def without_spaces(text: str) -> str:
    """`text` without any space and in small letters, for comparing words that may be broken over lines."""
    return "".join(text.split()).casefold()


def lines_of_text(text: str) -> list[Line]:
    """The lines of plain text, in NFC and without control characters; a form feed is a new page."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text))
    lines: list[Line] = []
    page = 1
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        for piece_number, piece in enumerate(raw.split("\f")):
            page += piece_number > 0
            lines.append(Line(number, piece, page=page))
    return lines if page > 1 else [replace(line, page=None) for line in lines]


def cell_lines(cells: Sequence[tuple[int, int, Sequence[str]]], number: int, row: int) -> list[Line]:
    """The lines of a real table row: its cells as (first column, columns wide, paragraphs).

    A row of one cell is a text across the table: a line for each paragraph.
    """
    filled = [
        (start, wide, [text for text in paragraphs if text.strip()]) for start, wide, paragraphs in cells
    ]
    if len(cells) == 1:
        return [Line(number, text, row=row, whole=True) for text in filled[0][2]]
    segments = tuple(
        Segment(start, start + wide - 0.1, "\n".join(texts)) for start, wide, texts in filled if texts
    )
    text = "\t".join(squash(segment.text) for segment in segments)
    return [Line(number, text, segments, row=row, whole=True)] if segments else []


def segments_of(line: Line) -> tuple[Segment, ...]:
    """The line's own segments, or those that tabs or wide gaps make in its text.

    With tabs the measure is the cell's number, so that empty cells count; else it is the character.
    """
    if line.segments:
        return line.segments
    if "\t" in line.text.strip():
        cells = line.text.rstrip().split("\t")
        return tuple(
            Segment(index, index + 0.9, squash(cell)) for index, cell in enumerate(cells) if cell.strip()
        )
    found: list[Segment] = []
    position = len(line.text) - len(line.text.lstrip())
    text = line.text.rstrip()
    while position < len(text):
        gap = _GAP.search(text, position)
        end = gap.start() if gap else len(text)
        found.append(Segment(position, end, squash(text[position:end])))
        position = gap.end() if gap else len(text)
    return tuple(found)


def single_spaced(lines: Sequence[Line]) -> list[Line]:
    """The lines without the blank that follows every one of them in a text set with double spacing."""
    printed = [index for index, line in enumerate(lines) if not line.blank]
    doubled = {index + 1 for index in printed if index + 1 < len(lines) and lines[index + 1].blank}
    if len(printed) < _MANY or len(doubled) < len(printed) * 0.95 or any(line.whole for line in lines):
        return list(lines)
    return [line for index, line in enumerate(lines) if index not in doubled]


@dataclass(frozen=True, slots=True)
class Flow:
    """How the source breaks its lines: `width` of a full line, and whether a space at the end was kept.

    `edge` is how far full lines reach where positions are known.
    Where spaces at line ends are kept, a line without one was broken inside a word or after a hyphen.
    """

    width: int
    keeps_spaces: bool
    edge: float = 0.0

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Flow":
        """Measure a document."""
        printed = [line.text for line in lines if not line.blank and not line.whole]
        lengths = sorted(len(text.strip()) for text in printed if not _GAP.search(text.strip()))
        width = lengths[len(lengths) * 9 // 10] if lengths else 80
        ends = sorted(line.segments[0].end for line in lines if len(line.segments) == 1)
        edge = ends[len(ends) * 9 // 10] if ends else 0.0
        kept = sum(text.endswith(" ") for text in printed)
        return cls(max(60, width), kept > len(printed) * 0.6, edge)

    def wrapped(self) -> bool:
        """Whether the lines are of a page's width (else every line is a paragraph)."""
        return self.width <= 200
