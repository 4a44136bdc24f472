"""Totals in a text: "… 6 på förmiddagen, 8 på eftermiddagen, totalt 15" and lists with a sum below.

Finds a total and the parts it is said to be the sum of, in one sentence or in a list of lines before it.
Whether they agree is the caller's comparison. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from arshjul.numbers import parse_quantity

_TOTAL = re.compile(r"\b(?:totalt|sammanlagt|tillsammans|summa|summan)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n")
_NUMBER = re.compile(r"(?<![\w,.\-])[+\-\N{MINUS SIGN}\N{EN DASH}]?\d[\d \N{NO-BREAK SPACE}]*(?:,\d+)?")
_NOT_A_COUNT = re.compile(
    r"\s*(?:%|procent|kr\b|tkr|år\b|januari|februari|mars|april|maj|juni|juli|augusti|"
    r"september|oktober|november|december|timm|vecko|gånger)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^[^:\d]{2,60}[: ]\s*(?=[+\-\N{MINUS SIGN}\N{EN DASH}]?\s?\d)")


@dataclass(frozen=True, slots=True)
class TextTotal:
    """A total, its parts, and the sentence that says it."""

    total: Decimal
    parts: tuple[Decimal, ...]
    sentence: str

    @property
    def adds_up(self) -> bool:
        """Whether the parts make the total."""
        return sum(self.parts, Decimal(0)) == self.total


def totals_in(text: str) -> Iterator[TextTotal]:
    """Every total of `text` that has at least two parts to compare with."""
    sentences = [part for part in _SENTENCE.split(text) if part and part.strip()]
    for position, sentence in enumerate(sentences):
        match = _TOTAL.search(sentence)
        if match is None:
            continue
        after = list(_counts(sentence[match.end() :]))
        before = list(_counts(sentence[: match.start()]))
        if len(after) == 1 and len(before) >= 2:
            yield TextTotal(after[0], tuple(before), sentence.strip())
        elif after and not before:
            yield from _over_list(sentences[:position], after, sentence.strip())


def _over_list(before: list[str], totals: list[Decimal], sentence: str) -> Iterator[TextTotal]:
    """A total under a list: plus and minus are totalled apart when the list has both."""
    lines: list[list[Decimal]] = []
    for line in reversed(before):
        if not _LISTED.match(line.strip()):
            break
        lines.append(list(_counts(line)))
    numbers = [number for line in reversed(lines) for number in line]
    columns = {len(line) for line in lines if line}
    if len(lines) < 2 or columns - {len(totals)}:
        return
    for column, total in enumerate(totals):
        parts = tuple(abs(number) for number in numbers[column :: len(totals)])
        yield TextTotal(total, parts, sentence)


def _counts(text: str) -> Iterator[Decimal]:
    """The numbers of `text` that count something: no per cent, money, years or dates."""
    for match in _NUMBER.finditer(text):
        quantity = parse_quantity(match[0])
        if quantity is None or _NOT_A_COUNT.match(text[match.end() :]) or 1990 <= quantity.number <= 2100:
            continue
        yield quantity.number
