"""The matter before and after the goals: text kept under its printed headings, in their order.

Called by `reader`. A heading is known by its words or by standing over a paragraph.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from arshjul.plan_reader.headings import is_matter_heading, looks_like_heading, section_key
from arshjul.plan_reader.lines import Flow, Line
from arshjul.plan_reader.paragraphs import text_of
from arshjul.plan_reader.reading import Noted
from arshjul.plan_reader.words import ReaderWords

NO_HEADING = "(utan rubrik)"


@dataclass(frozen=True, slots=True)
class HeadedText:
    """A heading as printed, the line it stands on, and the text under it (maybe none)."""

    heading: str
    line: int
    text: str


def read_matter(lines: Sequence[Line], words: ReaderWords, flow: Flow) -> list[HeadedText]:
    """The lines as texts under their headings; what comes first without a heading is under `NO_HEADING`."""
    found: list[HeadedText] = []
    heading, number = NO_HEADING, lines[0].number if lines else 0
    texts: list[Line] = []
    previous: Line | None = None  # the line just before, None after a blank or a heading
    for index, line in enumerate(lines):
        if line.blank:
            previous = previous if line.soft else None
            texts.append(line)
            continue
        following = _next_printed(lines, index)
        known = _stands_free(previous) and (
            is_matter_heading(line, words) or section_key(line, words) is not None
        )
        if (known and line.heading is not False) or looks_like_heading(previous, line, following, flow):
            _close(found, heading, number, texts, flow)
            heading, number, texts, previous = line.words, line.number, [], None
        else:
            texts.append(line)
            previous = line
    _close(found, heading, number, texts, flow)
    return found


def without_repeated_heads(lines: Sequence[Line]) -> tuple[list[Line], list[Noted]]:
    """The lines with a soft blank for every table head that only comes again at the top of a page.

    A head is known by having the cells of a line on a page before, few of them with figures; it may be of
    several lines.
    """
    kept: list[Line] = []
    noted: list[Noted] = []
    printed: list[Line] = []
    following: int | None = None  # which printed line the last one repeats, in a head that comes again
    page: int | None = None
    for line in lines:
        if line.blank:
            kept.append(line)
            continue
        if line.page != page:
            page = line.page
            known = (at for at, one in enumerate(printed) if one.words == line.words)
            following = next(known, None) if _is_like_head(line) else None
        elif following is not None:
            after = printed[following + 1 : following + 2]
            following = following + 1 if after and after[0].words == line.words else None
        if following is None:
            kept.append(line)
            printed.append(line)
        else:
            noted.append(Noted(line.number, line.words, "upprepat tabellhuvud"))
            kept.append(replace(line, text="", segments=(), soft=True))
    return kept, noted


def _is_like_head(line: Line) -> bool:
    """Whether the line has cells, few of them with figures ("T2 2025")."""
    figures = sum(any(mark.isdigit() for mark in cell.text) for cell in line.segments)
    return len(line.segments) > 1 and figures < len(line.segments) / 2


def as_mapping(parts: Sequence[HeadedText]) -> dict[str, str]:
    """Heading -> text; a heading that comes again is numbered, so that nothing is overwritten."""
    mapping: dict[str, str] = {}
    times: Counter[str] = Counter()
    for part in parts:
        times[part.heading] += 1
        heading = part.heading if times[part.heading] == 1 else f"{part.heading} ({times[part.heading]})"
        while heading in mapping:
            heading += "*"  # a heading that was printed just like a numbered one
        mapping[heading] = part.text
    return mapping


def _stands_free(previous: Line | None) -> bool:
    """Whether a heading can follow: a paragraph in full flow is not broken by a known word."""
    return previous is None or not previous.words[-1:].isalpha() or previous.whole or len(previous.words) < 60


def _next_printed(lines: Sequence[Line], index: int) -> Line | None:
    """The next line with print on it, within the blank lines that may follow a heading."""
    return next((line for line in lines[index + 1 : index + 4] if not line.blank), None)


def _close(found: list[HeadedText], heading: str, number: int, lines: Sequence[Line], flow: Flow) -> None:
    """End a headed text; only the unheaded beginning may be left out, when nothing stands there."""
    text = text_of(lines, flow)
    if text or heading is not NO_HEADING:
        found.append(HeadedText(heading, number, text))
