"""A plan that is read anew keeps the ids that forms and answers refer to."""

from dataclasses import replace

from arshjul.plan import Activity, Goal, Indicator, Kind, Level, Plan
from arshjul.plan_diff import diff_plans
from arshjul.plan_ids import keep_ids


def unit_goal(number: int, title: str, *rows: Indicator) -> Goal:
    course = Activity(f"A{number:02}", f"Utbildning om {title.casefold()}")
    return Goal(f"G{number:02}", Level.UNIT, title, indicators=rows, activities=(course,))


TRUST = Indicator("I01", "Andel deltagare som är trygga", target="80 %")
SICK = Indicator("I02", "Sjukfrånvaro", target="8,5 %")
OLD = Plan(
    Kind.VP,
    2026,
    "Norden",
    (unit_goal(1, "Trygga deltagare", TRUST), unit_goal(2, "Friska medarbetare", SICK)),
)


def test_a_goal_put_in_first_does_not_take_over_the_ids_of_the_others() -> None:
    came = unit_goal(1, "Digital teknik i vardagen", replace(SICK, id="I01", name="Antal surfplattor"))
    new = replace(
        OLD,
        goals=(
            came,
            unit_goal(2, "Trygga deltagare", replace(TRUST, id="I02", target="85 %")),
            unit_goal(3, "Friska medarbetare", replace(SICK, id="I03")),
        ),
    )
    kept = keep_ids(OLD, new)
    assert [goal.id for goal in kept.walk()] == ["G03", "G01", "G02"]
    assert [row.id for _, row in kept.indicators()] == ["I03", "I01", "I02"]
    assert [activity.id for _, activity in kept.activities()] == ["A03", "A01", "A02"]
    assert diff_plans(new, kept) == ()


def test_an_id_of_what_went_is_given_to_nothing_else() -> None:
    new = replace(OLD, goals=(OLD.goals[0], unit_goal(2, "Digital teknik i vardagen")))
    assert [goal.id for goal in keep_ids(OLD, new).walk()] == ["G01", "G03"]


def test_the_same_plan_read_again_is_the_same() -> None:
    assert keep_ids(OLD, OLD) == OLD
