"""Compiling a cycle: figures, states that never mix, texts and activities."""

from dataclasses import replace
from decimal import Decimal

import pytest

from arshjul.answers import State
from arshjul.catalogue import Direction, Measure, Method, Sex
from arshjul.compilation import Compiled, IndicatorResult, compile_cycle
from arshjul.cycle_data import Judged
from arshjul.plan import Activity, Attainment, Indicator, Kind, Level
from tests.unit.small_cycle import (
    COUNT,
    HUMLAN,
    HYVELN,
    KIND,
    LARKAN,
    SHARE,
    SURVEY,
    Answers,
    Given,
    cycle,
    earlier_value,
    goal,
    survey,
)

TARGET = Indicator("I1", "Andel scheman med bildstöd", target="80 %")


def measured(
    answers: Answers, measure: Measure = SHARE, indicator: Indicator = TARGET, **more: object
) -> IndicatorResult:
    data = cycle(goal(indicator), answers, measures={"I1": measure}, **more)
    return compile_cycle(data).indicators["I1"]


def both(first: Given, second: Given) -> Answers:
    return {LARKAN: {"I1.total": first}, HUMLAN: {"I1.total": second}}


def test_the_units_figure_is_made_of_the_sub_units_and_held_against_the_target() -> None:
    result = measured(both(90, 69))
    assert (result.number, result.groups, result.state) == (Decimal("79.5"), 2, State.VALUE)
    assert result.met is True  # printed 80 %
    assert measured(both(90, 68)).met is False


def test_a_low_value_meets_a_target_of_at_most() -> None:
    indicator = replace(TARGET, target="högst 8,5 %", council_target="9,0 %")
    at_most = replace(SHARE, direction=Direction.AT_MOST)
    result = measured(both(8, Decimal("9.2")), at_most, indicator)
    assert (result.number, result.met, result.met_council) == (Decimal("8.6"), False, True)


def test_a_value_is_printed_with_the_decimals_of_its_target() -> None:
    assert measured(both(1, 2), indicator=replace(TARGET, target="1,60 kg")).measure.decimals == 2


@pytest.mark.parametrize(("last_year", "met"), [(70, True), (80, False), (90, False)])
def test_to_increase_is_held_against_the_same_period_last_year(last_year: int, *, met: bool) -> None:
    increase = replace(TARGET, target="öka")
    earlier = (earlier_value(last_year), earlier_value(10, period="T2 2024"))
    result = measured(both(80, 80), indicator=increase, earlier=earlier)
    assert result.met is met
    assert [(one.period, one.figure.number) for one in result.compared] == [
        ("T2 2025", last_year),
        ("T2 2024", 10),
    ]


def test_to_increase_is_neither_met_nor_missed_without_a_value_last_year() -> None:
    increase = replace(TARGET, target="öka")
    assert measured(both(80, 80), indicator=increase).met is None
    older = (earlier_value(10, period="T2 2024"),)
    assert measured(both(80, 80), indicator=increase, earlier=older).met is None


def test_an_earlier_value_of_the_unit_is_made_of_the_sub_units_when_none_was_kept() -> None:
    of_subunits = (earlier_value(60, scope=LARKAN), earlier_value(80, scope="NEDLAGD"))
    assert measured({}, earlier=of_subunits).compared[0].figure.number == 70
    kept = (*of_subunits, earlier_value(75))
    assert measured({}, earlier=kept).compared[0].figure.number == 75


def test_an_earlier_value_of_few_people_is_withheld_too() -> None:
    few = (earlier_value(60, respondents=4), earlier_value(60, period="T2 2024", respondents=5))
    result = measured({}, SURVEY, earlier=few)
    assert [one.figure.withheld for one in result.compared] == [True, False]


def test_a_withheld_value_neither_meets_nor_misses_its_target() -> None:
    result = measured({LARKAN: survey((90, 2), (95, 2))}, SURVEY)
    assert (result.state, result.number, result.met) == (State.SUPPRESSED, None, None)


def test_figures_by_sex_are_withheld_together_and_the_total_stands() -> None:
    result = measured({LARKAN: survey((90, 2), (80, 6)), HUMLAN: survey((100, 2), (70, 4))}, SURVEY)
    assert result.shown(Sex.WOMEN) is None
    assert result.shown(Sex.MEN) is None
    assert result.number == Decimal(90 * 2 + 80 * 6 + 100 * 2 + 70 * 4) / 14
    assert [part.state for part in result.parts] == [State.VALUE, State.VALUE]


def test_a_sub_unit_with_few_respondents_is_withheld_and_still_counts_in_the_unit() -> None:
    result = measured({LARKAN: survey((90, 2), (80, 2)), HUMLAN: survey((100, 6), (70, 6))}, SURVEY)
    assert [part.state for part in result.parts] == [State.SUPPRESSED, State.VALUE]
    assert result.figures[Sex.TOTAL].respondents == 16


NONE, AWAY, ASIDE = State.NO_DATA, State.NOT_MEASURED, State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ((NONE, NONE), NONE),
        ((AWAY, AWAY), AWAY),
        ((ASIDE, ASIDE), ASIDE),
        ((ASIDE, NONE), NONE),
        ((ASIDE, AWAY), AWAY),
        ((AWAY, NONE), NONE),
        ((None, None), State.NOT_ANSWERED),
        ((ASIDE, None), State.NOT_ANSWERED),
        ((NONE, None), NONE),
    ],
)
def test_why_there_is_no_value_is_said_and_never_zero(
    states: tuple[State | None, State | None], state: State
) -> None:
    answers = {
        code: {"I1.state": given} for code, given in zip((LARKAN, HUMLAN), states, strict=True) if given
    }
    result = measured(answers)
    assert (result.state, result.number, result.groups) == (state, None, 0)


def test_zero_is_a_value() -> None:
    result = measured(both(0, 0), COUNT, replace(TARGET, target="24 st"))
    assert (result.state, result.number, result.met) == (State.VALUE, 0, False)


def test_those_without_a_value_do_not_draw_the_mean_down() -> None:
    result = measured({LARKAN: {"I1.total": 80}, HUMLAN: {"I1.state": NONE}})
    assert (result.number, result.groups) == (80, 1)
    assert [part.state for part in result.parts] == [State.VALUE, NONE]


def test_a_goal_that_does_not_concern_a_sub_unit_sets_its_indicators_aside() -> None:
    result = measured({LARKAN: {"I1.total": 80}, HUMLAN: {"G1.status": ASIDE}})
    assert [part.state for part in result.parts] == [State.VALUE, ASIDE]


def test_an_indicator_that_this_report_does_not_ask_for_is_not_measured_now() -> None:
    result = measured({LARKAN: {}, HUMLAN: {}}, replace(SHARE, asked_in=(Kind.VB,)))
    assert (result.asked, result.state, result.parts) == (False, AWAY, ())


def test_an_indicator_of_one_sub_unit_has_one_part() -> None:
    result = measured({LARKAN: {"I1.total": 80}, HUMLAN: {}}, replace(SHARE, subunits=(LARKAN,)))
    assert [(part.scope, part.state) for part in result.parts] == [(LARKAN, State.VALUE)]


def test_a_unit_without_sub_units_has_no_data_and_no_parts() -> None:
    result = measured({}, asked=())
    assert (result.state, result.parts, result.asked) == (NONE, (), True)


def test_an_answer_of_somebody_who_is_no_longer_asked_does_not_count() -> None:
    answers = {**both(80, 80), HYVELN: {"I1.total": 0}}
    assert measured(answers).number == 80


def texts(answers: Answers, **more: object) -> Compiled:
    activity = Activity("A1", "Ta fram bildstöd")
    return compile_cycle(cycle(goal(activities=(activity,)), answers, **more))


def test_texts_and_judgements_stand_in_the_units_order_with_where_they_came_from() -> None:
    compiled = texts(
        {
            HUMLAN: {"G1.status": "Uppfylls delvis", "G1.analysis": "Vi prövar."},
            LARKAN: {"G1.status": "Uppfylls helt", "G1.analysis": "Alla väljer."},
        }
    )
    found = compiled.goals["G1"].texts
    assert [(one.scope, one.attainment, one.text, one.ref) for one in found] == [
        (LARKAN, Attainment.FULL, "Alla väljer.", "LARKAN v1"),
        (HUMLAN, Attainment.PARTIAL, "Vi prövar.", "HUMLAN v1"),
    ]


def test_a_goal_that_is_no_concern_has_no_attainment_and_no_say_in_the_proposal() -> None:
    compiled = texts({LARKAN: {"G1.status": "Uppfylls helt"}, HUMLAN: {"G1.status": ASIDE}})
    assert [one.applicable for one in compiled.goals["G1"].texts] == [True, False]
    assert compiled.goals["G1"].proposal.attainment is Attainment.FULL


def test_no_data_as_a_judgement_is_an_answer() -> None:
    compiled = texts({LARKAN: {"G1.status": "Inga data"}})
    assert compiled.goals["G1"].texts[0].attainment is Attainment.NO_DATA
    assert compiled.goals["G1"].proposal.attainment is Attainment.NO_DATA


def test_the_managers_word_stands_beside_the_proposal_and_is_never_set_by_it() -> None:
    assert texts({LARKAN: {"G1.status": "Uppfylls helt"}}).goals["G1"].decided is None
    judged = {"G1": Judged(Attainment.NOT_MET, "Vi är inte där.")}
    result = texts({LARKAN: {"G1.status": "Uppfylls helt"}}, judgements=judged).goals["G1"]
    assert (result.decided, result.synthesis) == (Attainment.NOT_MET, "Vi är inte där.")
    assert result.proposal.attainment is Attainment.FULL


@pytest.mark.parametrize(
    ("answers", "deviation"),
    [
        ({}, None),
        ({LARKAN: {"A1.deviation": "Nej"}}, False),
        ({LARKAN: {"A1.deviation": "Nej"}, HUMLAN: {"A1.deviation": "Ja", "A1.comment": "Sen."}}, True),
        ({LARKAN: {"A1.comment": "Gick bra."}}, None),
    ],
)
def test_an_activity_deviates_when_anybody_says_so(answers: Answers, *, deviation: bool | None) -> None:
    assert texts(answers).activities["A1"].deviation is deviation


def test_a_plan_without_goals_of_the_units_own_is_compiled_on_its_lowest_goals() -> None:
    board = goal(TARGET, level=Level.BOARD, id="B1")
    council = goal(level=Level.COUNCIL, id="C1", goals=(board,))
    answers = {LARKAN: {"B1.status": "Uppfylls helt", "B1.analysis": "Så gick det.", "I1.total": 90}}
    compiled = compile_cycle(cycle(council, answers, measures={"I1": SHARE}))
    assert list(compiled.goals) == ["B1"]
    assert compiled.goals["B1"].texts[0].text == "Så gick det."
    assert compiled.goals["B1"].proposal.attainment is Attainment.FULL


def test_nothing_answered_compiles_all_the_same() -> None:
    compiled = texts({})
    assert compiled.goals["G1"].texts == ()
    assert compiled.goals["G1"].proposal.reason == "Inga uppgifter har lämnats."


def test_a_kind_that_asks_for_no_indicators_measures_none() -> None:
    result = measured({}, kind=replace(KIND, asks_indicators=False))
    assert (result.asked, result.state) == (False, AWAY)


def test_a_sum_of_people_by_sex_adds_up() -> None:
    people = Measure(Method.SUM, "st", by_sex=True, people=True)
    result = measured({LARKAN: {"I1.women": 5, "I1.men": 0}, HUMLAN: {"I1.women": 2, "I1.men": 6}}, people)
    assert {sex: figure.number for sex, figure in result.figures.items()} == {
        Sex.WOMEN: 7,
        Sex.MEN: 6,
        Sex.TOTAL: 13,
    }
