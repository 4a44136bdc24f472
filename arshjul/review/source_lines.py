"""Where a text of a plan stands in its source: texts in, line numbers out.

The reader joins wrapped lines and leaves out page heads, so a text is found by its letters alone, from the
line where its goal or row begins. Called by the review of a document, for the findings only. Pure.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from arshjul.numbers import parse_number
from arshjul.plan_reader import Line
from arshjul.plan_reader.lines import segments_of

_NO_LETTER = re.compile(r"[\W_]+")
TableLine = tuple[Line, list[str]]  # a line with its cells
_BEGINNINGS = (70, 40, 24)  # letters: where a page head stands inside the text, its beginning is looked for


def letters(text: str) -> str:
    """`text` without anything but letters and digits, in small letters."""
    return _NO_LETTER.sub("", text).casefold()


def _tables(lines: Sequence[Line]) -> Iterator[list[TableLine]]:
    """The runs of lines that are rows of figures; blank lines may stand between them."""
    run: list[TableLine] = []
    for line in lines:
        if line.blank:
            continue
        figures = any(character.isdigit() for character in line.text)
        cells = [" ".join(segment.text.split()) for segment in segments_of(line)] if figures else []
        if _is_row(cells):
            run.append((line, cells))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_row(cells: Sequence[str]) -> bool:
    return (
        len(cells) > 1
        and not any(character.isdigit() for character in cells[0])
        and all(parse_number(cell) is not None for cell in cells[1:])
    )


@dataclass(frozen=True, slots=True)
class SourceLines:
    """The lines of a document, and where its parts begin ("G01", "I02", "G01.analysis" -> line)."""

    lines: Sequence[Line] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    _all: str = ""
    _starts: tuple[int, ...] = ()
    _tables: tuple[list[TableLine], ...] = ()

    @classmethod
    def of(cls, lines: Sequence[Line], places: Mapping[str, int]) -> "SourceLines":
        """The lines made ready for looking things up."""
        squeezed = [letters(line.text) for line in lines]
        starts, position = [], 0
        for text in squeezed:
            starts.append(position)
            position += len(text)
        return cls(lines, places, "".join(squeezed), tuple(starts), tuple(_tables(lines)))

    def line_of(self, text: str, *, after: int | None = None, within: int = 0) -> int | None:
        """The line on which the character `within` of `text` stands; `after` is a line to look from."""
        whole = letters(text)
        begin = self._offset_of_line(after) if after is not None else 0
        before = len(letters(text[:within]))
        for wanted in (whole, *(whole[:length] for length in _BEGINNINGS if length < len(whole))):
            found = self._all.find(wanted, begin)
            if found < 0 and begin:
                found = self._all.find(wanted)
            if wanted and found >= 0:
                return self._line_at(self._near(whole, found, before))
        return None

    def line_saying(self, words: Sequence[str], *, after: int, until: int) -> int | None:
        """The first line between two lines that says one of `words` (letters alone) and no more."""
        for line in self.lines:
            if after < line.number < until and letters(line.text) in words:
                return line.number
        return None

    def heading_again(self, place: str | None, line: int) -> int | None:
        """The line just above `line` that says what the line of `place` says: the same heading once more."""
        first = next((one for one in self.lines if one.number == self.places.get(place or "")), None)
        above = [one for one in self.lines if one.number < line and not one.blank]
        again = above and first is not None and letters(above[-1].text) == letters(first.text)
        return above[-1].number if again else None

    def tables_of(self, text: str, *, after: int | None = None) -> Iterator[list[TableLine]]:
        """The runs of lines in `text` that are a name and figures in cells of their own."""
        wanted = letters(text)
        for run in self._tables:
            within = [
                (line, cells)
                for line, cells in run
                if (after is None or line.number >= after) and letters(line.text) in wanted
            ]
            if within:
                yield within

    def _near(self, whole: str, found: int, before: int) -> int:
        """The place of the letter number `before`, also where a page head stands before it."""
        position = found + before
        sample = whole[before : before + 12]
        if sample and not self._all.startswith(sample, position):
            moved = self._all.find(sample, found, position + 400)
            position = moved if moved >= 0 else position
        return min(position, len(self._all) - 1)

    def _line_at(self, position: int) -> int:
        return self.lines[bisect_right(self._starts, position) - 1].number

    def _offset_of_line(self, number: int) -> int:
        index = next((i for i, line in enumerate(self.lines) if line.number >= number), 0)
        return self._starts[index] if self._starts else 0
