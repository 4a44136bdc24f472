"""The numbers of a sentence that count something, each with what it counts.

Not counted: per cent, years, dates, ages, clock times, ordinals, weeks and other things that have a number
for a name, "3 fler", the whole in "6 av 8". Nouns are guessed from form and place; no noun is better than
a wrong one. Called by `arshjul.review.totals`. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from arshjul.numbers import parse_number

_WORDS = (
    *("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton", "fjorton"),
    *("femton", "sexton", "sjutton", "arton", "nitton", "tjugo"),
)
_NUMBER = re.compile(
    r"(?<![\w.,:/§#\-\N{EN DASH}])(?P<sign>[+\-\N{MINUS SIGN}\N{EN DASH}](?=\d))?"
    r"(?P<digits>[1-9]\d{0,2}(?:[ \N{NO-BREAK SPACE}]\d{3})+(?!\d)|\d{1,9})(?P<part>,\d+)?"
    r"(?=st\b|stycken\b|(?![\w§])(?![.:/]\w)(?!-\w))"
    rf"|\b(?P<word>{'|'.join(_WORDS)})\b|\b(?P<one>en|ett)\b(?=\s+[a-zåäö])",
    re.IGNORECASE,
)
_NAMES_SOMETHING = re.compile(
    r"(?:\b(?:vecka|veckorna|v\.|nr\.?|nummer|sid\.?|sida|punkt|bilaga|kapitel|kap\.?|grupp|lag|avdelning|hus|våning"
    r"|rum|årskurs|åk|klass|nivå|fas|steg|mål|etapp|linje|buss|period|tertial|kvartal|termin|kl\.?|klockan"
    r"|den|version)|\bav(?:\s(?:de|våra|alla|samtliga|totalt|sammanlagt))?|§)\s$",
    re.IGNORECASE,
)
_COUNTS_NOTHING = re.compile(
    r"\s*(?:%|procent|‰|år(?:s|en|ig)?\b|(?:jan|feb|mars?|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\b"
    r"|(?:st(?:ycken)?\s+)?(?:fler|färre|mer|mindre|högre|lägre|tusen|miljon)|gånger så\b)",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 20, 80  # characters around a number that say what it is
_RANGE = re.compile(r"\s?(?:[\-\N{EN DASH}]|till|eller)\s?\d")
_NO_NOUNS = re.compile(
    r"(?:i|på|under|från|till|av|med|för|och|samt|eller|men|som|har|hade|var|är|blev|blir|vid|hos|per|inom|utanför"
    r"|mellan|efter|före|sedan|bland|totalt|sammanlagt|tillsammans|att|där|när|då|vilket|vilka|dessutom|även"
    r"|också|inte|kom|om|ur|över|så|via|\w+ligt)"
)
_ALONE_NO_NOUNS = re.compile(r"(?:nya|andra|gamla|förra|olika|unika|samma|övriga)")
_PIECES = re.compile(r"\s*(?:st\b\.?|stycken\b)")
_WORD = re.compile(r"\s*(?P<word>[a-zåäöé\-]+)")
_ENDINGS = re.compile(r"(?:arna|erna|orna|are|ar|er|or|en|et|na|n|t|s)$")
SEXES = frozenset(("kvinnor", "kvinna", "flickor", "tjejer", "män", "man", "pojkar", "killar"))


@dataclass(frozen=True, slots=True)
class Count:
    """A number and the noun that it counts, None where it has none of its own.

    `signed` is written with + or -; `article` is "en" or "ett", which may count one or nothing at all.
    """

    number: Decimal
    noun: str | None
    start: int
    end: int
    signed: bool = False
    article: bool = False


def counts_in(text: str) -> list[Count]:
    """The counts of `text`, in order. A number without a noun has that of the one before it, or of the
    one after it in "6, 7 och 5 deltagare"."""
    found = list(_found(text))
    for place in reversed(range(len(found) - 1)):
        between = text[found[place].end : found[place + 1].start]
        if found[place].noun is None and between.strip() in (",", "och", "samt", "+"):
            found[place] = replace(found[place], noun=found[place + 1].noun)
    for place in range(1, len(found)):
        if found[place].noun is None:
            found[place] = replace(found[place], noun=found[place - 1].noun)
    return found


def _found(text: str) -> Iterator[Count]:
    skipped_to = 0
    for match in _NUMBER.finditer(text):
        after = text[match.end() : match.end() + _AFTER]
        signed = match["sign"] is not None
        ends = None if signed else _RANGE.match(after)
        if ends is not None:
            skipped_to = match.end() + ends.end()
        if match.start() < skipped_to:
            continue
        if _NAMES_SOMETHING.search(
            text[max(0, match.start() - _BEFORE) : match.start()]
        ) or _COUNTS_NOTHING.match(after):
            continue
        number = _number(match)
        if number is None or (len(match[0]) == 4 and 1990 <= number <= 2100):
            continue
        yield Count(number, _noun(after), match.start(), match.end(), signed, match["one"] is not None)


def _number(match: re.Match[str]) -> Decimal | None:
    if match["one"]:
        return Decimal(1)
    if match["word"]:
        return Decimal(_WORDS.index(match["word"].lower()) + 2)
    return parse_number(match[0])


def _noun(after: str) -> str | None:
    """The first word that can be a noun; adjectives end in -a and stand before one."""
    pieces = _PIECES.match(after)
    after = after[pieces.end() :] if pieces else after
    noun = None
    while (match := _WORD.match(after)) and not _NO_NOUNS.fullmatch(match["word"]):
        noun = match["word"]
        if not noun.endswith("a"):
            break
        after = after[match.end() :]
    return None if noun is None or _ALONE_NO_NOUNS.fullmatch(noun) else noun


def same_kind(one: str | None, other: str | None) -> bool:
    """Whether two nouns may count the same thing: "besök" and "studiebesök", women and participants."""
    if one is None or other is None or one in SEXES or other in SEXES:
        return True
    a, b = _ENDINGS.sub("", one) or one, _ENDINGS.sub("", other) or other
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= 4 and (long.endswith(short) or long.startswith(short)))
