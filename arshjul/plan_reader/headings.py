"""Recognising what is known by its words: levels, attainment marks, sections, the matter around the goals.

Each function looks at one line and says what stands there, or None. What it means there is decided by its
callers; whole headings of goals are in `goal_headings`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from arshjul.plan import Attainment, Level
from arshjul.plan_reader.lines import Flow, Line, Segment, squash, without_spaces
from arshjul.plan_reader.paragraphs import glue, is_bullet, is_ended
from arshjul.plan_reader.words import ReaderWords, spread

_SYMBOLS = r"[^\w\s\"'”’(\[]"  # a mark before a heading: a bullet, a dash, a private-use glyph
_BEFORE_HEADING = re.compile(rf"^\s*(?:{_SYMBOLS}+\s*|\d{{1,2}}(?:\.\d{{1,2}})*\.?\s+)?")
NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.\s+(?=[A-ZÅÄÖ])")  # a chapter: "7. Synpunkter"
_PUNCTUATION = ".,;:()\"'”’%/_"
_PRINTED = Flow(width=80, keeps_spaces=False)
_HEADING_LENGTH = 90
_MARK_LENGTH = 300  # a title with its attainment; longer lines are text


@dataclass(frozen=True, slots=True)
class AttainmentMark:
    """A printed attainment and the words it was printed with."""

    attainment: Attainment
    printed: str


@cache
def level_pattern(names: tuple[tuple[str, Level], ...]) -> re.Pattern[str]:
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
        level_pattern(words.level_names).match(line.text)
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


def whole_headings(lines: Sequence[Line], words: ReaderWords) -> list[Line]:
    """The lines, where a heading that goes on over several in the same type is one line."""
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if (
            before is not None
            and _goes_on(before, line)
            and not (is_known(line, words) or is_known(before, words))
        ):
            edges = Segment(before.segments[0].start, max(before.segments[0].end, line.segments[0].end), "")
            text = glue(before.words, line.words, _PRINTED)
            kept[-1] = replace(before, text=text, segments=(replace(edges, text=text),))
        else:
            kept.append(line)
    return kept


def _goes_on(before: Line, line: Line) -> bool:
    """Whether two lines are of one heading: the same type, nothing between, the first one full of words."""
    return (
        bool(before.heading and line.heading)
        and before.rank is not None
        and before.rank == line.rank
        and before.page == line.page
        and before.row is None
        and line.row is None
        and len(before.segments) == 1
        and len(line.segments) == 1
        and not is_ended(before.text)
    )


def looks_like_heading(previous: Line | None, line: Line, following: Line | None, flow: Flow) -> bool:
    """Whether an unknown line reads as a heading: short, no sentence, over a paragraph, after a finished one.

    `previous` is the line printed before (None after a blank or a heading), `following` the one after.
    """
    if line.heading is not None:
        return line.heading
    text = line.words
    numbered = NUMBERED.match(text)
    if numbered is not None and previous is None and following is not None and len(line.segments) < 2:
        return len(text) <= 70 and not is_ended(text) and "\t" not in text
    if not 3 <= len(text) <= 70 or not text[0].isupper() or is_ended(text.rstrip(":")) or text[-1] in ",;":
        return False
    if len(line.segments) > 1 or "\t" in text or is_bullet(line.text) or following is None:
        return False
    if previous is not None and not is_ended(previous.text):
        return False
    opens = following.words[:1].isupper() and not is_bullet(following.text)
    return opens and (following.whole or len(following.words) >= 0.6 * flow.width)
