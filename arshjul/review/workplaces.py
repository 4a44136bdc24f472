"""The unit's workplaces as its own report names them: known from its lists, found again in its sentences.

A name is known without what kind of place it is and without a genitive: "Humlans dagliga verksamhet" is
"Humlan". Nothing is configured: a document is reviewed without an installation. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from arshjul.review.statements import Passage
from arshjul.review.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_][\w-]*")
_ENUMERATION = re.compile(r":\s*(?P<list>[A-ZÅÄÖ].*)")
_JOINS = re.compile(r",\s+(?:och\s+|samt\s+)?|\s+(?:och|samt)\s+")
_LONGEST_NAME = 6  # words


@dataclass(frozen=True, slots=True)
class Words:
    """How often each word stands in the document, as printed; `inside` only where no sentence begins."""

    printed: Mapping[str, int]
    inside: Mapping[str, int]

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> "Words":
        """Count the words of all texts."""
        printed: Counter[str] = Counter()
        inside: Counter[str] = Counter()
        for passage in passages:
            for sentence in passage.sentences:
                words = _WORD.findall(sentence.text)
                printed.update(words)
                inside.update(words[1:])
        return cls(printed, inside)

    def is_name(self, word: str) -> bool:
        """Whether the word is written with a capital more often than without where it has no reason to be."""
        small = self.printed.get(word.lower(), 0) if word.lower() != word else 1
        return word[:1].isupper() and small <= self.inside.get(word, 0)


@dataclass(frozen=True, slots=True)
class Workplaces:
    """Key (small letters) -> the name as printed first; `pattern` finds any of them."""

    names: Mapping[str, str]
    pattern: re.Pattern[str]
    kinds: re.Pattern[str]

    @classmethod
    def of(cls, passages: Sequence[Passage], words: Words, vocabulary: Vocabulary) -> "Workplaces":
        """The names in the lists and enumerations of the document."""
        names: dict[str, str] = {}
        for label in _labels(passages, vocabulary):
            name = base_name(label, vocabulary.workplace_kinds)
            first = name.split()[0] if name else ""
            ordinary = vocabulary.common.fullmatch(first) or vocabulary.result.fullmatch(first)
            seen = words.printed.get(first, 0) + words.printed.get(f"{first}s", 0)
            known = name != label or (seen >= 2 and (words.is_name(first) or len(name.split()) > 1))
            if first[:1].isupper() and not ordinary and known:
                names.setdefault(name.casefold(), name)
        listed = sorted(map(re.escape, names.values()), key=len, reverse=True)
        pattern = re.compile(rf"(?<![\w-])({'|'.join(listed)})s?(?!\w)", re.IGNORECASE) if listed else None
        return cls(names, pattern or re.compile(r"(?!)"), vocabulary.workplace_kinds)

    def in_text(self, text: str) -> list[str]:
        """The keys of the workplaces that `text` names, in order, each once."""
        found = (m[1].casefold() for m in self.pattern.finditer(text) if m[1][0].isupper())
        return list(dict.fromkeys(found))

    def key_of(self, label: str) -> str:
        """The key of the workplace that a label of a list names, known or not."""
        return base_name(label, self.kinds).casefold()


def base_name(label: str, kinds: re.Pattern[str]) -> str:
    """ "Humlans dagliga verksamhet" -> "Humlan"; a name without a kind stays as it is."""
    label = " ".join(label.split()).strip(" .,:;")
    for match in kinds.finditer(label):
        if match.end() == len(label) and match.start() > 0:
            return re.sub(r"s$", "", label[: match.start()].strip())
    return label


def enumerated(text: str) -> list[str]:
    """ "… verksamheter: Humlan, Pixeln och Returen." -> its names; empty where there is no such list."""
    match = _ENUMERATION.search(text)
    if match is None:
        return []
    names = [name.strip(" .") for name in _JOINS.split(match["list"])]
    return names if len(names) >= 2 and all(0 < len(n.split()) <= _LONGEST_NAME for n in names) else []


def _labels(passages: Sequence[Passage], vocabulary: Vocabulary) -> Iterable[str]:
    for passage in passages:
        for sentence in passage.sentences:
            if ":" in sentence.text and vocabulary.workplaces.search(sentence.text.partition(":")[0]):
                yield from enumerated(sentence.text)
        for listing in passage.listings:
            for item in listing.items:
                if not vocabulary.total.match(item.label):
                    yield item.label
