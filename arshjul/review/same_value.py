"""Whether two printed texts or values say the same although they are written in two ways.

White space, hyphens where a line was broken, kinds of dashes and quotation marks, spaces within numbers and a
point for a decimal comma do not count. Called by `against`. Pure.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from arshjul.numbers import parse_quantity

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}„«»″", '"'),
        **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}‚`´′", "'"),
        **dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{NON-BREAKING HYPHEN}\N{HYPHEN}", "-"),
        "…": "...",
        "\N{SOFT HYPHEN}": None,
        "\N{ZERO WIDTH SPACE}": None,
    }
)
_BROKEN = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_BULLET = re.compile(r"(?m)^\s*[-•*·▪◦]\s+")
_GROUPED = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_PER_CENT = re.compile(r"\s*(?:%|\bprocent\b)", re.IGNORECASE)
_AROUND = 3  # words shown on both sides of what differs
_MOST = 12  # words shown of what differs


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where two texts part: the words of each with some around; `within` is a character of the second."""

    one: str
    other: str
    within: int


def same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts say the same in the same words."""
    return _squeezed(one or "") == _squeezed(other or "")


def same_value(one: str | None, other: str | None) -> bool:
    """Whether two cells hold the same: as text, or the same number in the same unit."""
    if same_text(one, other):
        return True
    first, second = (parse_quantity(_normal(text)) if text else None for text in (one, other))
    if first is None or second is None:
        return False
    return first.number == second.number and _squeezed(first.unit) == _squeezed(second.unit)


def stretches(one: str, other: str) -> Iterator[Stretch]:
    """Every place where the second text has other words than the first, in its order."""
    words, others = _normal(one).split(), _normal(other).split()
    printed = _letters_before(others)
    matcher = SequenceMatcher(
        None, [w.casefold() for w in words], [w.casefold() for w in others], autojunk=False
    )
    for tag, begin, end, from_, to in matcher.get_opcodes():
        if tag == "equal" or "".join(words[begin:end]) == "".join(others[from_:to]):
            continue
        yield Stretch(
            _excerpt(words, begin, end),
            _excerpt(others, from_, to),
            _place(other, printed[min(from_, len(others) - 1)] if others else 0),
        )


def words_of(text: str) -> str:
    """The text as it is compared, in small letters: what names of parts are paired by."""
    return " ".join(_normal(text).casefold().split())


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    text = _BROKEN.sub("", _BULLET.sub("", text))
    return _PER_CENT.sub(" %", _POINT.sub(",", _GROUPED.sub("", text)))


def _squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(_normal(text).split())


def _excerpt(words: list[str], begin: int, end: int) -> str:
    """The words that differ, with some before and after them."""
    shown = words[begin:end]
    if len(shown) > _MOST:
        shown = [*shown[: _MOST // 2], "…", *shown[-_MOST // 2 :]]
    before, after = words[max(0, begin - _AROUND) : begin], words[end : end + _AROUND]
    first = ["…"] if begin > _AROUND else []
    last = ["…"] if end + _AROUND < len(words) else []
    return " ".join([*first, *before, *shown, *after, *last])


def _letters_before(words: list[str]) -> list[int]:
    """How many letters and digits stand before each word."""
    counted, before = 0, []
    for word in words:
        before.append(counted)
        counted += sum(character.isalnum() for character in word)
    return before


def _place(text: str, letters: int) -> int:
    """The character of `text` with so many letters and digits before it."""
    for place, character in enumerate(unicodedata.normalize("NFC", text)):
        if character.isalnum():
            if not letters:
                return place
            letters -= 1
    return max(0, len(text) - 1)
