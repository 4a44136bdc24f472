"""A workplace's name spelt in two ways, told where the odd spelling first stands."""

import re
from collections.abc import Iterator

from arshjul.review.document.model import Model
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Passage, Sentence


def names_spelt_two_ways(model: Model) -> Iterator[Finding]:
    """One finding for each odd spelling, with the lines of the others."""
    for odd, known in model.slips.items():
        pattern = re.compile(rf"(?<!\w){re.escape(odd)}s?(?!\w)")
        places = [
            (passage, sentence, match.start())
            for passage in (*model.passages, *model.titles)
            if odd in passage.text
            for sentence in passage.sentences
            for match in pattern.finditer(sentence.text)
        ]
        if not places:
            continue
        passage, sentence, within = places[0]
        others = _lines(places[1:], model)
        also = f" Likaså på rad {others}." if others else ""
        yield model.in_text(
            "name-spelt-two-ways",
            Severity.WARNING,
            passage,
            sentence,
            f"Här står ”{odd}”, annars ”{known}”.{also}",
            {"here": odd, "elsewhere": known, "times": len(places), "also_on_lines": others},
            within=within,
        )


def _lines(places: list[tuple[Passage, Sentence, int]], model: Model) -> str:
    lines = [model.line(passage, sentence.text, within) for passage, sentence, within in places]
    return ", ".join(str(line) for line in lines if line is not None)
