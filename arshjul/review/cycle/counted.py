"""Counts in words: a sub-unit's text against its own value, goals in the summary. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from arshjul.compilation import IndicatorResult
from arshjul.cycle_data import SUMMARY
from arshjul.numbers import format_quantity
from arshjul.plan import Attainment
from arshjul.review.cycle.reported import reported, rows_near
from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.cycle.texts import Text
from arshjul.review.figures import Figure, figures_in, shown
from arshjul.review.finding import Finding, Severity

_ANOTHER_TIME = re.compile(r"\b(?:(?:19|20)\d\d\b|bokad|planera|kommer|förra|fjol)", re.I)
_PEOPLE = re.compile(
    r"^(?:Totalt|Sammanlagt|Hittills)?\s*(?:har\s+)?(?P<n>[\wåäö]+)\s+(?:st\s+|av\s+våra\s+)?"
    r"(?:(?P<noun>[a-zåäö]+)\s+)?(?:har|hade)\b",
    re.I,
)


def counts_against_values(reviewed: Reviewed) -> Iterator[Finding]:
    """ "Sju har prövat praktik" in a sub-unit's text, where it has reported eleven."""
    for text in reviewed.texts:
        if text.is_units or text.scope is None or not text.is_analysis:
            continue
        near = [r for r in rows_near(reviewed, text) if r.counts]
        for sentence in sentences_of(text.text):
            match = _PEOPLE.match(sentence)
            figure = next(iter(figures_in(sentence)), None)
            if match is None or figure is None or figure.start > match.start("n") or figure.approximate:
                continue
            row = reviewed.row_of(sentence, near)
            result = reviewed.compiled.indicators[row.indicator.id] if row else None
            if row is None or result is None or _ANOTHER_TIME.search(sentence):
                continue
            value = reported(result, text.scope)
            if value is None or value == figure.number:
                continue
            yield _count(reviewed, text, sentence, figure, result, value)


def _count(
    reviewed: Reviewed, text: Text, sentence: str, figure: Figure, result: IndicatorResult, has: Decimal
) -> Finding:
    assert text.scope is not None
    value = format_quantity(has, result.measure.unit, result.measure.decimals)
    return Finding(
        "figure-against-row",
        Severity.ERROR,
        text.where,
        f"Texten säger {figure.printed.lower()}, men {reviewed.data.scope_name(text.scope)} har lämnat "
        f"{value} ({result.indicator.name}).",
        {
            "text": shown(figure.number, figure.unit),
            "table": value,
            "indicator": result.indicator.name,
            "sentence": sentence,
            "origin": reviewed.data.submissions[text.scope].ref,
        },
        mend="Ta reda på vilket som stämmer och rätta det andra.",
    )


def goals_counted(reviewed: Reviewed) -> Iterator[Finding]:
    """ "Fyra av åtta mål är helt uppfyllda" in the summary, where the judgements say otherwise."""
    compiled = reviewed.compiled
    decided = [result.decided for result in compiled.goals.values()]
    summary = next((text for text in reviewed.texts if text.about == SUMMARY), None)
    if summary is None or None in decided:
        return
    for sentence in sentences_of(summary.text):
        if not re.search(r"\bmål(?:en|et)?\b", sentence):
            continue
        yield from _counted(summary, sentence, [d for d in decided if d is not None])


_RATED = (
    (
        Attainment.FULL,
        re.compile(r"\b(?:helt|fullt ut)\s+uppf|\buppf\w+\s+(?:helt|fullt ut)", re.I),
        "helt uppfyllda",
    ),
    (Attainment.PARTIAL, re.compile(r"\bdelvis\b", re.I), "delvis uppfyllda"),
    (
        Attainment.NOT_MET,
        re.compile(r"\b(?:inte|ej)\s+(?:uppf|uppn|nåd)\w+|\b(?:uppf|uppn)\w+\s+(?:inte|ej)\b", re.I),
        "inte uppfyllda",
    ),
)


def _counted(text: Text, sentence: str, decided: list[Attainment]) -> Iterator[Finding]:
    figures = [f for f in figures_in(_with_ones(sentence)) if not f.unit]
    whole = next((f for f in figures if re.search(r"\bav\s+(?:\w+\s+)?$", sentence[: f.start])), None)
    if whole is not None and whole.number != len(decided) and whole.number > 1:
        yield _of_goals(text, sentence, f"{whole.printed} mål", f"{len(decided)} mål")
    counts = [f for f in figures if f is not whole]
    for attainment, pattern, words in _RATED:
        match = pattern.search(sentence)
        if match is None:
            continue
        before = [f for f in counts if f.start < match.start()]
        really = decided.count(attainment)
        if before and before[-1].number != really and before[-1].number <= len(decided):
            yield _of_goals(text, sentence, f"{before[-1].printed.lower()} {words}", f"{really} {words}")


def _with_ones(sentence: str) -> str:
    """ "ett mål" counts here; the figure reader leaves articles alone, and places must stay."""
    return re.sub(r"\b([Ee]tt)\b(?=\s+(?:mål|som|delvis|inte|helt|är|bedöm))", "1  ", sentence)


def _of_goals(text: Text, sentence: str, said: str, really: str) -> Finding:
    return Finding(
        "goals-counted-wrong",
        Severity.ERROR,
        text.where,
        f"Sammanfattningen säger {said}, men enligt bedömningarna är det {really}.",
        {"text": said, "value": really, "sentence": sentence, "origin": "enhetschefens bedömningar"},
        mend="Räkna bedömningarna och rätta sammanfattningen.",
    )
