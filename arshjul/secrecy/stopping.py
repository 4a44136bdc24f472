"""Why a text is stopped: the sentence for whoever wrote it, with the place and never the number. Pure."""

from arshjul.errors import BadInput
from arshjul.secrecy.identity_numbers import Likeness, identity_numbers
from arshjul.secrecy.masking import MASK
from arshjul.secrecy.place import place_in

_WHY = {
    Likeness.CERTAIN: (
        "Här står ett personnummer eller samordningsnummer ({place}). Ta bort det och skriv om meningen så "
        "att ingen enskild person kan kännas igen."
    ),
    Likeness.OR_TELEPHONE: (
        "Här står något som kan vara ett personnummer ({place}). Ta bort det. Är det ett telefonnummer: "
        "skriv ”tel” framför det."
    ),
    Likeness.OR_OTHER: (
        "Här står något som kan vara ett personnummer ({place}). Ta bort det. Är det ett annat nummer: skriv "
        "vad det är framför det, till exempel ”dnr” eller ”fakturanummer”."
    ),
}
_TAKEN_OUT = (
    "Här stod ett personnummer, som har tagits bort ({place}). Skriv om meningen utan det, så att ingen "
    "enskild person kan kännas igen."
)


def why_stopped(text: str) -> str | None:
    """The sentence on the identity numbers in the text, the surest first; None where nothing stops it."""
    found = identity_numbers(text)
    if found:
        worst = min(found, key=lambda number: list(Likeness).index(number.likeness))
        places = "; ".join(place_in(text, n.start) for n in found if n.likeness is worst.likeness)
        return _WHY[worst.likeness].format(place=places)
    if (taken_out := text.find(MASK)) >= 0:
        return _TAKEN_OUT.format(place=place_in(text, taken_out))
    return None


def refuse_identity_numbers(text: str, where: str) -> None:
    """BadInput with the sentence, where the text holds an identity number; `where` is what the text is."""
    if (why := why_stopped(text)) is not None:
        raise BadInput(why, where)
