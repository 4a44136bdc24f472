"""Figures in texts that tell a value: "67 procent av kvinnorna", "två av tre deltagare", "4 personer".

A figure is taken for a value when it is written as one, agrees with it, and the sentence speaks of that
subject and that group. Called by `arshjul.suppression.compiled` and `forms`. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from arshjul.catalogue import Measure, Method, Sex
from arshjul.history import WHOLE_UNIT
from arshjul.review.figures import NUMBER_WORDS, agree, figures_in, whole_number
from arshjul.suppression.frames import Base, Place

_SENTENCE = re.compile(r".+?(?:[.!?](?=\s+[A-ZÅÄÖ])|\n|\Z)", re.DOTALL)
_WOMEN = re.compile(r"\b(?:kvinn|flick|tjej|dam)", re.IGNORECASE)
_MEN = re.compile(r"\b(?:män\b|männen|mäns|man\b|pojk|kill|herr)", re.IGNORECASE)
_ONE = {"en": 1, "ett": 1, "ingen": 0}
_K_OF_N = re.compile(
    rf"(?<![\w,.])(?P<some>\d+|{NUMBER_WORDS}|en|ett|ingen)\s+av\s+(?:de\s+|våra\s+)?(?P<all>\d+|{NUMBER_WORDS})(?!\w)",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?:veck|dag|månad|år\b|åren|årets|timm|minut|gång|klock|procentenhet)", re.IGNORECASE)
_ONE_OF = re.compile(
    r"(?<!\w)(?:en|ett)\s+(?:\w+\s+)?(?=(?:deltagar|brukar|klient|person|kvinna|man\b|flicka|pojk|elev|boende|patient"
    r"|gäst|medarbetar|anställd|synpunkt|klagomål|avvikelse|anmälan|händelse))",
    re.IGNORECASE,
)
_STEM = 5
_SLACK = Decimal(1)  # "två av tre" said of 67 %


@dataclass(frozen=True, slots=True)
class Subject:
    """What texts may tell: an indicator or question, its groups' values, and the words it goes by."""

    id: str
    title: str
    words: str
    measure: Measure
    values: dict[Place, Base]


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure at its place in a text, and the cells it may tell."""

    start: int
    end: int
    subject: str
    places: tuple[Place, ...]


def mentions_in(
    text: str, subjects: Sequence[tuple[Subject, bool]], scope: str, named: dict[str, tuple[str, ...]]
) -> Iterator[Mention]:
    """Every figure of `text` that tells a value of one of the subjects.

    `subjects` come with whether the text is written about nothing else; `scope` wrote it; `named` are the
    sub-units' names.
    """
    for found in _SENTENCE.finditer(text):
        sentence = found[0]
        for subject, only in subjects:
            if not (only or _speaks_of(sentence, subject.words)):
                continue
            scopes = {scope} | {code for code, names in named.items() if _names(sentence, names)}
            if scope != WHOLE_UNIT:
                scopes.add(WHOLE_UNIT)
            for start, end, number, of in _values(sentence, subject.measure):
                places = _places(sentence, subject, scopes, number, of)
                if places:
                    yield Mention(found.start() + start, found.start() + end, subject.id, places)


def _values(sentence: str, measure: Measure) -> Iterator[tuple[int, int, Decimal, int | None]]:
    """The figures of a sentence that are written as values of such a measure; `of` how many, where it says."""
    taken: list[tuple[int, int]] = []
    if measure.method is not Method.SUM and measure.unit == "%":
        for found in _K_OF_N.finditer(sentence):
            some, whole = (_count(found[name]) for name in ("some", "all"))
            if 0 <= some <= whole and whole:
                taken.append(found.span())
                yield *found.span(), Decimal(100) * some / whole, whole
    if measure.method is Method.SUM:
        for found in _ONE_OF.finditer(sentence):
            word = found[0].split()[0]
            yield found.start(), found.start() + len(word), Decimal(1), None
    for figure in figures_in(sentence):
        if any(start < figure.end and figure.start < end for start, end in taken):
            continue
        counted = measure.method is Method.SUM or measure.unit in ("", "index")
        units = {"", "st"} if counted else {measure.unit}
        if figure.unit in units and not (counted and figure.noun and _TIME.match(figure.noun)):
            yield figure.start, figure.end, figure.number, None


def _count(word: str) -> int:
    lowered = word.lower()
    return _ONE[lowered] if lowered in _ONE else whole_number(lowered)


def _places(
    sentence: str, subject: Subject, scopes: set[str], number: Decimal, of: int | None
) -> tuple[Place, ...]:
    """The groups that the number may be said of: by sex where the sentence names one, else all together."""
    said = {sex for sex, word in ((Sex.WOMEN, _WOMEN), (Sex.MEN, _MEN)) if word.search(sentence)}
    fitting = [
        place
        for place, base in subject.values.items()
        if place[0] in scopes and _agrees(number, of, base, subject.measure)
    ]
    if said:
        by_sex = [place for place in fitting if place[1] in said]
        return tuple(by_sex or [place for place in fitting if place[1] is Sex.TOTAL])
    whole = [place for place in fitting if place[1] is Sex.TOTAL]
    return tuple(whole or fitting)


def _agrees(number: Decimal, of: int | None, base: Base, measure: Measure) -> bool:
    if of is not None:
        return base.respondents == of and abs(number - base.number) <= _SLACK
    return number == base.number if measure.method is Method.SUM else agree(number, round(base.number, 2))


def _speaks_of(sentence: str, name: str) -> bool:
    said = sentence.lower()
    words = [word[:_STEM] for word in re.findall(r"\w+", name.lower()) if len(word) >= _STEM]
    return any(word in said for word in words if word not in ("andel", "antal"))


def _names(sentence: str, names: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence, re.IGNORECASE) for name in names)


def replaced(text: str, spans: Sequence[tuple[int, int]], by: str) -> str:
    """The text with those places put otherwise; places that overlap are one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    for start, end in reversed(merged):
        text = text[:start] + by + text[end:]
    return text
