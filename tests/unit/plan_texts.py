"""Plans as the older text exports print them, for tests that read them back.

Five ways that tables come: `export` (lines end in a space, columns lost, empty cells only as spaces), `tabs`,
`aligned` (columns under one another), `gaps` (two spaces between cells, empty ones lost) and `lost` (single
spaces, empty ones lost). Page heads stand where a page ends, also inside tables.
What stands in them is decided in `generated_plans`.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from arshjul.plan import ATTAINMENT_SWEDISH, Goal, Kind, Level, Plan

LEVEL_WORDS = {
    Level.DIRECTION: "KF:s inriktningsmål",
    Level.COUNCIL: "KF:s mål för verksamhetsområdet",
    Level.BOARD: "Nämndmål",
    Level.UNIT: "Enhetsmål",
}
SECTION_WORDS = {
    "description": "Beskrivning",
    "expected_result": "Förväntat resultat",
    "approach": "Arbetssätt",
    "resources": "Resursanvändning",
    "follow_up": "Uppföljning",
    "development": "Utveckling",
    "analysis": "Analys",
}
PLAN_HEAD = ["Indikator", "Årsmål", "KF:s årsmål år 2031", "Periodicitet"]
PLAN_KEYS = ["name", "target", "council_target", "periodicity"]
REPORT_HEAD = [
    "Indikator",
    "Periodens utfall",
    "Utfall män/pojkar",
    "Utfall kvinnor/flickor",
    "Periodens utfall VB 2030",
    "Årsmål",
    "KF:s årsmål",
    "Period",
]
REPORT_KEYS = [
    "name",
    "outcome",
    "outcome_men",
    "outcome_women",
    "previous",
    "target",
    "council_target",
    "period",
]
# A tertial report's own table: fewer columns, and a forecast.
TERTIAL_HEAD = [
    "Indikator",
    "Periodens utfall",
    "Periodens utfall {kind} 2030",
    "Prognos helår",
    "Årsmål",
    "KF:s årsmål",
    "Period",
]
TERTIAL_KEYS = ["name", "outcome", "previous", "forecast", "target", "council_target", "period"]
PAGE_HEADS = {
    "letter": ["", "", "Tjänsteutlåtande", "Sid {page} (40)", "", "start.stockholm", "", ""],
    "running": ["", "Enheten Norden, Verksamhetsberättelse {page}(40)", ""],
    "number": ["", " ", "Dnr 1.1-12/2031", "Sid {page}", "www.stad.example", ""],
}
ACTIVITY_HEAD = ["Aktivitet", "Startdatum", "Slutdatum", "Avvikelse"]
_WIDTH = 92


@dataclass(frozen=True)
class Layout:
    """How a document is printed."""

    style: str = "export"
    level_on_own_line: bool = False
    symbol: str = ""
    page_heads: bool = False
    page: str = ""  # which page heads stand where a page ends, wherever that is
    page_lines: int = 40
    narrow: bool = False  # the cells of an export broken over lines, and in the middle of words
    contents: bool = False
    point_after_number: bool = False


def write(plan: Plan, layout: Layout) -> str:
    """The whole document as text."""
    lines: list[str] = []
    if layout.contents:
        lines += ["Innehållsförteckning", *_contents(plan, layout), ""]
    for heading, text in plan.front.items():
        lines += [heading, *_texts(text), ""]
    for number, goal in enumerate(plan.walk()):
        lines += _goal(goal, layout, plan.kind)
        if layout.page_heads and number % 2:
            lines += ["", "", "Tjänsteutlåtande", f"Sid {number + 1} (40)", "", "start.stockholm", "", ""]
    for heading, text in plan.back.items():
        lines += ["", heading, *_texts(text)]
    if layout.page:
        lines = list(_in_pages(lines, PAGE_HEADS[layout.page], layout.page_lines))
    if layout.style == "export":
        lines = [f"{line} " if line and not line.endswith("\0") else line.rstrip("\0") for line in lines]
    return "\n".join(lines) + "\n"


def _in_pages(lines: list[str], head: list[str], length: int) -> Iterator[str]:
    """The lines with a page head after every so many of them, wherever that is."""
    page, room = 1, length
    for line in lines:
        yield line
        room -= 1
        if room <= 0 and not line.endswith("\0"):
            yield from (part.format(page=page) for part in head)
            page, room = page + 1, length


def head_of(kind: Kind | None) -> tuple[list[str], list[str]]:
    """The columns of an indicator table in that kind of document, as printed and by key."""
    if kind is Kind.VP:
        return PLAN_HEAD, PLAN_KEYS
    if kind is Kind.VB:
        return REPORT_HEAD, REPORT_KEYS
    return [name.format(kind=kind) for name in TERTIAL_HEAD], TERTIAL_KEYS


def _contents(plan: Plan, layout: Layout) -> Iterator[str]:
    for page, goal in enumerate(plan.walk(), start=3):
        *before, last = textwrap.wrap(
            f"{LEVEL_WORDS[goal.level]}: {_title(goal, layout)}", 70, break_on_hyphens=False
        )
        yield from before
        yield f"{last} {'.' * 12} {page}"


def _title(goal: Goal, layout: Layout) -> str:
    number = f"{goal.number}{'.' if layout.point_after_number else ''} " if goal.number else ""
    return number + goal.title


def _texts(text: str) -> Iterator[str]:
    for position, paragraph in enumerate(text.split("\n") if text else []):
        if position:
            yield ""
        yield from textwrap.wrap(paragraph, _WIDTH, break_on_hyphens=False)


def _goal(goal: Goal, layout: Layout, kind: Kind | None) -> Iterator[str]:
    label, title = f"{LEVEL_WORDS[goal.level]}:", _title(goal, layout)
    yield ""
    if layout.level_on_own_line:
        yield label
        yield from textwrap.wrap(title, 70, break_on_hyphens=False)
    else:
        yield from textwrap.wrap(f"{label} {title}", 80, break_on_hyphens=False)
    if goal.attainment:
        yield ""
        yield f"{layout.symbol}{ATTAINMENT_SWEDISH[goal.attainment]}"
    for key, text in goal.sections.items():
        yield ""
        yield SECTION_WORDS[key]
        yield ""
        yield from _texts(text)
    if goal.indicators:
        yield ""
        head, keys = head_of(kind)
        rows = [([getattr(row, key) or "" for key in keys], row.analysis) for row in goal.indicators]
        yield from _table(head, rows, layout)
    if goal.activities:
        yield ""
        rows = [
            ([row.title, str(row.start), str(row.end), "X" if row.deviation else ""], row.analysis)
            for row in goal.activities
        ]
        yield from _table(ACTIVITY_HEAD, rows, layout)


def _table(head: list[str], rows: list[tuple[list[str], str | None]], layout: Layout) -> Iterator[str]:
    yield from _head(head, layout)
    for number, (cells, analysis) in enumerate(rows):
        if number and layout.page_heads:
            yield from _head(head, layout)
        yield ""
        yield from _row(cells, layout)
        if analysis:
            yield ""
            yield "Analys"
            yield from textwrap.wrap(analysis, 110, break_on_hyphens=False)


def _head(head: list[str], layout: Layout) -> Iterator[str]:
    if layout.style == "tabs":
        yield "\t".join(head)
    elif layout.style == "aligned":
        yield from _side_by_side(head, [40, *[18] * (len(head) - 1)])
    elif layout.style == "gaps":
        yield "  ".join(head)
    else:
        yield from textwrap.wrap(" ".join(head), 40)


def _row(cells: list[str], layout: Layout) -> Iterator[str]:
    name, *values = cells
    if layout.style == "tabs":
        *before, last = textwrap.wrap(name, 60, break_on_hyphens=False)
        yield from before
        yield "\t".join([last, *values])
    elif layout.style == "aligned":
        yield from _side_by_side(cells, [40, *[18] * len(values)])
    elif layout.style == "gaps":
        yield "  ".join(filter(None, cells))
    elif layout.style == "lost":
        yield from textwrap.wrap(" ".join(filter(None, cells)), 60, break_on_hyphens=False)
    else:
        yield from textwrap.wrap(name, 30, break_on_hyphens=False)
        yield ""
        yield from _narrow(values) if layout.narrow else [" ".join(values)]


def _narrow(values: list[str]) -> Iterator[str]:
    """Cells side by side where a longer one is broken: the line that it breaks after is broken for all."""
    line = ""
    for value in values:
        # A line that ends in NUL was broken inside a word: no space is kept there.
        *before, last = value.replace("nämnd/styrelse", "nämnd/s\0 tyrelse").split(" ") if value else [""]
        for word in before:
            yield f"{line}{word}"
            line = ""
        line += f"{last} "
    yield line.removesuffix(" ")


def _side_by_side(cells: list[str], widths: list[int]) -> Iterator[str]:
    wrapped = [
        textwrap.wrap(cell, width - 2, break_long_words=False, break_on_hyphens=False)
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, wrapped))):
        line = "".join(
            (lines[number] if number < len(lines) else "").ljust(width)
            for lines, width in zip(wrapped, widths, strict=True)
        )
        yield line.rstrip()
