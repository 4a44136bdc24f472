"""What every check of a cycle is given: the compiled cycle, its texts, the words and the limits.

Here too are the look-ups that several checks share: the rows of the unit and of each sub-unit as a document
would print them, and which row a sentence is about. Pure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from arshjul.compilation import Compiled
from arshjul.config.review_settings import ReviewLimits, ReviewSettings
from arshjul.cycle_data import CycleData
from arshjul.plan import Goal
from arshjul.review.cycle.texts import Text, texts_beside, texts_of
from arshjul.review.rows import Row, rows_of
from arshjul.review.vocabulary import Vocabulary

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9”\"(])|\n+")


@dataclass(frozen=True)
class Reviewed:
    """A compiled cycle made ready for the checks."""

    compiled: Compiled
    settings: ReviewSettings

    @property
    def data(self) -> CycleData:
        """What the cycle was compiled from."""
        return self.compiled.data

    @property
    def limits(self) -> ReviewLimits:
        """The thresholds."""
        return self.settings.limits

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words as patterns."""
        return Vocabulary.of(self.settings)

    @cached_property
    def texts(self) -> Sequence[Text]:
        """Every text on how the work goes."""
        return tuple(texts_of(self.compiled))

    @cached_property
    def whatever_is_written(self) -> Sequence[Text]:
        """The texts, and what people wrote beside them."""
        return (*self.texts, *texts_beside(self.compiled, self.texts))

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The plan's indicators with the words that tell them."""
        return rows_of(self.data.plan, self.vocabulary)

    @cached_property
    def below(self) -> Mapping[str, frozenset[str]]:
        """Goal id -> the ids of it and of all goals below."""
        return {goal.id: frozenset(g.id for g in goal.walk()) for goal in self.data.plan.walk()}

    @cached_property
    def periods(self) -> Mapping[str, frozenset[str]]:
        """Indicator id -> the earlier periods that have a value of it."""
        found: dict[str, set[str]] = {}
        for value in self.data.history.values:
            found.setdefault(value.indicator, set()).add(value.period)
        return {indicator: frozenset(periods) for indicator, periods in found.items()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each sub-unit is called, small letters -> code."""
        return {
            name.lower(): subunit.code
            for subunit in self.data.unit.subunits
            for name in (subunit.name, *subunit.aliases)
        }

    @cached_property
    def name_pattern(self) -> re.Pattern[str]:
        """Finds any sub-unit's name."""
        listed = sorted(map(re.escape, self.names), key=len, reverse=True)
        return re.compile(rf"(?<![\w-])({'|'.join(listed)})s?(?!\w)", re.IGNORECASE) if listed else _NEVER

    def named_in(self, text: str) -> list[str]:
        """The codes of the sub-units that a text names, each once."""
        return list(dict.fromkeys(self.names[m[1].lower()] for m in self.name_pattern.finditer(text)))

    def texts_under(self, goal: Goal, *, units: bool | None = None) -> list[Text]:
        """The texts under a goal and the goals below it; only the unit's own, or only the others'."""
        ids = set(self.below[goal.id])
        for one in goal.walk():
            ids |= {i.id for i in one.indicators} | {a.id for a in one.activities}
        return [t for t in self.texts if t.about in ids and units in (None, t.is_units)]

    def row_of(self, sentence: str, among: Iterable[Row]) -> Row | None:
        """The one row that the sentence names best; None where none or several are as near."""
        ids = {row.indicator.id for row in among}
        scored = [(score, row) for row, score in self.named(sentence) if row.indicator.id in ids]
        best = max((score for score, _ in scored), default=0)
        found = [row for score, row in scored if score == best]
        return found[0] if len(found) == 1 else None

    def named(self, sentence: str) -> Sequence[tuple[Row, int]]:
        """The rows that a sentence names, each with how many of its words: none where it has another name."""
        known = self._named.get(sentence)
        if known is None:
            named = (row for row in self.rows if row.naming.is_in(sentence))
            known = [(row, row.naming.keywords_in(sentence)) for row in named]
            self._named[sentence] = known
        return known

    @cached_property
    def _named(self) -> dict[str, list[tuple[Row, int]]]:
        """What sentences have been looked at: several checks ask about the same."""
        return {}


_NEVER = re.compile(r"(?!)")


def sentences_of(text: str) -> list[str]:
    """The sentences and lines of a text; several checks ask for those of the same text."""
    return list(_split(text))


@lru_cache(maxsize=1024)
def _split(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in _SENTENCE.split(text) if one.strip())
