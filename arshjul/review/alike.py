"""Sentences that are the same, or the same with a word or two changed. Pure.

Two sentences that each have a name or a number of their own tell two things in the same words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from arshjul.review.statements import Passage, Sentence

_WORD = re.compile(r"\w+")
_RUN = 4  # words in a row that two sentences must share to be compared at all
_FEWEST = 6  # words of a sentence that can be told from a common phrase
_OFTEN = 4  # times: what stands oftener is a phrase of the house
_LONG = 12  # words from which a sentence may be changed a little and be the same
_ALIKE = 0.75  # of the words of both


@dataclass(frozen=True, slots=True)
class Alike:
    """Two places of the same sentence: numbers of the passages, and the sentences."""

    first: int
    second: int
    one: Sentence
    again: Sentence


def alike_in(passages: Sequence[Passage]) -> Iterator[Alike]:
    """Every pair of sentences that are alike, in the order of the document."""
    places = [
        (number, sentence, words)
        for number, passage in enumerate(passages)
        for sentence in passage.sentences
        if len(words := _WORD.findall(sentence.text)) >= _FEWEST
    ]
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, (_, _, words) in enumerate(places):
        small = [word.lower() for word in words]
        for run in {tuple(small[i : i + _RUN]) for i in range(len(small) - _RUN + 1)}:
            runs[run].append(index)
    candidates = {
        pair for found in runs.values() if 1 < len(found) <= _OFTEN for pair in combinations(found, 2)
    }
    for one, other in sorted(candidates):
        if _are_alike(places[one][2], places[other][2]):
            yield Alike(places[one][0], places[other][0], places[one][1], places[other][1])


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    first, second = Counter(w.lower() for w in one), Counter(w.lower() for w in other)
    if first == second:
        return True
    shared = (first & second).total()
    if min(len(one), len(other)) < _LONG or shared < _ALIKE * max(len(one), len(other)):
        return False
    return not (_names(one, second) and _names(other, first))


def _names(words: Sequence[str], others: Counter[str]) -> bool:
    """Whether a name or a number stands here that the other sentence has not."""
    return any(
        not others[word.lower()] and (word[0].isupper() or word[0].isdigit()) for word in words[1:]
    ) or (not others[words[0].lower()] and words[0][0].isdigit())
