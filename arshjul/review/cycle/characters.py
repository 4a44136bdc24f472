"""Characters that no font of the report has, an emoji say: in the PDF a square stands instead. Pure."""

from collections.abc import Callable, Iterator

from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.finding import Finding, Severity


def characters_lost(reviewed: Reviewed, unprintable: Callable[[str], str]) -> Iterator[Finding]:
    """Where they stand; `unprintable` gives those of a text, each once."""
    for text in reviewed.whatever_is_written:
        lost = unprintable(text.text)
        if lost:
            words = "Tecknet" if len(lost) == 1 else "Tecknen"
            yield Finding(
                "character-lost",
                Severity.WARNING,
                text.where,
                f"{words} {' '.join(lost)} går inte att skriva ut i PDF: där står en tom ruta i stället.",
                {"characters": lost},
                mend="Ta bort det, eller skriv det med ord.",
            )
