"""The checks of a cycle one by one, on a small unit: what each tells, and what it leaves alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from arshjul.actions import Action, Source, Status
from arshjul.compilation import compile_cycle
from arshjul.config.review_settings import ReviewSettings
from arshjul.cycle_data import SUMMARY, EarlierPlan, Judged
from arshjul.history import EarlierText, History
from arshjul.plan import Activity, Attainment, Kind, Plan
from arshjul.report.blocks import Figure, FrontPage, Report
from arshjul.review.cycle.jumps import limits_of
from arshjul.review.cycle.standing import plain
from arshjul.review.cycle_review import review_cycle
from arshjul.review.finding import Severity
from tests.unit.checked_cycle import SCHEDULES, VISITS, WRITTEN, told
from tests.unit.small_cycle import COUNT, HUMLAN, LARKAN, SHARE, Answers, cycle, earlier_value, goal

LONG = (
    "Vi har gått igenom varje arbetsstation tillsammans med deltagarna och bytt ut de bilder som ingen "
    "längre kände igen mot nya."
)


def test_every_finding_of_a_cycle_proposes_a_mend() -> None:
    answers: Answers = {LARKAN: {"I1.total": 60, "G1.analysis": LONG, "I1.comment": "Totalt 12 % är klara."}}
    found = review_cycle(compile_cycle(cycle(goal(SCHEDULES), answers, measures={"I1": SHARE})))
    assert found
    assert all(one.mend for one in found)
    assert all(one.as_json()["mend"] == one.mend for one in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Andelen scheman med bildstöd är 72 %.", True),
        ("Andelen scheman med bildstöd är 88 %.", False),
        ("Andelen scheman med bildstöd är 88 % mot målet 80 %.", False),
        ("Andelen scheman med bildstöd var 71 % förra året.", False),
    ],
)
def test_a_share_must_have_a_source(text: str, found: bool) -> None:
    codes = [
        one.code for code in ("figure-without-source", "figure-against-row") for one in told(code, text=text)
    ]
    assert bool(codes) is found


def test_a_list_of_sub_units_is_held_against_what_each_has_reported() -> None:
    answers: Answers = {LARKAN: {"I1.total": 4}, HUMLAN: {"I1.total": 3}, "HYVELN": {"I1.total": 5}}
    asked = {"asked": (LARKAN, HUMLAN, "HYVELN"), "indicator": VISITS, "measure": COUNT}
    text = "Så fördelar sig studiebesöken:\nAteljé Lärkan: 4\nHumlan: 2\nSnickeriet Hyveln: 5"
    (found,) = told("part-against-figures", answers, text, **asked)  # type: ignore[arg-type]
    assert (
        "säger 2\N{NO-BREAK SPACE}st för Humlan, men Humlan har lämnat 3\N{NO-BREAK SPACE}st" in found.message
    )
    assert told("part-against-figures", answers, text.replace("Humlan: 2", "Humlan: 3"), **asked) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "found"), [("Ett av två mål är helt uppfyllda", 1), ("Ett mål är delvis uppfyllt", 0)]
)
def test_goals_are_counted_as_they_are_judged(said: str, found: int) -> None:
    judged = {"G1": Judged(Attainment.PARTIAL, WRITTEN), SUMMARY: Judged(None, f"{said} i år.")}
    assert bool(told("goals-counted-wrong", judgements=judged)) is bool(found)


def test_a_missed_target_needs_a_word() -> None:
    low: Answers = {LARKAN: {"I1.total": 60}, HUMLAN: {"I1.total": 70}}
    (found,) = told("missed-without-analysis", low, "Deltagarna trivs och väljer själva varje dag.")
    assert "65\N{NO-BREAK SPACE}% mot minst 80\N{NO-BREAK SPACE}%" in found.message
    assert told("missed-without-analysis", low) == []


def test_a_judgement_needs_more_than_a_word() -> None:
    (found,) = told("analysis-missing", text="Se ovan.")
    assert found.where == "Deltagarna väljer, enhetens text"
    assert told("analysis-missing") == []


def test_a_deviation_needs_more_than_a_word() -> None:
    planned = {"goal": {"activities": (Activity("A1", "Öppet hus"),)}}
    answers: Answers = {
        LARKAN: {"A1.deviation": "Ja", "A1.comment": "Se ovan."},
        HUMLAN: {"A1.deviation": "Nej"},
    }
    (found,) = told("deviation-without-analysis", answers, **planned)  # type: ignore[arg-type]
    assert found.where == "Öppet hus, Ateljé Lärkan"


def test_an_activity_that_nobody_speaks_of_is_told() -> None:
    planned = {"goal": {"activities": (Activity("A1", "Simlärare hyrs in till badhuset"),)}}
    assert told("promise-not-mentioned", **planned)  # type: ignore[arg-type]
    said = "Simlärare har hyrts in till badhuset varje tisdag, och scheman är klara."
    assert told("promise-not-mentioned", text=said, **planned) == []  # type: ignore[arg-type]
    later = {"goal": {"activities": (Activity("A1", "Julmarknad", start=date(2026, 12, 1)),)}}
    assert told("promise-not-mentioned", **later) == []  # type: ignore[arg-type]


def test_an_expected_result_that_no_text_takes_up_is_told() -> None:
    promised = "Alla rengöringsmedel och kemikalier är utbytta mot miljömärkta."
    planned = {"goal": {"sections": {"expected_result": promised}}}
    (found,) = told("promise-not-mentioned", **planned)  # type: ignore[arg-type]
    assert promised in found.message
    assert told("promise-not-mentioned", text="Kemikalierna är borta sedan i mars.", **planned) == []  # type: ignore[arg-type]


def test_a_promise_of_the_form_without_an_answer_is_told() -> None:
    promise = Action("L1", Source.COMPLAINT, "Laga dörren", LARKAN, cycles=("T2 2026",))
    (found,) = told("promise-unanswered", promises=(promise,))
    assert found.message == "Ateljé Lärkan har inte sagt vad det blev av löftet ”Laga dörren”."
    answered: Answers = {LARKAN: {"I1.total": 90, "L1.outcome": "Pågår"}, HUMLAN: {"I1.total": 86}}
    assert told("promise-unanswered", answered, promises=(promise,)) == []


def test_a_promise_of_the_whole_unit_is_shown_to_the_manager_until_it_is_closed() -> None:
    promise = Action("L2", Source.COMPLAINT, "Skylta om entrén", cycles=("T2 2026",))
    (found,) = told("promise-unanswered", promises=(promise,))
    assert "Skylta om entrén" in found.message
    assert "arshjul actions close L2" in (found.mend or "")
    assert told("promise-unanswered", promises=(replace(promise, status=Status.DONE),)) == []
    assert told("promise-unanswered", promises=(replace(promise, cycles=("T1 2026",)),)) == []


def test_a_text_that_stood_in_an_earlier_report_is_told_with_its_period() -> None:
    history = History(texts=(EarlierText("T2 2025", LARKAN, "G1.analysis", LONG),))
    answers: Answers = {
        LARKAN: {"I1.total": 90, "G1.analysis": LONG.replace("gått", "gått noga")},
        HUMLAN: {},
    }
    (found,) = told("text-from-earlier-report", answers, history=history)
    assert found.message.startswith("Det här står nästan ordagrant i T2 2025 också: ”Vi har gått")
    short: Answers = {LARKAN: {"I1.total": 90, "G1.analysis": "Vi ligger inom budget."}, HUMLAN: {}}
    same = History(texts=(EarlierText("T2 2025", LARKAN, "G1.analysis", "Vi ligger inom budget."),))
    assert told("text-from-earlier-report", short, history=same) == []


def test_texts_are_compared_without_their_figures() -> None:
    assert plain("Vi har 12 deltagare (3,5 %).") == plain("vi har 14 deltagare, 4 %")


def test_the_same_text_under_two_goals_is_told_once() -> None:
    goals = (goal(SCHEDULES), goal(id="G2", title="Alla är trygga"), goal(id="G3", title="Vi håller budget"))
    answers: Answers = {LARKAN: {f"G{n}.analysis": LONG for n in (1, 2, 3)}, HUMLAN: {}}
    found = review_cycle(compile_cycle(cycle(goals, answers, measures={"I1": SHARE})))
    (one,) = [f for f in found if f.code == "same-text-under-goals"]
    assert "Ateljé Lärkan skriver samma sak under 3 mål" in one.message


SERIES = tuple(
    earlier_value(value, period=f"T2 {year}", scope=LARKAN)
    for year, value in ((2022, 84), (2023, 88), (2024, 85), (2025, 87))
)


def test_a_value_far_outside_its_own_series_is_told_with_the_statistic() -> None:
    low: Answers = {LARKAN: {"I1.total": 9}, HUMLAN: {"I1.total": 86}}
    (found,) = told("jump-against-history", low, earlier=SERIES)
    assert "78–94\N{NO-BREAK SPACE}%" in found.message
    assert str(found.evidence["statistic"]).startswith("medelvärdet ± 2,66")
    explained: Answers = {
        LARKAN: {"I1.total": 9, "I1.comment": "Vi har flyttat och gör om allt."},
        HUMLAN: {},
    }
    assert told("jump-against-history", explained, earlier=SERIES) == []


def test_three_earlier_values_show_no_series() -> None:
    low: Answers = {LARKAN: {"I1.total": 9}, HUMLAN: {"I1.total": 86}}
    assert told("jump-against-history", low, earlier=SERIES[1:]) == []


def test_a_series_that_never_moved_has_room_for_a_step() -> None:
    limits = limits_of([Decimal(5)] * 4, 0)
    assert limits is not None
    assert [limits.holds(Decimal(n)) for n in (4, 6, 7)] == [True, True, False]


def before(target: str) -> EarlierPlan:
    return EarlierPlan(
        "T1 2026", Plan(Kind.VP, 2026, "Solgläntan", (goal(replace(SCHEDULES, target=target)),))
    )


def test_a_target_that_changed_needs_a_word() -> None:
    (found,) = told("changed-without-a-word", earlier_plan=before("90 %"))
    assert "årsmål var 90 % i T1 2026 och är nu 80 %" in found.message
    said = "Målet för scheman är sänkt av nämnden i juni."
    assert told("changed-without-a-word", text=said, earlier_plan=before("90 %")) == []
    assert told("changed-without-a-word", earlier_plan=before("80 %")) == []


@pytest.mark.parametrize(
    ("target", "severity"),
    [
        ("Fastställs T1", Severity.WARNING),
        ("Tas fram av nämnden", Severity.WARNING),
        ("Fastställs VB", Severity.NOTE),
        ("öka", None),
        ("75–80 %", None),
        ("-", None),
    ],
)
def test_an_open_target_is_told_and_more_so_when_its_time_has_come(
    target: str, severity: Severity | None
) -> None:
    found = told("target-open", indicator=replace(SCHEDULES, target=target))
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_a_name_spelt_wrong_is_told_once() -> None:
    text = "I Hulman är alla scheman klara, och Hulman hjälper Ateljé Lärkan."
    (found,) = told("name-spelt-two-ways", text=text)
    assert found.message == "Här står ”Hulman”. Verksamheten heter Humlan."


def test_a_figure_without_words_is_an_error() -> None:
    compiled = compile_cycle(cycle(goal(SCHEDULES), {LARKAN: {"I1.total": 90}, HUMLAN: {"I1.total": 86}}))
    drawn = Figure("<svg/>", "Diagram", "Läget för målen")
    front = FrontPage("T2", "Solgläntan", ("Björkviken",), ())
    report = Report(front, "Solgläntan", date(2026, 9, 23), "sv", (drawn,))
    (found,) = [f for f in review_cycle(compiled, report=report) if f.code == "alt-text-missing"]
    assert (found.severity, found.where) == (Severity.ERROR, "Läget för målen")
    whole = replace(report, blocks=(replace(drawn, alt="Stapel för varje mål: fyra helt, fyra delvis."),))
    assert [f for f in review_cycle(compiled, report=whole) if f.code == "alt-text-missing"] == []


def test_the_settings_give_another_severity() -> None:
    settings = ReviewSettings(severities={"missing-answer": Severity.NOTE})
    (found,) = [
        f
        for f in review_cycle(compile_cycle(cycle(goal(), {LARKAN: {}})), settings)
        if f.code == "missing-answer"
    ]
    assert found.severity is Severity.NOTE
