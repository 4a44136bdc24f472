"""Totals in running text: "6 i mars och 8 i april, totalt 15", "totalt 15: 6 i mars och 8 i april".

Careful rather than keen: approximate numbers, comparisons with other years and parts that are only some of
the whole give nothing, and the looser the wording the closer the sum must come. Called by `totals`. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import prod

from arshjul.review.counts import SEXES, Count, counts_in, same_kind
from arshjul.review.text_total import TextTotal

TOTAL = re.compile(
    r"\b(?:totalt|sammanlagt|sammantaget|inalles|summan?|tillsammans(?=\s(?:(?:blir|är|gör|blev)\s(?:det\s)?)?(?:\d|(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|[a-zåä]+ton|tjugo)\b)))\b(?!\ssett)",
    re.IGNORECASE,
)
# With any of these the parts are not all there is, not exact, or not of the same time.
_VAGUE = re.compile(
    r"\b(?:ca|cirka|drygt|knappt|omkring|ungefär|runt|nästan|närmare|uppemot|upp till|över(?=\s\d)|minst"
    r"|högst|max|(?:mer|fler|färre|mindre) än|åtminstone|flera|några|ett antal|ett flertal|många|resten"
    r"|övriga|bland annat|bl\.\s?a|till exempel|t\.\s?ex|exempelvis|främst|framför allt|snitt|genomsnitt"
    r"|medel(?:tal|värde)|respektive|jämför\w*|förra|fjol\w*|föregående|året innan|tidigare|målet|målvärde"
    r"|prognos\w*|halvtid\w*|deltid\w*|årsarbet\w*|à\s\d+|på\s\d+\s(?:tim|min|dag|veck|mån)\w*|från\s\d+\D{0,20}\still)\b",
    re.IGNORECASE,
)
_OTHERWISE_BOUND = re.compile(
    r"\b(?:av|med|på|i|om|för|till|bland|inom|och|samt|men|eller)\s*$", re.IGNORECASE
)
_APPOSITION = re.compile(
    r"(?:[,;:(=\N{EN DASH}]|\b(?:alltså|dvs\.?|vill säga|blir|blev|ger|gav|gör|är))\s*(?:det\s*)?$",
    re.IGNORECASE,
)
_FILLING = re.compile(r"(?:\s+[a-zåäö]+){0,6}\s*[:=]?\s*", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:\s|alltså|dvs\.?|det|vill|säga|vilket|ger|gav|blir|blev|gör|är|så|sammantaget|=)*", re.IGNORECASE
)
_DIRECT = re.compile(r"\s*(?:blir|är|gör|blev)?\s*(?:det)?\s*[:=]?\s*", re.IGNORECASE)
_GOES_ON = re.compile(  # "totalt 9 deltagare har …": a statement of its own
    r"(?:\s+[a-zåäö]+){1,2}?\s+(?:har|hade|är|var|får|fick|kom|svarade|deltog|deltar)\b", re.IGNORECASE
)
_ENDS_CLAUSE = re.compile(r"\s*(?:[.,;)!]|$)")
_FEW_WORDS = re.compile(r"(?:st\b)?(?:\s+[a-zåäö]+){0,2}\s*", re.IGNORECASE)
_DIVIDED = re.compile(
    r"[a-zåäö\s]*?(?P<how>:|,|\(|\N{EN DASH}|\b(?:fördela|uppdela)(?:t|de|d)\b|(?=\b(?:varav|därav)\b))",
    re.IGNORECASE,
)
_SOME_OF_THEM = re.compile(r"[\s,(]*\b(?:varav|därav)\b", re.IGNORECASE)
_DISTINCT = re.compile(r"\s*(?:st\s)?(?:unika|olika|skilda|samma)\b", re.IGNORECASE)


def is_vague(text: str) -> bool:
    """Whether something in `text` says that its numbers need not add up."""
    return _VAGUE.search(text) is not None


def in_sentence(sentence: str) -> Iterator[TextTotal]:
    """The totals whose parts stand in the same sentence."""
    if is_vague(sentence):
        return
    begin = 0
    marks = list(TOTAL.finditer(sentence))
    ends = [*(mark.start() for mark in marks[1:]), len(sentence)]
    for mark, end in zip(marks, ends, strict=True):
        head, tail = sentence[begin : mark.start()], sentence[mark.end() : end]
        total = total_after(tail)
        if total is None:
            found = _number_before(head, tail, sentence)
        elif _DISTINCT.match(tail[total.end :]):
            found = None
        else:
            begin = mark.end() + total.end
            found = _parts_before(head, tail, total, sentence) or _parts_after(head, tail, total, sentence)
        if found is not None:
            yield found


def total_after(tail: str) -> Count | None:
    """The number that follows the word "totalt" closely, with the noun of its own clause."""
    first = next((count for count in counts_in(tail) if not count.article), None)
    if first is None or not _FILLING.fullmatch(tail[: first.start]):
        return None
    clause = tail[: first.end] + re.split(r"[,;:(]", tail[first.end :])[0]
    return next(count for count in counts_in(clause) if not count.article)


def over_sentences(before: Sequence[str], sentence: str) -> TextTotal | None:
    """A total of what the sentences just before it count, when all of them name the same thing."""
    mark = TOTAL.search(sentence)
    total = total_after(sentence[mark.end() :]) if mark else None
    if mark is None or total is None or total.noun is None or is_vague(sentence):
        return None
    parts: list[Count] = []
    for earlier in reversed(before):
        alike = [c for c in counts_in(earlier) if c.noun and same_kind(c.noun, total.noun)]
        if not alike or is_vague(earlier) or TOTAL.search(earlier):
            break
        parts = [*alike, *parts]
    return _checked(parts, total, sentence, few=1, share="0.1")


def _parts_before(head: str, tail: str, total: Count, sentence: str) -> TextTotal | None:
    if _OTHERWISE_BOUND.search(head):
        return None
    parts = counts_in(head)
    kind = total.noun
    if kind is None:  # "…, totalt 14": of what was counted last
        kind = next((part.noun for part in reversed(parts)), None)
        others = [place for place, part in enumerate(parts) if not same_kind(part.noun, kind)]
        alike = parts[others[-1] + 1 :] if others else parts
    else:
        alike = [part for part in parts if same_kind(part.noun, kind)]
    lead = re.split(r"[,;:(\N{EN DASH}]", head)[-1]
    led = bool(counts_in(lead)) or _LEAD.fullmatch(lead) is not None
    direct = led and _DIRECT.fullmatch(tail[: total.start]) and not _GOES_ON.match(tail[total.end :])
    if sum(not part.article for part in alike) >= 2:
        few, share = (2, "0.5") if direct else (1, "0.1")
        return _checked(alike, total, sentence, few, share)
    if direct and _APPOSITION.search(head):
        return _of_different_things(parts, total, sentence)
    return None


def _of_different_things(parts: list[Count], total: Count, sentence: str) -> TextTotal | None:
    """ "5 konserter, 3 utställningar och 2 resor, totalt 10 aktiviteter": only where it nearly adds up."""
    nouns = [part.noun for part in parts]
    if None in nouns or len(set(nouns)) < len(nouns):
        return None
    found = _checked(parts, total, sentence, few=2, share="0.2")
    if found is None or found.adds_up:
        return found
    made_otherwise = prod(found.parts) == found.total or any(
        sum(some) == found.total
        for size in range(2, min(len(found.parts), 6))
        for some in combinations(found.parts, size)
    )
    return None if made_otherwise else found


def _number_before(head: str, tail: str, sentence: str) -> TextTotal | None:
    """ "6 i mars och 8 i april, 14 totalt"."""
    counts = counts_in(head)
    if len(counts) < 3 or not _ENDS_CLAUSE.match(tail):
        return None
    *parts, total = counts
    if not _FEW_WORDS.fullmatch(head[total.end :]) or not _APPOSITION.search(head[: total.start]):
        return None
    alike = [part for part in parts if same_kind(part.noun, total.noun)]
    return _checked(alike, total, sentence, few=2, share="0.25")


def _parts_after(head: str, tail: str, total: Count, sentence: str) -> TextTotal | None:
    """ "Totalt 15 besök: 6 i mars och 8 i april"; "varav" only of women and men, who are all there are."""
    rest = tail[total.end :]
    divided = _DIVIDED.match(rest)
    if counts_in(head) or divided is None:
        return None
    rest = rest[divided.end() :]
    parts = [part for part in counts_in(rest) if same_kind(part.noun, total.noun)]
    if _SOME_OF_THEM.match(rest):
        parts = [part for part in parts if part.noun in SEXES]
        if len(parts) != 2 or same_sex(parts):
            return None
    share = "0.25" if divided["how"] in (",", "(", "–") else "0.5"
    return _checked(parts, total, sentence, few=2, share=share)


def same_sex(parts: Sequence[Count]) -> bool:
    """Whether two counts are both of women, or both of men."""
    return len({part.noun in ("kvinnor", "kvinna", "flickor", "tjejer") for part in parts}) == 1


def _checked(parts: Sequence[Count], total: Count, sentence: str, few: int, share: str) -> TextTotal | None:
    numbers = tuple(part.number for part in parts if not part.article)
    if len(numbers) < 2:
        return None
    ones = sum(part.article for part in parts)
    found = TextTotal(total.number, numbers, sentence.strip(), ones)
    return found if found.nearly(few, share) else None
