"""What an indicator goes by in a text: the telling words of its name, and what else it is called.

The same few sentences are held against the same names by many checks: what a name finds in a text is looked
for once. It is kept with the words of the review (`Vocabulary`), and so as long as one review. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from arshjul.review.vocabulary import NOTHING, Vocabulary, any_of

_WORD = re.compile(r"[^\W\d_]{3,}")
_COUNTED = re.compile(r"\bantal(?:et)?\s+(?:\w+(?:a|de)\s+)?(\w+)")
_NOT = re.compile(r"\b(?:inte|ej)\b", re.IGNORECASE)
_IN_PARENTHESES = re.compile(r"\([^)]*\)")
_PER = re.compile(r"\bper\s+(?:[\d ]+)?\w+\s*$")  # "tillbud per 10 000 besök" tells of no visits
_SHORT = 4  # letters of a stem that begins many words


@dataclass(frozen=True, slots=True)
class _Found:
    """What of a name stands in a text: places, each with its pattern; how many keywords; any other name."""

    mentions: tuple[tuple[int, str], ...]
    keywords: int
    other: bool


_NOT_FOUND = _Found((), 0, False)


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """The words of one name: `keywords` are its stems with their patterns, `other_names` what it is also
    called; `narrow` is a part of a larger whole ("dag 1-14"), `counted` the noun after "antal".
    """

    keywords: tuple[tuple[str, re.Pattern[str]], ...]
    other_names: re.Pattern[str]
    narrow: bool
    negated: bool
    counted: str | None
    _found: dict[str, _Found] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, name: str, vocabulary: Vocabulary) -> "Naming":
        """The naming of an indicator's name, made once in a review."""
        known = vocabulary.namings.get(name)
        if not isinstance(known, cls):
            known = vocabulary.namings[name] = _naming(name.lower(), vocabulary)
        return known

    def mentions(self, text: str) -> tuple[tuple[int, str], ...]:
        """Where `text` has a word of the name, each with the pattern of that word."""
        return self._in(text).mentions

    def keywords_in(self, text: str) -> int:
        """How many of the keywords stand in `text`."""
        return self._in(text).keywords

    def is_also_in(self, text: str) -> bool:
        """Whether `text` has another name of it."""
        return self._in(text).other

    def is_in(self, text: str) -> bool:
        """Whether `text` has any word of its own."""
        found = self._in(text)
        return found.other or found.keywords > 0

    def is_told_by(self, text: str, vocabulary: Vocabulary) -> bool:
        """Whether `text` names it, and no part of it, so surely that it needs no table beside."""
        found = self._in(text)
        if found.other:
            return True
        if not self.keywords or found.keywords < min(2, len(self.keywords)):
            return False
        narrow = vocabulary.narrower.search(text) is not None
        return narrow == self.narrow and (_NOT.search(text) is not None) == self.negated

    def _in(self, text: str) -> _Found:
        known = self._found.get(text)
        if known is None:
            known = self._found[text] = self._look(text)
        return known

    def _look(self, text: str) -> _Found:
        lowered = text.lower()
        by_keyword = [
            [(match.start(), pattern.pattern) for match in pattern.finditer(text)]
            for stem, pattern in self.keywords
            if stem in lowered
        ]
        other = (
            []
            if self.other_names is NOTHING
            else [(match.start(), self.other_names.pattern) for match in self.other_names.finditer(text)]
        )
        if not other and not any(by_keyword):
            return _NOT_FOUND
        mentions = (*(mention for found in by_keyword for mention in found), *other)
        return _Found(mentions, sum(map(bool, by_keyword)), bool(other))


def _naming(name: str, vocabulary: Vocabulary) -> Naming:
    return Naming(
        keywords=tuple(_keywords(name, vocabulary)),
        other_names=any_of(
            other for word, others in vocabulary.also_called.items() if word in name for other in others
        ),
        narrow=vocabulary.narrower.search(name) is not None,
        negated=_NOT.search(name) is not None,
        counted=match[1] if (match := _COUNTED.search(name)) else None,
    )


def _keywords(name: str, vocabulary: Vocabulary) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The telling words of a name as patterns, without what stands in parentheses."""
    stems: dict[str, None] = {}
    for word in _WORD.findall(_PER.sub(" ", _IN_PARENTHESES.sub(" ", name))):
        if not vocabulary.common.fullmatch(word):
            cut = -3 if len(word) >= 8 else -2 if len(word) >= 7 else -1 if len(word) >= 5 else None
            stems[word[:cut]] = None
    for stem in stems:
        pattern = rf"(?<![\w-]){re.escape(stem)}{_ending(stem)}(?!\w)"
        yield stem, re.compile(pattern, re.IGNORECASE)


def _ending(stem: str) -> str:
    """What may follow a stem: an ending, not another word ("mat" is not "material")."""
    return r"(?:het\w*|\w{0,3})" if len(stem) <= _SHORT else r"\w{0,8}"
