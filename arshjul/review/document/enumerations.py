"""How many there are said to be, against what is listed: "fyra områden: …", "åtta verksamheter".

A number before a list is the number of its items; the number of workplaces is the same wherever it is said,
and no list names more of them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from arshjul.review.document.model import Model
from arshjul.review.figures import NUMBER_WORDS, whole_number
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Passage, Sentence
from arshjul.review.workplaces import enumerated

_COUNTED = re.compile(
    rf"\b(?P<number>\d{{1,2}}|{NUMBER_WORDS})\s+"
    r"(?P<noun>(?:[a-zåäö]+\s+){0,2}?[a-zåäö]{3,})(?P<more>(?:\s+[\wåäö,-]+){0,14}?)\s*:",
    re.I,
)
_APPOSED = re.compile(
    rf"\b(?P<number>\d{{1,2}}|(?i:{NUMBER_WORDS}))\s+(?P<noun>[a-zåäö]{{3,}})\s*[,(]\s*"
    r"(?P<namely>(?:nämligen|alltså|dvs\.?|det\s+vill\s+säga|:)\s+)?"
    r"(?P<list>[A-ZÅÄÖ][\w-]+(?:\s[\w-]+){0,2}?(?:,\s[A-ZÅÄÖ][\w-]+(?:\s[\w-]+){0,2}?)*"
    r"\s(?:och|samt)\s[A-ZÅÄÖ][\w-]+(?:\s[a-zåäö]+)?)\s*[,).]"
)
_MONTH = re.compile(r"(?:jan|feb|mars|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*", re.I)
_NUMBER = re.compile(rf"\b(?:\d+|en|ett|{NUMBER_WORDS})\b", re.I)
_UNIT_OF = re.compile(
    rf"\b(?P<all>består\s+(?:i\s+dag\s+)?av|omfattar|driver|samtliga|alla|våra|enhetens|har|är)\s+(?:våra\s+|de\s+)?"
    rf"(?P<number>\d{{1,3}}|{NUMBER_WORDS})\s+(?:olika\s+|dagliga\s+)?(?P<noun>[a-zåäö]+)\b(?!\s+(?:av|som|på|i|inom)\b)",
    re.I,
)
_ALL = re.compile(r"(?:består.*|omfattar|driver|samtliga|enhetens)", re.I)
_SOME_OF = re.compile(r"\bav\s+(?:de|våra|enhetens|alla|samtliga)?\s*$", re.I)
_FEWEST = 3  # workplaces of a list that can say something of the whole unit
_WORDS_OF_ITEM = 6  # more is a sentence


def counts_of_lists(model: Model) -> Iterator[Finding]:
    """A number before a list that is not the number of its items; workplaces counted in two ways."""
    for passage in model.passages:
        for place, sentence in enumerate(passage.sentences):
            yield from _introduced(place, sentence, passage, model)
            yield from _apposed(sentence, passage, model)
            yield from _of_workplaces(sentence, passage, model)
    yield from _said_twice(model)


def _introduced(place: int, sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    """ "Fyra områden: språk, natur och musik", also with the list on the lines below."""
    match = _COUNTED.search(sentence.text)
    while match is not None and _NUMBER.search(match["more"]):
        match = _COUNTED.search(sentence.text, match.end("noun"))
    if match is None or _MONTH.fullmatch(match["noun"]):
        return
    tail = sentence.text[match.end() :].strip()
    if tail and re.search(r"[.;]\s", tail):
        return
    ways = _ways_to_part(tail.rstrip(".")) if tail else [_lines_below(place, passage)]
    items = ways[0]
    if any(_NUMBER.search(item) for item in items):
        return  # then it is a sum, and others add it up
    short = all(len(item.split()) <= _WORDS_OF_ITEM for item in items)
    if len(items) >= 2 and (short or not tail) and whole_number(match["number"]) not in map(len, ways):
        yield _other_count(match, items, sentence, passage, model)


def _apposed(sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    """ "Våra fyra verksamheter, Humlan, Pixeln och Returen, …"."""
    for match in _APPOSED.finditer(sentence.text):
        ways = _ways_to_part(match["list"])
        known = model.vocabulary.workplaces.fullmatch(match["noun"]) or match["namely"]
        if (
            known
            and not _SOME_OF.search(sentence.text[: match.start()])
            and whole_number(match["number"]) not in map(len, ways)
        ):
            yield _other_count(match, ways[0], sentence, passage, model)


def _ways_to_part(text: str) -> list[list[str]]:
    """The items of a list in a sentence; "och" may join two items or stand inside one."""
    pieces = [piece for piece in re.split(r",\s+", text) if piece]
    last = pieces[-1]
    if re.search(r"\ssamt\s", last):
        return [[*pieces[:-1], *re.split(r"\s+samt\s+", last)]]
    joined = re.split(r"\s+och\s+", last)
    ways = [[*pieces[:-1], *joined]]
    if len(joined) > 2:
        ways.append([*pieces[:-1], joined[0], " och ".join(joined[1:])])
    inner = [part for piece in pieces for part in re.split(r"\s+och\s+", piece)]
    return ways if len(inner) == len(ways[0]) else [*ways, inner]


def _other_count(
    match: re.Match[str], items: Sequence[str], sentence: Sentence, passage: Passage, model: Model
) -> Finding:
    return model.in_text(
        "count-differs-from-list",
        Severity.WARNING,
        passage,
        sentence,
        f"Texten säger {match['number']} {match['noun']}, men listan har {len(items)}: {', '.join(items)}.",
        {"text": match["number"], "list": str(len(items))},
        within=match.start("number"),
    )


def _said_twice(model: Model) -> Iterator[Finding]:
    """ "Samtliga sex verksamheter" where the unit has seven elsewhere: the one said less often is told."""
    said = [
        (match, sentence, passage)
        for passage in model.passages
        for sentence in passage.sentences
        for match in _UNIT_OF.finditer(sentence.text)
        if _ALL.fullmatch(match["all"]) and match["noun"].lower() == "verksamheter"
    ]
    numbers = [whole_number(match["number"]) for match, _, _ in said]
    if len(set(numbers)) < 2:
        return
    usual = max(numbers, key=lambda number: (numbers.count(number), -numbers.index(number)))
    match, sentence, passage = next(s for s, number in zip(said, numbers, strict=True) if number != usual)
    yield model.in_text(
        "count-differs-from-list",
        Severity.WARNING,
        passage,
        sentence,
        f"Här står {match['number']} verksamheter, på annat ställe {usual}.",
        {"text": match["number"], "elsewhere": str(usual)},
        within=match.start("number"),
    )


def _lines_below(place: int, passage: Passage) -> list[str]:
    """The lines of the list that begins after a sentence: bullets, or short lines without a full stop."""
    sentence = passage.sentences[place]
    found: list[str] = []
    for earlier, later in pairwise(passage.sentences[place:]):
        if later.paragraph == earlier.paragraph and earlier is not sentence:
            break
        bullet = re.match(r"\s*[•\-\N{EN DASH}]\s*", later.text)
        short = len(later.text.split()) <= 6 and not later.text.endswith(".")
        if not bullet and (not short or (found and found[0].startswith(("•", "-")))):
            break
        found.append(later.text)
    return found


def _of_workplaces(sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    """How many workplaces the unit is said to have against the lists that name them one by one."""
    for match in _UNIT_OF.finditer(sentence.text):
        if not model.vocabulary.workplaces.fullmatch(match["noun"]):
            continue
        said = whole_number(match["number"])
        for place, listing in _workplace_lists(model):
            if len(listing) <= said or said < _FEWEST:
                continue
            if _is_known_as(match, model) and len(listing) == said + 1:
                continue  # said so every time: the list has one of another kind
            own = {model.workplaces.key_of(name) for name in enumerated(sentence.text)}
            names = [model.workplaces.names[key] for key in listing if key not in own] if own else []
            extra = f" ({', '.join(names)} nämns inte här)" if names and len(names) < said else ""
            line = model.line(place[0], place[1].text)
            yield model.in_text(
                "count-differs-from-list",
                Severity.WARNING,
                passage,
                sentence,
                f"Texten säger {match['number']} {match['noun']}, men listan"
                f"{f' på rad {line}' if line else ''} har {len(listing)}{extra}.",
                {"text": match["number"], "list": str(len(listing)), "list_line": line},
                within=match.start("number"),
            )
            return


def _is_known_as(match: re.Match[str], model: Model) -> bool:
    """Whether the text says this number of the same noun in several places, and no other number."""
    said = [
        whole_number(found["number"])
        for passage in model.passages
        for found in _UNIT_OF.finditer(passage.text)
        if found["noun"].lower() == match["noun"].lower()
    ]
    return len(said) > 1 and set(said) == {whole_number(match["number"])}


def _workplace_lists(model: Model) -> Iterator[tuple[tuple[Passage, Sentence], list[str]]]:
    """Every list of known workplaces: where it begins and the keys of the names in it, slips aside."""
    odd = {name.casefold() for name in model.slips}
    for passage in model.passages:
        for listing in passage.listings:
            keys = [model.workplaces.key_of(item.label) for item in listing.items]
            known = [key for key in dict.fromkeys(keys) if key in model.workplaces.names and key not in odd]
            if len(known) >= _FEWEST and len(known) >= len(set(keys)) - 1:
                yield (passage, listing.items[0].sentence), known
