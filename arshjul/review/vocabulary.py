"""The words of the review as patterns ready to use; the lists stand in `config/review.yaml`. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from arshjul.config.review_settings import ReviewSettings, ReviewWords

_GAP = r"(?:[\w-]+\s+){0,3}?"
_MORE = r"[\w-]*"
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A pattern for each word list; it finds any of the words, whole and in any case.

    `namings` are the names of indicators that have been read with these words (`naming`).
    """

    rise: re.Pattern[str]
    fall: re.Pattern[str]
    better: re.Pattern[str]
    worse: re.Pattern[str]
    unchanged: re.Pattern[str]
    wish: re.Pattern[str]
    before: re.Pattern[str]
    in_spring: re.Pattern[str]
    other_base: re.Pattern[str]
    about: re.Pattern[str]
    narrower: re.Pattern[str]
    whole_unit: re.Pattern[str]
    result: re.Pattern[str]
    total: re.Pattern[str]
    halves: re.Pattern[str]
    workplaces: re.Pattern[str]
    workplace_kinds: re.Pattern[str]
    common: re.Pattern[str]
    forecast: re.Pattern[str]
    lower_is_better: re.Pattern[str]
    partly: re.Pattern[str]
    fully: re.Pattern[str]
    missed: re.Pattern[str]
    started: re.Pattern[str]
    ended: re.Pattern[str]
    twice_is_fine: re.Pattern[str]
    judged_anyway: re.Pattern[str]
    one_person: re.Pattern[str]
    health: re.Pattern[str]
    death: re.Pattern[str]
    also_called: Mapping[str, tuple[str, ...]]
    namings: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, settings: ReviewSettings) -> "Vocabulary":
        """The patterns of an installation's words."""
        words = settings.all_words()
        patterns: dict[str, Any] = {f.name: _cached(getattr(words, f.name)) for f in fields(ReviewWords)}
        return cls(**patterns, also_called=settings.all_names())


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words; a word that ends in "*" may go on, "…" stands for up to three words."""
    listed = sorted(words, key=len, reverse=True)
    if not listed:
        return NOTHING
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_one, listed))})(?!\w)", re.IGNORECASE)


def _one(word: str) -> str:
    parts = [
        _GAP if part == "…" else re.escape(part.rstrip("*")) + _MORE * part.endswith("*")
        for part in word.split()
    ]
    return r"\s+".join(parts).replace(rf"{_GAP}\s+", _GAP)


@lru_cache(maxsize=256)
def _cached(words: tuple[str, ...]) -> re.Pattern[str]:
    return any_of(words)
