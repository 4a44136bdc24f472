"""What an example city plans and has measured: plans of units and departments, and earlier values.

Plans of one trade differ in names and targets only, and so they are written once and filled in. Called by
`cli.example.writing`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from arshjul.catalogue import Direction, Method
from arshjul.organisation import Unit
from arshjul.plan import Activity, Goal, Indicator, Kind, Level, Plan
from arshjul.plan_file import dump_plan
from cli.example.sentences import written
from cli.example.words import Chain, CityWords, Measured, Trade, UnitGoal

_NAME, _PLACE, _SUBUNITS = "ENHETENSNAMN", "ENHETENSORT", "ENHETENSVERKSAMHETER"


@dataclass(frozen=True, slots=True)
class PlanText:
    """The plan of a trade as YAML, with places to fill in."""

    text: str
    indicators: tuple[Measured, ...]

    def of(self, unit: Unit, parts: tuple[str, ...], targets: Mapping[str, int]) -> str:
        """The plan of one unit, which consists of `parts`; `targets` by indicator id."""
        text = self.text.replace(_NAME, unit.name).replace(_PLACE, unit.short_name)
        for indicator in self.indicators:
            text = text.replace(_target(indicator), str(targets[indicator.id]))
        return text.replace(_SUBUNITS, ", ".join(parts[:-1]) + f" och {parts[-1]}" if parts[1:] else parts[0])


def plan_text(words: CityWords, trade: Trade | None, year: int) -> PlanText:
    """The plan of a trade; None for an administration, whose departments share only what all do."""
    chains = [*words.shared]
    if trade:
        last = chains[-1]
        chains.append(Chain(last.direction, last.council, trade.board, trade.goals))
    plan = Plan(
        Kind.VP,
        year,
        _NAME,
        goals=tuple(_directions(chains, year)),
        front={"Vårt uppdrag": f"{_PLACE} består av {_SUBUNITS}. Planen gäller {year}."},
    )
    return PlanText(dump_plan(plan), words.indicators(trade))


def targets_of(indicators: tuple[Measured, ...], parts: int, random: Random) -> dict[str, int]:
    """A unit's own targets, by indicator: near the city's, and by its size where values are summed."""
    found = {}
    for one in indicators:
        whole = one.each * parts if one.each is not None else one.target
        found[one.id] = max(1, whole + random.randint(-2, 2))
    return found


def around(indicator: Measured, random: Random) -> float:
    """A believable value of one sub-unit: most reach the target, some do not."""
    middle = indicator.each if indicator.each is not None else indicator.target
    better = -1 if indicator.direction is Direction.AT_MOST else 1
    value = middle + better * random.uniform(-indicator.spread, indicator.spread * 0.9)
    highest = 100.0 if indicator.unit == "%" else value
    return round(min(max(value, 0.0), highest), indicator.decimals)


def earlier_text(unit: Unit, words: CityWords, trade: Trade, year: int, random: Random) -> str:
    """The unit's `earlier/<code>.yaml`: T2 of the year before and T1 of this, with texts."""
    lines = [f"# Vad tidigare perioder gav på {unit.short_name}.", "", "periods:"]
    for period in (f"T2 {year - 1}", f"T1 {year}"):
        lines += [f"  {period}:", "    values:"]
        for indicator in words.indicators(trade):
            lines.append(f"      {indicator.id}:")
            lines += [f"        {s.code}: {_values(indicator, random)}" for s in unit.subunits]
        lines.append("    texts:")
        goals = [goal_id for goal_id, _ in unit_goals(words, trade)]
        for subunit in unit.subunits:
            said = {f"{goal}.analysis": written(random, 2) for goal in random.sample(goals, k=2)}
            lines.append(f"      {subunit.code}:")
            lines += [f"        {name}: {_quoted(text)}" for name, text in sorted(said.items())]
    return "\n".join(lines) + "\n"


def unit_goals(words: CityWords, trade: Trade | None) -> Iterator[tuple[str, UnitGoal]]:
    """The goals that a unit is asked about, with the ids that the plan gives them."""
    goals = [goal for chain in words.shared for goal in chain.goals]
    for number, goal in enumerate([*goals, *(trade.goals if trade else ())], start=1):
        yield f"E{number:02}", goal


def _directions(chains: list[Chain], year: int) -> Iterator[Goal]:
    """The chain of goals, those of the same title joined."""
    numbers = iter(range(1, 100))
    activities = iter(range(1, 100))
    by_direction: dict[str, dict[str, list[Goal]]] = {}
    for place, chain in enumerate(chains, start=1):
        below = tuple(_unit_goal(next(numbers), goal, next(activities), year) for goal in chain.goals)
        board = Goal(f"N{place:02}", Level.BOARD, chain.board, goals=below)
        by_direction.setdefault(chain.direction, {}).setdefault(chain.council, []).append(board)
    council = iter(range(1, 100))
    for number, (direction, councils) in enumerate(by_direction.items(), start=1):
        yield Goal(
            f"D{number:02}",
            Level.DIRECTION,
            direction,
            number=str(number),
            goals=tuple(
                Goal(f"K{next(council):02}", Level.COUNCIL, title, f"{number}.{place}", goals=tuple(boards))
                for place, (title, boards) in enumerate(councils.items(), start=1)
            ),
        )


def _unit_goal(number: int, goal: UnitGoal, activity: int, year: int) -> Goal:
    return Goal(
        f"E{number:02}",
        Level.UNIT,
        goal.title,
        sections={
            "expected_result": goal.expected_result,
            "approach": goal.approach,
            "follow_up": goal.follow_up,
        },
        indicators=tuple(
            Indicator(one.id, one.name, one.printed.format(_target(one)), periodicity="Tertial")
            for one in goal.indicators
        ),
        activities=(
            Activity(f"A{activity:02}", goal.activity, date(year, 2, 2), date(year, 6 + activity % 6, 15)),
        ),
    )


def _target(indicator: Measured) -> str:
    return f"MÅLVÄRDE{indicator.id}"


def _values(indicator: Measured, random: Random) -> str:
    weighed = indicator.method in (Method.WEIGHTED_MEAN, Method.RATIO)
    if indicator.by_sex:
        counts = (
            f", women_respondents: {random.randint(6, 18)}, men_respondents: {random.randint(6, 18)}"
            if weighed
            else ""
        )
        women, men = _number(around(indicator, random)), _number(around(indicator, random))
        return f"{{women: {women}, men: {men}{counts}}}"
    count = f", respondents: {random.randint(8, 24)}" if weighed else ""
    return f"{{total: {_number(around(indicator, random))}{count}}}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
