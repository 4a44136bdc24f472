"""Totals that a text says of the whole unit and period: "Totalt 26 studiebesök till och med augusti".

To be held against the sub-units' figures. A sentence about a sub-unit, a part of the period, another year
or the target says nothing of them. Called by `cycle_review`. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from arshjul.compilation import IndicatorResult
from arshjul.cycle_data import CycleData
from arshjul.review.counts import counts_in, same_kind
from arshjul.review.sentence_totals import TOTAL, is_vague, total_after
from arshjul.swedish_dates import MONTHS

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n")
_MONTH = "|".join(MONTHS)
_TO_DATE = re.compile(
    rf"\b(?:till och med|t\.?o\.?m\.?|per)\s(?:den\s)?(?:\d+\s)?(?:{_MONTH})", re.IGNORECASE
)
_PART_OF_TIME = re.compile(
    rf"\b(?:{_MONTH}|våren|sommaren|hösten|vintern|kvartal\w*|tertial\w*|vecka\w*|veckor\w*|månad\w*|varav)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ANYBODY = (
    "deltagare",
    "brukare",
    "boende",
    "klienter",
    "personer",
    "medarbetare",
    "elever",
    "barn",
    "gäster",
)
_SPECIFIC = 5  # letters of a word that can tell one indicator from another


@dataclass(frozen=True, slots=True)
class SaidTotal:
    """ "Totalt 26 studiebesök": the number, the noun and the sentence."""

    number: Decimal
    noun: str
    sentence: str

    def is_about(self, measured: IndicatorResult, data: CycleData) -> bool:
        """Whether the sentence speaks of what the indicator counts, in the whole unit and period."""
        name = measured.indicator.name.lower()
        counted = next((c.noun for c in counts_in(f"7 {name.removeprefix('antal').strip()}")), None)
        if counted is None or not same_kind(self.noun, counted) or self._is_partial(data):
            return False
        if counted not in (*_ANYBODY, data.unit.people):
            return True
        said = self.sentence.lower()
        words = [word for word in re.findall(r"\w+", name) if len(word) >= _SPECIFIC and word != counted]
        return any(word[:_SPECIFIC] in said for word in words if word != "antal")

    def _is_partial(self, data: CycleData) -> bool:
        rest = _TO_DATE.sub("", self.sentence)
        names = [name for s in data.unit.subunits for name in (s.name, *s.aliases)]
        years = {int(year) for year in _YEAR.findall(rest)} - {data.key.year}
        elsewhere = any(name.lower() in rest.lower() for name in names)
        return elsewhere or bool(years) or _PART_OF_TIME.search(rest) is not None


def totals_said(text: str) -> Iterator[SaidTotal]:
    """Every total of `text` with a noun, in order."""
    for sentence in _SENTENCE.split(text):
        mark = TOTAL.search(sentence)
        total = total_after(sentence[mark.end() :]) if mark and not is_vague(sentence) else None
        if total is not None and total.noun is not None:
            yield SaidTotal(total.number, total.noun, sentence.strip())
