"""Figures in texts that tell a value: "67 procent av kvinnorna", "två av tre deltagare", "4 personer".

A figure is taken for a value when it is written as one, agrees with it, and the sentence speaks of that
subject and that group. Called by `arshjul.suppression.compiled` and `forms`. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

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
_ANY_NUMBER = re.compile(rf"\d|(?<!\w)(?:{NUMBER_WORDS}|en|ett|ingen)(?!\w)", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:deltagar|brukar|klient|person|kvinn|män\b|flick|pojk|elev|boende|patient|gäst|medarbetar"
    r"|anställd)",
    re.IGNORECASE,
)
_Value = tuple[int, int, Decimal, int | None]  # from, to, the number, and of how many where it says
_STEM = 5
_SAYS_LITTLE = frozenset(
    (
        *("andel", "antal", "arbet", "verks", "enhet", "delta", "bruka", "klien", "perso", "boend", "eleve"),
        *("gäste", "patie", "medar", "anstä", "kvinn", "eller", "efter", "under", "genom", "mella", "sedan"),
    )
)
_SLACK = Decimal(1)  # "två av tre" said of 67 %


@dataclass(frozen=True, slots=True)
class Subject:
    """What texts may tell: an indicator or question, its groups' values, and the words it goes by."""

    id: str
    title: str
    words: str
    measure: Measure
    values: dict[Place, Base]


class Nearness(StrEnum):
    """How a text stands to a subject."""

    ABOUT_IT = "about_it"  # written about it and nothing else
    UNDER_GOAL = "under_goal"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure at its place in a text, and the cells it may tell."""

    start: int
    end: int
    subject: str
    places: tuple[Place, ...]


def mentions_in(
    text: str, subjects: Sequence[tuple[Subject, Nearness]], scope: str, named: Mapping[str, tuple[str, ...]]
) -> Iterator[Mention]:
    """Every figure of `text` that tells a value of one of the subjects.

    `scope` wrote it; `named` are the sub-units' names.
    """
    if not _ANY_NUMBER.search(text):
        return
    for found in _SENTENCE.finditer(text):
        sentence = found[0]
        if not _ANY_NUMBER.search(sentence):
            continue
        said = sentence.lower()
        written: dict[tuple[bool, str], list[_Value]] = {}
        for subject, nearness in subjects:
            if not _may_speak_of(said, subject, nearness):
                continue
            measure = subject.measure
            kind = measure.method is Method.SUM, measure.unit
            if kind not in written:
                written[kind] = list(_values(sentence, measure))
            for start, end, number, of in written[kind]:
                places = [p for p, base in subject.values.items() if _agrees(number, of, base, measure)]
                if not places or not _speaks_of(sentence, end, subject, nearness):
                    continue
                places = _meant(sentence, [p for p in places if _is_about(sentence, p[0], scope, named)])
                if places:
                    yield Mention(found.start() + start, found.start() + end, subject.id, tuple(places))


def _may_speak_of(said: str, subject: Subject, nearness: Nearness) -> bool:
    """Whether any figure of a sentence, in small letters, can speak of the subject."""
    return nearness is not Nearness.ELSEWHERE or any(stem in said for stem in _stems(subject.words))


def _speaks_of(sentence: str, end: int, subject: Subject, nearness: Nearness) -> bool:
    """Whether a sentence with a figure of that size is likely to speak of the subject.

    A share needs no more than to stand under its goal; a small count could be of anything: people must follow
    it there, and anywhere else the sentence must have a word of the subject's own.
    """
    if nearness is Nearness.ABOUT_IT:
        return True
    said = sentence.lower()
    if any(stem in said for stem in _stems(subject.words)):
        return True
    if nearness is Nearness.ELSEWHERE:
        return False
    return subject.measure.method is not Method.SUM or _PEOPLE.match(sentence, end) is not None


def _is_about(sentence: str, place: str, scope: str, named: Mapping[str, tuple[str, ...]]) -> bool:
    """Whoever writes speaks of her own sub-unit or of the unit; of others when she names them."""
    return place in (scope, WHOLE_UNIT) or any(_name(name).search(sentence) for name in named.get(place, ()))


@lru_cache(maxsize=4096)
def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def _values(sentence: str, measure: Measure) -> Iterator[_Value]:
    """The figures of a sentence that are written as values of such a measure, and of how many, if it says."""
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


def _meant(sentence: str, fitting: list[Place]) -> list[Place]:
    """The groups that a number is said of: by sex where the sentence names one, else all together."""
    whole = [place for place in fitting if place[1] is Sex.TOTAL]
    said = {sex for sex, word in ((Sex.WOMEN, _WOMEN), (Sex.MEN, _MEN)) if word.search(sentence)}
    if said:
        return [place for place in fitting if place[1] in said] or whole
    return whole or fitting


def _agrees(number: Decimal, of: int | None, base: Base, measure: Measure) -> bool:
    if of is not None:
        return base.respondents == of and abs(number - base.number) <= _SLACK
    return number == base.number if measure.method is Method.SUM else agree(number, round(base.number, 2))


@lru_cache(maxsize=1024)
def _stems(name: str) -> tuple[str, ...]:
    words = [word[:_STEM] for word in re.findall(r"\w+", name.lower()) if len(word) >= _STEM]
    return tuple(word for word in words if word not in _SAYS_LITTLE)


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
