"""Parts of a whole: more than there are, or two halves that are not all of it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from arshjul.review.document.model import Model
from arshjul.review.document.sums import mismatch
from arshjul.review.figures import NUMBER_WORDS, Figure, figures_in, shown, whole_number
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Passage, Sentence

_COUNT = (  # not a part of "172 500"
    r"(?:(?<!\d)(?<!\d[ \N{NO-BREAK SPACE}])\d{1,4}(?!\d|[ \N{NO-BREAK SPACE}]\d{3}(?!\d))"
    rf"|{NUMBER_WORDS})"
)
_WHOLE = re.compile(
    rf"(?P<whole>{_COUNT})\s+(?:[\wåäö]+\s+){{0,3}}?[\wåäö]+,?\s+\(?"
    r"(?:varav|därav|av vilka|av dem)\s+(?P<parts>.{3,90})",
    re.I,
)
_OF_ALL = re.compile(
    rf"(?:^|[,;]\s)av\s+(?:[\wåäö]+\s+){{0,2}}?(?P<whole>{_COUNT})\s+[a-zåäö]+\s+(?:[a-zåäö]+\s+){{0,2}}?"
    rf"(?P<part>{_COUNT})\b",
    re.I,
)
_SO_MANY_OF = re.compile(rf"\b(?P<part>{_COUNT})\s+av\s+(?:[\wåäö]+\s+){{0,2}}?(?P<whole>{_COUNT})\b", re.I)
_NOT_OF = re.compile(r"\b(?:snitt|genomsnitt|per)\b|%|procent", re.I)
_AN_AGE = re.compile(r"\s*(?:år|månader|veckor|dagar|timmar|minuter)\b", re.I)
_DISTRIBUTED = re.compile(r"\bfördel(?:ar|ade|at|as|ades)\b", re.I)
_FEWEST = 3  # shares
_CLOSE = 4  # words between two parts of one list


def shares_of_whole(model: Model) -> Iterator[Finding]:
    """ "12 deltagare, varav 8 kvinnor och 5 män", "av 12 grupper har 14 …", "14 av 12"."""
    for passage in model.passages:
        for sentence in passage.sentences:
            if len(sentence.figures) >= 2:
                yield from _divided(sentence, passage, model)
                yield from _too_many(sentence, passage, model)


def shares_in_all(model: Model) -> Iterator[Finding]:
    """ "Svaren fördelar sig på 40 %, 35 % och 35 %": shares of a whole are a hundred, near enough."""
    for passage in model.passages:
        for sentence in passage.sentences:
            parts = [f.number for f in sentence.figures if f.unit == "%"]
            if (
                len(parts) < _FEWEST
                or len(parts) < len(sentence.figures)
                or not _DISTRIBUTED.search(sentence.text)
            ):
                continue
            made = sum(parts, Decimal(0))
            if abs(made - 100) > Decimal(len(parts)) / 2 + 1:
                yield mismatch(model, passage, sentence, parts, Decimal(100), "%")


def _divided(sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    match = _WHOLE.search(sentence.text)
    if match is None:
        return
    text = re.split(r"[.;]", match["parts"])[0]
    parts = [f for f in figures_in(text) if f.unit in ("", "st") and not _AN_AGE.match(text[f.end :])]
    whole, made = Decimal(whole_number(match["whole"])), sum((f.number for f in parts), Decimal(0))
    halves = len(parts) == 2 and len(model.vocabulary.halves.findall(text)) == 2
    too_many = any(f.number > whole for f in parts) or (made > whole and _is_list(parts, text))
    if parts and (too_many or (halves and made != whole)):
        yield mismatch(model, passage, sentence, [f.number for f in parts], whole, "")


def _is_list(parts: list[Figure], text: str) -> bool:
    """Whether the parts follow on each other closely: then nobody is in two of them."""
    gaps = [text[one.end : other.start] for one, other in pairwise(parts)]
    return len(parts) >= 2 and all(len(gap.split()) <= _CLOSE for gap in gaps)


def _too_many(sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    for pattern in (_OF_ALL, _SO_MANY_OF):
        match = pattern.search(sentence.text)
        if match is None or _NOT_OF.search(sentence.text):
            continue
        part, whole = Decimal(whole_number(match["part"])), Decimal(whole_number(match["whole"]))
        if _AN_AGE.match(sentence.text[match.end("part") :]):
            continue
        if part > whole:
            yield model.in_text(
                "sum-mismatch",
                Severity.ERROR,
                passage,
                sentence,
                f"{shown(part, '')} kan inte vara en del av {shown(whole, '')}.",
                {"part": shown(part, ""), "whole": shown(whole, "")},
                within=match.start(),
            )
            return
