"""What a figure in a sentence is said to be of an indicator: its outcome, last year's, its target, a change.

Said by the words around the figure, nearest first. What cannot be told for sure is OTHER, and nobody
compares it. Called by the checks of rows. Pure.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from arshjul.review.counts import same_kind
from arshjul.review.document.explained import is_nearest, rows_near
from arshjul.review.document.model import Model
from arshjul.review.document.subjects import is_elsewhere, is_narrowed
from arshjul.review.figures import Figure
from arshjul.review.rows import Row
from arshjul.review.statements import Passage, Sentence
from arshjul.swedish_dates import MONTHS


class Said(StrEnum):
    """What the figure is said to be."""

    NOW = "periodens utfall"
    BEFORE = "föregående utfall"
    TARGET = "årsmålet"
    COMPARED = "det som jämförs med"
    MEN = "utfall män/pojkar"
    WOMEN = "utfall kvinnor/flickor"
    CHANGE = "förändringen"
    OTHER = "annat"


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure with what it is said to be."""

    said: Said
    figure: Figure
    passage: Passage
    sentence: Sentence


_FILL = (
    r"(?:(?:var|är|på|om|satt|satta|till|för|året|enheten|20\d\d|lägst|minst|högst|i|år|avser|ligger|som|vi|har|hade"
    r"|att|nå|nivå|verksamheten|sattes|perioden)\W+){0,5}"
)
_TARGET_BEFORE = re.compile(
    rf"\w*mål(?:et|värde|värdet|nivå|nivån|sättning|sättningen|tal|talet)?\W+{_FILL}$", re.I
)
_TARGET_AFTER = re.compile(
    r"\s*(?:,?\s*(?:som|vilket)\s+(?:är|var)\s+|\(?i\s+)?(?:vårt\s+|enhetens\s+)?\w*mål(?:et|värde)?\b", re.I
)
_BOUND = re.compile(r"\b(?:mot|än|till)\s+(?:högst|minst|lägst)\s*$", re.I)
_COMPARED = re.compile(r"\b(?:jämför(?:t|a|else)\s+med|än)\s+\(?$", re.I)
_AGAINST = re.compile(r"\bmot\s+$", re.I)
_FROM = re.compile(r"\bfrån\s+(?:ca\s+|cirka\s+)?$", re.I)
_NOW = re.compile(r"\b(?:är|uppgår|ligger|till|nu|blir|i år|årets)\b", re.I)
_SETS_BESIDE = re.compile(
    r"\b(?:jämfört|jämförelse|jämföra|än|sedan|mot|från|mer|mindre|gentemot|nivå|liksom)\b", re.I
)
_CHANGED_BY = re.compile(r"\b(?:med|på|om)\s+(?:ca\s+|cirka\s+|drygt\s+|knappt\s+|hela\s+)?$", re.I)
_WOMEN = re.compile(r"\b(?:kvinn|flick|tjej)\w*", re.I)
_MEN = re.compile(r"\b(?:män|männen|manliga|pojk\w*|kill\w*)\b", re.I)
_NOT = re.compile(
    r"\b(?:inte|ej|varken)\b(?!\s+(?:\w+\s+){0,3}?(?:mål|årsmål|nå|uppn|uppf|upp till|förändr|ändr))", re.I
)
_NOT_REACHED = re.compile(
    r"\b(?:når|nås|uppnår|uppnås|nådde|nåddes|uppfyller|uppfylls)\s+(?:inte|ej)\b", re.I
)
_ENDS_CLAUSE = re.compile(r"[.,;:()]|\b(?:och|men|medan|samt)\b")
_SHARE = re.compile(r"\s+(?:\w+\s+)?av\s+(?:\w+\s+){0,2}\d", re.I)  # "24 av enhetens 28 grupper"
_OF = re.compile(r"\bav\s+(?:\w+\s+){0,2}$", re.I)
_SHARES = re.compile(
    r"\W*av\s+(?!enhetens\b|samtliga\b|alla\b)", re.I
)  # "Av det återbrukade är 41 procent trä"
_FURTHER = re.compile(r"\b(?:högre|lägre|bättre|sämre|fler|färre|upp|ner|ned|under|över|från|kvar)\b", re.I)
_APART = re.compile(r"\b(?:skilj\w*|skillnad\w*|spridning\w*|mellan)\b", re.I)
_EXTREME = re.compile(  # of one among several
    r"\b(?:störst|minst(?!\s+\d)|högst(?!\s+\d)|lägst|som\s+mest|som\s+lägst|som\s+högst|bäst|sämst|varierar|varierat"
    r"|spridning\w*|toppen|botten|enskilda?)\b",
    re.I,
)
_AMONG = re.compile(r"\b(?:bland|hos)\s+(?:de\s+|våra\s+)?(?P<who>[a-zåäö]+)", re.I)
_SAYS_OF_WHAT = re.compile(
    r"\s+(?!(?:är|var|blev|har|hade|av|och|i|på|vilket|som|mot|jämfört|under|för|till|vid|per|nu|totalt|inom|från|med|än)\b)"
    r"[a-zåäö]{4,}",
    re.I,
)
_NEAR = 4  # words between a figure and what places it in time
_IN_A_MONTH = re.compile(
    rf"\b(?:i|under|för)\s+(?:{'|'.join(MONTHS)})\b",
    re.I,
)
_WHOLE = re.compile(
    r"\b(?:totalt|sammanlagt|enheten\w*|vi\s+har|har\s+vi|under\s+(?:året|perioden|tertialet)|utfallet|antalet)\b",
    re.I,
)
_TOTAL = re.compile(r"\b(?:total|samlad)\w*", re.I)
_SOME_OF = re.compile(r"\s+(?:\w+\s+)?av\s+\w+", re.I)
_TO = re.compile(r"\s+till\s+", re.I)
_A_TARGET = re.compile(
    r"\b\w*mål(?:et|värdet|nivån)?\b(?!\s*(?:nås|nåddes|uppn|uppf|är\s+upp|har\s+(?:upp)?nåtts))", re.I
)
_AVERAGE = re.compile(r"\b(?:snitt|genomsnitt\w*|medel\w*|per|möter|mött)\b", re.I)
_YEAR = re.compile(r"\b20\d\d\b")


def claims_of(sentence: Sentence, row: Row, passage: Passage, model: Model) -> list[Claim]:
    """The figures of the sentence, each with what it is said to be of `row`."""
    return [
        Claim(_said(sentence, index, row, passage, model), figure, passage, sentence)
        for index, figure in enumerate(sentence.figures)
    ]


def _said(sentence: Sentence, index: int, row: Row, passage: Passage, model: Model) -> Said:
    figures, text = sentence.figures, sentence.text
    figure = figures[index]
    left = text[figures[index - 1].end if index else 0 : figure.start]
    right = text[figure.end : figures[index + 1].start if index + 1 < len(figures) else len(text)]
    near = _ENDS_CLAUSE.split(right)[0]
    around = f"{left} | {near}"
    words = model.vocabulary
    if not is_nearest(row, text, figure.start, figure.end, rows_near(passage, model)):
        return Said.OTHER
    if _SHARES.match(text) and sum(one.unit == "%" for one in figures) > 1:
        return Said.OTHER
    moved = any(p.search(around) for p in (words.rise, words.fall, words.better, words.worse, _FURTHER))
    if figure.unit == "points" and (not moved or _APART.search(around)):
        return Said.OTHER
    if figure.unit == "points" or (
        _CHANGED_BY.search(left) and (words.rise.search(left) or words.fall.search(left))
    ):
        other = is_elsewhere(around, model) or is_narrowed(left, row, model)
        return Said.OTHER if other else Said.CHANGE
    if figure.approximate and not _BOUND.search(left):
        return Said.OTHER
    if not _fits(figure, row) or is_elsewhere(around, model):
        return Said.OTHER
    if not _counts_the_same(figure, row, text, model):
        return Said.OTHER
    if _TARGET_BEFORE.search(left) or _TARGET_AFTER.match(right) or _BOUND.search(left):
        return Said.TARGET
    if row.narrow and _TOTAL.search(text) and not words.narrower.search(text):
        return Said.OTHER
    if words.about.search(around) or (_narrower(around, row, model)):
        return Said.OTHER
    negated = _NOT.search(_NOT_REACHED.sub("", around)) is not None
    if negated != row.negated and (negated or row.is_meant_by(text)):
        return Said.OTHER
    sex = _sex(left, near)
    if sex is not None:
        return sex if _before(left, near, model) is False and not _FROM.search(left) else Said.OTHER
    if words.forecast.search(around) or _A_TARGET.search(left) or _IN_A_MONTH.search(left):
        return Said.OTHER
    if index and _TO.fullmatch(left) and _FROM.search(text[: figures[index - 1].start]):
        return Said.NOW if _said(sentence, index - 1, row, passage, model) is Said.BEFORE else Said.OTHER
    if _FROM.search(left):
        return (
            Said.BEFORE if re.match(r"\s*till\b", right) and not words.other_base.search(text) else Said.OTHER
        )
    before = _before(left, near, model)
    if before is None:
        return Said.OTHER
    if before:
        older = [year for year in _YEAR.findall(around) if model.year and int(year) < model.year - 1]
        return Said.OTHER if older else Said.BEFORE
    if _COMPARED.search(left):
        return Said.COMPARED
    base = _AVERAGE.sub("", left) if row.is_a_ratio else left
    if _AGAINST.search(left) or words.other_base.search(base) or _EXTREME.search(around):
        return Said.OTHER
    other = is_narrowed(left, row, model) or _is_of_others(left, near, row, model)
    return Said.OTHER if other else Said.NOW


def _fits(figure: Figure, row: Row) -> bool:
    """Whether the figure is in the unit of the row; an index is often called per cent."""
    if row.unit == "%":
        return figure.unit == "%"
    return figure.unit in ("", row.unit) or (row.unit == "" and figure.unit == "%")


def _counts_the_same(figure: Figure, row: Row, text: str, model: Model) -> bool:
    """Whether a figure without unit can be the row's: it counts what the row counts, or stands alone."""
    if row.unit == "%":
        return True
    if _SHARE.match(text[figure.end :]) or _OF.search(text[: figure.start]):
        return False
    if row.is_a_ratio and figure.noun is not None and _AVERAGE.search(text) is None:
        return False
    if row.unit.lower().startswith(f"{figure.noun} "):
        return True  # "1,5 kg CO2 per kg"
    if _SOME_OF.match(text[figure.end :]) or (row.counts and not _WHOLE.search(text)):
        return False
    if figure.noun is None:
        return row.is_meant_by(text) or model.vocabulary.result.search(text) is not None
    return row.counted is not None and same_kind(figure.noun, row.counted)


def _is_of_others(left: str, near: str, row: Row, model: Model) -> bool:
    """Whether the words give the share of others, or of something else: "bland unga", "84 % vikarier"."""
    among = _AMONG.search(left)
    if among is not None and not (
        row.is_meant_by(among["who"]) or model.vocabulary.common.fullmatch(among["who"])
    ):
        return _sex(left, near) is None
    named = row.is_meant_by(left) or row.is_meant_by(near) or model.vocabulary.result.search(left)
    return not named and _SAYS_OF_WHAT.match(near) is not None


def _narrower(text: str, row: Row, model: Model) -> bool:
    """Whether the words are about a part of what the row measures; the sexes are told apart elsewhere."""
    rest = _MEN.sub("", _WOMEN.sub("", text))
    return not row.narrow and model.vocabulary.narrower.search(rest) is not None


def _sex(left: str, near: str) -> Said | None:
    for text in (near, re.split(r"[,;(]|\b(?:och|men|medan)\b", left)[-1], left):
        women, men = _WOMEN.search(text), _MEN.search(text)
        if women and men:
            return Said.OTHER
        if women or men:
            return Said.WOMEN if women else Said.MEN
    return None


def _before(left: str, near: str, model: Model) -> bool | None:
    """Whether the words place the figure in the year before; None where they can be read both ways."""
    for text, is_left in ((left, True), (near, False)):
        cue = _last_cue(text, model)
        if cue is None:
            continue
        lead, tail = text[: cue[0]], text[cue[1] :]
        if is_left:
            beside = _SETS_BESIDE.search(lead[-30:]) is not None
            direct = not re.search(
                r"[^\W\d_]{2,}", re.sub(r"\b(?:då|där|var|på|låg|som|den|det|detta)\b", "", tail)
            )
            if beside and direct and "," in tail:
                return None  # "lägre än förra året, 3,2 procent": of which year?
            return direct if beside else _NOW.search(tail) is None
        return not _SETS_BESIDE.search(lead) and len(lead.split()) <= _NEAR
    return False


def _last_cue(text: str, model: Model) -> tuple[int, int] | None:
    """The last words of `text` that name the year before: "föregående år", "2021"."""
    found = [match.span() for match in model.vocabulary.before.finditer(text)]
    if model.year is not None:
        found += [match.span() for match in _YEAR.finditer(text) if int(match[0]) < model.year]
    return max(found, default=None)
