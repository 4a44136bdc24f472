"""Tables of contents: the list of headings with page numbers is furniture, not a second set of headings.

Called by `reader` after the page heads and feet are gone.
"""

import re
from collections.abc import Sequence

from arshjul.plan_reader.lines import Line, without_spaces
from arshjul.plan_reader.reading import Noted
from arshjul.plan_reader.words import ReaderWords

_LEADER = re.compile(r"(?:\.\s?){3,}\s*\d{1,3}\s*$|…+\s*\d{1,3}\s*$")
_NUMBER_AT_END = re.compile(r"(?<=\S)[\s.…_]+(?P<page>\d{1,3})\s*$")
_TAIL = 160  # letters at a line's end in which leaders and a page number stand
_WRAP = 2  # lines of an entry before the one that bears the page number


def without_contents(lines: Sequence[Line], words: ReaderWords) -> tuple[list[Line], list[Noted]]:
    """The lines without their table of contents, and its lines."""
    taken = _under_heading(lines, words) | _with_leaders(lines)
    kept = [line for index, line in enumerate(lines) if index not in taken]
    noted = [
        Noted(lines[index].number, lines[index].words, "innehållsförteckning")
        for index in sorted(taken)
        if not lines[index].blank
    ]
    return kept, noted


def _with_leaders(lines: Sequence[Line]) -> set[int]:
    """Lines with leader dots and a page number, and the wrapped beginnings of such entries."""
    ends = [index for index, line in enumerate(lines) if _LEADER.search(line.text[-_TAIL:])]
    if len(ends) < 2:
        return set()
    taken = set(ends)
    for end in ends:
        wrapped = 0
        for index in range(end - 1, -1, -1):
            if lines[index].soft:
                continue  # a page ended within the entry
            if index in taken or lines[index].blank or wrapped == _WRAP:
                break
            taken.add(index)
            wrapped += 1
    return taken


def _under_heading(lines: Sequence[Line], words: ReaderWords) -> set[int]:
    """From a heading "Innehåll" to the last entry: lines with rising page numbers, or that come again."""
    start = next(
        (index for index, line in enumerate(lines) if without_spaces(line.text) in words.contents_headings),
        None,
    )
    if start is None:
        return set()
    later: dict[str, int] = {}
    for index, line in enumerate(lines[start + 1 :], start=start + 1):
        later[_entry(line)] = index
    last, page = start, 0
    seen: set[str] = set()
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.blank:
            continue
        entry = _entry(line)
        found = _NUMBER_AT_END.search(line.text[-_TAIL:])
        if found and int(found["page"]) >= page and entry not in seen:
            last, page = index, int(found["page"])
        elif later[entry] > index and entry not in seen and not page:
            last = index
        elif sum(not between.blank for between in lines[last + 1 : index + 1]) > _WRAP or entry in seen:
            break
        seen.add(entry)
    return set(range(start, last + 1))


def _entry(line: Line) -> str:
    """The entry's words without its page number, for comparing with the heading it names."""
    return without_spaces(line.text[:-_TAIL] + _NUMBER_AT_END.sub("", line.text[-_TAIL:]))
