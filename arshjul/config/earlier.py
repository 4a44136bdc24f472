"""`earlier/<unit>.yaml`: what periods before this installation gave, value by value and text by text.

Gives `arshjul.history.History`. Called by `arshjul.config.installation`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.config.records import Source
from arshjul.errors import BadInput
from arshjul.history import WHOLE_UNIT, EarlierText, EarlierValue, History

_PERIOD = re.compile(r"(?:(?:VP|T1|T2|VB) \d{4}|MR \d{4}-(?:0[1-9]|1[0-2]))\Z")


@dataclass(frozen=True, slots=True)
class ValueRecord:
    """One sub-unit's value of one indicator, whole or by sex, and how many answered."""

    total: Decimal | None = None
    women: Decimal | None = None
    men: Decimal | None = None
    respondents: int | None = None
    women_respondents: int | None = None
    men_respondents: int | None = None

    def __post_init__(self) -> None:
        if self.total is None and self.women is None and self.men is None:
            raise ValueError("här behövs total, women eller men")

    def by_sex(self) -> Iterator[tuple[Sex, Decimal, int | None]]:
        """The values that are there."""
        for sex, number, respondents in (
            (Sex.TOTAL, self.total, self.respondents),
            (Sex.WOMEN, self.women, self.women_respondents),
            (Sex.MEN, self.men, self.men_respondents),
        ):
            if number is not None:
                yield sex, number, respondents


@dataclass(frozen=True, slots=True)
class PeriodRecord:
    """One period: values by indicator and scope, texts by scope and field id."""

    values: Mapping[str, Mapping[str, ValueRecord]] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierRecord:
    """The whole file, by period ("T2 2025")."""

    periods: Mapping[str, PeriodRecord]


def read_earlier(source: Source, scopes: set[str], groups: set[str]) -> History:
    """The history in the file. `scopes` may hold values and texts, `groups` are the ids of the plans."""
    record = source.read(EarlierRecord)
    for period, found in record.periods.items():
        if not _PERIOD.match(period):
            where = source.where("periods", period)
            raise BadInput(f'"{period}" är ingen period; skriv till exempel T2 2025', where)
        for indicator, by_scope in found.values.items():
            path = ("periods", period, "values", indicator)
            if indicator not in groups:
                raise BadInput(f'indikatorn "{indicator}" finns inte i någon plan', source.where(*path))
            _check_scopes(source, path, by_scope, scopes | {WHOLE_UNIT})
        _check_scopes(source, ("periods", period, "texts"), found.texts, scopes)
    return History(
        values=tuple(
            EarlierValue(period, scope, indicator, number, sex, respondents)
            for period, found in record.periods.items()
            for indicator, by_scope in found.values.items()
            for scope, value in by_scope.items()
            for sex, number, respondents in value.by_sex()
        ),
        texts=tuple(
            EarlierText(period, scope, name, text)
            for period, found in record.periods.items()
            for scope, texts in found.texts.items()
            for name, text in texts.items()
        ),
    )


def _check_scopes(
    source: Source, path: tuple[str, ...], found: Mapping[str, object], scopes: set[str]
) -> None:
    for scope in found:
        if scope not in scopes:
            raise BadInput(f'"{scope}" är ingen verksamhet i enheten', source.where(*path, scope))
