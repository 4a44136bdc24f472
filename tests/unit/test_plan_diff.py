"""What differs between two versions of a plan."""

from dataclasses import replace
from datetime import date

import pytest

from arshjul.plan import Activity, Attainment, Goal, Indicator, Kind, Level, Plan
from arshjul.plan_diff import Change, Difference, Part, diff_plans

TRUST = Indicator("I01", "Andel deltagare som är nöjda", target="80 %", council_target="82 %")
SICK = Indicator("I02", "Sjukfrånvaro", target="8,5 %")
COURSE = Activity(
    "A01", "Alla går utbildningen i lågaffektivt bemötande", date(2026, 1, 1), date(2026, 6, 30), False
)
UNIT = Goal(
    "G02", Level.UNIT, "Deltagarna bestämmer över sin dag", indicators=(TRUST, SICK), activities=(COURSE,)
)
TOP = Goal("G01", Level.BOARD, "Alla är delaktiga", "1.1", sections={"description": "Så här."}, goals=(UNIT,))
PLAN = Plan(Kind.VP, 2026, "Norden", (TOP,))


def with_unit(**values: object) -> Plan:
    return replace(PLAN, goals=(replace(TOP, goals=(replace(UNIT, **values),)),))  # type: ignore[arg-type]


def only_change(new: Plan) -> Change:
    (change,) = diff_plans(PLAN, new)
    return change


def test_a_plan_does_not_differ_from_itself() -> None:
    assert diff_plans(PLAN, PLAN) == ()


def test_a_changed_target_keeps_both_values() -> None:
    change = only_change(with_unit(indicators=(replace(TRUST, target="75 %"), SICK)))
    assert (change.part, change.field, change.before, change.after) == (Part.TARGET, "årsmål", "80 %", "75 %")
    assert change.goal == "Deltagarna bestämmer över sin dag"


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [((TRUST, SICK), (TRUST,), Difference.WENT), ((TRUST,), (TRUST, SICK), Difference.CAME)],
)
def test_an_indicator_that_came_or_went_is_told_with_its_target(
    old: tuple[Indicator, ...], new: tuple[Indicator, ...], difference: Difference
) -> None:
    (change,) = diff_plans(with_unit(indicators=old), with_unit(indicators=new))
    assert (change.difference, change.part, change.id) == (difference, Part.INDICATOR, "I02")
    assert (change.before or change.after) == "8,5 %"


def test_new_ids_alone_are_no_difference() -> None:
    renumbered = with_unit(id="G07", indicators=(replace(SICK, id="I01"), replace(TRUST, id="I02")))
    assert diff_plans(PLAN, renumbered) == ()


def test_a_reworded_goal_is_the_same_goal() -> None:
    change = only_change(with_unit(title="Deltagarna bestämmer själva över sin dag"))
    assert (change.difference, change.part, change.field) == (Difference.CHANGED, Part.GOAL, "namn")


def test_another_goal_under_an_old_id_is_another_goal() -> None:
    other = Goal("G02", Level.UNIT, "Ekonomin är i balans")
    changes = diff_plans(PLAN, replace(PLAN, goals=(replace(TOP, goals=(other,)),)))
    goals = [(change.difference, change.name) for change in changes if change.part is Part.GOAL]
    assert goals == [
        (Difference.CAME, "Ekonomin är i balans"),
        (Difference.WENT, "Deltagarna bestämmer över sin dag"),
    ]


def test_a_text_number_attainment_and_place_in_the_chain_are_compared() -> None:
    top = replace(TOP, sections={"description": "Annat."}, number="1.2", attainment=Attainment.FULL, goals=())
    changes = diff_plans(PLAN, replace(PLAN, goals=(top, UNIT)))
    assert {(change.part, change.field, change.before, change.after) for change in changes} == {
        (Part.GOAL, "nummer", "1.1", "1.2"),
        (Part.GOAL, "måluppfyllelse", None, "Uppfylls helt"),
        (Part.SECTION, "description", "Så här.", "Annat."),
        (Part.GOAL, "ligger under", "Alla är delaktiga", None),
    }


def test_a_forecast_is_compared_too() -> None:
    change = only_change(with_unit(indicators=(replace(TRUST, forecast="78 %"), SICK)))
    assert (change.part, change.field, change.after) == (Part.INDICATOR, "prognos helår", "78 %")


def test_an_activity_is_compared_value_by_value() -> None:
    change = only_change(with_unit(activities=(replace(COURSE, end=date(2026, 9, 30)),)))
    assert (change.field, change.before, change.after) == ("slutdatum", "2026-06-30", "2026-09-30")


def test_rows_of_the_same_name_under_two_goals_are_kept_apart() -> None:
    other = Goal("G03", Level.UNIT, "Lokalerna används hela dagen", indicators=(replace(TRUST, id="I03"),))
    plan = replace(PLAN, goals=(replace(TOP, goals=(UNIT, other)),))
    lower = replace(other, indicators=(replace(TRUST, id="I03", target="60 %"),))
    (change,) = diff_plans(plan, replace(PLAN, goals=(replace(TOP, goals=(UNIT, lower)),)))
    assert (change.id, change.goal) == ("I03", "Lokalerna används hela dagen")
