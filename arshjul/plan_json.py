"""The plan as JSON: the contract of `arshjul plan read --json` for other programs. Pure.

Values are kept as printed; a number that can be read in one stands beside it. Called by `cli.plan`.
"""

from collections.abc import Mapping, Sequence

from arshjul.numbers import parse_quantity
from arshjul.plan import Goal, Indicator, Plan

_VALUES = ("outcome", "outcome_men", "outcome_women", "previous", "target", "council_target", "forecast")


def plan_as_json(plan: Plan, furniture: Sequence[Mapping[str, object]] = ()) -> dict[str, object]:
    """The contract of `plan read --json`; `furniture` names the lines that are no content."""
    document: dict[str, object] = {
        "kind": plan.kind,
        "year": plan.year,
        "unit": plan.unit,
        "goals": [_goal_json(goal) for goal in plan.goals],
        "front": dict(plan.front),
        "back": dict(plan.back),
        "warnings": [{"line": warning.line, "message": warning.message} for warning in plan.warnings],
    }
    if furniture:
        document["furniture"] = list(furniture)
    return document


def _goal_json(goal: Goal) -> dict[str, object]:
    """A goal with everything below it; keys without a value are there as null."""
    return {
        "id": goal.id,
        "level": goal.level,
        "number": goal.number,
        "title": goal.title,
        "attainment": goal.attainment,
        "sections": dict(goal.sections),
        "indicators": [_indicator_json(indicator) for indicator in goal.indicators],
        "activities": [
            {
                "id": activity.id,
                "title": activity.title,
                "start": activity.start.isoformat() if activity.start else None,
                "end": activity.end.isoformat() if activity.end else None,
                "deviation": activity.deviation,
                "analysis": activity.analysis,
            }
            for activity in goal.activities
        ],
        "goals": [_goal_json(below) for below in goal.goals],
    }


def _indicator_json(indicator: Indicator) -> dict[str, object]:
    """An indicator with its printed values, and beside them the numbers that can be read in them."""
    printed = {key: getattr(indicator, key) for key in _VALUES}
    quantities = {key: parse_quantity(value) for key, value in printed.items() if value}
    return {
        "id": indicator.id,
        "name": indicator.name,
        **printed,
        "period": indicator.period,
        "periodicity": indicator.periodicity,
        "analysis": indicator.analysis,
        "columns_uncertain": indicator.columns_uncertain,
        "numbers": {key: float(quantity.number) for key, quantity in quantities.items() if quantity},
    }
