"""The block model of a report: what stands in it, in order, and where each part came from.

Three thin renderers (`arshjul.adapters.reports.html`, `.pdf`, `.docx`) read it. Findings are never in it.
Strings are plain text, already in Swedish printed form; a renderer escapes, it does not format.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from arshjul.plan import Attainment


class OriginKind(StrEnum):
    """What a figure or a paragraph rests on."""

    SUBMISSION = "submission"
    SOURCE = "source"
    RULE = "rule"
    PLAN = "plan"
    MANAGER = "manager"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Origin:
    """`ref` is an id ("Solrosen v2", "G07"), `note` a Swedish phrase for people. Names no person."""

    kind: OriginKind
    ref: str
    note: str = ""


class Voice(StrEnum):
    """Who speaks in a paragraph, and so how it is set."""

    BODY = "body"  # the report's own text
    UNIT = "unit"  # the unit's synthesis: stands first under a goal
    SUBUNIT = "subunit"  # a sub-unit's text: smaller, with the sub-unit's name before it (`label`)
    NOTE = "note"  # how something was counted, that something is missing


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"  # numbers
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` from 1 (a chapter; the title is above all levels) without skips; `id` is a link's target.

    `kicker` is the small line above the heading, e.g. "Nämndmål".
    """

    level: int
    text: str
    id: str
    kicker: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; a newline in `text` is a line break. `label` is set in bold before the text."""

    text: str
    voice: Voice = Voice.BODY
    label: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]
    voice: Voice = Voice.BODY
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """The attainment of a goal: shown by symbol and words, never by colour alone."""

    attainment: Attainment
    text: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is relative to the other columns of the table."""

    title: str
    align: Align = Align.LEFT
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """`strong` for a total; `attainment` puts the status symbol before the text."""

    text: str
    origin: Origin | None = None
    strong: bool = False
    attainment: Attainment | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are as wide as `columns`; the first column heads its row. The caption is always shown."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """`svg` is a whole <svg> element with its own <title>; `alt` says what it shows, with figures."""

    svg: str
    alt: str
    caption: str
    width: float = 1.0  # of the text's width


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page in paged forms (before the appendix); nothing in HTML."""


Block = Heading | Paragraph | Bullets | Status | Table | Figure | PageBreak


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the first page says beside the title, as label and value ("Diarienummer", "SOL 2026/14")."""

    title: str
    subtitle: str
    organisation: tuple[str, ...]  # administration, department, unit: highest first
    facts: tuple[tuple[str, str], ...]
    proposed_decision: str | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that lies in the PDF: `content` is text, `description` what a person reads of it."""

    name: str
    media_type: str
    description: str
    content: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `dated` is the document's date and part of its bytes: same input, same bytes.

    `running_head` stands at the top of every page beside "Sid x (y)": unit and register number.
    `sources_appended`: PDF and DOCX end with a table of the sources that the HTML links to.
    """

    front: FrontPage
    running_head: str
    dated: date
    language: str
    blocks: tuple[Block, ...]
    brief: bool = False  # one sheet: the title stands on top of the text, and there is no list of contents
    sources_appended: bool = False
    attached: tuple[Attached, ...] = ()

    def headings(self) -> Iterator[Heading]:
        """For a list of contents."""
        return (block for block in self.blocks if isinstance(block, Heading))
