"""The tables under a goal: units in their place, and no column that nobody has written in."""

from dataclasses import replace
from decimal import Decimal

import pytest

from arshjul.catalogue import Measure, Method, Sex
from arshjul.compilation import compile_cycle
from arshjul.compilation.goals import Planned
from arshjul.numbers import NBSP
from arshjul.plan import Indicator, Kind
from arshjul.report.indicator_tables import indicator_table, printed_value
from arshjul.report.plan_tables import planned_table, target_table
from arshjul.report_kinds import GoalQuestion
from tests.unit.small_cycle import HUMLAN, LARKAN, SHARE, cycle, goal

FOOD = Measure(Method.MEAN, "kg CO2e per kg", decimals=1)


def test_a_unit_of_several_words_stands_by_the_name_and_a_short_one_by_the_number() -> None:
    indicators = (
        Indicator("I1", "Livsmedel", target="1,6 kg CO2e per kg"),
        Indicator("I2", "Trygghet", target="90 %"),
    )
    answers = {LARKAN: {"I1.total": Decimal("1.5"), "I2.total": 88}}
    of = compile_cycle(cycle(goal(*indicators), answers, measures={"I1": FOOD, "I2": SHARE}))
    rows = indicator_table(of, list(of.indicators.values()), "Indikatorer").rows
    assert [[row[0].text, row[1].text, row[-3].text] for row in rows] == [
        ["Livsmedel (kg CO2e per kg)", "1,5", "1,6"],
        ["Trygghet", f"88{NBSP}%", f"90{NBSP}%"],
    ]
    assert (
        printed_value(of.indicators["I1"], Sex.TOTAL) == f"1,5{NBSP}kg CO2e per kg"
    )  # alone it needs its unit


def test_a_question_that_nobody_answered_has_no_column_in_a_plan() -> None:
    asks = tuple(GoalQuestion(part, part.title(), "Skriv.") for part in ("approach", "activities"))
    data = cycle(goal(), {LARKAN: {}, HUMLAN: {}}, measures={"I1": SHARE})
    of = compile_cycle(replace(data, kind=replace(data.kind, kind=Kind.VP, goal_asks=asks)))
    said = (Planned(LARKAN, {"approach": "Varje vecka."}, "v1"), Planned(HUMLAN, {}, "v1"))
    table = planned_table(of, replace(next(iter(of.goals.values())), planned=said))
    assert [column.title for column in table.columns] == ["Verksamhet", "Approach"]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Ateljé Lärkan", "Varje vecka."],
        ["Humlan", "–"],
    ]


@pytest.mark.parametrize(
    ("target", "printed"),
    [
        ("90 %", "90_%"),
        ("öka", "öka"),
        ("minst 1070 st", "minst_1_070_st"),
        ("max. 5 %", "max_5_%"),
        ("70-80 %", "70-80 %"),
        ("Fastställs T1", "Fastställs T1"),
        (None, "–"),
    ],
)
def test_a_target_is_printed_with_its_number_whole(target: str | None, printed: str) -> None:
    aimed = goal(Indicator("I1", "Trygghet", target=target))
    of = compile_cycle(cycle(aimed, {LARKAN: {}}, measures={"I1": SHARE}))
    assert target_table(of, aimed).rows[0][1].text == printed.replace("_", NBSP)
