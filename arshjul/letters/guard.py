"""The guard before mail: no letter leaves with an identity number in its words or in what it carries.

Files are read by `arshjul.adapters.file_texts`; the letter is held in `arshjul.steps.letters.posting`. Pure.
"""

from collections.abc import Iterable

from arshjul.letters.compose import ComposedLetter
from arshjul.secrecy import Likeness, identity_numbers, place_in


def held_back(letter: ComposedLetter, holding: Iterable[str]) -> str | None:
    """Why the letter may not leave, in a sentence; None where it may.

    `holding` are the names of attached files with an identity number in them. Only what is certain holds a
    letter back: whoever wrote the rest has been asked about it.
    """
    for text in (letter.subject, letter.text):
        if (start := _first(text)) is not None:
            return (
                f"Brevet innehåller ett personnummer ({place_in(text, start)}) och skickas inte. Ta bort "
                "det där det är skrivet, med ”arshjul purge”."
            )
    for name in holding:
        return (
            f"Bilagan {name} innehåller ett personnummer, och brevet skickas inte. Ta bort det där det är "
            "skrivet, med ”arshjul purge”."
        )
    return None


def _first(text: str) -> int | None:
    sure = (n.start for n in identity_numbers(text) if n.likeness is Likeness.CERTAIN)
    return next(sure, None)
