"""Names spelt in two ways: a rare spelling a letter or two from a name that recurs. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from arshjul.review.statements import Passage
from arshjul.review.workplaces import Words, Workplaces

_ENDINGS = re.compile(r"(?:arnas|ernas|arna|erna|ens|ets|ans|ns|en|et|an|n|t|s|a|e)$")
_SHORTEST = 5  # letters: shorter names differ by a letter and mean two things
_TELLING = 8  # letters of a name that need not stand often to be known
_LONG = 9  # letters from which two faults may be one slip
_RARE = 2  # the known spelling stands at least so many times as often
_ENOUGH = 2  # times that a listed name must stand to be the known spelling


def slips_of(
    passages: Sequence[Passage], words: Words, workplaces: Workplaces, name_seen: int
) -> Mapping[str, str]:
    """Odd spelling -> the known one, for every name of the document."""
    counts = _named(words)
    listed = {name.split()[0] for name in workplaces.names.values()}
    recurring = {
        word: count
        for word, count in counts.items()
        if len(word) >= _SHORTEST
        and ((word in listed and count >= _ENOUGH) or (count >= name_seen and words.inside.get(word, 0) >= 1))
    } | {
        word: count
        for word, count in counts.items()
        if len(word) >= _TELLING and count == _ENOUGH and words.inside.get(word, 0) >= 1
    }
    slips: dict[str, str] = {}
    for odd, count in counts.items():
        known = [
            word
            for word, often in recurring.items()
            if often >= _RARE * count
            and is_slip(odd, word, is_listed=word in listed)
            and not _listed_together(odd, word, passages)
        ]
        if known:
            slips[odd] = max(known, key=lambda word: recurring[word])
    return slips


def is_slip(odd: str, known: str, *, is_listed: bool = False) -> bool:
    """Whether `odd` is `known` with a slip of the pen: a letter more, less, other, or two changed about.

    A workplace that `is_listed` has one form: another ending is a slip too.
    """
    one, other = odd.casefold(), known.casefold()
    shortest = min(len(one), len(other))
    allowed = 2 if shortest >= _LONG else 1
    if one == other or shortest < _SHORTEST or abs(len(one) - len(other)) > allowed:
        return False
    if one.startswith(other) or other.startswith(one):
        return False
    if _stem(one) == _stem(other) and not is_listed:
        return False  # a compound or an inflected form
    strange = Counter(one)
    strange.subtract(other)
    if sum(abs(n) for n in strange.values()) > 2 * allowed:
        return False
    return distance(one, other) <= allowed


def distance(one: str, other: str) -> int:
    """How many letters to add, take out, exchange or change about to make `other` of `one`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _named(words: Words) -> Mapping[str, int]:
    """How often each word written as a name stands, a genitive counted with its name."""
    counts: dict[str, int] = {}
    printed = words.printed
    for word, count in printed.items():
        ordinary = printed.get(word.lower(), 0) > words.inside.get(word, 0)
        if not word[0].isupper() or not word[1:].islower() or ordinary:
            continue
        genitive = word.endswith("s") and (word[:-1] in printed or len(word) > _SHORTEST)
        base = word[:-1] if genitive else word
        if base.lower() not in printed:
            counts[base] = counts.get(base, 0) + count
    return counts


def _listed_together(one: str, other: str, passages: Sequence[Passage]) -> bool:
    """Whether both stand in the same list: then they are two workplaces."""
    for passage in passages:
        for listing in passage.listings:
            labels = " ".join(item.label for item in listing.items)
            if all(re.search(rf"\b{re.escape(name)}", labels) for name in (one, other)):
                return True
        for sentence in passage.sentences:
            if one in sentence.text and other in sentence.text and sentence.text.count(",") >= 2:
                return True
    return False


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word)
