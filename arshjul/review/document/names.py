"""A workplace's name spelt in two ways: a rare spelling a letter or two from a name that recurs."""

import re
from collections.abc import Iterator, Mapping

from arshjul.review.document.model import Model
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Passage, Sentence

_WORD = re.compile(r"[^\W\d_][\w-]*")
_ENDINGS = re.compile(r"(?:arnas|ernas|arna|erna|ens|ets|ans|ns|en|et|an|n|t|s|a|e)$")
_SHORTEST = 5  # letters: shorter names differ by a letter and mean two things
_LONG = 9  # letters from which two faults may be one slip
_RARE = 3  # the known spelling stands at least so many times as often


def names_spelt_two_ways(model: Model) -> Iterator[Finding]:
    """One finding for each odd spelling, where it first stands."""
    counts = _named(model)
    first_words = {name.split()[0] for name in model.workplaces.names.values()}
    recurring = {
        word: count
        for word, count in counts.items()
        if len(word) >= _SHORTEST
        and (count >= model.limits.name_seen or (word in first_words and count >= 2))
        and (word in first_words or model.words.inside.get(word, 0) >= model.limits.name_seen)
    }
    for odd, count in counts.items():
        known = [
            word
            for word, often in recurring.items()
            if often >= _RARE * count and is_slip(odd, word) and not _listed_together(odd, word, model)
        ]
        if known:
            yield from _finding(odd, max(known, key=lambda word: counts[word]), count, model)


def is_slip(odd: str, known: str) -> bool:
    """Whether `odd` is `known` with a slip of the pen: a letter more, less, other, or two changed about."""
    one, other = odd.casefold(), known.casefold()
    if one == other or min(len(one), len(other)) < _SHORTEST or _stem(one) == _stem(other):
        return False
    if one.startswith(other) or other.startswith(one):
        return False  # a compound or an inflected form
    allowed = 2 if min(len(one), len(other)) >= _LONG else 1
    return abs(len(one) - len(other)) <= allowed and distance(one, other) <= allowed


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


def _named(model: Model) -> Mapping[str, int]:
    """How often each word written as a name stands, a genitive counted with its name."""
    counts: dict[str, int] = {}
    printed = model.words.printed
    for word, count in printed.items():
        if not word[0].isupper() or word.isupper() or word.lower() in printed:
            continue
        base = word[:-1] if word.endswith("s") and (word[:-1] in printed or len(word) > _SHORTEST) else word
        if base.lower() not in printed:
            counts[base] = counts.get(base, 0) + count
    return counts


def _listed_together(one: str, other: str, model: Model) -> bool:
    """Whether both stand in the same list: then they are two workplaces."""
    for passage in model.passages:
        for listing in passage.listings:
            labels = " ".join(item.label for item in listing.items)
            if re.search(rf"\b{re.escape(one)}", labels) and re.search(rf"\b{re.escape(other)}", labels):
                return True
        for sentence in passage.sentences:
            if sentence.text.count(",") >= 2 and one in sentence.text and other in sentence.text:
                return True
    return False


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word)


def _finding(odd: str, known: str, count: int, model: Model) -> Iterator[Finding]:
    places = [
        (passage, sentence, match.start())
        for passage in model.passages
        for sentence in passage.sentences
        for match in re.finditer(rf"(?<!\w){re.escape(odd)}s?(?!\w)", sentence.text)
    ]
    if not places:
        return
    passage, sentence, within = places[0]
    others = _lines(places[1:], model)
    also = f" Likaså på rad {others}." if others else ""
    yield model.in_text(
        "name-spelt-two-ways",
        Severity.WARNING,
        passage,
        sentence,
        f"Här står ”{odd}”, annars ”{known}”.{also}",
        {"here": odd, "elsewhere": known, "times": count, "also_on_lines": others},
        within=within,
    )


def _lines(places: list[tuple[Passage, Sentence, int]], model: Model) -> str:
    lines = [model.line(passage, sentence.text, within) for passage, sentence, within in places]
    return ", ".join(str(line) for line in lines if line is not None)
