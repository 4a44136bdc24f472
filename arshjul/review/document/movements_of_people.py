"""Who began and who left, told twice: a list of workplaces against what the text says of each of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from arshjul.numbers import format_number
from arshjul.review.counts import counts_in
from arshjul.review.document.model import Model
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Passage, Sentence

_REACH = 45  # letters between a number and the word that says what it counts
_EARLIER = re.compile(
    r"\b(?:förra|föregående|tidigare|20\d\d|tertial|T1|våren|hösten|januari|februari|mars|april)\b", re.I
)

_PERIOD = r"(?:årets|periodens|tertialets)"
_STOCK = {
    "opening": re.compile(rf"\b{_PERIOD}\s+(?:början|ingång)\b|\bingående\b", re.I),
    "closing": re.compile(rf"\b{_PERIOD}\s+(?:slut|utgång)\b|\butgående\b", re.I),
    "began": re.compile(r"\b(?:nya|nyinskrivna|tillkom\w*|börjat|började)\b", re.I),
    "left": re.compile(r"\b(?:avslutade|avslutat|utskrivna|slutat|slutade|lämnat)\b", re.I),
}


@dataclass(frozen=True, slots=True)
class _Told:
    workplace: str
    began: bool
    number: Decimal
    passage: Passage
    sentence: Sentence
    within: int = 0


def people_told_twice(model: Model) -> Iterator[Finding]:
    """A number of people who began or left that is another in the list than in the text."""
    listed = {(told.workplace, told.began): told for told in _in_lists(model)}
    for told in _in_sentences(model):
        other = listed.get((told.workplace, told.began))
        if other is None or other.number == told.number:
            continue
        name = model.workplaces.names.get(told.workplace, told.workplace)
        verb = "börjat" if told.began else "slutat"
        line = model.line(other.passage, other.sentence.text)
        here, there = format_number(told.number), format_number(other.number)
        yield model.in_text(
            "told-twice-differently",
            Severity.WARNING,
            told.passage,
            told.sentence,
            f"Här har {here} {verb} på {name}, i listan{f' på rad {line}' if line else ''} {there}.",
            {"here": here, "list": there, "workplace": name, "list_line": line},
            within=told.within,
        )


def stock_of_people(model: Model) -> Iterator[Finding]:
    """ "Vid årets början 42, nya 8, avslutade 5, vid årets slut 46": they make each other."""
    for passage in model.passages:
        for sentence in passage.sentences:
            told = _stock(sentence) if len(sentence.figures) >= len(_STOCK) else {}
            if len(told) < len(_STOCK):
                continue
            made = told["opening"] + told["began"] - told["left"]
            if made != told["closing"]:
                said, sum_ = format_number(told["closing"]), format_number(made)
                yield model.in_text(
                    "sum-mismatch",
                    Severity.ERROR,
                    passage,
                    sentence,
                    f"Vid periodens slut blir det {sum_}, men texten säger {said}.",
                    {"sum": sum_, "total": said},
                )


def _stock(sentence: Sentence) -> dict[str, Decimal]:
    """The four numbers of a stock of people, each by the words before it."""
    told: dict[str, Decimal] = {}
    start = 0
    for figure in sentence.figures:
        before = sentence.text[start : figure.start]
        for name, pattern in _STOCK.items():
            if pattern.search(before):
                told.setdefault(name, figure.number)
                break
        start = figure.end
    return told


def _in_lists(model: Model) -> Iterator[_Told]:
    """ "Humlan: +2 st, -3 st" under a heading of who began and who left."""
    words = model.vocabulary
    for passage in model.passages:
        for listing in passage.listings:
            about = " ".join(s.text for s in (listing.above, listing.below) if s)
            if not (words.started.search(about) and words.ended.search(about)):
                continue
            for item in listing.items:
                key = model.workplaces.key_of(item.label)
                if key not in model.workplaces.names or len(item.figures) != 2:
                    continue
                began, left = item.figures
                yield _Told(key, True, abs(began.number), passage, item.sentence)
                yield _Told(key, False, abs(left.number), passage, item.sentence)


def _in_sentences(model: Model) -> Iterator[_Told]:
    """What running text says of a workplace; a sentence without a name goes on about the one before it."""
    for passage in model.passages:
        listed = {id(item.sentence) for listing in passage.listings for item in listing.items}
        about: str | None = None
        paragraph = -1
        for sentence in passage.sentences:
            about = about if sentence.paragraph == paragraph else None
            paragraph = sentence.paragraph
            named = model.workplaces.in_text(sentence.text)
            about = named[0] if len(named) == 1 else None if named else about
            if about and id(sentence) not in listed and not _EARLIER.search(sentence.text):
                yield from _counts(about, sentence, passage, model)


def _counts(workplace: str, sentence: Sentence, passage: Passage, model: Model) -> Iterator[_Told]:
    words = model.vocabulary
    for count in counts_in(sentence.text):
        if count.article:
            continue
        after = re.split(r"[,;]", sentence.text[count.end : count.end + _REACH])[0]
        for pattern, began in ((words.started, True), (words.ended, False)):
            if pattern.search(after) and not re.search(
                r"\b(?:inte|kommer|ska|planer\w*|studiebesök)\b", after
            ):
                yield _Told(workplace, began, count.number, passage, sentence, count.start)
                break
