"""From printed pages to the lines that a plan is read from: numbered, a blank where a page leaves a gap.

What a line is on the page is in `page_layout`; the size of the running text and the usual distance between
its lines, which tell a heading and a new paragraph, are found here over all pages. Called by `pdf`. Measures
are points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from arshjul.adapters.documents.page_layout import PrintedLine
from arshjul.plan_reader import Line

_FIGURE = "text i figur"
_PITCH = 1.4  # of the type's size, where a size has too few lines to measure
_ENOUGH = 8


def numbered(pages: Sequence[Sequence[PrintedLine]]) -> list[Line]:
    """All pages' lines as the reader takes them: numbered, with blanks where the page leaves a gap."""
    body, pitches = _body_size(pages), _pitches(pages)
    styled = sum(line.size > body * 1.08 for page in pages for line in page if not line.figure) >= 3
    lines: list[Line] = []
    number = 0
    for page_number, page in enumerate(pages, start=1):
        before: PrintedLine | None = None
        for line in _whole_labels(page):
            number += 1
            if line.figure:
                lines.append(Line(number, line.text, page=page_number, furniture=_FIGURE))
                continue
            gap = before.baseline - line.baseline if before else float("inf")
            if gap > 1.3 * pitches.get(round(line.size), _PITCH) * line.size:
                soft = before is None and page_number > 1
                lines.append(Line(number, "", page=page_number, soft=soft))
            bold = line.bold and not line.lead and line.size >= body * 0.75
            large = line.size > body * 1.08 or bold
            heads_row = line.row is not None and len(line.segments) > 1
            lines.append(
                Line(
                    number,
                    line.text,
                    line.segments,
                    page_number,
                    heading=large and not heads_row and len(line.text) < 200 if styled else None,
                    rank=-round(line.size, 1),
                    lead=line.lead,
                    aside=line.size < body * 0.95,
                    whole=line.walled and line.row is not None,
                    row=None if line.row is None else page_number * 1000 + line.row,
                )
            )
            before = line
    return lines


def _whole_labels(page: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """The lines, where a label that is broken over two lines leads in from the first."""
    led = False
    for line, below in zip_longest(page, page[1:]):
        assert line is not None
        near = below is not None and line.baseline - below.baseline < 2 * line.size
        begins = near and below is not None and below.lead and line.all_bold and line.size == below.size
        yield replace(line, lead=(line.lead or begins) and not led)
        led = begins


def _body_size(pages: Sequence[Sequence[PrintedLine]]) -> float:
    """The size of the running text: that of the most letters outside tables."""
    letters: dict[float, int] = {}
    every = [line for page in pages for line in page if not line.figure]
    for line in [line for line in every if line.row is None] or every:
        size = round(line.size, 1)
        letters[size] = letters.get(size, 0) + len(line.text)
    return max(letters, key=lambda size: letters[size], default=10.0)


def _pitches(pages: Sequence[Sequence[PrintedLine]]) -> dict[int, float]:
    """The usual distance between lines, in sizes of the type, for each size that has enough of them."""
    distances: dict[int, list[float]] = {}
    for page in pages:
        for above, below in pairwise(page):
            if round(above.size) == round(below.size) and not below.figure:
                distances.setdefault(round(below.size), []).append(above.baseline - below.baseline)
    usual = {size: sorted(found)[len(found) // 10] / size for size, found in distances.items()}
    return {size: pitch for size, pitch in usual.items() if len(distances[size]) >= _ENOUGH}
