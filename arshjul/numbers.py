"""Swedish numbers: reading what people write, exact decimals, one rounding, one printed form.

Every number that a person reads goes through here. No-break spaces hold a number together. Pure.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_SIGNS = "+\N{MINUS SIGN}\N{EN DASH}-"
# Thousands never begin with a nought: "1.050" is a thousand and fifty, "0.400" is two fifths.
_NUMBER = re.compile(
    rf"(?P<sign>[{_SIGNS}]?)[{_SPACES}]?"
    rf"(?P<whole>[1-9]\d{{0,2}}(?:[{_SPACES}.]\d{{3}})+(?!\d)|\d+)(?:,(?P<part>\d+)|\.(?P<dot>\d+))?"
)
_ROOMY = Context(prec=400)  # what people write is never cut off or refused for its length


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed value: the exact number and what follows it ("%", "st", "kg CO2 per kg livsmedel")."""

    number: Decimal
    unit: str


@lru_cache(maxsize=4096)
def parse_quantity(text: str) -> Quantity | None:
    """The number that `text` begins with and its unit, or None where it does not begin with a number.

    Takes "1 050 st", "50%", "11,7 %", "−3,2", "1.050" (thousands) and "2.5" (a point for a comma).
    """
    stripped = text.strip(_SPACES + "\t\n")
    match = _NUMBER.match(stripped)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["whole"])
    part = match["part"] or match["dot"] or ""
    number = Decimal(f"{whole}.{part}" if part else whole)
    if number and match["sign"] not in ("", "+"):
        number = number.copy_negate()
    return Quantity(number, stripped[match.end() :].strip(_SPACES + "\t\n"))


def parse_number(text: str) -> Decimal | None:
    """The number in `text` when nothing but a number (and perhaps a per cent sign) stands there."""
    quantity = parse_quantity(text)
    return quantity.number if quantity is not None and quantity.unit in ("", "%") else None


def round_half_up(number: Decimal, decimals: int = 0) -> Decimal:
    """`number` with `decimals` decimals; a half goes away from zero, as people round."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_ROOMY)


def decimals_of(number: Decimal) -> int:
    """How many decimals a number is written with: 2 for 0,40, none for 78."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def format_number(number: Decimal, decimals: int | None = None, *, sign: bool = False) -> str:
    """Swedish printed form: decimal comma, thousands apart by no-break spaces, a real minus sign.

    `decimals` None keeps the number's own, without trailing zeros; `sign` prints "+" before a rise.
    """
    if decimals is None:
        decimals = decimals_of(number.normalize(_ROOMY))
    rounded = round_half_up(number, decimals)
    printed = f"{rounded.copy_abs():,f}".replace(",", NBSP).replace(".", ",")
    if rounded < 0:
        return MINUS + printed
    return f"+{printed}" if sign and rounded > 0 else printed


def format_quantity(number: Decimal, unit: str, decimals: int | None = None) -> str:
    """The number with its unit after a no-break space ("8,5 %", "12 st")."""
    printed = format_number(number, decimals)
    return f"{printed}{NBSP}{unit}" if unit else printed


_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def count_word(number: int) -> str:
    """A small number as a word in a sentence ("tre"), a larger one in figures."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else format_number(Decimal(number))
