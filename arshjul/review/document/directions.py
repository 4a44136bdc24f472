"""Words of direction against the numbers: a rise that is a fall, "higher than" what is lower.

For sick leave an improvement is a fall. Which words say something of a row is `direction_words`. Pure.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from arshjul.plan import Kind
from arshjul.review.document.analyses import speaks_of, value_of
from arshjul.review.document.direction_words import (
    COMPARED,
    COMPARISON,
    Movement,
    agrees,
    is_about,
    movements,
)
from arshjul.review.document.explained import explains, is_owned
from arshjul.review.document.model import Model
from arshjul.review.document.subjects import is_elsewhere
from arshjul.review.figures import Figure, agree, shown
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row
from arshjul.review.statements import Part, Passage, Sentence

_SAME_TERTIAL = {
    Kind.T1: r"\b(?:första\s+tertialet|tertial\s+1|T1)",
    Kind.T2: r"\b(?:andra\s+tertialet|tertial\s+2|T2)",
}
_YEAR = re.compile(r"\b20\d\d\b")
_THAN_TARGET = re.compile(r"(?:\w+\s+){0,2}?\w*mål(?:et|värdet)?\b", re.I)


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
    patterns = (words.unchanged, words.rise, words.fall, words.better, words.worse, COMPARISON)
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
    for said in movements(row, passage, sentence, model):
        if agrees(said.movement, difference, row, model):
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


def _against_target(
    row: Row, value: Decimal, passage: Passage, sentence: Sentence, model: Model
) -> Iterator[Finding]:
    numbers = [(t, t.number) for t in row.targets if t.number is not None]
    for match in COMPARISON.finditer(sentence.text):
        if not numbers or not _THAN_TARGET.match(match["base"]):
            continue
        if not is_about(row, match.start(), match.end("word"), passage, sentence, model):
            continue
        word = match["word"].lower()
        movement = COMPARED[word]
        if any(agrees(movement, value - number, row, model) for _, number in numbers):
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


def _is_short_of_a_subject(row: Row, passage: Passage, sentence: Sentence, model: Model) -> bool:
    """A sentence of the row's own analysis that names nothing: "Det är en ökning från förra året"."""
    return (
        is_owned(row, passage, sentence, model)
        and not is_elsewhere(sentence.text, model)
        and sentence not in {item.sentence for listing in passage.listings for item in listing.items}
    )
