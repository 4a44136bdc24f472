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
