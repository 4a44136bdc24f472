"""Comparisons of women and men in words ("kvinnor är tryggare än män") against the row's two cells."""

import re
from collections.abc import Iterator

from arshjul.review.document.explained import is_owned
from arshjul.review.document.model import Model
from arshjul.review.document.subjects import is_elsewhere
from arshjul.review.figures import shown
from arshjul.review.finding import Finding, Severity

_WOMEN = r"kvinn\w*|flick\w*"
_MEN = r"män\b|männen\w*|pojk\w*"
_COMPARED = re.compile(
    rf"\b(?:(?P<women>{_WOMEN})|(?P<men>{_MEN}))\b(?P<between>[^.;:]{{0,70}}?)\bän\s+(?:\w+\s+){{0,3}}?"
    rf"(?:(?P<than_women>{_WOMEN})|(?P<than_men>{_MEN}))",
    re.I,
)
_HIGHER = re.compile(r"\b(?:högre|mer|större|oftare|fler)\b", re.I)
_LOWER = re.compile(r"\b(?:lägre|mindre|sällan|färre)\b", re.I)
_COMPARATIVE = re.compile(r"\b\w{3,}are\b", re.I)
_EARLIER = re.compile(r"\b(?:förra|föregående|tidigare|20\d\d)\b", re.I)


def sexes_compared(model: Model) -> Iterator[Finding]:
    """Women said to be higher where the men are, or the other way about."""
    for row in model.rows:
        passage = model.analysis_of(row)
        if passage is None or row.women is None or row.men is None:
            continue
        for sentence in passage.sentences:
            match = _COMPARED.search(sentence.text)
            if match is None or not is_owned(row, passage, sentence, model):
                continue
            if is_elsewhere(sentence.text, model) or _EARLIER.search(sentence.text):
                continue
            women_first = match["women"] is not None
            higher = _says_higher(match["between"])
            if higher is None or women_first == (match["than_women"] is not None):
                continue
            difference = row.women - row.men if women_first else row.men - row.women
            if difference == 0 or (difference > 0) != higher:
                women, men = shown(row.women, row.unit), shown(row.men, row.unit)
                yield model.in_text(
                    "sexes-against-row",
                    Severity.ERROR,
                    passage,
                    sentence,
                    f"Texten säger ”{match[0]}”, men i tabellen är kvinnor/flickor {women} och "
                    f"män/pojkar {men} ({row.indicator.name}).",
                    {"text": match[0], "women": women, "men": men, "indicator": row.indicator.name},
                    within=match.start(),
                )


def _says_higher(between: str) -> bool | None:
    """Whether the words between the two say that the first is higher; None where they say neither."""
    lower, higher = _LOWER.search(between), _HIGHER.search(between)
    if re.search(r"\b(?:inte|ej)\b", between, re.I) or (lower and higher):
        return None
    if lower or higher:
        return higher is not None
    return True if _COMPARATIVE.search(between) else None
