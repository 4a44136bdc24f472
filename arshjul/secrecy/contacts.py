"""E-mail addresses and telephone numbers in a text. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from arshjul.secrecy.other_numbers import is_named_other
from arshjul.secrecy.spelling import plain


class Contact(StrEnum):
    """What leads to somebody."""

    EMAIL = "email"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class FoundContact:
    """Where in the text it stands."""

    start: int
    end: int
    kind: Contact


_AT = r"(?:@|\s?[\[(]\s?(?:at|snabel-?a)\s?[\])]\s?)"
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]+{_AT}[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{{2,}}", re.IGNORECASE)
_IN_ADDRESSES = "@[("  # one of them stands in every address; most texts have none
_DOMESTIC = re.compile(
    r"(?<![\w+.,/-])(?<!\d )(?:08|0[1-9]\d{1,2})(?: ?- ?| | / )\d{2,3}(?:[ -]?\d{2,3}){1,2}"
    r"(?!\w|-\w|[.,/]\d| \d)"
)
_TOGETHER = re.compile(r"(?<![\w+.,/-])(?:07[02369]\d{7}|0[1-689]\d{7,8})(?!\w|-\w|[.,/]\d)")
_ABROAD = re.compile(r"(?<![\w.,+/-])(?<!\d )(?:\+|00)[1-9]\d{0,2}(?: ?\(0\))?(?:[ -]?\d){6,11}(?!\d|[.,]\d)")
_FEWEST_DIGITS = 7  # of any of them, a foreign number at the shortest


def contacts(text: str) -> tuple[FoundContact, ...]:
    """The addresses and telephone numbers in the text, in order."""
    spelt = plain(text)
    found = (
        [FoundContact(*spelt.original(*m.span()), Contact.EMAIL) for m in _EMAIL.finditer(spelt.text)]
        if any(sign in spelt.text for sign in _IN_ADDRESSES)
        else []
    )
    ends: list[tuple[int, int]] = []
    if sum(map(spelt.text.count, "0123456789")) < _FEWEST_DIGITS:
        return tuple(found)
    for pattern in (_DOMESTIC, _TOGETHER, _ABROAD):
        for match in pattern.finditer(spelt.text):
            digits = sum(character.isdigit() for character in match[0])
            overlaps = any(match.start() < end and start < match.end() for start, end in ends)
            if overlaps or not (pattern is _ABROAD or 8 <= digits <= 10):
                continue
            if is_named_other(spelt.text, match.start()):
                continue
            ends.append(match.span())
            found.append(FoundContact(*spelt.original(*match.span()), Contact.TELEPHONE))
    return tuple(sorted(found, key=lambda contact: contact.start))
