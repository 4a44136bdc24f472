"""plan.yaml: what is written is read back, and a mistake is told with its line."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arshjul.errors import BadInput
from arshjul.plan import Goal, Indicator, Level, Plan, PlanWarning
from arshjul.plan_file import dump_plan, load_plan, plan_as_json
from tests.unit.generated_plans import plans

_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def with_ids(plan: Plan) -> Plan:
    """The plan with an id for every goal; the generated ones have none."""

    def numbered(goal: Goal, path: str) -> Goal:
        return Goal(
            path,
            goal.level,
            goal.title,
            goal.number,
            goal.attainment,
            goal.sections,
            goals=tuple(numbered(below, f"{path}.{position}") for position, below in enumerate(goal.goals)),
        )

    goals = tuple(numbered(goal, f"G{position}") for position, goal in enumerate(plan.goals))
    return Plan(plan.kind, plan.year, plan.unit, goals, plan.front, plan.back)


@settings(max_examples=20, deadline=None)
@given(plans().map(with_ids))
def test_a_plan_that_is_written_is_read_back(plan: Plan) -> None:
    assert load_plan(dump_plan(plan)) == plan


@example("", "\x85", [])
@example("a\u2028b", "\r", ["\n x", " \n"])
@settings(max_examples=100, deadline=None)
@given(_ANY_TEXT, _ANY_TEXT, st.lists(_ANY_TEXT, max_size=3))
def test_any_text_survives_the_file(title: str, heading: str, values: list[str]) -> None:
    target, outcome, analysis = [*values, None, None, None][:3]
    indicator = Indicator("I01", title, target=target, outcome=outcome, forecast=outcome, analysis=analysis)
    goal = Goal("G01", Level.UNIT, title, sections={heading: title}, indicators=(indicator,))
    plan = Plan(None, None, title, (goal,), {heading: title}, {}, (PlanWarning(3, title),))
    assert load_plan(dump_plan(plan)) == plan


def test_a_number_or_yes_that_is_a_text_stays_a_text() -> None:
    (goal,) = load_plan("goals:\n- {id: G01, level: unit, title: Ja, number: 1.10}\n").goals
    assert (goal.title, goal.number) == ("Ja", "1.10")


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("kind: VX\n", "plan.yaml, rad 1", "inget av VP, T1"),
        ("kind: VP\nmål: []\n", "plan.yaml, rad 2", "Okänt fält ”mål”"),
        ("year: i år\n", "plan.yaml, rad 1", "heltal"),
        ("goals:\n- id: G01\n  title: A\n", "plan.yaml, rad 2", "”level” saknas"),
        (
            "goals:\n- {id: G1, level: unit, title: A}\n- {id: G1, level: unit, title: B}\n",
            "rad 3",
            "två gånger",
        ),
        ("goals: Trygghet\n", "plan.yaml, rad 1", "lista"),
        ("goals:\n- {id: G1, level: unit, title: [A]}\n", "plan.yaml, rad 2", "väntas en text"),
        (
            "goals:\n- id: G1\n  level: unit\n  title: A\n  activities:\n  - {id: A1, title: B, end: 9}\n",
            "rad 6",
            "datum",
        ),
        ("unit: A\nunit: B\n", "plan.yaml, rad 2", "två gånger"),
        ("kind: [VP\n", "plan.yaml, rad 2", "går inte att läsa"),
        ("", "plan.yaml", "tom"),
        ("- a\n", "plan.yaml, rad 1", "planen"),
        ("goals: &g\n- {id: G1, level: unit, title: A, goals: *g}\n", "rad 1", "hänvisar till sig självt"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(text: str, place: str, sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        load_plan(text)
    assert place in str(error.value.where)
    assert sentence in error.value.sentence


def test_the_json_keeps_values_as_printed_with_the_number_beside() -> None:
    indicator = Indicator(
        "I01", "Nöjda", target="70 %", outcome="58,84 %", forecast="60 %", council_target="öka"
    )
    plan = Plan(None, 2026, "Norden", (Goal("G01", Level.UNIT, "Trygghet", indicators=(indicator,)),))
    document = json.loads(json.dumps(plan_as_json(plan)))
    (row,) = document["goals"][0]["indicators"]
    assert (row["outcome"], row["target"], row["council_target"]) == ("58,84 %", "70 %", "öka")
    assert row["forecast"] == "60 %"
    assert row["numbers"] == {"outcome": 58.84, "target": 70.0, "forecast": 60.0}
    assert document["kind"] is None
    assert document["goals"][0]["attainment"] is None
