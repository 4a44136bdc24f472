"""What earlier periods gave: values and texts that are shown beside a field and compared with.

Filled from earlier cycles in the store and from `config/earlier/`. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from arshjul.catalogue import Sex

WHOLE_UNIT = "unit"  # the scope of a value that holds for the unit, not for one sub-unit


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """One value of an earlier period ("T2 2025"); `respondents` where they are known.

    `withheld` where it may not be shown: marked by `arshjul.suppression.forms`.
    """

    period: str
    scope: str
    indicator: str
    number: Decimal
    sex: Sex = Sex.TOTAL
    respondents: int | None = None
    withheld: bool = False
    formerly: str = ""  # the indicator's id then, where it has another now


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A text of an earlier period; `field` is the field's id ("G12.analysis")."""

    period: str
    scope: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of earlier periods of one unit, with look-ups."""

    values: tuple[EarlierValue, ...] = ()
    texts: tuple[EarlierText, ...] = ()
    _value: dict[tuple[str, str, str, Sex], EarlierValue] = field(init=False, repr=False, compare=False)
    _text: dict[tuple[str, str, str], EarlierText] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        values = {(v.period, v.scope, v.indicator, v.sex): v for v in self.values}
        texts = {(t.period, t.scope, t.field): t for t in self.texts}
        object.__setattr__(self, "_value", values)
        object.__setattr__(self, "_text", texts)

    def with_identities(self, now: Mapping[str, str]) -> "History":
        """The same history with the ids of today: `now` maps former ids of indicators to those they have."""
        if not now:
            return self
        return replace(
            self,
            values=tuple(
                replace(value, indicator=now[value.indicator], formerly=value.indicator)
                if value.indicator in now
                else value
                for value in self.values
            ),
        )

    def value(
        self, periods: Iterable[str], scope: str, indicator: str, sex: Sex = Sex.TOTAL
    ) -> EarlierValue | None:
        """The value of the first of `periods` that has one."""
        found = (self._value.get((period, scope, indicator, sex)) for period in periods)
        return next((value for value in found if value is not None), None)

    def text(self, periods: Iterable[str], scope: str, field_id: str) -> EarlierText | None:
        """The text of the first of `periods` that has one."""
        found = (self._text.get((period, scope, field_id)) for period in periods)
        return next((text for text in found if text is not None), None)
