"""Which row of a table a text, a sentence or a clause is about.

An analysis under one row is about that row. One analysis under a whole table is about all its rows: there a
sentence is about the row that it names, and one that begins "Det är …" about the row just named. Within a
sentence a figure or a verb belongs to the row that was named last. Called by the checks of rows. Pure.
"""

import re
from collections.abc import Sequence

from arshjul.review.document.model import Model
from arshjul.review.rows import Row
from arshjul.review.statements import Part, Passage, Sentence

_BORDER = re.compile(r"[,;:]\s|\s(?:och|men|medan|samt)\s")
_COMPOUND = 4  # letters: less is an ending
_GOES_ON = re.compile(
    r"\W*(?:Det(?:ta)?|Den|Vilket|Andelen|Antalet|Resultatet|Utfallet|Värdet|Nivån|Målet|Årsmålet)\b"
)


def rows_near(passage: Passage, model: Model) -> Sequence[Row]:
    """The rows whose table the text stands under: of its row, or of its goal."""
    goal = passage.goal
    if goal is None or not passage.reports:
        return ()
    if passage.part is Part.ROW and not passage.shared:
        return [row for row in model.rows if row.indicator is passage.indicator]
    return [row for row in model.rows if row.goal.id == goal.id]


def explains(passage: Passage, row: Row) -> bool:
    """Whether the text is the row's own analysis, or that of the table it stands in."""
    if passage.part is not Part.ROW:
        return False
    if passage.shared and passage.goal is not None:
        return passage.goal.id == row.goal.id
    return passage.indicator is row.indicator


def is_owned(row: Row, passage: Passage, sentence: Sentence, model: Model) -> bool:
    """Whether the sentence is about the row although it may not name it."""
    if not explains(passage, row):
        return False
    if not passage.shared:
        return True
    near = rows_near(passage, model)
    named = meant_among(sentence.text, near)
    if named:
        return row.indicator.name in named
    place = passage.sentences.index(sentence)
    if not place or not _GOES_ON.match(sentence.text):
        return False
    return meant_among(passage.sentences[place - 1].text, near) == {row.indicator.name}


def meant_among(text: str, rows: Sequence[Row]) -> set[str]:
    """The names of the rows that `text` means: those it shares most words with; two for "X och Y"."""
    shared: dict[str, set[str]] = {}
    for row, mentions in _mentions(text, rows):
        shared.setdefault(row.indicator.name, set()).update(word for _, word in mentions)
    found = {name: words for name, words in shared.items() if words}
    return {name for name, words in found.items() if not any(words < other for other in found.values())}


def is_nearest(row: Row, text: str, start: int, end: int, rows: Sequence[Row]) -> bool:
    """Whether no other of the rows is named nearer before `start` (or, if none is, after `end`)."""
    before = max(
        (place for _, found in _mentions(text, rows) for place, _ in found if place < start), default=-1
    )
    if before >= 0:
        borders = [border.end() for border in _BORDER.finditer(text, 0, before)]
        told = meant_among(text[borders[-1] if borders else 0 : start], rows)
    else:
        after = [place for _, found in _mentions(text, rows) for place, _ in found if place >= end]
        border = _BORDER.search(text, min(after)) if after else None
        told = meant_among(text[end : border.start() if border else len(text)], rows)
    return not told or row.indicator.name in told


def _mentions(text: str, rows: Sequence[Row]) -> list[tuple[Row, list[tuple[int, str]]]]:
    """The words in `text` of the rows that it names; in a compound the longer is meant ("språkpedagog")."""
    found = [(row, mentions) for row in rows if (mentions := row.mentions(text))]
    longest: dict[int, int] = {}
    for _, mentions in found:
        for place, word in mentions:
            longest[place] = max(longest.get(place, 0), len(word))
    return [(row, [m for m in ms if len(m[1]) > longest[m[0]] - _COMPOUND]) for row, ms in found]
