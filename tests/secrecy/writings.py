"""Identity numbers made by the rule itself, and every way that people write them; seeded.

The check digit is reckoned here and not by the library that the scan asks.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

FIRST_DAY = date(1905, 1, 1)
DAYS = 44_000  # to the middle of 2025


def check_digit(nine: str) -> str:
    """The last digit, from the nine before it (modulus 10)."""
    doubled = [int(c) * (2 - place % 2) for place, c in enumerate(nine)]
    return str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)


def made_number(random: Random, *, coordination: bool | None = None) -> str:
    """A number of twelve digits; one in four is a coordination number where nothing is asked for."""
    day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
    wanted = random.random() < 0.25 if coordination is None else coordination
    nine = f"{day:%y%m}{day.day + 60 * wanted:02}{random.randrange(1, 1000):03}"
    return f"{day.year // 100}{nine}{check_digit(nine)}"


def _in_groups(*sizes: int, by: str, last: str | None = None) -> Callable[[str], str]:
    """The digits in groups, of the last ten or all twelve; `last` before the last group."""

    def write(number: str) -> str:
        digits = number[-sum(sizes) :]
        parts, at = [], 0
        for size in sizes:
            parts.append(digits[at : at + size])
            at += size
        return by.join(parts[:-1]) + (by if last is None else last) + parts[-1]

    return write


def _shifted(write: Callable[[str], str], zero: int) -> Callable[[str], str]:
    """The same writing with the digits of another block of characters."""
    return lambda number: write(number).translate({ord("0") + n: zero + n for n in range(10)})


_SHORT, _LONG = _in_groups(6, 4, by="-"), _in_groups(8, 4, by="-")

WRITINGS: dict[str, Callable[[str], str]] = {
    "ten digits with a hyphen": _SHORT,
    "twelve digits with a hyphen": _LONG,
    "ten digits": _in_groups(6, 4, by=""),
    "twelve digits": _in_groups(8, 4, by=""),
    "a plus": _in_groups(6, 4, by="+"),
    "a plus and the century": _in_groups(8, 4, by="+"),
    "a space": _in_groups(6, 4, by=" "),
    "the century and a space": _in_groups(8, 4, by=" "),
    "a hyphen between spaces": _in_groups(6, 4, by=" - "),
    "a space before the hyphen": _in_groups(8, 4, by=" -"),
    "a space after the hyphen": _in_groups(6, 4, by="- "),
    "two hyphens": _in_groups(6, 4, by="--"),
    "a dash": _in_groups(6, 4, by="–"),
    "a long dash": _in_groups(8, 4, by=" — "),
    "a minus sign": _in_groups(6, 4, by="−"),
    "a hyphen that does not break": _in_groups(8, 4, by="‑"),
    "a hard space": _in_groups(6, 4, by="\u00a0"),
    "a narrow hard space": _in_groups(8, 4, by="\u202f"),
    "a soft hyphen": _in_groups(6, 4, by="\u00ad"),
    "a zero-width space": _in_groups(6, 4, by="\u200b-"),
    "dots": _in_groups(2, 2, 2, 4, by="."),
    "dots and a hyphen": _in_groups(2, 2, 2, 4, by=".", last="-"),
    "dots and the century": _in_groups(4, 2, 2, 4, by=".", last="-"),
    "a dot": _in_groups(6, 4, by="."),
    "a slash": _in_groups(6, 4, by="/"),
    "a date and a hyphen": _in_groups(4, 2, 2, 4, by="-"),
    "a date and a space": _in_groups(4, 2, 2, 4, by="-", last=" "),
    "a short date and a hyphen": _in_groups(2, 2, 2, 4, by="-"),
    "spaces in the date": _in_groups(2, 2, 2, 4, by=" ", last="-"),
    "spaces everywhere": _in_groups(2, 2, 2, 4, by=" "),
    "the century by itself": _in_groups(2, 6, 4, by=" ", last="-"),
    "the century by itself, ten digits": _in_groups(2, 10, by=" "),
    "pairs": _in_groups(2, 2, 2, 2, 2, by=" "),
    "one by one": _in_groups(*[1] * 10, by=" "),
    "fours": _in_groups(4, 4, 4, by=" "),
    "the last four in pairs": lambda n: f"{n[2:8]}-{n[8:10]} {n[10:]}",
    "the century on the line before": lambda n: f"{n[:2]}\n{n[2:8]}-{n[8:]}",
    "the century on the line before, hyphenated": lambda n: f"{n[:2]}-\n{n[2:8]}-{n[8:]}",
    "the year on the line before": lambda n: f"{n[:4]}\n{n[4:8]}-{n[8:]}",
    "a line that breaks after the hyphen": _in_groups(6, 4, by="-\n"),
    "a line that breaks before the last four": _in_groups(8, 4, by="\n"),
    "a line that ends as elsewhere": _in_groups(8, 4, by="\r\n-"),
    "a line that breaks in the date": lambda n: f"{n[:5]}\n{n[5:8]}-{n[8:]}",
    "letters for noughts": lambda n: _SHORT(n).replace("0", "O"),
    "small letters for noughts": lambda n: _in_groups(8, 4, by="")(n).replace("0", "o"),
    "letters for ones": lambda n: _SHORT(n).replace("1", "l"),
    "letters for noughts and ones": lambda n: _LONG(n).replace("0", "O").replace("1", "I"),
    "full-width digits": _shifted(_in_groups(8, 4, by=""), 0xFF10),
    "full-width digits and hyphen": _shifted(_in_groups(6, 4, by="－"), 0xFF10),
    "Arabic digits": _shifted(_SHORT, 0x0660),
}

# Around the numbers: whole sentences, labels, brackets, lists; {} is a number.
SURROUNDINGS = (
    "Brukaren {} flyttade in i maj.",
    "{}",
    "Vi har 12 deltagare. {} är en av dem, och hon trivs.",
    "Hon bor kvar ({}) tills vidare.",
    "Personnummer: {}, adress okänd",
    "pnr{}x",
    "Ärendet {} gäller ett klagomål på maten.",
    "Under 2024 {} började hos oss.",
    "Första raden\n{}\nsista raden",
    "Det gäller {}, {} och {}.",
    "{}/{}",
    "{};{}",
    "{} {}",
    "”{}”",
    "Född:{}.",
    "Sjukfrånvaron är 9,7 % mot 8,5 % i fjol. {} är långtidssjuk.",
)
