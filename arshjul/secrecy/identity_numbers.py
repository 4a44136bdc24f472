"""Personal identity numbers and coordination numbers in a text, in every writing that people use.

A number is one where the date and the check digit hold (the `personnummer` library) and the groups are as
people write it. What is written as nobody but an identity number is (790101-1234) is certain. Ten digits in
a row that begin with a nought may be a telephone number, and bare digits may be another number: whoever
writes says so by naming it ("tel", "dnr", "OCR"). Called by whoever stops, masks or purges. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from personnummer import personnummer

from arshjul.secrecy.groups import Reading, readings
from arshjul.secrecy.other_numbers import (
    is_counted,
    is_named_other,
    is_named_telephone,
    is_of_a_case,
    stands_apart,
)
from arshjul.secrecy.spelling import may_hold_number, plain, spelt_with_letters


class Likeness(StrEnum):
    """How sure it is: CERTAIN cannot be anything else; the others can be named as what they are."""

    CERTAIN = "certain"
    OR_TELEPHONE = "or_telephone"
    OR_OTHER = "or_other"


@dataclass(frozen=True, slots=True)
class Number:
    """Where in the text an identity number stands; the number itself is not here."""

    start: int
    end: int
    likeness: Likeness


_DATE_THEN_HYPHEN = {(6, 4): ("h",), (8, 4): ("h",), (2, 6, 4): ("sh", "hh", "mh"), (4, 4, 4): ("sh",)}
# How people set the digits apart: written so, a number needs nothing more to be read as one.
_USUAL = {
    *((10,), (12,), (6, 4), (8, 4), (2, 6, 4), (2, 10), (4, 8)),
    *((2, 2, 2, 4), (4, 2, 2, 4), (2, 2, 2, 2, 4), (4, 2, 6)),
}
# So are amounts, tables and telephone numbers set too: here no other digits may stand beside it.
_ALONE = {
    *((4, 4, 4), (4, 6), (4, 2, 4), (4, 2, 2, 2), (4, 4, 2, 2), (4, 2, 2, 2, 2), (2, 8), (2, 2, 6)),
    *((6, 3, 1), (8, 3, 1), (6, 1, 3), (8, 1, 3), (6, 2, 2), (8, 2, 2), (6, 1, 1, 1, 1), (8, 1, 1, 1, 1)),
    *((2,) * 5, (2,) * 6, (1,) * 10, (1,) * 12),
}
_TELEPHONES_OWN = {(4, 2, 2, 2), (4, 6), (4, 2, 4)}  # 0701-01 12 34: with a nought first, nothing else


def identity_numbers(text: str) -> tuple[Number, ...]:
    """The identity numbers in the text, in order; none overlaps another."""
    spelt = plain(text)
    if not may_hold_number(spelt.text):
        return ()
    found = [number for way in spelt_with_letters(spelt.text) for number in _numbers(way)]
    kept: list[Number] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return tuple(Number(*spelt.original(n.start, n.end), n.likeness) for n in kept)


def _numbers(text: str) -> Iterator[Number]:
    fitting = [reading for reading in readings(text) if _is_set_so(reading) and _holds(reading.digits)]
    starts, ends = {r.start for r in fitting}, {r.end for r in fitting}
    end = 0
    for reading in fitting:
        if reading.start < end:
            continue
        apart = _is_unmistakable(reading) or stands_apart(
            text, reading.start, reading.end, starts, ends, alone=_must_be_alone(reading)
        )
        likeness = _likeness(text, reading) if apart else None
        if likeness is not None:
            end = reading.end
            yield Number(reading.start, reading.end, likeness)


def _likeness(text: str, reading: Reading) -> Likeness | None:
    if is_of_a_case(text, reading.start):
        return None
    if _is_unmistakable(reading):
        return Likeness.CERTAIN
    if is_named_other(text, reading.start) or (reading.gaps and is_counted(text, reading.end)):
        return None
    if len(reading.digits) == 10 and reading.digits[0] == "0":
        return None if is_named_telephone(text, reading.start) else Likeness.OR_TELEPHONE
    return Likeness.OR_OTHER


def _is_unmistakable(reading: Reading) -> bool:
    """A date, a hyphen or plus, and four digits: nothing else is written so."""
    return reading.gaps in _DATE_THEN_HYPHEN.get(reading.sizes, ())


def _is_set_so(reading: Reading) -> bool:
    """Whether people set an identity number so."""
    if reading.sizes in _TELEPHONES_OWN and reading.digits[0] == "0":
        return False
    if reading.sizes == (4, 4, 4) and "h" in reading.gaps:  # a case number: 2026-0315-1234
        return _is_unmistakable(reading)
    return reading.sizes in _USUAL or reading.sizes in _ALONE


def _must_be_alone(reading: Reading) -> bool:
    """Set by spaces alone it is like any row of a table: "2026-03-15 2200", "12 34 56 78 90"."""
    if "h" in reading.gaps and len(reading.sizes) < 4:
        return False
    by_spaces = len(reading.sizes) > 2 and reading.gaps[-1] == "s"
    return reading.sizes in _ALONE or by_spaces


def _holds(digits: str) -> bool:
    """Whether the date is one and the check digit is right, in any century that people live in."""
    born = digits[-10:]
    if not "01" <= born[2:4] <= "12" or not ("01" <= born[4:6] <= "31" or "61" <= born[4:6] <= "91"):
        return False
    centuries = (digits[:2],) if len(digits) == 12 else ("20", "19")
    # Always with its century: without one the library looks at today's date.
    return any(c in ("18", "19", "20") and bool(personnummer.valid(c + born)) for c in centuries)
