"""Kronor: lists and sentences with their totals, budget against outcome, surplus and deficit with its parts.

Kronor are added with their signs.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from arshjul.review.document.model import Model
from arshjul.review.document.sums import MONEY, is_a_mean, mismatch
from arshjul.review.figures import Figure, shown
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Item, Listing, Passage, Sentence

_DEVIATION = re.compile(r"\b(?:avvikelse\w*|underskott\w*|överskott\w*|differens\w*|resultat\w*)\b", re.I)
_ACCOUNTS = {
    "budget": re.compile(r"\b(?:(?:års)?budget\w*|intäkt\w*)\b", re.I),
    "outcome": re.compile(r"\b(?:utfall\w*|bokslut\w*|kostnad\w*|prognos\w*|utgift\w*)\b", re.I),
    "deviation": _DEVIATION,
}
_MADE_OF = re.compile(
    r"\b(?:utgörs\s+av|består\s+av|fördelar\s+sig|fördelat|fördelade|uppdelat|summan\s+av)\b", re.I
)
_IS = re.compile(r"\b(?:är|blir|utgör|varav)\b", re.I)  # of signed parts only: else it says something else
_OUT_OF = re.compile(r"^av\s+(?:[\wåäö]+\s+){1,3}(?:på|om)\s*$", re.I)
_WRONG_SIGN = re.compile(
    r"\b(?:överskott\w*|plus)\s+(?:på|om)\s+(?P<minus>[-\N{MINUS SIGN}\N{EN DASH}]\s?\d)", re.I
)
_COLON = re.compile(r"[^:]{0,40}:")


def totals_of_money(model: Model) -> Iterator[Finding]:
    """Kronor in a list with its total below or above, or in one sentence; minus is minus."""
    for passage in model.passages:
        for listing in passage.listings:
            yield from _money_list(listing, passage, model)
        for earlier, later in pairwise(passage.sentences):
            yield from _parts_after(earlier, later, passage, model)
        for sentence in passage.sentences:
            yield from _money_sentence(sentence, passage, model)
            yield from _budget_sentence(sentence, passage, model)
            yield from _wrong_sign(sentence, passage, model)


def _wrong_sign(sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    """ "Ett överskott på -120 tkr"."""
    match = _WRONG_SIGN.search(sentence.text)
    if match is not None:
        yield model.in_text(
            "sign-against-word",
            Severity.WARNING,
            passage,
            sentence,
            f"Texten säger {match[0].split()[0]} men beloppet har minustecken. Vilket är det?",
            {"text": match[0]},
            within=match.start(),
        )


def _parts_after(whole: Sentence, parts: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    """ "Ett överskott på 320 tkr. Humlan +120 tkr, Pixeln +260 tkr, Returen -60 tkr."."""
    totals = [f for f in whole.figures if f.is_money]
    listed = [f for f in parts.figures if f.is_money]
    lists = [listing for listing in passage.listings if listing.above is parts and listing.below is parts]
    if len(totals) != 1 or totals[0].approximate or not lists or not _DEVIATION.search(whole.text):
        return
    every = len(listed) == len(lists[0].items) and all(f.unit == totals[0].unit for f in listed)
    made = sum((f.number for f in listed), Decimal(0))
    if every and any(f.signed for f in listed) and abs(made) != abs(totals[0].number):
        numbers = [f.number for f in listed]
        yield mismatch(model, passage, parts, numbers, totals[0].number, totals[0].unit)


def _money_list(listing: Listing, passage: Passage, model: Model) -> Iterator[Finding]:
    items = [item for item in listing.items if len(item.figures) == 1]
    unit = next((item.figures[0].unit for item in items if item.figures[0].is_money), None)
    about = " ".join(s.text for s in (listing.above, listing.below) if s)
    if len(items) < len(listing.items) or (unit is None and not MONEY.search(about)):
        return
    *parts, last = items
    if model.vocabulary.total.match(last.label):
        yield from _compare_money(parts, last.figures[0], last.sentence, passage, model)
        return
    for sentence in (listing.below, listing.above):
        figures = [f for f in sentence.figures if f.is_money] if sentence else []
        if sentence and len(figures) == 1 and model.vocabulary.total.search(sentence.text):
            yield from _compare_money(items, figures[0], sentence, passage, model)
            return


def _compare_money(
    items: Sequence[Item], total: Figure, sentence: Sentence, passage: Passage, model: Model
) -> Iterator[Finding]:
    parts = [item.figures[0] for item in items]
    if len(parts) < 2 or len({part.unit or total.unit for part in parts} | {total.unit or parts[0].unit}) > 1:
        return
    numbers = [part.number for part in parts]
    if sum(numbers, Decimal(0)) != total.number and not is_a_mean(sentence):
        unit = total.unit or parts[0].unit
        yield mismatch(model, passage, sentence, numbers, total.number, unit, within=total.start)


def _money_sentence(sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    """ "Humlan -120 tkr och Pixeln 40 tkr, totalt -70 tkr"."""
    figures = [f for f in sentence.figures if f.is_money]
    if len(figures) < 3 or len({f.unit for f in figures}) > 1 or any(f.approximate for f in figures):
        return
    first, *rest = figures
    gap = sentence.text[first.end : rest[0].start]
    after_colon = _COLON.match(gap) is not None and any(f.signed for f in rest)
    if after_colon or _MADE_OF.search(gap) or (_IS.search(gap) and all(f.signed for f in rest)):
        made = sum((f.number for f in rest), Decimal(0))
        if abs(made) != abs(first.number):
            numbers = [f.number for f in rest]
            yield mismatch(model, passage, sentence, numbers, first.number, first.unit, within=first.start)
        return
    if _OUT_OF.match(sentence.text[: first.start]):
        numbers = [f.number for f in rest]
        if sum(numbers, Decimal(0)) > first.number:
            yield mismatch(model, passage, sentence, numbers, first.number, first.unit, within=first.start)
        return
    *parts, total = figures
    between = sentence.text[parts[-1].end : total.start]
    if model.vocabulary.total.search(between) and not _DEVIATION.search(
        sentence.text[: parts[0].start] + between
    ):
        numbers = [part.number for part in parts]
        if sum(numbers, Decimal(0)) != total.number and not is_a_mean(sentence):
            yield mismatch(model, passage, sentence, numbers, total.number, total.unit, within=total.start)


def _budget_sentence(sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    """Budget, outcome and deviation (or income, costs, result) in one sentence that cannot all be right."""
    figures = [f for f in sentence.figures if f.is_money]
    if len(figures) != 3 or len({f.unit for f in figures}) > 1 or any(f.approximate for f in figures):
        return
    named: dict[str, Figure] = {}
    start = 0
    for figure in figures:
        before = sentence.text[start : figure.start]
        nearest = max(_ACCOUNTS, key=lambda name: _last(_ACCOUNTS[name], before))
        if _last(_ACCOUNTS[nearest], before) >= 0:
            named.setdefault(nearest, figure)
        start = figure.end
    if len(named) < 3:
        return
    difference = abs(abs(named["budget"].number) - abs(named["outcome"].number))
    said = named["deviation"]
    if abs(said.number) != difference:
        one, other = (shown(named[name].number, said.unit) for name in ("budget", "outcome"))
        yield model.in_text(
            "sum-mismatch",
            Severity.ERROR,
            passage,
            sentence,
            f"{one} och {other} skiljer {shown(difference, said.unit)}, men texten säger "
            f"{shown(said.number, said.unit)}.",
            {"difference": shown(difference, said.unit), "text": shown(said.number, said.unit)},
            within=said.start,
        )


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)
