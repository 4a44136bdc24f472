"""Lists of workplaces against what is said of them: how many they are, and what the unit's value is."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from statistics import pstdev

from arshjul.numbers import round_half_up
from arshjul.review.document.analyses import value_of
from arshjul.review.document.model import Model
from arshjul.review.figures import NUMBER_WORDS, agree, shown, whole_number
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row
from arshjul.review.statements import Item, Listing, Passage, Sentence
from arshjul.review.workplaces import enumerated

_COUNTED = re.compile(
    rf"\b(?P<number>\d{{1,2}}|{NUMBER_WORDS})\s+(?P<noun>(?:[a-zåäö]+\s+){{0,2}}?[a-zåäö]{{3,}}(?:r|n|e|a|en|or|ål))"
    r"(?P<more>(?:\s+[\wåäö,-]+){0,14}?)\s*:",
    re.I,
)
_MONTH = re.compile(r"(?:jan|feb|mars|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*", re.I)
_NUMBER = re.compile(rf"\b(?:\d+|en|ett|{NUMBER_WORDS})\b", re.I)
_UNIT_OF = re.compile(
    rf"\b(?:består\s+(?:i\s+dag\s+)?av|omfattar|driver|samtliga|alla|våra|enhetens|har|är)\s+(?:våra\s+|de\s+)?"
    rf"(?P<number>\d{{1,3}}|{NUMBER_WORDS})\s+(?:olika\s+|dagliga\s+)?(?P<noun>[a-zåäö]+)\b(?!\s+(?:av|som)\b)",
    re.I,
)
_FEWEST = 3  # workplaces of a list that can say something of the whole unit


def counts_of_lists(model: Model) -> Iterator[Finding]:
    """ "Fyra områden: …" before a list of three; "åtta verksamheter" where a list names nine."""
    for passage in model.passages:
        for place, sentence in enumerate(passage.sentences):
            yield from _introduced(place, sentence, passage, model)
            yield from _of_workplaces(sentence, passage, model)


def unit_values(model: Model) -> Iterator[Finding]:
    """A unit's value that its workplaces' values deny: outside them, one of them, far from their mean."""
    for row in model.rows:
        passage, value = model.analysis_of(row), value_of(row, model)
        listing = _list_of(row, passage, model) if passage else None
        if passage is None or listing is None or value is None:
            continue
        yield from (
            _sum_of(row, value[0], listing, passage, model)
            if row.counts
            else _mean_of(row, value[0], listing, passage, model)
        )


def _introduced(place: int, sentence: Sentence, passage: Passage, model: Model) -> Iterator[Finding]:
    match = _COUNTED.search(sentence.text)
    while match is not None and _NUMBER.search(match["more"]):
        match = _COUNTED.search(sentence.text, match.end("noun"))
    if match is None or _MONTH.fullmatch(match["noun"]):
        return
    said = whole_number(match["number"])
    tail = sentence.text[match.end() :].strip()
    if tail:
        names = enumerated(sentence.text[match.end() - 1 :]) or [
            n for n in re.split(r",\s+|\s+och\s+", tail.rstrip(".")) if n
        ]
        by_commas = len(re.split(r",\s+", tail)) + (
            1 if re.search(r"\s(?:och|samt)\s", re.split(r",\s+", tail)[-1]) else 0
        )
        found = {len(names), by_commas}
        short = (
            all(len(name.split()) <= 6 for name in names)
            and len(names) >= 2
            and not re.search(r"[.;]\s", tail)
        )
    else:
        names = _lines_below(place, passage)
        found, short = {len(names)}, len(names) >= 2
    counted = any(_NUMBER.search(name) for name in names)  # then it is a sum, which others add up
    if short and not counted and said not in found:
        count = max(found)
        yield model.in_text(
            "count-differs-from-list",
            Severity.WARNING,
            passage,
            sentence,
            f"Texten säger {match['number']} {match['noun']}, men listan har {count}: {', '.join(names)}.",
            {"text": match["number"], "list": str(count)},
            within=match.start(),
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


def _workplace_lists(model: Model) -> Iterator[tuple[tuple[Passage, Sentence], list[str]]]:
    """Every list of known workplaces: where it begins and the keys of the names in it, slips aside."""
    odd = {name.casefold() for name in model.slips}
    for passage in model.passages:
        for listing in passage.listings:
            keys = [model.workplaces.key_of(item.label) for item in listing.items]
            known = [key for key in dict.fromkeys(keys) if key in model.workplaces.names and key not in odd]
            if len(known) >= _FEWEST and len(known) >= len(set(keys)) - 1:
                yield (passage, listing.items[0].sentence), known


def _list_of(row: Row, passage: Passage, model: Model) -> list[Item] | None:
    """The workplaces' values in a row's analysis: one figure each, in the row's unit."""
    for listing in passage.listings:
        items = [item for item in _without_totals(listing, model) if item.figures]
        fits = all(
            len(item.figures) == 1 and item.figures[0].unit in ("%",)
            if row.unit == "%"
            else len(item.figures) == 1
            for item in items
        )
        money = any(figure.is_money for item in items for figure in item.figures)
        if (
            len(items) >= _FEWEST
            and fits
            and not money
            and not any(model.vocabulary.halves.match(i.label) for i in items)
        ):
            return items
    return None


def _without_totals(listing: Listing, model: Model) -> list[Item]:
    return [item for item in listing.items if not model.vocabulary.total.match(item.label)]


def _sum_of(row: Row, value: Decimal, items: list[Item], passage: Passage, model: Model) -> Iterator[Finding]:
    made = sum((item.figures[0].number for item in items), Decimal(0))
    if made == value:
        return
    one = next((item for item in items if item.figures[0].number == value), None)
    yield _of_unit(
        row, value, made, one, items, passage, model, f"delarna i analysen blir {shown(made, row.unit)}"
    )


def _mean_of(
    row: Row, value: Decimal, items: list[Item], passage: Passage, model: Model
) -> Iterator[Finding]:
    numbers = [item.figures[0].number for item in items]
    mean = round_half_up(sum(numbers, Decimal(0)) / len(numbers), 1)
    off = abs(value - mean)
    outside = value < min(numbers) - Decimal("0.5") or value > max(numbers) + Decimal("0.5")
    one = next((item for item in items if agree(item.figures[0].number, value)), None)
    spread = Decimal(str(pstdev(float(number) for number in numbers)))
    far = off > model.limits.mean_points and off > model.limits.mean_spread * spread
    if not outside and not far and (one is None or off <= model.limits.one_points):
        return
    told = f"verksamheternas medelvärde är {shown(mean, row.unit)}"
    if outside:
        lowest, highest = shown(min(numbers), row.unit), shown(max(numbers), row.unit)
        told = f"verksamheterna ligger mellan {lowest} och {highest}"
    yield _of_unit(row, value, mean, None if outside else one, items, passage, model, told)


def _of_unit(
    row: Row,
    value: Decimal,
    made: Decimal,
    one: Item | None,
    items: list[Item],
    passage: Passage,
    model: Model,
    told: str,
) -> Finding:
    """The finding on a unit's value; `one` is the workplace whose own value it is."""
    now = shown(value, row.unit)
    whose = f" {now} är {one.label}s eget värde." if one else ""
    return model.in_text(
        "unit-value-of-one" if one else "unit-value-against-parts",
        Severity.ERROR if row.counts else Severity.WARNING,
        passage,
        (one or items[0]).sentence,
        f"Enhetens värde anges till {now}, men {told} ({row.indicator.name}).{whose}",
        {"unit": now, "parts": shown(made, row.unit), "workplace": one.label if one else None},
    )
