"""What in a text tells of one person: identity numbers, ways to reach her, names, health and death.

The last look before a manager signs; the first is when a text comes in (`arshjul.cell_checking`). A finding
tells the place, never what stands there. Called by `cycle_review`. Pure.
"""

from collections.abc import Iterable, Iterator

from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.cycle.texts import Text
from arshjul.review.finding import Finding, Severity
from arshjul.secrecy import MASK, contacts, identity_numbers, names_in, place_in
from arshjul.secrecy.contacts import Contact

_CONTACTS = {Contact.EMAIL: "en e-postadress", Contact.TELEPHONE: "ett telefonnummer"}


def identity_numbers_in_texts(reviewed: Reviewed) -> Iterator[Finding]:
    """A number that came in before it was looked for, or by another way."""
    for text in reviewed.whatever_is_written:
        places = [number.start for number in identity_numbers(text.text)]
        if (taken_out := text.text.find(MASK)) >= 0:
            places.append(taken_out)
        if places:
            yield Finding(
                "identity-number-in-text",
                Severity.ERROR,
                text.where,
                "Här står, eller stod, något som är eller kan vara ett personnummer "
                f"({_places(text, places)}).",
                _evidence(reviewed, text, places),
                mend="Be den som skrivit att skriva om meningen, och rensa det som har kommit in med "
                "”arshjul purge”.",
            )


def contacts_in_texts(reviewed: Reviewed) -> Iterator[Finding]:
    """A telephone number or an address that a reader of the report could use."""
    for text in reviewed.whatever_is_written:
        for kind, words in _CONTACTS.items():
            places = [found.start for found in contacts(text.text) if found.kind is kind]
            if places:
                yield Finding(
                    "contact-in-text",
                    Severity.WARNING,
                    text.where,
                    f"Här står {words} ({_places(text, places)}).",
                    {**_evidence(reviewed, text, places), "kind": kind.value},
                    mend="Ta bort det om det går till en enskild person.",
                )


def staff_named_in_texts(reviewed: Reviewed) -> Iterator[Finding]:
    """A member of the staff by name, in a text on how the work goes."""
    for text in reviewed.whatever_is_written:
        places = [start for start, _ in names_in(text.text, reviewed.data.staff)]
        if places:
            yield Finding(
                "staff-named",
                Severity.WARNING,
                text.where,
                f"Här står en medarbetares namn ({_places(text, places)}).",
                _evidence(reviewed, text, places),
                mend="Skriv vilken roll det gäller i stället för namnet, om namnet inte behövs.",
            )


def persons_pointed_out(reviewed: Reviewed) -> Iterator[Finding]:
    """One person or a few, and how they fare: at a workplace of ten everybody knows who."""
    words = reviewed.vocabulary
    for text in reviewed.whatever_is_written:
        places = []
        at = 0
        for sentence in sentences_of(text.text):
            at = text.text.find(sentence, at)
            sensitive = words.death.search(sentence)
            if sensitive is None and (ill := words.health.search(sentence)):
                sensitive = None if words.wish.search(sentence) else ill
            if sensitive and words.one_person.search(sentence):
                places.append(at + sensitive.start())
        if places:
            yield Finding(
                "person-pointed-out",
                Severity.ERROR,
                text.where,
                "Här står något om en enskild persons hälsa eller död, eller om ett fåtals "
                f"({_places(text, places)}).",
                _evidence(reviewed, text, places),
                mend="Skriv så att ingen kan kännas igen, eller stäng iakttagelsen med ett skäl.",
            )


def _places(text: Text, starts: Iterable[int]) -> str:
    return "; ".join(place_in(text.text, start) for start in sorted(starts))


def _evidence(reviewed: Reviewed, text: Text, starts: Iterable[int]) -> dict[str, str]:
    """The place and the version: other words at the same place are another finding."""
    version = reviewed.data.ref(text.scope) if text.scope else f"{len(text.text)} tecken"
    return {"field": text.field, "places": _places(text, starts), "version": version}
