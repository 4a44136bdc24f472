"""The groups of digits in a text and what stands between them: how a number can be read as one.

"19 790101-1234" is three groups. A line end between two groups may stand for nothing (the number was broken)
or for what separates them, so each is tried. What the groups say is in `arshjul.secrecy.identity_numbers`.
Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

_GROUP = re.compile(r"[0-9]+")
_ENOUGH = re.compile(r"[0-9](?:[ \n+\-./_*]*+[0-9]){9,}+")  # ten digits, between them only what a gap may be
_LONGEST = 12


class Gap(StrEnum):
    """What stands between two groups of one number."""

    HYPHEN = "h"
    MARK = "m"
    SPACE = "s"


_HYPHEN = re.compile(r" {0,2}(?:--?|\+) {0,2}")
_MARK = re.compile(r" ?[./_*] ?")
_SPACE = re.compile(r" {1,3}")
_LINE = re.compile(r" *([-+]?) *\n[ \n]*([-+]?) *")


@dataclass(frozen=True, slots=True)
class Reading:
    """Digits that may be one number: `start` and `end` in the text, sizes of its groups, gaps between."""

    start: int
    end: int
    digits: str
    sizes: tuple[int, ...]
    gaps: str  # one letter of Gap each


def readings(text: str) -> Iterator[Reading]:
    """Every run of groups with ten or twelve digits in all, the longest first at each place."""
    for run in _ENOUGH.finditer(text):
        groups = [(m.start(), m.end()) for m in _GROUP.finditer(text, *run.span())]
        for first in range(len(groups)):
            yield from reversed(list(_from(text, groups, first)))


def _from(text: str, groups: Sequence[tuple[int, int]], first: int) -> Iterator[Reading]:
    total = 0
    between: list[tuple[Gap | None, ...]] = []  # what each gap can stand for; None: nothing
    for last in range(first, len(groups)):
        start, end = groups[last]
        if last > first:
            meanings = _meanings(text[groups[last - 1][1] : start])
            if not meanings:
                return
            between.append(meanings)
        total += end - start
        if total > _LONGEST:
            return
        if total in (10, 12):
            sizes = [e - s for s, e in groups[first : last + 1]]
            digits = "".join(text[s:e] for s, e in groups[first : last + 1])
            for chosen in product(*between):
                yield _reading(groups[first][0], end, digits, sizes, chosen)


def _meanings(gap: str) -> tuple[Gap | None, ...]:
    if _SPACE.fullmatch(gap):
        return (Gap.SPACE,)
    if _HYPHEN.fullmatch(gap):
        return (Gap.HYPHEN,)
    if _MARK.fullmatch(gap):
        return (Gap.MARK,)
    if line := _LINE.fullmatch(gap):
        return (None, Gap.HYPHEN) if line[1] or line[2] else (None, Gap.SPACE)
    return ()


def _reading(start: int, end: int, digits: str, sizes: Sequence[int], gaps: Sequence[Gap | None]) -> Reading:
    joined = [sizes[0]]
    kept = ""
    for size, gap in zip(sizes[1:], gaps, strict=True):
        if gap is None:
            joined[-1] += size
        else:
            joined.append(size)
            kept += gap.value
    return Reading(start, end, digits, tuple(joined), kept)
