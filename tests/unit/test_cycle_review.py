"""The review of a compiled cycle: what a careful controller writes in the margin, and nothing else."""

from dataclasses import replace

import pytest

from arshjul.answers import State
from arshjul.catalogue import Direction, Measure, Method
from arshjul.compilation import compile_cycle
from arshjul.config.review_settings import ReviewSettings
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.numbers import NBSP
from arshjul.plan import Activity, Attainment, Goal, Indicator
from arshjul.review.cycle_review import review_cycle
from arshjul.review.finding import Finding, Severity
from tests.unit.small_cycle import COUNT, HUMLAN, LARKAN, SHARE, SURVEY, Answers, cycle, goal, survey

FULL = {"G1": Judged(Attainment.FULL, "Vi är framme vid målet i alla grupper.")}
VISITS = Indicator("I1", "Antal studiebesök från skolor och handläggare", target="24 st")
PRACTICE = Indicator("I1", "Antal deltagare som prövat praktik eller arbete", target="24 st")
SHARED = Indicator("I1", "Andel scheman med bildstöd", target="80 %", council_target="70 %")
ANSWERED: Answers = {LARKAN: {}, HUMLAN: {}}


def findings(goals: Goal, answers: Answers, measure: Measure = SHARE, **more: object) -> list[Finding]:
    data = cycle(goals, answers, **{"measures": {"I1": measure}, "judgements": FULL, **more})
    return review_cycle(compile_cycle(data))


def codes(*arguments: object, **more: object) -> list[str]:
    return [finding.code for finding in findings(*arguments, **more)]  # type: ignore[arg-type]


def test_a_cycle_that_holds_together_has_no_findings() -> None:
    answers = {LARKAN: {"I1.total": 90}, HUMLAN: {"I1.total": 80}}
    assert findings(goal(SHARED), answers) == []


def test_whoever_has_not_answered_is_a_warning_by_name() -> None:
    found = findings(goal(), {LARKAN: {}}, sections=("economy",))
    assert [(one.code, one.severity, one.where) for one in found] == [
        ("missing-answer", Severity.WARNING, "Humlan"),
        ("missing-answer", Severity.WARNING, "Ekonomi"),
    ]


def test_a_goal_met_in_full_over_a_missed_indicator_is_an_error_with_both_figures() -> None:
    answers = {LARKAN: {"I1.total": 78}, HUMLAN: {"I1.total": 80}}
    (found,) = findings(goal(SHARED), answers)
    assert (found.code, found.severity) == ("full-over-missed-target", Severity.ERROR)
    assert f"79{NBSP}% mot minst 80{NBSP}%" in found.message


@pytest.mark.parametrize("attainment", [Attainment.PARTIAL, Attainment.NOT_MET, None])
def test_a_goal_not_met_in_full_may_have_missed_indicators(attainment: Attainment | None) -> None:
    answers = {LARKAN: {"I1.total": 78}, HUMLAN: {"I1.total": 70}}
    assert (
        codes(
            goal(SHARED),
            answers,
            judgements={"G1": Judged(attainment, "Scheman med bildstöd fattas än så länge.")},
        )
        == []
    )


def test_the_councils_target_counts_only_where_the_unit_has_none() -> None:
    answers = {LARKAN: {"I1.total": 75}, HUMLAN: {"I1.total": 75}}
    assert codes(goal(replace(SHARED, target="70 %", council_target="80 %")), answers) == []
    assert codes(goal(replace(SHARED, target=None, council_target="80 %")), answers) == [
        "full-over-missed-target"
    ]


@pytest.mark.parametrize(
    ("indicator", "measure", "answers"),
    [
        (SHARED, replace(SHARE, asked_in=()), ANSWERED),
        (SHARED, SHARE, {LARKAN: {"I1.state": State.NO_DATA}, HUMLAN: {"I1.state": State.NO_DATA}}),
        (replace(SHARED, target="Fastställs T1"), SHARE, {LARKAN: {"I1.total": 1}, HUMLAN: {"I1.total": 1}}),
        (SHARED, SURVEY, {LARKAN: survey((10, 2), (10, 2)), HUMLAN: {}}),
        (SHARED, replace(SHARE, direction=Direction.NONE), {LARKAN: {"I1.total": 1}, HUMLAN: {}}),
    ],
)
def test_an_indicator_that_says_nothing_of_its_target_contradicts_nothing(
    indicator: Indicator, measure: Measure, answers: Answers
) -> None:
    assert "full-over-missed-target" not in codes(goal(indicator), answers, measure)


WRONG = "Vi hade 6 besök i mars och 8 i april, totalt 15."
ACTIVITY = Activity("A1", "Öppet hus")


@pytest.mark.parametrize(
    ("answers", "judgements", "where"),
    [
        ({LARKAN: {"G1.analysis": WRONG}}, {}, "Deltagarna väljer, Ateljé Lärkan"),
        ({LARKAN: {"I1.comment": WRONG}}, {}, "Andel scheman med bildstöd, Ateljé Lärkan"),
        ({LARKAN: {"A1.comment": WRONG}}, {}, "Öppet hus, Ateljé Lärkan"),
        ({LARKAN: {"complaints.text": WRONG}}, {}, "Synpunkter, Ateljé Lärkan"),
        ({"economy": {"economy.analysis": WRONG}}, {}, "Ekonomi"),
        ({}, {"G1": Judged(Attainment.FULL, WRONG)}, "Deltagarna väljer, enhetens text"),
        ({}, {SUMMARY: Judged(None, WRONG)}, "Sammanfattning"),
    ],
)
def test_a_total_that_its_parts_do_not_make_is_an_error_wherever_it_is_written(
    answers: Answers, judgements: dict[str, Judged], where: str
) -> None:
    everybody = {LARKAN: {}, HUMLAN: {}, "economy": {}, **answers}
    told = findings(
        goal(SHARED, activities=(ACTIVITY,)), everybody, judgements=judgements, sections=("economy",)
    )
    (found,) = [one for one in told if one.code == "sum-mismatch"]
    assert (found.code, found.severity, found.where) == ("sum-mismatch", Severity.ERROR, where)
    assert found.message == "Delarna blir 14 (6 + 8) men texten säger totalt 15."


def written(text: str, indicator: Indicator = VISITS, values: tuple[int, int] = (12, 14)) -> list[str]:
    answers = {LARKAN: {"I1.total": values[0]}, HUMLAN: {"I1.total": values[1]}}
    found = codes(goal(indicator), answers, COUNT, judgements={"G1": Judged(Attainment.PARTIAL, text)})
    return [code for code in found if code == "total-against-figures"]


@pytest.mark.parametrize(
    "text",
    [
        "Totalt 28 studiebesök till och med augusti.",
        "Intresset är stort. Totalt har vi haft 28 studiebesök under 2026.",
        "Sammanlagt 1 026 besök har genomförts.",
        "Totalt har tolv studiebesök gjorts.",
    ],
)
def test_a_total_in_the_units_text_is_held_against_the_sub_units_figures(text: str) -> None:
    assert written(text) == ["total-against-figures"]


@pytest.mark.parametrize(
    "text",
    [
        "Totalt 26 studiebesök till och med augusti.",
        "Målet är totalt 24 studiebesök.",
        "Förra året hade vi totalt 20 studiebesök.",
        "Under 2025 hade vi totalt 20 studiebesök.",
        "Lärkan har haft totalt 12 studiebesök.",
        "I mars hade vi totalt 9 studiebesök.",
        "Under våren hade vi totalt 9 studiebesök.",
        "Totalt drygt 30 studiebesök.",
        "Totalt 5 st har hört av sig om praktik.",
        "Totalt 130 deltagare har träffat besökarna.",
        "Totalt 24 av de som kom hit var från skolor.",
        "Vi har haft 28 studiebesök.",
    ],
)
def test_a_total_of_something_else_is_not(text: str) -> None:
    assert written(text) == []


def test_a_total_of_people_must_speak_of_what_the_indicator_counts() -> None:
    assert written("Totalt har vi 130 deltagare i enheten.", PRACTICE) == []
    assert written("Totalt 25 deltagare har prövat praktik.", PRACTICE) == ["total-against-figures"]


def test_a_figure_of_zero_contradicts_a_text_that_says_three() -> None:
    assert written("Totalt 3 studiebesök till och med augusti.", values=(0, 0)) == ["total-against-figures"]


def test_errors_stand_first() -> None:
    found = findings(goal(SHARED), {LARKAN: {"I1.total": 1}})
    assert [one.severity for one in found] == [Severity.ERROR, Severity.WARNING]


def test_a_check_that_is_switched_off_finds_nothing() -> None:
    compiled = compile_cycle(cycle(goal(), {LARKAN: {}}, judgements=FULL))
    settings = ReviewSettings(switched_off={"missing-answer": "Alla svarar på APT"})
    assert review_cycle(compiled, settings) == []


def test_a_finding_is_the_same_as_long_as_its_evidence_is() -> None:
    finding = Finding("sum-mismatch", Severity.ERROR, "Mål", "Delarna blir 14.", {"sum": "14", "total": "15"})
    turned = replace(finding, message="Annorlunda sagt.", evidence={"total": "15", "sum": "14"})
    assert finding.key == turned.key
    assert finding.key != replace(finding, evidence={"sum": "14", "total": "16"}).key
    assert finding.key != replace(finding, where="Annat mål").key


def test_a_finding_for_machines_has_its_code_place_and_evidence() -> None:
    assert Finding("x", Severity.NOTE, "Mål", "Sak.", {"n": 1}, line=12).as_json() == {
        "code": "x",
        "severity": "note",
        "where": "Mål",
        "line": 12,
        "message": "Sak.",
        "evidence": {"n": 1},
    }


def test_a_mean_is_no_count_to_hold_a_text_against() -> None:
    answers = {LARKAN: {"I1.total": 12}, HUMLAN: {"I1.total": 14}}
    judged = {"G1": Judged(Attainment.PARTIAL, "Totalt 28 studiebesök.")}
    found = codes(goal(VISITS), answers, Measure(Method.MEAN, "st"), judgements=judged)
    assert "total-against-figures" not in found
