"""Totals of lists: one line for each part, the sum in a line below ("Totalt 20 besök") or above.

Arrivals and departures (+4, -2) are totalled apart; a part without a number ("Fullbelagt") counts nothing.
Called by `totals`. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from arshjul.review.counts import Count, counts_in, same_kind
from arshjul.review.sentence_totals import TOTAL, is_vague, total_after
from arshjul.review.text_total import TextTotal

_BULLET = re.compile(r"^\s*(?:[-\N{EN DASH}•*·]\s+)?")
_ASIDE = re.compile(r"\([^)]*\)")
_NAMED = re.compile(r"[^\d:]{2,60}:\s*(?=[+\-\N{MINUS SIGN}\N{EN DASH}]?\d).{1,60}")
_WITHOUT = re.compile(r"[^\d:]{2,60}:\s*[^\d\s][^\d]{0,40}")
_SHORT = re.compile(r"[^\d:.]{2,40}?[\s\N{EN DASH}-]+[+\-\N{MINUS SIGN}]?\d\S*(?:\s\S+){0,3}")
_FIRST = re.compile(r"\d+\s?(?:st\s)?[a-zåäö]\S*(?:\s\S+){0,5}")
_DID = re.compile(r"\w{3,}(?:ade|ades|at|ats)")
_LONGEST = 8  # words of a line that is a part and no sentence


def over_list(lines: Sequence[str], sentence: str) -> Iterator[TextTotal]:
    """The totals in `sentence` of the list that ends just above it."""
    above: list[str] = []
    for line in reversed(lines):
        if not _is_part(line):
            break
        above.insert(0, line)
    yield from _totals(above, sentence)


def under_heading(sentence: str, lines: Sequence[str]) -> Iterator[TextTotal]:
    """The totals in `sentence`, which ends in a colon, of the list that begins just below it."""
    below: list[str] = []
    for line in lines:
        if not _is_part(line) or TOTAL.search(line):
            break
        below.append(line)
    yield from _totals(below, sentence)


def _is_part(line: str) -> bool:
    plain = _plain(line)
    if _NAMED.fullmatch(plain) or _WITHOUT.fullmatch(plain):
        return True
    short = len(plain.split()) <= _LONGEST and not plain.endswith((".", "!", "?"))
    return short and (_SHORT.fullmatch(plain) or _FIRST.fullmatch(plain)) is not None


def _plain(line: str) -> str:
    """The line without its bullet and without what stands in parentheses."""
    return " ".join(_ASIDE.sub("", _BULLET.sub("", line)).split())


def _totals(lines: Sequence[str], sentence: str) -> Iterator[TextTotal]:
    said = _ASIDE.sub("", sentence)
    mark = TOTAL.search(said)
    if mark is None or any(is_vague(text) for text in (said, *lines)):
        return
    tail = said[mark.end() :]
    first = total_after(tail)
    if first is None or any(not count.article for count in counts_in(said[: mark.start()])):
        return
    totals = [count for count in counts_in(tail) if not count.article]
    counted = [[c for c in counts_in(_plain(line)) if not c.article] for line in lines]
    counted = [counts for counts in counted if counts]
    if len(counted) < 2 or not all(_may_be(c[0].noun, first.noun) for c in counted):
        return
    for total, parts in zip(totals, _columns(counted), strict=False):
        found = TextTotal(abs(total.number), tuple(parts), sentence.strip())
        if len(parts) >= 2 and found.nearly(2, "0.5"):
            yield found


def _may_be(noun: str | None, total: str | None) -> bool:
    """Whether a line's figure may count what the total counts; "14 började" does not say of what."""
    return same_kind(noun, total) or _DID.fullmatch(noun or "") is not None


def _columns(counted: Sequence[Sequence[Count]]) -> list[list[Decimal]]:
    """The parts of the first total, of the second, …; none where the lines are of different make."""
    everything = [count for counts in counted for count in counts]
    if any(count.signed and count.number < 0 for count in everything):
        rises = [c.number for c in everything if c.number > 0]
        return [rises, [-c.number for c in everything if c.number < 0]]
    if len({len(counts) for counts in counted}) > 1:
        return []
    return [[count.number for count in column] for column in zip(*counted, strict=True)]
