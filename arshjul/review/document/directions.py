"""Words of direction against the numbers: a rise that is a fall, "higher than" what is lower.

For sick leave an improvement is a fall. A wish, a comparison with something that stands in no table, and a
sentence about one workplace, one sex or a part of the measure say nothing of the row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from arshjul.plan import Kind
from arshjul.review.document.analyses import speaks_of, value_of
from arshjul.review.document.explained import explains, is_nearest, is_owned, rows_near
from arshjul.review.document.model import Model
from arshjul.review.document.subjects import (
    is_elsewhere,
    is_filling,
    is_narrowed,
    is_narrower,
    may_be_the_row,
    subject_of,
)
from arshjul.review.figures import Figure, agree, shown
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row
from arshjul.review.statements import Part, Passage, Sentence


class Movement(StrEnum):
    """What a word of direction says, in the words of a finding."""

    RISE = "har ökat"
    FALL = "har minskat"
    BETTER = "har förbättrats"
    WORSE = "har försämrats"
    UNCHANGED = "är oförändrat"


@dataclass(frozen=True, slots=True)
class _Said:
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
_COMPARISON = re.compile(
    r"\b(?P<word>högre|lägre|bättre|sämre|längre|kortare|(?:fler|färre)(?=\s+än\b))\b(?:\s+[\wåäö]+){0,3}?\s+än\s+(?P<base>.{0,45})",
    re.I,
)
_SAME_TERTIAL = {
    Kind.T1: r"\b(?:första\s+tertialet|tertial\s+1|T1)",
    Kind.T2: r"\b(?:andra\s+tertialet|tertial\s+2|T2)",
}
_SHARE = re.compile(r"\bandelen?\b", re.I)
_COUNT = re.compile(r"\bantalet?\b", re.I)
_YEAR = re.compile(r"\b20\d\d\b")
_THAN_TARGET = re.compile(r"(?:\w+\s+){0,2}?\w*mål(?:et|värdet)?\b", re.I)
_LIST_ABOUT_SEX = re.compile(r"\b(?:kvinn|flick|män\b|männen|pojk)\w*", re.I)


def directions(model: Model) -> Iterator[Finding]:
    """A word of direction that the row's numbers deny."""
    told = list(_with_direction(model)) if model.is_report else []
    for row in model.rows if told else ():
        value = value_of(row, model)
        if value is None:
            continue
        for passage, sentences in told:
            if passage.part is Part.ROW and not explains(passage, row):
                continue
            for sentence in sentences:
                if speaks_of(row, passage, sentence, model) or _is_short_of_a_subject(
                    row, passage, sentence, model
                ):
                    yield from _against_previous(row, value[0], passage, sentence, model)
                    yield from _against_target(row, value[0], passage, sentence, model)


def _with_direction(model: Model) -> Iterator[tuple[Passage, list[Sentence]]]:
    """The sentences that report and have any word of direction."""
    words = model.vocabulary
    patterns = (words.unchanged, words.rise, words.fall, words.better, words.worse, _COMPARISON)
    for passage in model.passages:
        if passage.reports:
            found = [s for s in passage.sentences if any(pattern.search(s.text) for pattern in patterns)]
            if found:
                yield passage, found


def from_to(model: Model) -> Iterator[Finding]:
    """ "Har minskat från 7,1 % till 11,7 %": the sentence denies itself."""
    for passage in model.passages:
        for sentence in passage.sentences:
            for first, second in zip(sentence.figures, sentence.figures[1:], strict=False):
                said = _between(sentence, first, second, model)
                if said is None or first.unit not in ("", second.unit):
                    continue
                rises = second.number > first.number
                if first.number != second.number and rises != (said is Movement.RISE):
                    one, other = (
                        shown(first.number, first.unit or second.unit),
                        shown(second.number, second.unit),
                    )
                    yield model.in_text(
                        "direction-against-figures",
                        Severity.ERROR,
                        passage,
                        sentence,
                        f"Texten säger att något {said.value}, men från {one} till {other} är "
                        f"{'en ökning' if rises else 'en minskning'}.",
                        {"text": said.value, "from": one, "to": other},
                        within=first.start,
                    )


def _between(sentence: Sentence, first: Figure, second: Figure, model: Model) -> Movement | None:
    """The movement in "… minskat från A till B"."""
    text = sentence.text
    if not re.search(r"\bfrån\s+(?:ca\s+|cirka\s+)?$", text[: first.start], re.I):
        return None
    if not re.fullmatch(
        r"\s*(?:\w+\s+){0,3}till\s+(?:ca\s+|cirka\s+)?", text[first.end : second.start], re.I
    ):
        return None
    begin = max((f.end for f in sentence.figures if f.end <= first.start), default=0)
    lead = re.split(r"[;:]|\b(?:men|medan|samtidigt som)\b", text[begin : first.start])[-1]
    words = model.vocabulary
    up, down = [words.rise], [words.fall]
    if first.is_money and first.signed and second.signed:  # of a result more is better
        up, down = [words.rise, words.better], [words.fall, words.worse]
    rise, fall = (any(pattern.search(lead) for pattern in patterns) for patterns in (up, down))
    if rise == fall:
        return None
    return Movement.RISE if rise else Movement.FALL


def _against_previous(
    row: Row, value: Decimal, passage: Passage, sentence: Sentence, model: Model
) -> Iterator[Finding]:
    before = row.previous
    text = _without_own_period(sentence.text, model)
    if before is None or model.vocabulary.other_base.search(text) or _is_older(sentence, model):
        return
    if _gives_another_rows_value(row, value, sentence, model):
        return
    difference = value - before
    for said in _movements(row, passage, sentence, model):
        if _agrees(said.movement, difference, row, model):
            continue
        unit = row.unit
        now, then = shown(value, unit), shown(before, unit)
        really = "högre än" if difference > 0 else "lägre än" if difference < 0 else "detsamma som"
        good = (
            " Här är lägre bättre."
            if said.movement in (Movement.BETTER, Movement.WORSE) and row.low_is_good
            else ""
        )
        yield model.in_text(
            "direction-against-figures",
            Severity.ERROR,
            passage,
            sentence,
            f"Texten säger att värdet {said.movement.value}, men {now} är {really} {then} "
            f"{model.compared_with} ({row.indicator.name}).{good}",
            {"text": said.movement.value, "outcome": now, "previous": then, "indicator": row.indicator.name},
            within=said.start,
        )
        return


def _without_own_period(text: str, model: Model) -> str:
    """The text without "första tertialet 2024" in a T1 of 2025: it is what the row's earlier value is of."""
    own = _SAME_TERTIAL.get(model.plan.kind) if model.plan.kind else None
    return (
        re.sub(rf"{own}\s+(?:år\s+)?{model.year - 1}\b", "", text, flags=re.I) if own and model.year else text
    )


def _gives_another_rows_value(row: Row, value: Decimal, sentence: Sentence, model: Model) -> bool:
    """Whether the sentence has the value of another row that it names, and not this row's."""
    numbers = [figure.number for figure in sentence.figures]
    if any(agree(number, value) for number in numbers):
        return False
    return any(
        other.outcome is not None
        and other.indicator is not row.indicator
        and other.is_meant_by(sentence.text)
        and any(agree(number, other.outcome) for number in numbers)
        for other in model.rows
    )


def _is_older(sentence: Sentence, model: Model) -> bool:
    """Whether the sentence compares with a year before the last, which no cell of the table knows."""
    years = [int(year) for year in _YEAR.findall(sentence.text)]
    return model.year is not None and any(year < model.year - 1 for year in years)


def _agrees(movement: Movement, difference: Decimal, row: Row, model: Model) -> bool:
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


def _movements(row: Row, passage: Passage, sentence: Sentence, model: Model) -> Iterator[_Said]:
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
            if _is_about(row, match.start(), match.end(), passage, sentence, model):
                yield _Said(movement, match.start(), match.end())
    for match in _COMPARISON.finditer(text):
        base = match["base"]
        last_year = words.before.search(base) or (model.year and re.search(rf"\b{model.year - 1}\b", base))
        if last_year and _is_about(row, match.start(), match.end("word"), passage, sentence, model):
            yield _Said(_COMPARED[match["word"].lower()], match.start(), match.end())


_COMPARED = {
    "högre": Movement.RISE,
    "lägre": Movement.FALL,
    "bättre": Movement.BETTER,
    "sämre": Movement.WORSE,
    "fler": Movement.RISE,
    "färre": Movement.FALL,
    "längre": Movement.RISE,
    "kortare": Movement.FALL,
}


def _against_target(
    row: Row, value: Decimal, passage: Passage, sentence: Sentence, model: Model
) -> Iterator[Finding]:
    numbers = [(t, t.number) for t in row.targets if t.number is not None]
    for match in _COMPARISON.finditer(sentence.text):
        if not numbers or not _THAN_TARGET.match(match["base"]):
            continue
        if not _is_about(row, match.start(), match.end("word"), passage, sentence, model):
            continue
        word = match["word"].lower()
        movement = _COMPARED[word]
        if any(_agrees(movement, value - number, row, model) for _, number in numbers):
            continue
        printed = row.indicator.target or row.indicator.council_target or ""
        now = shown(value, row.unit)
        yield model.in_text(
            "direction-against-figures",
            Severity.ERROR,
            passage,
            sentence,
            f"Texten säger {word} än målet, men utfallet är {now} och målet {printed} "
            f"({row.indicator.name}).",
            {"text": f"{word} än målet", "outcome": now, "target": printed, "indicator": row.indicator.name},
            within=match.start(),
        )


def _is_about(row: Row, start: int, end: int, passage: Passage, sentence: Sentence, model: Model) -> bool:
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


def _is_short_of_a_subject(row: Row, passage: Passage, sentence: Sentence, model: Model) -> bool:
    """A sentence of the row's own analysis that names nothing: "Det är en ökning från förra året"."""
    return (
        is_owned(row, passage, sentence, model)
        and not is_elsewhere(sentence.text, model)
        and sentence not in {item.sentence for listing in passage.listings for item in listing.items}
    )
