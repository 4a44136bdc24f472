"""Months as systems write them: 2026-08, 202608, a day, "aug 2026", a tertial (its last month). Pure."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from arshjul.sources.table import Cell
from arshjul.swedish_dates import SHORT_MONTHS

_YEAR_FIRST = re.compile(r"(20\d\d)[-/. ]?(0[1-9]|1[0-2])(?:[-/. ]?(?:0[1-9]|[12]\d|3[01]))?(?:[ T].*)?")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[-/.](20\d\d)")
_WRITTEN = re.compile(r"(?:[^\W\d]+ )?([^\W\d]{3,9})\.? (20\d\d)")
_TERTIAL = re.compile(r"(T1|T2|T3|VB) ?(20\d\d)|(20\d\d) ?(T1|T2|T3|VB)", re.IGNORECASE)
_LAST = {"T1": 4, "T2": 8, "T3": 12, "VB": 12}


def read_month(value: Cell) -> str | None:
    """The month as "2026-08"; None for what is no month."""
    if isinstance(value, datetime | date):
        return f"{value.year}-{value.month:02}"
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = str(int(value))
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if match := _YEAR_FIRST.fullmatch(text):
        return f"{match[1]}-{match[2]}"
    if match := _MONTH_FIRST.fullmatch(text):
        return f"{match[2]}-{int(match[1]):02}"
    if match := _TERTIAL.fullmatch(text):
        return f"{match[2] or match[3]}-{_LAST[(match[1] or match[4]).upper()]:02}"
    match = _WRITTEN.fullmatch(text.casefold())
    if match and match[1][:3] in SHORT_MONTHS:
        return f"{match[2]}-{SHORT_MONTHS.index(match[1][:3]) + 1:02}"
    return None


def months_of_year(last: str) -> tuple[str, ...]:
    """January to `last` ("2026-08")."""
    year, month = last.split("-")
    return tuple(f"{year}-{number:02}" for number in range(1, int(month) + 1))


def twelve_months(last: str) -> tuple[str, ...]:
    """The twelve months that end with `last`."""
    return tuple(reversed([month for month, _ in zip(_back_from(last), range(12), strict=False)]))


def year_before(month: str) -> str:
    """The same month of the year before."""
    return f"{int(month[:4]) - 1}{month[4:]}"


def _back_from(month: str) -> Iterator[str]:
    year, number = map(int, month.split("-"))
    while True:
        yield f"{year}-{number:02}"
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)
