"""Recognising the headings of the chain: levels of goals, attainment marks, sections, the matter around.

Each function looks at one place and says what stands there, or None. What it means there is decided in
`outline` and `goal_body`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile

from arshjul.plan import Attainment, Level
from arshjul.plan_reader.lines import Flow, Line, squash, without_spaces
from arshjul.plan_reader.paragraphs import glue, is_bullet, is_ended
from arshjul.plan_reader.table_head import table_head
from arshjul.plan_reader.words import ReaderWords, spread

_SYMBOLS = r"[^\w\s\"'”’(\[]"  # a mark before a heading: a bullet, a dash, a private-use glyph
_BEFORE_HEADING = re.compile(rf"^\s*(?:{_SYMBOLS}+\s*|\d{{1,2}}(?:\.\d{{1,2}})*\.?\s+)?")
_PUNCTUATION = ".,;:()\"'”’%/_"
_NUMBERED_TITLE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}\.)\s*(?P<title>(?=\S)\D.*)", re.S)
_BARE_NUMBER = re.compile(r"(?P<number>\d{1,2})\s+(?P<title>[^\W\d].*)", re.S)
_TITLE_LINES = 6
_ASIDE = 6.0  # points: a title that stands further aside belongs to a figure
_HEADING_LENGTH = 90
_MARK_LENGTH = 300  # a title with its attainment; longer lines are text


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
    attainment: "AttainmentMark | None" = None


@dataclass(frozen=True, slots=True)
class AttainmentMark:
    """A printed attainment and the words it was printed with."""

    attainment: Attainment
    printed: str


@cache
def _level_pattern(names: tuple[tuple[str, Level], ...]) -> re.Pattern[str]:
    """A level's name at the start of a line, perhaps numbered, with what follows."""
    listed = "|".join(r"\s+".join(map(re.escape, name.split())) for name, _ in names)
    capitals = "|".join(r"\s+".join(map(re.escape, name.upper().split())) for name, _ in names)
    return re.compile(
        rf"\s*(?:{_SYMBOLS}+\s*)?(?:(?P<lead>\d{{1,2}}(?:\.\d{{1,2}})*)\.?\s+)?(?P<level>{listed}|{capitals})"
        r"(?:\s+(?P<ordinal>\d{1,2}(?:\.\d{1,2})*\.?))?\s*(?P<colon>:|[–—-](?=\s))?(?P<rest>(?:\s.*|(?<=:).*)?)$",
        re.S,
    )


@cache
def _phrase_at_end(names: tuple[str, ...]) -> re.Pattern[str]:
    """An attainment's words at the end of a line."""
    return re.compile(rf"(?:{'|'.join(map(spread, sorted(names, key=len, reverse=True)))})[\s.]*$", re.I)


@cache
def _label_at_end(labels: tuple[str, ...]) -> re.Pattern[str]:
    """What may stand before an attainment ("Måluppfyllelse:")."""
    return re.compile(rf"(?:^|(?<=\s))(?:{'|'.join(map(re.escape, labels))})\s?:?$", re.I)


def attainment_mark(text: str, words: ReaderWords) -> AttainmentMark | None:
    """The attainment when nothing else stands in `text`."""
    split = split_attainment(text, words)
    return split[1] if split and not split[0].strip() else None


def split_attainment(text: str, words: ReaderWords) -> tuple[str, AttainmentMark] | None:
    """The words before an attainment that ends the line, and the attainment.

    On the line of a title it has a symbol or a wide gap before it.
    """
    found = _phrase_at_end(tuple(words.attainments)).search(text) if len(text) <= _MARK_LENGTH else None
    if found is None:
        return None
    before = text[: found.start()]
    title = _without_symbols(before)
    label = _label_at_end(words.attainment_labels).search(title)
    if label is not None:
        title = _without_symbols(title[: label.start()])
    gap = before[len(title) :]
    if title and label is None and not (gap.strip() or "\t" in gap or len(gap) > 1):
        return None
    attainment = words.attainments[without_spaces(found.group()).rstrip(".")]
    return title, AttainmentMark(attainment, squash(text[len(title) :]))


def _without_symbols(text: str) -> str:
    """The text without the marks and spaces that end it; punctuation of words is no mark."""
    end = len(text)
    while end and not (text[end - 1].isalnum() or text[end - 1] in _PUNCTUATION):
        end -= 1
    return text[:end]


def section_key(line: Line, words: ReaderWords) -> str | None:
    """The key of the section whose heading stands alone on the line."""
    text = heading_text(line)
    if not text or not text[0].isupper() or (line.segments and len(line.segments) > 1):
        return None
    return words.sections.get(without_spaces(text))


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A section's heading that stands before its text on the same line ("Arbetssätt: Vi …")."""

    key: str
    heading: Line
    rest: Line


def section_lead_in(line: Line, words: ReaderWords) -> LeadIn | None:
    """The heading and the text of a line that has both."""
    name, colon, text = line.text.partition(":")
    if not colon or not text.strip() or len(name) > _HEADING_LENGTH or len(line.segments) > 1:
        return None
    heading = replace(line, text=name + colon)
    key = section_key(heading, words)
    return LeadIn(key, heading, replace(line, text=text.lstrip())) if key else None


def is_row_analysis(line: Line, words: ReaderWords) -> bool:
    """Whether the line is the heading over the text that explains a table row."""
    text = heading_text(line)
    return bool(text) and text[0].isupper() and without_spaces(text) in words.row_analysis


def is_known(line: Line, words: ReaderWords) -> bool:
    """Whether the line is a known part of a plan's form, so that it is no page head."""
    return bool(
        _level_pattern(words.level_names).match(line.text)
        or attainment_mark(line.text, words)
        or section_key(line, words)
        or is_row_analysis(line, words)
        or any(begins.match(without_spaces(line.text[:60])) for _, begins in words.table_begins)
    )


def heading_text(line: Line) -> str:
    """The line as a heading: without symbols and a numbering before it and without colon or point after."""
    return _as_heading(line.text) if len(line.text) <= 2 * _HEADING_LENGTH else ""


@lru_cache(maxsize=4096)  # every recogniser asks for it
def _as_heading(text: str) -> str:
    text = squash(_BEFORE_HEADING.sub("", text))
    return text.rstrip(":. ") if len(text) <= _HEADING_LENGTH else ""


def is_matter_heading(line: Line, words: ReaderWords) -> bool:
    """Whether the line is a heading before or after the goals that is known by its words."""
    text = heading_text(line)
    return bool(text) and bool(words.matter_headings.fullmatch(without_spaces(text)))


def is_back_start(line: Line, words: ReaderWords) -> bool:
    """Whether the line is a heading that begins the matter after the goals."""
    text = heading_text(line)
    return (
        bool(text)
        and line.heading is not False
        and text[0].isupper()
        and bool(words.back_starts.fullmatch(without_spaces(text)))
    )


def looks_like_heading(previous: Line | None, line: Line, following: Line | None, flow: Flow) -> bool:
    """Whether an unknown line reads as a heading: short, no sentence, over a paragraph, after a finished one.

    `previous` is the line printed before (None after a blank or a heading), `following` the one after.
    """
    if line.heading is not None:
        return line.heading
    text = line.words
    if not 3 <= len(text) <= 70 or not text[0].isupper() or is_ended(text.rstrip(":")) or text[-1] in ",;":
        return False
    if len(line.segments) > 1 or "\t" in text or is_bullet(line.text) or following is None:
        return False
    if previous is not None and not is_ended(previous.text):
        return False
    opens = following.words[:1].isupper() and not is_bullet(following.text)
    return opens and (following.whole or len(following.words) >= 0.6 * flow.width)


def goal_heading(lines: Sequence[Line], index: int, words: ReaderWords, flow: Flow) -> GoalHeading | None:
    """The goal whose heading begins on the line: level and title on one line or two, title over several."""
    line = lines[index]
    if line.text[:1].islower():
        return None
    found = _level_pattern(words.level_names).match(line.text)
    if found is None:
        return None
    rest = found["rest"].lstrip()
    if not found["colon"] and not found["ordinal"] and not _stands_alone(lines, index, rest):
        return None
    level = _level_of(found["level"], words)
    mark = split_attainment(rest, words)
    title = mark[0] if mark else rest
    end = index + 1
    attainment = mark[1] if mark else None
    if not rest:
        below = _title_below(lines, index, words)
        if below is None and not found["colon"]:
            return None
        if below is not None:
            title, end = lines[below].text, below + 1
    if attainment is None:
        title, attainment, end = _whole_title(title, lines, end, words, flow)
    number, title = _split_number(squash(title), level)
    spare = [printed.rstrip(".") for printed in (found["ordinal"], found["lead"]) if printed]
    if number is None and spare:
        number = spare.pop(0)
    label = " ".join([*spare, squash(found["level"]) + (found["colon"] or "")])
    return GoalHeading(level, number, title, label, index, end, line.number, attainment)


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
        return index if lines[index].heading == last.heading else None
    if text[:1].islower():
        return index
    if crossed_page or is_bullet(text):
        return None
    if _ends_with_block(lines, index):
        return index
    # A heading's type is larger than the text's: its full lines have fewer letters.
    return index if len(last.words) >= 0.55 * flow.width and not is_ended(last.text) else None


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
        or _level_pattern(words.level_names).match(line.text)
    )


def _stands_alone(lines: Sequence[Line], index: int, rest: str) -> bool:
    """Whether a level's name without a colon is a heading: alone on its line, or before a goal's number."""
    if rest:
        return bool(_NUMBERED_TITLE.match(rest)) and "." in rest.split()[0].rstrip(".")
    before = next((line for line in lines[index - 1 : index]), None) if index else None
    return before is None or before.blank or lines[index].heading is True or is_ended(before.text)


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
