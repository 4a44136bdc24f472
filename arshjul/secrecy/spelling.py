"""A text in plain characters: every kind of digit, space and dash as one, with the way back to the original.

Full-width digits, hard spaces, dashes of all lengths and invisible characters are how a number hides, mostly
by accident: it was pasted. Called by the scans. Pure.
"""

import re
import unicodedata
from dataclasses import dataclass

_ALIKE = {"O": "0", "o": "0", "О": "0", "о": "0", "Ο": "0", "ο": "0", "l": "1", "I": "1"}
_LETTERS = f"[{''.join(_ALIKE)}]+"
_IN_WORDS = re.compile(rf"(?<=\d){_LETTERS}|{_LETTERS}(?=\d)")
_ALONE = re.compile(rf"(?<![^\W\d_])(?:{_IN_WORDS.pattern})(?![^\W\d_])")
_LAST_FOUR = re.compile(rf"(?<=\d[-+])[{''.join(_ALIKE)}]{{4}}(?![^\W\d_])")  # 010203-IOOI
_MAY_BE_ONE = re.compile(rf"(?:[0-9{''.join(_ALIKE)}][ \n+\-./_*]*+){{10}}")
_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_PLAIN_ALREADY = re.compile(r"[\n -~À-ÖØ-öø-ÿ“”‘’…]*")  # what most texts are made of
_DOTS = "·•‧∙⋅"
_BENEATH_NOTICE = ("Cf", "Mn", "Me")  # zero width, soft hyphens, marks set over a character


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` has one character for each in `at`, the index in the original text that it came from."""

    text: str
    at: tuple[int, ...] | None  # None: each stands where it stood

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original text that `text[start:end]` came from."""
        return (start, end) if self.at is None else (self.at[start], self.at[end - 1] + 1)


def plain(text: str) -> Plain:
    """The text in plain characters."""
    if _PLAIN_ALREADY.fullmatch(text):
        return Plain(text, None)
    written = text.translate(_PLAIN)
    if len(written) == len(text):  # each character is one or none
        return Plain(written, None)
    return Plain(written, tuple(index for index, one in enumerate(text) if _PLAIN[ord(one)]))


def may_hold_number(text: str) -> bool:
    """Whether the plain text has ten digits, or letters like digits, with nothing between but what sets them
    apart in a number (`arshjul.secrecy.groups` knows what): most texts have not, and need no closer look.
    """
    return _MAY_BE_ONE.search(text) is not None


def spelt_with_letters(text: str) -> tuple[str, ...]:
    """The text, and the texts where letters that look like digits and stand by digits are those digits.

    First those that stand in no word, then all: "pnrO10203" may be written with a nought.
    """
    ways = (text, *(_LAST_FOUR.sub(_digits, pattern.sub(_digits, text)) for pattern in (_ALONE, _IN_WORDS)))
    return tuple(dict.fromkeys(ways))


def _digits(match: re.Match[str]) -> str:
    return "".join(_ALIKE[letter] for letter in match[0])


def _plain(character: str) -> str:
    if character.isascii():
        return "\n" if character in _LINE_ENDS else " " if character == "\t" else character
    if character in _ALIKE:
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if character in _LINE_ENDS:
        return "\n"
    if character in _DOTS:
        return "."
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Pd" or character == "\u2212":  # a minus sign
        return "-"
    if category in _BENEATH_NOTICE:
        return ""
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


class _PlainCharacters(dict[int, str]):
    """The plain character for each code, found out once: a report has its own few over and over."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(chr(code))
        return self[code]


_PLAIN = _PlainCharacters()
