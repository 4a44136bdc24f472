"""The headings of goals: level and title on one line or two, a title over several, numbers, attainment.

Called by `reader` for the outline of the document. What is known by single words is in `headings`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from arshjul.plan import Level
from arshjul.plan_reader.headings import (
    AttainmentMark,
    attainment_mark,
    is_back_start,
    is_matter_heading,
    level_pattern,
    section_key,
    split_attainment,
)
from arshjul.plan_reader.lines import Flow, Line, squash, without_spaces
from arshjul.plan_reader.paragraphs import glue, is_bullet, is_ended
from arshjul.plan_reader.table_head import table_head
from arshjul.plan_reader.words import ReaderWords

_NUMBERED_TITLE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}\.)\s*(?P<title>(?=\S)\D.*)", re.S)
_BARE_NUMBER = re.compile(r"(?P<number>\d{1,2})\s+(?P<title>[^\W\d].*)", re.S)
_TITLE_LINES = 6
_ASIDE = 6.0  # points: a title that stands further aside belongs to a figure


@dataclass(frozen=True, slots=True)
class GoalHeading:
    """A goal's heading over the lines `start` to `end` (indices, end not included)."""

    level: Level
    number: str | None
    title: str
    label: str  # the printed words that became the level
    start: int
    end: int
    line: int
    attainment: AttainmentMark | None = None
    rank: float | None = None  # of the line with the title


def goal_heading(lines: Sequence[Line], index: int, words: ReaderWords, flow: Flow) -> GoalHeading | None:
    """The goal whose heading begins on the line: level and title on one line or two, title over several."""
    line = lines[index]
    if line.text[:1].islower():
        return None
    found = level_pattern(words.level_names).match(line.text)
    if found is None:
        return None
    rest = found["rest"].lstrip()
    if not found["colon"] and not found["ordinal"] and not _stands_alone(lines, index, rest):
        return None
    level = _level_of(found["level"], words)
    mark = split_attainment(rest, words)
    title = mark[0] if mark else rest
    end, titled = index + 1, line
    attainment = mark[1] if mark else None
    if not rest:
        below = _title_below(lines, index, words)
        if below is None and not found["colon"]:
            return None
        if below is not None:
            title, end, titled = lines[below].text, below + 1, lines[below]
    if attainment is None:
        title, attainment, end = _whole_title(title, lines, end, words, flow)
    number, title = _split_number(squash(title), level)
    spare = [printed.rstrip(".") for printed in (found["ordinal"], found["lead"]) if printed]
    if number is None and spare:
        number = spare.pop(0)
    label = " ".join([*spare, squash(found["level"]) + (found["colon"] or "")])
    rank = titled.rank if titled.heading else None
    return GoalHeading(level, number, title, label, index, end, line.number, attainment, rank)


def _title_below(lines: Sequence[Line], index: int, words: ReaderWords) -> int | None:
    """The line with the title of a level that stands above it: straight below it where places are known."""
    below = next((place for place in range(index + 1, len(lines)) if not lines[place].blank), None)
    if below is None or lines[below].heading is False or _is_structure(lines, below, words):
        return None
    label, title = lines[index].segments, lines[below].segments
    if label and title and (len(title) > 1 or abs(label[0].start - title[0].start) > _ASIDE):
        return None
    return below


def _whole_title(
    title: str, lines: Sequence[Line], end: int, words: ReaderWords, flow: Flow
) -> tuple[str, AttainmentMark | None, int]:
    """The title with the lines that continue it, the attainment if it ends the last of them, and the end."""
    last = lines[end - 1]
    for _ in range(_TITLE_LINES):
        following = _continuation(last, lines, end, words, flow)
        if following is None:
            break
        last, end = lines[following], following + 1
        mark = split_attainment(last.text, words)
        title = glue(title, mark[0] if mark else last.text, flow)
        if mark:
            return title, mark[1], end
    return title, None, end


def _continuation(
    last: Line, lines: Sequence[Line], index: int, words: ReaderWords, flow: Flow
) -> int | None:
    """The index of the line that continues a title, or None where the title has ended."""
    crossed_page = False
    while index < len(lines) and lines[index].blank and lines[index].soft:
        index, crossed_page = index + 1, True
    if index >= len(lines) or lines[index].blank or last.whole or _is_structure(lines, index, words):
        return None
    text = lines[index].text.lstrip()
    if lines[index].heading is not None or last.heading is not None:
        alike = lines[index].heading == last.heading and lines[index].rank == last.rank
        return index if alike and not lines[index].lead else None
    if text[:1].islower():
        return index
    # A heading's type is larger than the text's: its full lines have fewer letters.
    full = len(last.words) >= 0.55 * flow.width and not is_ended(last.text)
    if is_bullet(text):
        return None
    if crossed_page and (
        not (full and _ends_with_block(lines, index)) or is_matter_heading(lines[index], words)
    ):
        return None
    return index if full or _ends_with_block(lines, index) else None


def _ends_with_block(lines: Sequence[Line], index: int) -> bool:
    """Whether the few lines to the next blank are no sentence: then they are all of the title."""
    block = list(takewhile(lambda line: not line.blank, lines[index : index + _TITLE_LINES]))
    return len(block) < 4 and not is_ended(block[-1].text)


def _is_structure(lines: Sequence[Line], index: int, words: ReaderWords) -> bool:
    """Whether something else than a title begins on the line."""
    line = lines[index]
    return bool(
        attainment_mark(line.text, words)
        or section_key(line, words)
        or (line.heading and is_back_start(line, words))
        or table_head(lines, index, words)
        or level_pattern(words.level_names).match(line.text)
    )


def _stands_alone(lines: Sequence[Line], index: int, rest: str) -> bool:
    """Whether a level's name without a colon is a heading: alone on its line, or before a goal's number."""
    if rest:
        return bool(_NUMBERED_TITLE.match(rest)) and "." in rest.split()[0].rstrip(".")
    line, before = lines[index], lines[index - 1] if index else None
    if before is None or before.blank or before.heading or line.heading or line.whole:
        return True
    return is_ended(before.text)


def _level_of(printed: str, words: ReaderWords) -> Level:
    """The level that the printed name stands for."""
    printed = without_spaces(printed)
    return next(level for name, level in words.level_names if without_spaces(name) == printed)


def _split_number(title: str, level: Level) -> tuple[str | None, str]:
    """A goal's own number ("1.3", "1.4.", "2.") and its title without it."""
    found = _NUMBERED_TITLE.fullmatch(title)
    if found is None and level in (Level.DIRECTION, Level.COUNCIL):
        found = _BARE_NUMBER.fullmatch(title)
    if found is None:
        return None, title
    return found["number"].rstrip("."), found["title"]
