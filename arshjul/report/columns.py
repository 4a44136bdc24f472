"""How wide the columns of a table are: as they ask for, but never so narrow that a word is broken.

The same for every form of a report, so a table looks the same in all. Called by the renderers. Pure.
"""

from collections.abc import Iterator

from arshjul.report.blocks import Align, Table
from arshjul.report.svg import text_width

# A table is about as many times wider than its letters are high: the narrowest of our forms.
_WIDTH = 45.0
_PADDING = 1.2
_BOLD = 1.06
_LONGEST = 9.0  # a longer word may be divided


def shares(table: Table) -> tuple[float, ...]:
    """The share of the width that each column takes; they add up to one."""
    asked = sum(column.width for column in table.columns) or 1.0
    wanted = [_WIDTH * column.width / asked for column in table.columns]
    needed = [_PADDING + max(_words(table, place), default=0.0) for place in range(len(wanted))]
    if sum(needed) >= _WIDTH:
        return tuple(need / sum(needed) for need in needed)
    lacking = sum(max(need - want, 0) for need, want in zip(needed, wanted, strict=True))
    spare = sum(max(want - need, 0) for need, want in zip(needed, wanted, strict=True))
    given = lacking / spare if spare else 0.0
    return tuple(
        (want - given * (want - need) if want > need else need) / _WIDTH
        for need, want in zip(needed, wanted, strict=True)
    )


def _words(table: Table, place: int) -> Iterator[float]:
    """How wide the words of a column are that should stay whole; no-break spaces make one of several."""
    column = table.columns[place]
    for word in column.title.split(" "):
        yield min(text_width(word, _BOLD), _LONGEST)
    for row in table.rows:
        cell = row[place]
        symbol = 1.35 if cell.attainment else 0.0
        for word in cell.text.replace("\n", " ").split(" "):
            wide = text_width(word, _BOLD if cell.strong else 1.0) + symbol
            yield wide if column.align is Align.RIGHT else min(wide, _LONGEST)
