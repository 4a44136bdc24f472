"""Amounts that are said to make up a result: "Det är summan av A 240 tkr, B 170 tkr och C -110 tkr". Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from arshjul.numbers import format_number
from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.figures import Figure, figures_in, shown
from arshjul.review.finding import Finding, Severity

_MADE_OF = re.compile(
    r"\b(?:summan av|består av|utgörs av|fördelar sig|fördelat på|fördelas på|beror på|förklaras av"
    r"|delas upp)\b|:",
    re.I,
)
_NOT_ALL = re.compile(r"\b(?:bland annat|främst|framför allt|delvis|varav|till exempel|t\.ex\.|mest)", re.I)
_FEWEST = 2  # parts


def parts_of_amounts(reviewed: Reviewed) -> Iterator[Finding]:
    """An amount whose parts, told in the same sentence or in the next, are another sum."""
    for text in reviewed.texts:
        sentences = sentences_of(text.text)
        for place, sentence in enumerate(sentences):
            mark = _MADE_OF.search(sentence)
            if mark is None or _NOT_ALL.search(sentence):
                continue
            money = [f for f in figures_in(sentence) if f.is_money]
            parts = [f for f in money if f.start >= mark.end()]
            total = _total([f for f in money if f.start < mark.start()], sentences[:place], mark[0])
            units = {f.unit for f in parts}
            if total is None or len(parts) < _FEWEST or units != {total.unit}:
                continue
            made = sum((f.number for f in parts), Decimal(0))
            if abs(made) == abs(total.number) or total.approximate or any(f.approximate for f in parts):
                continue
            terms = " + ".join(format_number(f.number) for f in parts)
            said, makes = shown(total.number, total.unit), shown(made, total.unit)
            yield Finding(
                "sum-mismatch",
                Severity.ERROR,
                text.where,
                f"Delarna blir {makes} ({terms}) men texten säger {said}.",
                {"total": said, "sum": makes, "sentence": sentence},
                mend="Räkna om summan, eller rätta den del som är fel.",
            )


def _total(before: list[Figure], earlier: list[str], mark: str) -> Figure | None:
    """The amount that the parts are said to make: the last before them, or the last sentence's only one."""
    if before:
        return before[-1]
    if not earlier or mark == ":":
        return None
    money = [f for f in figures_in(earlier[-1]) if f.is_money]
    return money[0] if len(money) == 1 else None
