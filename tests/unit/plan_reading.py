"""What the plan reader makes of a text, in a line of a test."""

from arshjul.plan import Activity, Goal, Indicator, Plan
from arshjul.plan_reader import Reading, lines_of_text, read, read_plan


def reading_of(text: str) -> Reading:
    return read(lines_of_text(text))


def plan_of(text: str) -> Plan:
    return read_plan(lines_of_text(text))


def only_goal(text: str) -> Goal:
    (goal,) = plan_of(text).walk()
    return goal


def only_indicator(table: str, goal: str = "Nämndmål: Alla är trygga") -> Indicator:
    ((_, indicator),) = plan_of(f"{goal}\n\n{table}\n").indicators()
    return indicator


def only_activity(table: str) -> Activity:
    ((_, activity),) = plan_of(f"Nämndmål: Alla är trygga\n\n{table}\n").activities()
    return activity
