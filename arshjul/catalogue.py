"""How each indicator is measured: method over sub-units, sexes, direction of the target, when it is asked.

The plan says what an indicator is called and its target; the catalogue (`config/indicators.yaml`, by
indicator id) says how it is counted. An indicator that is not in the catalogue gets a measure inferred
from its printed target. Called by form making, compilation, attainment and review. Pure.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from arshjul.numbers import parse_quantity
from arshjul.plan import Indicator, Kind


class Method(StrEnum):
    """How the unit's value is made of the sub-units' values."""

    SUM = "sum"
    MEAN = "mean"  # plain: every sub-unit counts the same
    WEIGHTED_MEAN = "weighted_mean"  # by number of respondents, which the form then asks for


class Direction(StrEnum):
    """Which side of the target is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    INCREASE = "increase"
    DECREASE = "decrease"
    NONE = "none"


class Sex(StrEnum):
    """T/K/M: everybody, women (and girls), men (and boys)."""

    TOTAL = "total"
    WOMEN = "women"
    MEN = "men"


@dataclass(frozen=True, slots=True)
class Measure:
    """How one indicator is asked for and counted.

    `unit` is the printed unit ("%", "st", "kg per person"), `decimals` how many are printed, `asked_in`
    the reports whose forms ask for it, `subunits` who is asked (empty: everybody), `people` whether it is
    on individuals and so shown by sex and withheld on fewer than `smallest_group` respondents.
    """

    method: Method
    unit: str = ""
    decimals: int = 0
    direction: Direction = Direction.AT_LEAST
    by_sex: bool = False
    people: bool = False
    asked_in: tuple[Kind, ...] = (Kind.T1, Kind.T2, Kind.VB)
    subunits: tuple[str, ...] = ()
    smallest_group: int = 5
    maximum: int | None = None

    def asks(self, kind: Kind, subunit: str) -> bool:
        """Whether a form of that kind asks that sub-unit for the value."""
        return kind in self.asked_in and (not self.subunits or subunit in self.subunits)


def infer_measure(indicator: Indicator) -> Measure:
    """A measure from what is printed: per cent and index as plain means, "st" as a sum.

    "öka"/"minska" set the direction; sick leave and hours by hourly staff are better when lower.
    Periodicity "År" asks in VB only where a tertial report would have no value ("Tertial" asks in all).
    """
    printed = indicator.target or indicator.council_target or ""
    quantity = parse_quantity(printed)
    unit = quantity.unit if quantity else ("%" if indicator.name.lower().startswith("andel") else "")
    lowered = indicator.name.lower()
    if printed.strip().lower().startswith("öka"):
        direction = Direction.INCREASE
    elif printed.strip().lower().startswith("minska"):
        direction = Direction.DECREASE
    elif any(
        word in lowered for word in ("sjukfrånvaro", "timavlönad", "klimatpåverkan", "avfall", "matsvinn")
    ):
        direction = Direction.AT_MOST
    else:
        direction = Direction.AT_LEAST if quantity else Direction.NONE
    tertial = "tertial" in (indicator.periodicity or "").lower()
    number = quantity.number if quantity else Decimal(0)
    return Measure(
        method=Method.SUM if unit in ("st", "antal") else Method.MEAN,
        unit=unit,
        decimals=1 if number != number.to_integral_value() else 0,
        direction=direction,
        asked_in=(Kind.T1, Kind.T2, Kind.VB) if tertial or not indicator.periodicity else (Kind.VB,),
        maximum=100 if unit == "%" else None,
    )
