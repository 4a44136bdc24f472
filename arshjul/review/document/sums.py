"""Parts and totals of counts, in sentences and in lists; kronor are in `money`, tables in `tables`.

What a total is, and which its parts are, is told by `arshjul.review.totals`; here are the lists and the
sentences without the word "totalt".
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from arshjul.numbers import format_number
from arshjul.review.document.model import Model
from arshjul.review.figures import NUMBER_WORDS, Figure, figures_in, shown, whole_number
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Listing, Passage, Sentence
from arshjul.review.totals import totals_in

MONEY = re.compile(r"\b(?:tkr|kkr|mnkr|mkr|kr|kronor)\b", re.I)
# One and the same may be counted in several parts.
_OVERLAPPING = re.compile(
    r"\b(?:någon av|något av|minst en|minst ett|en eller flera|ett eller flera|unika|flera av)\b", re.I
)
_BECOMES = re.compile(r"\s*:?\s*(?:(?:blir|är|gör|har|finns|det|vi|enheten|var|blev)\s+){0,3}", re.I)
_PIECES = re.compile(r",\s+(?:och\s+|samt\s+)?|\s+(?:och|samt)\s+(?=\d|[a-zåäö]+\s)")
_PART = re.compile(rf"(?P<number>\d{{1,4}}|en|ett|{NUMBER_WORDS})(?:\s+(?P<rest>.*))?", re.I)
_PART_LAST = re.compile(r"[a-zåäö][^\d,]{1,40}\s(?P<number>\d{1,4})", re.I)
_SAID = re.compile(r"\b(?:totalt|sammanlagt|summa\w*|tillsammans)\b", re.I)  # others know these
_FAR = Decimal("0.3")  # of the whole: numbers so far apart were never meant to add up


def totals_without_the_word(model: Model) -> Iterator[Finding]:
    """ "Sex synpunkter: två om mat, en om buller och två om resor", and "mat 3, buller 2. Totalt 6"."""
    for passage in model.passages:
        for place, sentence in enumerate(passage.sentences):
            head, colon, tail = sentence.text.partition(":")
            if not colon or len(sentence.figures) < 2 or _OVERLAPPING.search(sentence.text):
                continue
            whole, said = _last_count(head), sentence
            parts = _parts(tail)
            if whole is None and place + 1 < len(passage.sentences):
                said = passage.sentences[place + 1]
                whole = _first_total(said) if not totals_known(said, passage) else None
            if whole is None or len(parts) < 2 or _SAID.search(head):
                continue
            made = sum(parts, Decimal(0))
            if made != whole.number and abs(made - whole.number) <= max(Decimal(2), _FAR * whole.number):
                yield mismatch(model, passage, said, parts, whole.number, "", within=whole.start)


def totals_known(sentence: Sentence, passage: Passage) -> bool:
    """Whether `totals_in` has parts for the total in the sentence."""
    return any(sentence.text in total.sentence for total in totals_in(passage.text))


def _parts(tail: str) -> list[Decimal]:
    """The numbers of a list in a sentence, each first or last in its piece; none where a piece has none."""
    pieces = _PIECES.split(tail.strip(" ."))
    matches = [_PART.fullmatch(piece) or _PART_LAST.fullmatch(piece) for piece in pieces]
    return [_number(match["number"]) for match in matches if match] if all(matches) else []


def _first_total(sentence: Sentence) -> Figure | None:
    """The count in "Totalt 10 klagomål"."""
    counts = [f for f in sentence.figures if f.unit in ("", "st") and not f.approximate]
    said = _SAID.match(sentence.text) and not MONEY.search(sentence.text)
    return counts[0] if len(counts) == 1 and said else None


def _last_count(head: str) -> Figure | None:
    """The only count before a colon."""
    counts = [f for f in figures_in(head) if f.unit in ("", "st") and not f.approximate]
    return counts[0] if len(counts) == 1 and len(figures_in(head)) == 1 else None


def _number(text: str) -> Decimal:
    return Decimal(1) if text.lower() in ("en", "ett") else Decimal(whole_number(text))


def totals_in_texts(model: Model) -> Iterator[Finding]:
    """A total in a sentence or a list that its parts do not make."""
    for passage in model.passages:
        for total in totals_in(passage.text):
            if total.adds_up or MONEY.search(total.sentence) or _OVERLAPPING.search(total.sentence):
                continue
            sentence = next(
                (s for s in passage.sentences if s.text in total.sentence or total.sentence in s.text), None
            )
            said = Sentence(total.sentence, 0) if sentence is None else sentence
            yield mismatch(model, passage, said, total.parts, total.total, "")


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
    if MONEY.search(said.text) or _OVERLAPPING.search(said.text) or is_a_mean(said):
        return
    close = _BECOMES.fullmatch(said.text[mark.end() : totals[0].start])
    numbers = [part.number for part in parts if part.unit in ("", "st")]
    if close and len(numbers) == len(parts) and sum(numbers, Decimal(0)) != totals[0].number:
        yield mismatch(model, passage, said, numbers, totals[0].number, "", within=totals[0].start)


def is_a_mean(sentence: Sentence) -> bool:
    """Whether the sentence speaks of an average."""
    return re.search(r"\b(?:snitt|medel|genomsnitt)\w*", sentence.text, re.I) is not None


def mismatch(
    model: Model,
    passage: Passage,
    sentence: Sentence,
    parts: Sequence[Decimal],
    total: Decimal,
    unit: str,
    *,
    within: int = 0,
) -> Finding:
    """The finding on parts that do not make their total."""
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
