"""The words that an example city is made of, read from city.yaml beside this page."""

from dataclasses import dataclass
from pathlib import Path

from arshjul.catalogue import Direction, Measure, Method
from arshjul.config.records import open_source

WORDS = Path(__file__).with_name("city.yaml")


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator: what it is called and how it is counted, and around what its values lie.

    `target` is the target's number and `printed` how it is written; `each` what one sub-unit gives where
    values are summed; `spread` how far values lie from that.
    """

    id: str
    name: str
    target: int
    printed: str
    method: Method
    unit: str
    spread: int
    common: str = ""
    direction: Direction = Direction.AT_LEAST
    decimals: int = 0
    people: bool = False
    by_sex: bool = False
    each: int | None = None

    @property
    def measure(self) -> Measure:
        """As it stands in the catalogue."""
        return Measure(
            self.method,
            unit=self.unit,
            decimals=self.decimals,
            direction=self.direction,
            by_sex=self.by_sex,
            people=self.people,
            maximum=100 if self.unit == "%" else None,
            common=self.common,
        )


@dataclass(frozen=True, slots=True)
class UnitGoal:
    """A goal of a unit, with its texts."""

    title: str
    expected_result: str
    approach: str
    follow_up: str
    activity: str
    indicators: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The goals above: of the council and of the board, and the unit's under them."""

    direction: str
    council: str
    board: str
    goals: tuple[UnitGoal, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """What a kind of unit does: one department in each district is of it."""

    code: str
    department: str
    unit_name: str
    people: str
    board: str
    subunits: tuple[str, ...]
    goals: tuple[UnitGoal, ...]


@dataclass(frozen=True, slots=True)
class CityWords:
    """The whole file. The chain that a trade's own goals hang on is the last of `shared`."""

    city: str
    domain: str
    districts: tuple[str, ...]
    place_beginnings: tuple[str, ...]
    place_endings: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    shared: tuple[Chain, ...]
    trades: tuple[Trade, ...]

    def indicators(self, trade: Trade | None) -> tuple[Measured, ...]:
        """What is measured in a trade; with None only what is measured everywhere."""
        goals = [goal for chain in self.shared for goal in chain.goals]
        goals += trade.goals if trade else ()
        return tuple(indicator for goal in goals for indicator in goal.indicators)


def read_city_words() -> CityWords:
    """The words; BadInput with its line where the file has a fault."""
    return open_source(WORDS, f"cli/example/{WORDS.name}").read(CityWords)
