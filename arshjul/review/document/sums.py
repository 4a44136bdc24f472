"""Parts and totals in sentences and lists: counts by `arshjul.review.totals`, and kronor.

Kronor are added with their signs; arrivals and departures are totalled apart, which the totals of texts do.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from arshjul.numbers import format_number
from arshjul.review.document.model import Model
from arshjul.review.figures import Figure, figures_in, shown
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Item, Listing, Passage, Sentence
from arshjul.review.totals import totals_in

_MONEY = re.compile(r"\b(?:tkr|kkr|mnkr|mkr|kr|kronor)\b", re.I)
# One and the same may be counted in several parts.
_OVERLAPPING = re.compile(
    r"\b(?:någon av|något av|minst en|minst ett|en eller flera|ett eller flera|unika|flera av)\b", re.I
)
_WHOLE = re.compile(
    r"(?P<whole>\d+)\s+(?:[\wåäö]+\s+){0,3}?[\wåäö]+,?\s+\(?"
    r"(?:varav|därav|av vilka|av dem)\s+(?P<parts>.{3,90})",
    re.I,
)
_DEVIATION = re.compile(r"\b(?:avvikelse\w*|underskott\w*|överskott\w*|differens\w*|resultat\w*)\b", re.I)
_ACCOUNTS = {
    "budget": re.compile(r"\b(?:(?:års)?budget\w*|intäkt\w*)\b", re.I),
    "outcome": re.compile(r"\b(?:utfall\w*|bokslut\w*|kostnad\w*|prognos\w*|utgift\w*)\b", re.I),
    "deviation": _DEVIATION,
}
_BECOMES = re.compile(r"\s*:?\s*(?:(?:blir|är|gör|har|finns|det|vi|enheten|var|blev)\s+){0,3}", re.I)
_MADE_OF = re.compile(
    r"\b(?:är|blir|utgör|utgörs\s+av|består\s+av|fördelar\s+sig|fördelat|fördelade|summan\s+av|varav)\b", re.I
)


def totals_in_texts(model: Model) -> Iterator[Finding]:
    """A total in a sentence or a list that its parts do not make."""
    for passage in model.passages:
        for total in totals_in(passage.text):
            if total.adds_up or _MONEY.search(total.sentence) or _OVERLAPPING.search(total.sentence):
                continue
            sentence = next(
                (s for s in passage.sentences if s.text in total.sentence or total.sentence in s.text), None
            )
            said = Sentence(total.sentence, 0) if sentence is None else sentence
            yield _mismatch(model, passage, said, total.parts, total.total, "")


def totals_of_lists(model: Model) -> Iterator[Finding]:
    """A list of counts whose total `totals_in` does not know by its words ("tillsammans blir det tio")."""
    for passage in model.passages:
        known = [total.sentence for total in totals_in(passage.text)]
        for listing in passage.listings:
            said = listing.below
            if said is not None and said.text not in known:
                yield from _counted_list(listing, said, passage, model)


def _counted_list(listing: Listing, said: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    mark = model.vocabulary.total.match(said.text)
    totals = [f for f in said.figures if not f.unit and not f.approximate]
    parts = [item.figures[0] for item in listing.items if len(item.figures) == 1]
    if mark is None or not totals or len(parts) < len(listing.items):
        return
    if _MONEY.search(said.text) or _OVERLAPPING.search(said.text) or _is_a_mean(said):
        return
    close = _BECOMES.fullmatch(said.text[mark.end() : totals[0].start])
    numbers = [part.number for part in parts if part.unit in ("", "st")]
    if close and len(numbers) == len(parts) and sum(numbers, Decimal(0)) != totals[0].number:
        yield _mismatch(model, passage, said, numbers, totals[0].number, "", within=totals[0].start)


def totals_of_money(model: Model) -> Iterator[Finding]:
    """Kronor in a list with its total below or above, or in one sentence; minus is minus."""
    for passage in model.passages:
        for listing in passage.listings:
            yield from _money_list(listing, passage, model)
        for sentence in passage.sentences:
            yield from _money_sentence(sentence, passage, model)
            yield from _budget_sentence(sentence, passage, model)


def shares_of_whole(model: Model) -> Iterator[Finding]:
    """ "12 deltagare, varav 8 kvinnor och 5 män": more than there are, or two halves that are not all."""
    for passage in model.passages:
        for sentence in passage.sentences:
            match = _WHOLE.search(sentence.text)
            if match is None:
                continue
            parts = [f for f in figures_in(match["parts"]) if f.unit in ("", "st")]
            whole, made = Decimal(match["whole"]), sum((f.number for f in parts), Decimal(0))
            halves = len(parts) == 2 and len(model.vocabulary.halves.findall(match["parts"])) == 2
            if parts and (any(f.number > whole for f in parts) or (halves and made != whole)):
                yield _mismatch(model, passage, sentence, [f.number for f in parts], whole, "")


def _money_list(listing: Listing, passage: Passage, model: Model) -> Iterator[Finding]:
    items = [item for item in listing.items if len(item.figures) == 1]
    unit = next((item.figures[0].unit for item in items if item.figures[0].is_money), None)
    about = " ".join(s.text for s in (listing.above, listing.below) if s)
    if len(items) < len(listing.items) or (unit is None and not _MONEY.search(about)):
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
    if sum(numbers, Decimal(0)) != total.number and not _is_a_mean(sentence):
        unit = total.unit or parts[0].unit
        yield _mismatch(model, passage, sentence, numbers, total.number, unit, within=total.start)


def _money_sentence(sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    """ "Humlan -120 tkr och Pixeln 40 tkr, totalt -70 tkr"."""
    figures = [f for f in sentence.figures if f.is_money]
    if len(figures) < 3 or len({f.unit for f in figures}) > 1 or any(f.approximate for f in figures):
        return
    first, *rest = figures
    if _MADE_OF.search(sentence.text[first.end : rest[0].start]) and all(f.signed for f in rest):
        made = sum((f.number for f in rest), Decimal(0))
        if abs(made) != abs(first.number):
            numbers = [f.number for f in rest]
            yield _mismatch(model, passage, sentence, numbers, first.number, first.unit, within=first.start)
        return
    *parts, total = figures
    between = sentence.text[parts[-1].end : total.start]
    if model.vocabulary.total.search(between) and not _DEVIATION.search(
        sentence.text[: parts[0].start] + between
    ):
        numbers = [part.number for part in parts]
        if sum(numbers, Decimal(0)) != total.number and not _is_a_mean(sentence):
            yield _mismatch(model, passage, sentence, numbers, total.number, total.unit, within=total.start)


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


def _is_a_mean(sentence: Sentence) -> bool:
    return re.search(r"\b(?:snitt|medel|genomsnitt)\w*", sentence.text, re.I) is not None


def _mismatch(
    model: Model,
    passage: Passage,
    sentence: Sentence,
    parts: Sequence[Decimal],
    total: Decimal,
    unit: str,
    *,
    within: int = 0,
) -> Finding:
    made = shown(sum(parts, Decimal(0)), unit)
    listed = " + ".join(format_number(part) for part in parts)
    said = shown(total, unit)
    return model.in_text(
        "sum-mismatch",
        Severity.ERROR,
        passage,
        sentence,
        f"Delarna blir {made} ({listed}) men texten säger {said}.",
        {"total": said, "sum": made},
        within=within,
    )
