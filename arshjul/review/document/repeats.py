"""The same thing twice: a row, a goal, a section, a paragraph that was pasted into two places."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from arshjul.plan import Indicator
from arshjul.review.alike import Alike, alike_in
from arshjul.review.document.model import Model
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Part, Passage, Sentence

_WORD = re.compile(r"\w+")
_PASTED_WORDS = 26  # ... and without
_PASTED = 16  # words of sentences in a row, told with figures
_PLANNED_WORDS = 24  # of how the work is done, which is often done alike
_MOST = 0.6  # of a section's words: then it is the section that is told, not a paragraph of it
_ALL = 0.9  # of a section's words: then the section is the same, with a word or two changed


def rows_twice(model: Model) -> Iterator[Finding]:
    """The same indicator twice: a note, as exports do it; a warning when the two rows differ."""
    first: dict[str, Indicator] = {}
    for row in model.rows:
        indicator = row.indicator
        name = " ".join(_WORD.findall(indicator.name.lower()))
        earlier = first.setdefault(name, indicator)
        if earlier is indicator or not (indicator.outcome or indicator.target or indicator.council_target):
            continue
        same_year = earlier.period == indicator.period
        differ = same_year and earlier.outcome and indicator.outcome and earlier.outcome != indicator.outcome
        message = (
            f"Indikatorn står två gånger, med utfall {earlier.outcome} och {indicator.outcome}."
            if differ
            else "Indikatorn står två gånger."
        )
        yield model.at_place(
            "row-twice-differs" if differ else "row-twice",
            Severity.WARNING if differ else Severity.NOTE,
            indicator.name,
            indicator.id,
            message,
            {
                "first": earlier.outcome,
                "second": indicator.outcome,
                "first_line": model.source.places.get(earlier.id),
            },
        )


def goals_twice(model: Model) -> Iterator[Finding]:
    """The same goal of the same level twice."""
    first: dict[tuple[str, str], str] = {}
    for goal in model.plan.walk():
        key = (goal.level.value, " ".join(_WORD.findall(goal.title.lower())))
        earlier = first.setdefault(key, goal.id)
        if goal.title and earlier != goal.id:
            line = model.source.places.get(earlier)
            yield model.at_place(
                "section-twice",
                Severity.WARNING,
                goal.title,
                goal.id,
                "Målet står två gånger.",
                {"first_line": line},
            )


def headings_twice(model: Model) -> Iterator[Finding]:
    """The same heading with text under it twice, before or after the goals."""
    for part in (Part.FRONT, Part.BACK):
        seen: dict[str, Passage] = {}
        for passage in model.passages:
            heading = re.sub(r"\s\(\d\)$", "", passage.key.strip(" :.")).lower()
            if passage.part is not part or model.vocabulary.twice_is_fine.fullmatch(heading):
                continue
            earlier = seen.setdefault(heading, passage)
            if earlier is not passage:
                line = model.line(earlier, earlier.sentences[0].text)
                yield model.in_text(
                    "heading-twice",
                    Severity.NOTE,
                    passage,
                    passage.sentences[0],
                    f"Rubriken ”{passage.key.strip(' :')}” står två gånger, med text under båda"
                    f"{f' (den första på rad {line})' if line else ''}.",
                    {"first_line": line},
                )


def texts_twice(model: Model) -> Iterator[Finding]:
    """The same text in two places, or twice in one."""
    shared: dict[tuple[int, int], list[Alike]] = defaultdict(list)
    for pair in alike_in(model.passages):
        shared[pair.first, pair.second].append(pair)
    told: set[tuple[int, str]] = set()
    for (one, other), pairs in shared.items():
        if all((other, pair.again.text) in told for pair in pairs):
            continue  # the third time is told once
        first, second = model.passages[one], model.passages[other]
        words = sum(_length(text) for text in {pair.again.text for pair in pairs})
        if words < _needed(first, second, words, model) and not _is_pasted(first, second, pairs, words):
            continue
        told |= {(other, pair.again.text) for pair in pairs}
        again = pairs[0].again
        line = model.line(first, pairs[0].one.text)
        if one == other:
            yield _again_in(second, again, line, words, model)
            continue
        whole = words >= _MOST * _words_of(second)
        where = f"under ”{first.where}”"
        yield model.in_text(
            "text-twice",
            Severity.WARNING,
            second,
            again,
            f"Samma text ({words} ord) står också {where}{f' (rad {line})' if line else ''}.",
            {"also_in": first.where, "first_line": line, "words": words},
            at_head=whole,
        )


def _again_in(passage: Passage, again: Sentence, line: int | None, words: int, model: Model) -> Finding:
    """A text twice in one section: the second may have a heading of its own, which the reader joined."""
    second = model.source.line_of(again.text, after=line + 1) if line is not None else None
    head = model.source.heading_again(passage.place, second) if second is not None else None
    finding = model.in_text(
        "text-twice",
        Severity.WARNING,
        passage,
        again,
        f"Samma text ({words} ord) står också ovanför under samma rubrik{f' (rad {line})' if line else ''}.",
        {"also_in": passage.where, "first_line": line, "words": words},
    )
    return replace(finding, line=head or second or finding.line)


def _needed(first: Passage, second: Passage, shared: int, model: Model) -> int:
    """How many words two texts must share to be the same text twice.

    Analyses of rows share how the survey was made; they are the same only when all of it is.
    """
    shorter = min(_words_of(first), _words_of(second))
    whole = shared >= _ALL * shorter and shorter >= model.limits.words_twice_same_goal
    if (_explains_one(first) or _explains_one(second)) and first is not second:
        return shared if whole and shared >= model.limits.words_twice else shared + 1
    if first is second or (first.goal is not None and first.goal is second.goal):
        return model.limits.words_twice_same_goal
    return shared if whole else model.limits.words_twice


def _is_pasted(first: Passage, second: Passage, pairs: Sequence[Alike], words: int) -> bool:
    """Whether sentences that follow on each other, with a figure among them, stand word for word in both.

    Two goals' follow-up may read alike; what happened once with its figures is told once.
    """
    if first is second or words < _PASTED:
        return False
    if not (first.reports and second.reports):
        return words >= _PLANNED_WORDS and _follow_on(first, second, pairs)
    if _explains_one(first) or _explains_one(second):
        return False
    exact = [pair for pair in pairs if pair.one.text == pair.again.text]
    in_a_row = _follow_on(first, second, exact)
    if any(_length(pair.again.text) >= _PASTED and pair.again.figures for pair in exact):
        return True
    return in_a_row and (words >= _PASTED_WORDS or any(pair.again.figures for pair in exact))


def _follow_on(first: Passage, second: Passage, pairs: Sequence[Alike]) -> bool:
    """Whether two of the sentences stand after each other, word for word, in both."""
    exact = [pair for pair in pairs if pair.one.text == pair.again.text]
    places = {(first.sentences.index(p.one), second.sentences.index(p.again)) for p in exact}
    return any((one + 1, again + 1) in places for one, again in places)


def _explains_one(passage: Passage) -> bool:
    return passage.part is Part.ACTIVITY or (passage.part is Part.ROW and not passage.shared)


def _words_of(passage: Passage) -> int:
    return sum(_length(sentence.text) for sentence in passage.sentences)


def _length(text: str) -> int:
    return len(_WORD.findall(text))
