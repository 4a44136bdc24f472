"""Figures of the report that say nothing to whoever cannot see them. Pure."""

import re
from collections.abc import Iterator

from arshjul.report.blocks import Figure, Report
from arshjul.review.finding import Finding, Severity

_WORD = re.compile(r"\w+")
_FEWEST = 4  # words: "Diagram." or a file's name describe nothing


def figures_without_words(report: Report) -> Iterator[Finding]:
    """A figure whose alt text is missing, next to nothing, or only its caption again."""
    for block in report.blocks:
        if not isinstance(block, Figure):
            continue
        words = len(_WORD.findall(block.alt))
        if words >= _FEWEST and block.alt.strip(" .") != block.caption.strip(" ."):
            continue
        yield Finding(
            "alt-text-missing",
            Severity.ERROR,
            block.caption or "En figur utan rubrik",
            "Figuren har ingen text som säger vad den visar för den som inte kan se den.",
            {"alt": block.alt, "caption": block.caption, "origin": "rapporten"},
            mend="Skriv vad figuren visar, med de viktigaste värdena.",
        )
