"""How each indicator is measured: method over sub-units, sexes, direction of the target, when it is asked.

The plan says what an indicator is called and its target; the catalogue (`config/indicators.yaml`, by
indicator id) says how it is counted. An indicator that is not in the catalogue gets a measure inferred
from its printed target. Called by form making, compilation, attainment and review. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from arshjul.numbers import Quantity, decimals_of, parse_quantity
from arshjul.plan import Indicator, Kind

_PEOPLE = re.compile(
    r"\b(?<!per )(?:brukar|deltagar|boende|klient|elev|gäst|patient|barn|ungdom|medarbetar|anställd|person)"
)
_TWO_ENDS = re.compile(r"(?:[-–]|till\b|eller\b|\d)")  # what follows the first number of a band
_BAND = re.compile(r"(?:mellan )?(?P<low>[^-–]+?)(?: ?[-–] ?| till | och )(?P<high>\d.*)", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:fastställs|fastställas|fastställt|beslutas|sätts|tas fram|arbetas fram|bestäms|anges|kommer|"
    r"återkommer|senare|saknas|utreds|tbd)\b",
    re.IGNORECASE,
)
_LOWER_IS_BETTER = ("sjukfrånvaro", "timavlönad", "klimatpåverkan", "avfall", "matsvinn")


class Method(StrEnum):
    """How the unit's value is made of the sub-units' values."""

    SUM = "sum"
    MEAN = "mean"  # plain: every sub-unit counts the same
    WEIGHTED_MEAN = "weighted_mean"  # by number of respondents, which the form then asks for
    RATIO = "ratio"  # of sums: the parts of all by the wholes of all


class Span(StrEnum):
    """How a value is made of the months."""

    YEAR = "year"  # from January to the end of the period
    LAST = "last"  # the newest that there is
    ROLLING_YEAR = "rolling_year"  # the twelve months that end with the period
    CHANGE = "change"  # from January, less the same months of the year before


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

    `unit` is the printed unit ("%", "st", "kg per person"), `decimals` how many are printed, `asked_in` the
    reports whose forms ask for it, `subunits` who is asked (empty: everybody), `people` whether it is on
    individuals and so shown by sex and withheld on fewer than `smallest_group` respondents. `span` None: as
    the source says that gives it, else from January. `common` is the indicator's name in all units, by which
    they are compared; `formerly` are ids that it had in earlier plans.
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
    span: Span | None = None
    common: str = ""
    formerly: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.span is Span.ROLLING_YEAR and self.method is Method.MEAN:
            raise ValueError("rolling_year går med sum, ratio och weighted_mean, inte med mean")

    def asks(self, kind: Kind, subunit: str) -> bool:
        """Whether a form of that kind asks that sub-unit for the value."""
        return kind in self.asked_in and (not self.subunits or subunit in self.subunits)


@dataclass(frozen=True, slots=True)
class PrintedTarget:
    """What a printed target says: "80 %", "högst 8,5 %", "öka".

    `direction` is what its own word says, None where the measure decides; `number` is None for "öka" and
    "minska", which compare with the same period of the year before. `upper` is set for a band ("75–80 %").
    """

    number: Decimal | None
    unit: str = ""
    direction: Direction | None = None
    upper: Decimal | None = None

    def low_is_good(self, measure: Measure) -> bool:
        """Whether a lower value is the better one: by the target's own word, else by the measure."""
        return (self.direction or measure.direction) in (Direction.AT_MOST, Direction.DECREASE)


_WORDED = {
    "minst": Direction.AT_LEAST,
    "lägst": Direction.AT_LEAST,
    "öka till": Direction.AT_LEAST,
    "≥": Direction.AT_LEAST,
    "högst": Direction.AT_MOST,
    "maximalt": Direction.AT_MOST,
    "max": Direction.AT_MOST,
    "minska till": Direction.AT_MOST,
    "≤": Direction.AT_MOST,
}


@lru_cache(maxsize=1024)
def read_target(printed: str | None) -> PrintedTarget | None:
    """The target in `printed`; None where it cannot be compared with ("Fastställs T1", "3 eller 4")."""
    text = " ".join((printed or "").split())
    lowered = text.lower()
    if target_is_open(text):
        return None
    if not any(character.isdigit() for character in text):
        if lowered.startswith(("öka", "ökning")):
            return PrintedTarget(None, direction=Direction.INCREASE)
        if lowered.startswith(("minska", "minskning")):
            return PrintedTarget(None, direction=Direction.DECREASE)
        return None
    word = next((word for word in _WORDED if lowered.startswith(word)), "")
    if not word and (band := _read_band(text)):
        return band
    quantity = parse_quantity(text[len(word) :].lstrip("."))
    if quantity is None or _TWO_ENDS.match(quantity.unit):
        return None
    return PrintedTarget(quantity.number, _unit_of(quantity), _WORDED.get(word))


def target_is_open(printed: str | None) -> bool:
    """Whether the target says that it is still to come ("Fastställs t1", "tas fram av nämnd").

    A number with a comment on it ("80 %, beslutas i mars") is a number.
    """
    text = " ".join((printed or "").split())
    return _LATER.search(text) is not None and parse_quantity(text) is None and read_word(text) is None


def read_word(text: str) -> str | None:
    """The word that a target begins with, where a number follows it."""
    lowered = text.lower()
    word = next((word for word in _WORDED if lowered.startswith(word)), None)
    return word if word and parse_quantity(text[len(word) :].lstrip(".")) else None


def _read_band(text: str) -> PrintedTarget | None:
    found = _BAND.fullmatch(text)
    low, high = (parse_quantity(found[name]) if found else None for name in ("low", "high"))
    if low is None or high is None or low.number >= high.number or low.unit not in ("", high.unit):
        return None
    return PrintedTarget(low.number, _unit_of(high), upper=high.number)


def _unit_of(quantity: Quantity) -> str:
    unit = quantity.unit.partition("(")[0].strip()
    return "%" if unit.lower().startswith(("%", "procent")) else unit


def identities(catalogue: Mapping[str, Measure]) -> dict[str, str]:
    """Former ids of indicators, each with the id it has now."""
    return {before: now for now, measure in catalogue.items() for before in measure.formerly}


def infer_measure(indicator: Indicator) -> Measure:
    """A measure from what is printed: per cent and index as plain means, counts as a sum.

    "öka"/"minska" and "minst"/"högst" set the direction; sick leave and hours by hourly staff are better
    when lower. Shares of people are on individuals, so their respondents are asked for.
    Periodicity "År" asks in VB only where a tertial report would have no value ("Tertial" asks in all).
    """
    own, council = read_target(indicator.target), read_target(indicator.council_target)
    numbers = [target for target in (own, council) if target and target.number is not None]
    lowered = indicator.name.lower()
    counted = lowered.startswith("antal") and " per " not in lowered
    unit = numbers[0].unit if numbers else "%" if lowered.startswith("andel") else "st" if counted else ""
    direction = own.direction if own else council.direction if council else None
    if direction is None and any(word in lowered for word in _LOWER_IS_BETTER):
        direction = Direction.AT_MOST
    tertial = "tertial" in (indicator.periodicity or "").lower()
    return Measure(
        method=Method.SUM if unit in ("st", "antal") or (counted and unit == "") else Method.MEAN,
        unit=unit,
        decimals=max((decimals_of(target.number or Decimal(0)) for target in numbers), default=0),
        direction=direction or (Direction.AT_LEAST if numbers else Direction.NONE),
        people=unit == "%" and _PEOPLE.search(lowered) is not None,
        asked_in=(Kind.T1, Kind.T2, Kind.VB) if tertial or not indicator.periodicity else (Kind.VB,),
        maximum=100 if unit == "%" else None,
    )
