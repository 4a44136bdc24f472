"""Words of direction in a sentence: which of them say how a row's value has moved, and which way.

A wish, a comparison with something that stands in no table, and a word about one workplace, one sex or a part
of the measure say nothing of the row. What a word is held against is in `directions`. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from arshjul.review.document.explained import is_nearest, is_owned, rows_near
from arshjul.review.document.model import Model
from arshjul.review.document.subjects import (
    is_elsewhere,
    is_filling,
    is_narrowed,
    is_narrower,
    may_be_the_row,
    subject_of,
)
from arshjul.review.rows import Row
from arshjul.review.statements import Passage, Sentence


class Movement(StrEnum):
    """What a word of direction says, in the words of a finding."""

    RISE = "har ökat"
    FALL = "har minskat"
    BETTER = "har förbättrats"
    WORSE = "har försämrats"
    UNCHANGED = "är oförändrat"


@dataclass(frozen=True, slots=True)
class Said:
    """A movement, and where in the sentence the word stands."""

    movement: Movement
    start: int
    end: int


_CLAUSE = re.compile(r"[;:]|,\s|\b(?:men|medan|samtidigt som|däremot|då|eftersom|trots att|och att)\b", re.I)
_CAN_SEE = re.compile(
    r"\b(?:kan|kunde|kunnat)\b(?:\s+(?:vi|man|enheten|det|också|även|dock|här|nu))*\s+(?:se|ses|konstatera\w*|notera\w*|utläsa\w*)\b",
    re.I,
)
_WITHIN = re.compile(r"(?:\s+\w+){0,2}?\s+(?:i|inom|bland|hos)\s+(?:de\s+|våra\s+)?(?P<what>[a-zåäö]{3,})")
_A_NOUN = re.compile(r"(?:ning|ningen|gång)$", re.I)
_OF_WHAT = re.compile(
    r"(?:\s+(?:på|med|om)\s+[\d,]+\s*(?:%|procent\w*)?)?\s+(?:av|i|inom|bland|för)\s+(?:vår\s+|den\s+|det\s+)?(?P<what>[\wåäö-]+)",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:är|var|visar|visade|innebär|ses?|syns|märks|blev|motsvarar|skett|noteras|utgör|finns)\b", re.I
)
COMPARISON = re.compile(
    r"\b(?P<word>högre|lägre|bättre|sämre|längre|kortare|(?:fler|färre)(?=\s+än\b))\b(?:\s+[\wåäö]+){0,3}?\s+än\s+(?P<base>.{0,45})",
    re.I,
)
_SHARE = re.compile(r"\bandelen?\b", re.I)
_COUNT = re.compile(r"\bantalet?\b", re.I)
_LIST_ABOUT_SEX = re.compile(r"\b(?:kvinn|flick|män\b|männen|pojk)\w*", re.I)


def movements(row: Row, passage: Passage, sentence: Sentence, model: Model) -> Iterator[Said]:
    """What the sentence says of how the row's value moved since the period before."""
    words, text = model.vocabulary, sentence.text
    for pattern, movement in (
        (words.unchanged, Movement.UNCHANGED),
        (words.rise, Movement.RISE),
        (words.fall, Movement.FALL),
        (words.better, Movement.BETTER),
        (words.worse, Movement.WORSE),
    ):
        for match in pattern.finditer(text):
            if is_about(row, match.start(), match.end(), passage, sentence, model):
                yield Said(movement, match.start(), match.end())
    for match in COMPARISON.finditer(text):
        base = match["base"]
        last_year = words.before.search(base) or (model.year and re.search(rf"\b{model.year - 1}\b", base))
        if last_year and is_about(row, match.start(), match.end("word"), passage, sentence, model):
            yield Said(COMPARED[match["word"].lower()], match.start(), match.end())


COMPARED = {
    "högre": Movement.RISE,
    "lägre": Movement.FALL,
    "bättre": Movement.BETTER,
    "sämre": Movement.WORSE,
    "fler": Movement.RISE,
    "färre": Movement.FALL,
    "längre": Movement.RISE,
    "kortare": Movement.FALL,
}


def agrees(movement: Movement, difference: Decimal, row: Row, model: Model) -> bool:
    """Whether a movement is what a difference in the row's value is: for sick leave better is less."""
    match movement:
        case Movement.RISE:
            return difference > 0
        case Movement.FALL:
            return difference < 0
        case Movement.BETTER:
            return difference < 0 if row.low_is_good else difference > 0
        case Movement.WORSE:
            return difference > 0 if row.low_is_good else difference < 0
        case Movement.UNCHANGED:
            return abs(difference) <= model.limits.unchanged_points


def is_about(row: Row, start: int, end: int, passage: Passage, sentence: Sentence, model: Model) -> bool:
    """Whether the word of direction at `start` has the row's value for its subject and states a fact."""
    text, words = sentence.text, model.vocabulary
    borders = [m.end() for m in _CLAUSE.finditer(text) if m.end() <= start]
    begin = borders[-1] if borders else 0
    after = next((m.start() for m in _CLAUSE.finditer(text, end)), len(text))
    lead, clause = text[begin:start], text[begin:after]
    if (_SHARE.search(lead) and row.unit != "%") or (_COUNT.search(lead) and row.unit == "%"):
        return False  # it says what it measures, and the row measures something else
    if words.wish.search(_CAN_SEE.sub("", lead)) or is_elsewhere(clause, model):
        return False
    if _LIST_ABOUT_SEX.search(clause) or (words.narrower.search(clause) and not row.narrow):
        return False
    denied = re.search(r"\b(?:inte|ej)\b", lead if not row.negated else clause, re.I) is not None
    if row.is_meant_by(clause) and denied != row.negated:
        return False  # "andelen som inte är nöjda" is the rest
    if re.search(r"\b(?:inte|ej|varken)\s*$", lead) or re.match(r"\s+(?:inte|ej)\b", text[end:]):
        return False
    if not is_nearest(row, text, start, end, rows_near(passage, model)):
        return False
    within = _WITHIN.match(text[end:after])
    if is_narrowed(lead, row, model) or (within and is_narrower(within["what"], row, model)):
        return False
    own = is_owned(row, passage, sentence, model)
    if _A_NOUN.search(text[start:end]):
        return _is_noun_about(row, lead, text[end:after], own, sentence, model)
    comes_after = text[start:end].lower().endswith("ande")  # "med sjunkande sjukfrånvaro"
    subject = subject_of("" if comes_after else lead, text[end:after])
    if subject is None:
        return own and begin > 0
    return may_be_the_row(subject, text, row, model, own=own)


def _is_noun_about(row: Row, lead: str, after: str, own: bool, sentence: Sentence, model: Model) -> bool:
    """ "en ökning (av X) jämfört med föregående år": of the row unless it says of what else."""
    words = model.vocabulary
    of_what = _OF_WHAT.match(after)
    if of_what is not None:
        what = of_what["what"]
        aside = is_filling(what) or what.lower().startswith(("förhållande", "jämför", "resultat", "andel"))
        if not row.is_meant_by(what) and not aside:
            return False
        if row.is_meant_by(what):
            return True
    beside = words.before.search(sentence.text) or re.search(r"\b(?:jämfört|sedan|från|mot)\b", sentence.text)
    return own and beside is not None and _TOLD.search(lead) is not None
