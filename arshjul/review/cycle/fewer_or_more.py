"""Words of more and fewer against counts: "aktiviteterna är färre än i fjol" where they are more. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from arshjul.numbers import format_quantity
from arshjul.review.cycle.as_document import part_before
from arshjul.review.cycle.reported import reported, rows_near
from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.cycle.texts import Text
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row

_THAN = re.compile(
    r"(?:\b(?P<noun>[\wåäö-]{5,})\s+(?:är|var|blev|har\s+varit|har\s+blivit)\s+(?:\w+\s+){0,2}?)?"
    r"\b(?P<word>fler|färre)\s+(?:(?P<after>[\wåäö-]{5,})\s+)?(?:\w+\s+){0,2}?än\s+(?P<base>[^.;]{0,45})",
    re.I,
)
_ENDING = re.compile(r"(?:erna|arna|orna|ena|en|er|ar|or|et|na|s)$")
_SHORTEST = 5  # letters of a stem that can be the end of a compound


def fewer_or_more(reviewed: Reviewed) -> Iterator[Finding]:
    """A comparison with the period before that the counts deny."""
    for text in reviewed.texts:
        if not text.is_analysis:
            continue
        counts = [row for row in rows_near(reviewed, text) if row.counts]
        for sentence in sentences_of(text.text) if counts else ():
            match = _THAN.search(sentence)
            if match is None or not reviewed.vocabulary.before.search(match["base"]):
                continue
            nouns = [noun for noun in (match["noun"], match["after"]) if noun]
            row = next((r for r in counts for noun in nouns if _is_counted(noun, r)), None)
            found = _values(reviewed, text, row) if row else None
            if row is None or found is None:
                continue
            now, before = found
            if (now > before) if match["word"].lower() == "fler" else (now < before):
                continue
            yield _finding(reviewed, text, sentence, row, match["word"].lower(), now, before)


def _is_counted(noun: str, row: Row) -> bool:
    """Whether the noun is what the row counts, or the end of a compound that is."""
    stem = _ENDING.sub("", noun.lower())
    words = re.findall(r"[a-zåäö]+", row.indicator.name.lower())
    return len(stem) >= _SHORTEST and any(_ENDING.sub("", word).endswith(stem) for word in words)


def _values(reviewed: Reviewed, text: Text, row: Row) -> tuple[Decimal, Decimal] | None:
    """The count now and then, of the unit or of the sub-unit that writes."""
    data, result = reviewed.data, reviewed.compiled.indicators[row.indicator.id]
    if text.scope is None:
        now, before = result.number, next((c.figure.number for c in result.compared), None)
    else:
        periods = data.kind.compared_periods(data.key.year)
        now, before = reported(result, text.scope), part_before(data.history, periods, text.scope, result)
    return None if now is None or before is None else (now, before)


def _finding(
    reviewed: Reviewed, text: Text, sentence: str, row: Row, word: str, now: Decimal, before: Decimal
) -> Finding:
    unit = reviewed.compiled.indicators[row.indicator.id].measure.unit
    one, other = format_quantity(now, unit), format_quantity(before, unit)
    really = "fler än" if now > before else "färre än" if now < before else "lika många som"
    return Finding(
        "direction-against-figures",
        Severity.ERROR,
        text.where,
        f"Texten säger {word}, men {one} är {really} {other} föregående period ({row.indicator.name}).",
        {
            "text": word,
            "outcome": one,
            "previous": other,
            "indicator": row.indicator.name,
            "sentence": sentence,
        },
        mend="Ändra ordet så att det stämmer med värdena, eller säg vad ni jämför med.",
    )
