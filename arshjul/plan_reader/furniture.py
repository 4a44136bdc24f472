"""Page furniture: heads and feet of pages, which are no content wherever they stand.

Takes the lines of a document and gives the content lines and what was taken away. Tables of contents are
in `contents`, repeated table heads in `tables`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from arshjul.plan_reader.headings import is_known
from arshjul.plan_reader.lines import Line, without_spaces
from arshjul.plan_reader.reading import Noted
from arshjul.plan_reader.words import ReaderWords

_PAGE_OF_PAGES = r"\d{1,3}\s*\(\s*\d{1,3}\s*\)"
_NAMED_PAGE = re.compile(
    rf"Sid(?:a|an)?\.?\s*(?:{_PAGE_OF_PAGES}|\d{{1,3}}(?:\s*(?:av|/)\s*\d{{1,3}})?)", re.I
)
_BARE_PAGE = re.compile(r"(?P<page>\d{1,3})\s*(?:\(\s*|av\s+)(?P<pages>\d{1,3})\s*\)?")
_AT_END = re.compile(rf"(?P<before>\S.*?)[\s,]+(?:Sid(?:a|an)?\.?\s*)?(?P<mark>{_PAGE_OF_PAGES})$", re.I)
_AT_END_PLAIN = re.compile(
    r"(?P<before>\S.*?)[\s,]+Sid(?:a|an)?\.?\s*(?P<mark>\d{1,3}(?:\s*av\s*\d{1,3})?)$", re.I
)
# Beside a page number: a web address, a register number.
_OF_OFFICE = re.compile(
    r"(?:https?://)?[a-zåäö0-9-]+(?:\.[a-zåäö0-9-]+)+(?:/\S*)?|(?:Dnr|Diarienummer)\b.*", re.I
)
_DIGITS = re.compile(r"\d+")
_NEAR = 5  # lines: a page's head or foot is seldom taller
_PAGES = 3  # what stands on fewer pages may be content
_SHORT = 100


@dataclass(frozen=True, slots=True)
class _Page:
    """What the recognisers need of the whole document."""

    words: ReaderWords
    kinds: re.Pattern[str]
    repeated_heads: Counter[str]
    pages: str | None  # the total that bare page numbers name ("13 (19)")


def without_furniture(lines: Sequence[Line], words: ReaderWords) -> tuple[list[Line], list[Noted]]:
    """The content lines, with one soft blank where furniture stood, and the furniture."""
    totals = Counter(found["pages"] for line in lines if (found := _BARE_PAGE.fullmatch(line.words)))
    heads = Counter(filter(None, map(_running_head, lines)))
    page = _Page(words, _kind_words(words), heads, totals.most_common(1)[0][0] if totals else None)
    known = {index for index, line in enumerate(lines) if line.furniture}
    marks = {index for index, line in enumerate(lines) if not line.blank and _is_mark(line, page)}
    repeated = _beside(lines, marks, words) | _edges_of_pages(lines, words)
    marks |= {index for index in repeated if not is_known(lines[index], words)}
    content: list[Line] = []
    noted: list[Noted] = []
    for index, line in enumerate(lines):
        if index in marks or index in known:
            noted.append(Noted(line.number, line.words, line.furniture or "sidhuvud eller sidfot"))
            while content and content[-1].blank:
                content.pop()
            content.append(replace(line, text="", segments=(), soft=True))
        elif not (line.blank and content and content[-1].soft):
            content.append(line)
    return content, noted


def _kind_words(words: ReaderWords) -> re.Pattern[str]:
    """The kinds of document as they stand in a running head."""
    return re.compile(
        "|".join([*(re.escape(name) for name, _ in words.kinds), "Tjänsteutlåtande", "Tertialrapport"])
    )


def _running_head(line: Line) -> str | None:
    """The text before a page number at the line's end, or None."""
    text = line.words
    if not text or len(text) > _SHORT or (not text[-1].isdigit() and text[-1] != ")"):
        return None
    found = _AT_END.fullmatch(text) or _AT_END_PLAIN.fullmatch(text)
    return without_spaces(found["before"]) if found else None


def _is_mark(line: Line, page: _Page) -> bool:
    """Whether the line by itself is furniture."""
    text = line.words
    if len(text) > _SHORT:
        return False
    if _NAMED_PAGE.fullmatch(text) or without_spaces(text) in page.words.furniture:
        return True
    bare = _BARE_PAGE.fullmatch(text)
    if bare and bare["pages"] == page.pages and int(bare["page"]) <= int(bare["pages"]):
        return True
    head = _running_head(line)
    return head is not None and (page.repeated_heads[head] > 1 or bool(page.kinds.search(text)))


def _beside(lines: Sequence[Line], marks: set[int], words: ReaderWords) -> set[int]:
    """Short lines next to page marks that stand there on most pages (a number, a name, an address)."""
    rows = [_neighbours(lines, mark, step, marks, words) for mark in marks for step in (-1, 1)]
    places = sum(mark - before > 2 * _NEAR for before, mark in pairwise([-100, *sorted(marks)]))
    often = max(_PAGES, places * 0.6)
    keys = {
        index: (place, without_spaces(lines[index].text)) for row in rows for place, index in enumerate(row)
    }
    seen = Counter(keys.values())

    def belongs(index: int) -> bool:
        return seen[keys[index]] >= often or bool(_OF_OFFICE.fullmatch(lines[index].words))

    return {index for row in rows for index in takewhile(belongs, row)}


def _neighbours(
    lines: Sequence[Line], mark: int, step: int, marks: set[int], words: ReaderWords
) -> list[int]:
    """The printed lines beside a mark, the nearest first, as far as a page's head or foot may reach."""
    found: list[int] = []
    index = mark + step
    while 0 <= index < len(lines) and index not in marks and len(found) < _NEAR:
        line = lines[index]
        if not line.blank:
            if not _may_be_head(line, words):
                break
            found.append(index)
        index += step
    return found


def _may_be_head(line: Line, words: ReaderWords) -> bool:
    """Whether the line can be of a page's head or foot: short, no sentence, no part of a plan's form."""
    text = line.words
    return len(text) <= _SHORT and not (text.endswith(".") and " " in text) and not is_known(line, words)


def _edges_of_pages(lines: Sequence[Line], words: ReaderWords) -> set[int]:
    """Where pages are known: first and last lines that are the same, but for digits, on most pages."""
    pages: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.page is not None and not line.blank:
            pages.setdefault(line.page, []).append(index)
    if len(pages) < _PAGES:
        return set()
    edges = [edge for printed in pages.values() for edge in (printed[:_NEAR], printed[: -_NEAR - 1 : -1])]
    rows = [[(place, _running(lines[index]), index) for place, index in enumerate(edge)] for edge in edges]
    seen = Counter((place, text) for row in rows for place, text, _ in row)
    often = max(_PAGES, len(pages) / 2)

    def repeats(entry: tuple[int, str, int]) -> bool:
        place, text, index = entry
        return seen[place, text] >= often and _may_be_head(lines[index], words)

    return {index for row in rows for _, _, index in takewhile(repeats, row)}


def _running(line: Line) -> str:
    """The line's words with every number as one, for comparing heads and feet of pages."""
    return _DIGITS.sub("0", without_spaces(line.text))
