"""Figures in texts against the rows of the tables that they explain.

`figures_against_rows` compares, `values_only_in_words` finds what the table lacks, `units_missing` what it
does not say. `value_of` is the row's value as the other checks use it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from arshjul.review.counts import same_kind
from arshjul.review.document.claims import Claim, Said, claims_of
from arshjul.review.document.explained import explains, is_owned, meant_among, rows_near
from arshjul.review.document.model import Model
from arshjul.review.document.subjects import is_elsewhere
from arshjul.review.figures import Figure, agree, shown
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row
from arshjul.review.statements import Part, Passage, Sentence

_RELATIVE = Decimal("0.6")  # per cent of per cent, as people round it in their heads
_AT_A_PLACE = re.compile(r"\s+(?:i|på|hos|vid|inom)\s+[A-ZÅÄÖ]")
_AS_BEFORE = re.compile(r"\bsom\s+(?:i\s+fjol|förra|föregående|året\s+innan)", re.I)
_FEWEST_ANSWERS = 3
_TARGET = re.compile(r"\b(?:års)?mål(?:et|värdet|nivån)?\b", re.I)

_FROM_TARGET = re.compile(
    r"\s*(?:under|över|från|ifrån|(?:lägre|högre|bättre|sämre)\s+än|kvar\s+till)\s+(?:det\s+|KF:s\s+)?\w*mål\w*",
    re.I,
)


def figures_against_rows(model: Model) -> Iterator[Finding]:
    """A figure in a text that is not the one in the row it explains."""
    for row in model.rows:
        for claim in () if row.is_garbled else claims_about(row, model):
            printed = _contradicted(claim, row, model)
            if printed is None:
                continue
            told = shown(claim.figure.number, claim.figure.unit)
            yield model.in_text(
                "figure-against-row",
                Severity.ERROR,
                claim.passage,
                claim.sentence,
                f"Texten säger {told}, men i tabellen är {claim.said} {printed} ({row.indicator.name}).",
                {"text": told, "table": printed, "cell": claim.said.value, "indicator": row.indicator.name},
                within=claim.figure.start,
            )


def values_only_in_words(model: Model) -> Iterator[Finding]:
    """An empty outcome whose analysis gives the value."""
    for row in model.rows:
        if (
            not model.is_report
            or row.is_garbled
            or any(character.isdigit() for character in row.indicator.outcome or "")
        ):
            continue
        passage = model.analysis_of(row)
        claim = _first_value(row, passage, model) if passage else None
        if claim is not None:
            told = shown(claim.figure.number, claim.figure.unit)
            yield model.in_text(
                "value-only-in-text",
                Severity.WARNING,
                claim.passage,
                claim.sentence,
                f"Utfallet är tomt i tabellen, men analysen säger {told} ({row.indicator.name}).",
                {"text": told, "table": row.indicator.outcome, "indicator": row.indicator.name},
                within=claim.figure.start,
            )


def units_missing(model: Model) -> Iterator[Finding]:
    """An outcome without a unit beside a target in per cent."""
    for row in model.rows:
        printed = row.indicator.outcome
        if row.unit == "%" and printed and row.outcome is not None and not _has_unit(printed):
            target = row.indicator.target or row.indicator.council_target or row.indicator.previous
            yield model.at_place(
                "unit-missing",
                Severity.WARNING,
                row.indicator.name,
                row.indicator.id,
                f"Utfallet är skrivet {printed} utan enhet, medan målet är {target}. Menas {printed} %?",
                {"outcome": printed, "target": target},
            )


def claims_about(row: Row, model: Model) -> Iterator[Claim]:
    """What the document's texts say of the row's values, in its own analysis and wherever it is named."""
    for passage in model.passages:
        figured = [sentence for sentence in passage.sentences if sentence.figures]
        if not figured or not passage.reports or (passage.part is Part.ROW and not explains(passage, row)):
            continue
        for sentence in figured:
            if not _is_spread(sentence) and speaks_of(row, passage, sentence, model):
                for claim in claims_of(sentence, row, passage, model):
                    if not _is_of_a_part(claim.figure, sentence):
                        yield claim


def _is_of_a_part(figure: Figure, sentence: Sentence) -> bool:
    """Whether a figure is of one of several that the sentence tells: "91 % i Hamn och 87 i Höjden"."""
    text = sentence.text
    placed = [_AT_A_PLACE.match(text, f.end) is not None for f in sentence.figures]
    bracketed = [text[: f.start].endswith("(") for f in sentence.figures]
    at = sentence.figures.index(figure)
    return any(found[at] and sum(found) > 1 for found in (placed, bracketed))


def speaks_of(row: Row, passage: Passage, sentence: Sentence, model: Model) -> bool:
    """Whether a sentence is about the row as a whole."""
    if _is_listed(sentence, passage):
        return False
    if is_owned(row, passage, sentence, model):
        words = model.vocabulary
        return (
            row.is_meant_by(sentence.text)
            or words.result.search(sentence.text) is not None
            or words.whole_unit.search(sentence.text) is not None
            or _TARGET.search(sentence.text) is not None
        )
    if passage.indicator is not None or passage.activity is not None:
        return False
    if not row.is_told_by(sentence.text, model.vocabulary):
        return False
    named = meant_among(sentence.text, rows_near(passage, model))
    if named and row.indicator.name not in named:
        return False  # of the rows under its own goal it means another
    if _about_a_workplace(passage, sentence, model):
        return False
    told = [other for other in model.rows if other.is_told_by(sentence.text, model.vocabulary)]
    return all(other.indicator.name == row.indicator.name for other in told)


def value_of(row: Row, model: Model) -> tuple[Decimal, bool] | None:
    """The row's value, and whether it stands only in the analysis; None where it stands nowhere."""
    if row.is_garbled:
        return None
    if row.outcome is not None:
        return row.outcome, False
    passage = model.analysis_of(row)
    claim = _first_value(row, passage, model) if passage else None
    return (claim.figure.number, True) if claim else None


def _first_value(row: Row, passage: Passage, model: Model) -> Claim | None:
    """The first figure of the analysis that is the unit's value: in a sentence, or in a list's last line."""
    for sentence in passage.sentences:
        if speaks_of(row, passage, sentence, model):
            for claim in claims_of(sentence, row, passage, model):
                if claim.said is Said.NOW:
                    return claim
    if row.counts and row.counted is not None:
        claims = [
            Claim(Said.NOW, figure, passage, sentence)
            for sentence in passage.sentences
            for figure in sentence.figures
            if is_owned(row, passage, sentence, model)
            and figure.unit in ("", "st")
            and figure.noun is not None
            and same_kind(figure.noun, row.counted)
        ]
        if len(claims) == 1 and not is_elsewhere(claims[0].sentence.text, model):
            return claims[0]
    for listing in () if passage.shared else passage.listings:
        for item in listing.items:
            if model.vocabulary.total.match(item.label) and len(item.figures) == 1 and not row.counts:
                return Claim(Said.NOW, item.figures[0], passage, item.sentence)
    return None


def _contradicted(claim: Claim, row: Row, model: Model) -> str | None:
    """What the table says instead, as printed, where it says something else."""
    indicator, number = row.indicator, claim.figure.number
    match claim.said:
        case Said.NOW:
            cells = [(indicator.outcome, row.outcome)]
        case Said.BEFORE:
            cells = [(indicator.previous, row.previous)]
        case Said.MEN:
            cells = [(indicator.outcome_men, row.men)]
        case Said.WOMEN:
            cells = [(indicator.outcome_women, row.women)]
        case Said.TARGET | Said.COMPARED:
            printed = [p for p in (indicator.target, indicator.council_target) if p]
            cells = [(p, t.number) for p, t in zip(printed, row.targets, strict=False)]
            if claim.said is Said.COMPARED:
                if row.previous is None:
                    return None
                cells.insert(0, (indicator.previous, row.previous))
        case Said.CHANGE:
            return _change(claim, row, model)
        case _:
            return None
    if row.indicator.columns_uncertain and any(agree(number, cell) for cell in row.numbers):
        return None  # it stands in the row, and nobody knows in which column
    known = [(printed, value) for printed, value in cells if printed and value is not None]
    if not known or any(agree(number, value) for _, value in known):
        return None
    as_before = _AS_BEFORE.search(claim.sentence.text[: claim.figure.start])
    if as_before and row.outcome is not None and agree(number, row.outcome):
        return None  # "ungefär som i fjol, 63 procent"
    if claim.said is Said.NOW and _is_said_rightly(claim, row):
        return None
    if claim.said is Said.NOW and _is_of_another_row(claim, row, model):
        return None
    return known[0][0]


def _is_said_rightly(claim: Claim, row: Row) -> bool:
    """Whether the sentence gives the row's value too: then the other figure is of something else."""
    return row.outcome is not None and any(
        agree(figure.number, row.outcome)
        for figure in claim.sentence.figures
        if figure is not claim.figure and figure.unit == claim.figure.unit
    )


def _change(claim: Claim, row: Row, model: Model) -> str | None:
    """The difference that the row shows, where the text says another: to the period before or the target."""
    value, text = row.outcome, claim.sentence.text
    if value is None or model.vocabulary.other_base.search(text):
        return None
    number, unit = abs(claim.figure.number), claim.figure.unit
    if _FROM_TARGET.match(text, claim.figure.end):
        gaps = [(t, abs(value - t)) for target in row.targets if (t := target.number) is not None]
        if not gaps or any(agree(number, gap) for _, gap in gaps):
            return None
        return f"{_difference(gaps[0][1], row)} (från {row.indicator.outcome} till målet)"
    before = row.previous
    last_year = model.year is not None and str(model.year - 1) in text
    if before is None or not (last_year or model.vocabulary.before.search(text) or row.is_meant_by(text)):
        return None
    points = abs(value - before)
    relative = points / abs(before) * 100 if before else points
    if agree(number, points) or (unit != "points" and abs(number - relative) <= _RELATIVE):
        return None
    return f"{_difference(points, row)} (från {row.indicator.previous} till {row.indicator.outcome})"


def _difference(points: Decimal, row: Row) -> str:
    return shown(points, "points" if row.unit == "%" else row.unit)


def _is_of_another_row(claim: Claim, row: Row, model: Model) -> bool:
    return any(
        other.outcome is not None
        and other.indicator is not row.indicator
        and agree(claim.figure.number, other.outcome)
        and other.is_meant_by(claim.sentence.text)
        for other in model.rows
    )


def _is_spread(sentence: Sentence) -> bool:
    """Whether the shares of a sentence are all the answers to one question: together about a hundred."""
    shares = [figure.number for figure in sentence.figures if figure.unit == "%"]
    return len(shares) >= _FEWEST_ANSWERS and abs(sum(shares, Decimal(0)) - 100) <= len(shares)


def _is_listed(sentence: Sentence, passage: Passage) -> bool:
    return any(item.sentence is sentence for listing in passage.listings for item in listing.items)


def _about_a_workplace(passage: Passage, sentence: Sentence, model: Model) -> bool:
    """Whether the paragraph up to the sentence speaks of one workplace, and the sentence not of the unit."""
    if model.vocabulary.whole_unit.search(sentence.text):
        return False
    for other in passage.sentences:
        if other.paragraph == sentence.paragraph and model.workplaces.in_text(other.text):
            return True
        if other is sentence:
            return False
    return False


def _has_unit(printed: str) -> bool:
    return "%" in printed or any(character.isalpha() for character in printed)
