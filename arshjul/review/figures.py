"""The figures of a sentence: exact numbers with their unit and place. Totals of counts are in `counts`.

A number that is a name (a year, a date, "T1", "dag 1-14", "1.3") is no figure. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from arshjul.numbers import decimals_of, format_number, parse_quantity

_MONTHS = "jan|feb|mars?|apr|maj|jun|jul|aug|sep|okt|nov|dec"
_UNITS = {
    "%": "%",
    "procent": "%",
    "procentenheter": "points",
    "procentenhet": "points",
    "procentenheterna": "points",
    "%-enheter": "points",
    "tkr": "tkr",
    "kkr": "tkr",
    "tusen kronor": "tkr",
    "mnkr": "mnkr",
    "mkr": "mnkr",
    "miljoner kronor": "mnkr",
    "miljoner": "mnkr",
    "kronor": "kr",
    "kr": "kr",
    "st": "st",
    "stycken": "st",
}
_TEENS = ("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_ONES = ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", *_TEENS, "tjugo")
_TENS = ("trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio", "hundra")
_WORDS = {
    **{word: number for number, word in enumerate(_ONES, start=2)},
    **{word: number * 10 for number, word in enumerate(_TENS, start=3)},
}
NUMBER_WORDS = "|".join(_WORDS)
MONEY = frozenset({"tkr", "mnkr", "kr"})
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_FIGURE = re.compile(
    r"(?:(?<![\w%)])(?P<sign>[+\-\N{MINUS SIGN}\N{EN DASH}])\s?(?=\d)"
    r"|(?<![\w.,:/§\-\N{EN DASH}\N{MINUS SIGN}]))"
    r"(?P<number>(?:[1-9]\d{0,2}(?:[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+(?!\d)|\d+)"
    r"(?:[.,]\d+)?)"
    rf"(?:\s?(?P<unit>{_UNIT})(?![\w-])\.?|(?![\w§/:])(?!-\w)(?!\.\d)(?!\s?[\-\N{{EN DASH}}]\s?\d))",
    re.IGNORECASE,
)
_A_NAME = re.compile(
    r"\b(?:nr|nummer|sid|sida|rad|kap|kapitel|fas|steg|punkt|nivå|etapp|agenda|version|bilaga|grupp|avdelning|våning"
    r"|vecka|v|klass|kl|klockan|mål|dag|tertial|period|kvartal|lag|paragraf|covid"
    rf"|(?:{_MONTHS})[a-zåäö]*)\.?\s$",
    re.IGNORECASE,
)
_A_DATE = re.compile(rf"\s(?:{_MONTHS})[a-zåäö]*\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:ca|cirka|drygt|knappt|omkring|ungefär|runt|nästan|närmare|uppemot|upp till|över|under|minst"
    r"|högst|max|mer än|mindre än|fler än|färre än|kring)\.?\s*$",
    re.IGNORECASE,
)


_WORDED = re.compile(
    rf"(?<![\w-])(?P<word>{NUMBER_WORDS})(?:\s+(?P<unit>procentenheter|procent|st|tkr))?(?![\w-])"
    r"(?!\s+(?:tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tion?de)delar)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_KEPT = 2048  # sentences, about those of one cycle
_SHARES_UNIT = re.compile(r"\s+(?:till|mot|och|respektive|eller|à)\s+", re.IGNORECASE)
_FOLLOWING = re.compile(r"(?:\s+[a-zåäö]+){0,4}")
_NO_NOUN = re.compile(
    r"(?:i|på|under|från|till|av|med|för|och|samt|eller|men|som|har|hade|var|är|blev|vid|hos|per|inom|mellan|efter"
    r"|före|sedan|bland|att|där|när|då|vilket|även|också|inte|om|ur|över|mot|jämfört|procent|st|stycken)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a text; `unit` is "%", "points", "tkr", "mnkr", "kr", "st" or nothing.

    `noun` is the word that follows, where it can be what is counted.
    """

    number: Decimal
    unit: str
    start: int
    end: int
    printed: str
    approximate: bool = False
    signed: bool = False
    noun: str | None = None

    @property
    def is_money(self) -> bool:
        """Whether it is a sum of money."""
        return self.unit in MONEY


@lru_cache(maxsize=_KEPT)
def figures_in(text: str) -> Sequence[Figure]:
    """The figures of `text`, in order, words from "två" too; years without a unit are none.

    Checks ask for the same sentence several times: the last ones read are kept.
    """
    found = (
        [figure for match in _FIGURE.finditer(text) if (figure := _figure(match, text))]
        if _DIGIT.search(text)
        else []
    )
    found += [_worded(match, text) for match in _WORDED.finditer(text)]
    found.sort(key=lambda figure: figure.start)
    for place, (one, other) in enumerate(pairwise(found)):
        if not one.unit and other.unit and _SHARES_UNIT.fullmatch(text[one.end : other.start]):
            found[place] = replace(one, unit=other.unit)  # "från 42 till 40 procent"
    return tuple(found)


def _figure(match: re.Match[str], text: str) -> Figure | None:
    quantity = parse_quantity((match["sign"] or "") + match["number"])
    if quantity is None:
        return None
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :]
    unit = _UNITS[match["unit"].lower()] if match["unit"] else ""
    if not unit:
        year = len(match["number"]) == 4 and 1950 <= quantity.number <= 2100 and not match["sign"]
        if year or _A_NAME.search(before) or _A_DATE.match(after):
            return None
    return Figure(
        quantity.number,
        unit,
        match.start(),
        match.end(),
        match[0].strip(" ."),
        _ABOUT.search(before) is not None,
        match["sign"] is not None,
        _noun(after),
    )


def _worded(match: re.Match[str], text: str) -> Figure:
    before = text[max(0, match.start() - 24) : match.start()]
    unit = _UNITS[match["unit"].lower()] if match["unit"] else ""
    number = Decimal(whole_number(match["word"]))
    about = _ABOUT.search(before) is not None
    return Figure(number, unit, match.start(), match.end(), match[0], about, noun=_noun(text[match.end() :]))


def _noun(after: str) -> str | None:
    """What a number counts: the first word after it that is neither an adjective nor a small word."""
    for word in _FOLLOWING.match(after)[0].split():  # type: ignore[index]
        if _NO_NOUN.fullmatch(word):
            return None
        if not word.endswith("a"):
            return word
    return None


def whole_number(text: str) -> int:
    """The number that digits or a word of `NUMBER_WORDS` say."""
    return int(text) if text.isdigit() else _WORDS[text.casefold()]


def agree(one: Decimal, other: Decimal) -> bool:
    """Whether two printed numbers may be the same, each rounded its own way to its own decimals."""
    coarse = min(decimals_of(one), decimals_of(other))
    return abs(one - other) <= Decimal(5).scaleb(-coarse - 1)


def shown(number: Decimal, unit: str) -> str:
    """The number as it is said in a finding."""
    word = "procentenheter" if unit == "points" else unit
    return f"{format_number(number)} {word}".strip()
