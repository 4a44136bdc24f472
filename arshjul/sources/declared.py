"""What a source is declared to be: its columns, what must add up in it, and which values it gives.

The shape of `config/sources.yaml`, read by `arshjul.config.sources`. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from arshjul.catalogue import Span


class ColumnKind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"  # a whole number
    MONTH = "month"  # a month, a day in it, or a tertial, which stands for its last month
    SEX = "sex"
    UNIT = "unit"  # the unit, where sub-units of several units are called the same
    PLACE = "place"  # a sub-unit or a whole unit: code, name, alias or cost centre


class Made(StrEnum):
    """How a value is made of the rows of one sub-unit and month."""

    SUM = "sum"  # the column `of` summed
    COUNT = "count"  # the number of rows
    RATIO = "ratio"  # the sum of `of` by the sum of `per`
    SHARE = "share"  # the share of the answers in `of` that are `counted`, a row a respondent
    VALUE = "value"  # `of` as it stands, one row each; weighed by `respondents` where the column is named


class Others(StrEnum):
    """What becomes of rows about units that are not in this installation."""

    SKIP = "skip"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column, found by any of its `headers`. `choices` empty: any text."""

    headers: tuple[str, ...]
    kind: ColumnKind = ColumnKind.TEXT
    column_may_be_missing: bool = False
    may_be_empty: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.headers:
            raise ValueError("kolumnen behöver minst en rubrik under headers")


@dataclass(frozen=True, slots=True)
class Balance:
    """What must add up on every row: the columns `adds` less `takes` make `makes` (opening + in − out =
    closing).
    """

    adds: tuple[str, ...]
    makes: str
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Give:
    """One value that the source gives, by sub-unit, sex and month.

    `field` is a question of the forms ("economy.budget_tkr"); without one the unit's `gives` says which
    indicator it is. `where` limits which rows count, `detail` keeps the value by that column's text, `scale`
    multiplies (100 for per cent, 0.001 for kronor as tkr). `counted`/`asked` are the answers of `Made.SHARE`.
    """

    name: str
    made: Made
    of: str = ""
    per: str = ""
    respondents: str = ""
    counted: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    detail: str = ""
    scale: Decimal = Decimal(1)
    field: str = ""
    span: Span = Span.YEAR

    def __post_init__(self) -> None:
        if self.made is not Made.COUNT and not self.of:
            raise ValueError(f'"{self.name}" behöver en kolumn under of')
        if self.made is Made.RATIO and not self.per:
            raise ValueError(f'"{self.name}" behöver en kolumn under per')
        if self.made is Made.SHARE and not (set(self.counted) and set(self.counted) <= set(self.asked)):
            raise ValueError(f'"{self.name}" behöver counted, och alla de svaren ska stå under asked')

    def columns(self) -> Iterator[str]:
        """The columns that the value is made of."""
        yield from (name for name in (self.of, self.per, self.respondents, self.detail, *self.where) if name)


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One source. `system` is what the form says the value comes from ("HR-systemet").

    `once` are the columns that together stand on one row only. `total_words` mark a row of totals, which is
    checked against the rows above and gives nothing. `individuals`: a row is one person's answer, and
    messages never repeat what stands in it.
    """

    title: str
    system: str
    columns: Mapping[str, ColumnSpec]
    gives: tuple[Give, ...]
    once: tuple[str, ...] = ()
    balances: tuple[Balance, ...] = ()
    total_words: tuple[str, ...] = ("Summa", "Totalt", "Total")
    others: Others = Others.REFUSE
    individuals: bool = False

    def of_kind(self, kind: ColumnKind) -> str | None:
        """The key of the column of that kind, None where the source has none."""
        return next((key for key, column in self.columns.items() if column.kind is kind), None)


@dataclass(frozen=True, slots=True)
class UnitSources:
    """What is one unit's: which indicator a value is, and what its sub-units are called in the exports.

    `places` maps a sub-unit's code, or "unit" for the unit as a whole, to cost centres and other names.
    """

    gives: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """The whole file: the sources by id, and the units."""

    sources: Mapping[str, SourceSpec] = field(default_factory=dict)
    units: Mapping[str, UnitSources] = field(default_factory=dict)

    def field_of(self, unit_code: str, give: Give) -> str:
        """What the value is to a unit: a field or an indicator's id; empty where it has no use for it."""
        return give.field or self.units.get(unit_code, UnitSources()).gives.get(give.name, "")

    def giving(self, unit_code: str) -> Iterator[tuple[str, SourceSpec, Give]]:
        """Everything that the sources give a unit: source id, source and value."""
        for source_id, spec in self.sources.items():
            for give in spec.gives:
                if self.field_of(unit_code, give):
                    yield source_id, spec, give
