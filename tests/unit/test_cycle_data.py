"""What a cycle's report is made of, and when a draft is no longer of today."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from arshjul.cycle_data import CycleData, Judged
from arshjul.plan import Attainment, Indicator
from tests.unit.small_cycle import HUMLAN, LARKAN, SHARE, cycle, goal

ANSWERS = {LARKAN: {"G1.status": "Uppfylls helt"}}
DATA = cycle(goal(), ANSWERS, sections=("economy",))
JUDGED = {"G1": Judged(Attainment.FULL, "Vi är framme.")}


def mark(data: CycleData, plan: str = "plan", config: str = "config") -> str:
    return data.fingerprint(plan, config)


def test_whoever_was_asked_and_has_not_answered_is_missing() -> None:
    assert DATA.missing == (HUMLAN, "economy")


def test_a_scope_is_called_by_its_sub_units_name_or_its_sections_heading() -> None:
    assert [DATA.scope_name(scope) for scope in DATA.expected] == ["Ateljé Lärkan", "Humlan", "Ekonomi"]


def test_only_sub_units_that_were_asked_are_asked_sub_units() -> None:
    assert [s.code for s in replace(DATA, expected=(HUMLAN, "economy")).asked_subunits] == [HUMLAN]


def test_goals_wait_until_the_manager_has_judged_them() -> None:
    assert [one.id for one in DATA.undecided] == ["G1"]
    assert [one.id for one in replace(DATA, judgements={"G1": Judged(None, "Text.")}).undecided] == ["G1"]
    assert replace(DATA, judgements=JUDGED).undecided == ()


def test_an_answer_says_whose_version_it_is_and_never_who_wrote_it() -> None:
    assert DATA.submissions[LARKAN].ref == "LARKAN v1"
    assert DATA.answer(HUMLAN, "G1.status") is None


def test_an_indicator_outside_the_catalogue_is_measured_as_its_target_suggests() -> None:
    indicator = Indicator("I1", "Antal besök", target="24 st")
    assert DATA.measure(indicator).unit == "st"
    assert replace(DATA, catalogue={"I1": SHARE}).measure(indicator).unit == "%"


def test_the_same_data_have_the_same_fingerprint_in_whatever_order_they_came() -> None:
    answers = {LARKAN: {"G1.status": "Uppfylls helt"}, HUMLAN: {"G1.status": "Uppfylls inte"}}
    turned = dict(reversed(answers.items()))
    assert mark(cycle(goal(), answers)) == mark(cycle(goal(), turned))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: replace(data, judgements=JUDGED),
        lambda data: replace(data, version=2),
        lambda data: replace(data, changes="Summan är rättad."),
        lambda data: replace(data, registry_number="SOL 2026/15"),
        lambda data: replace(data, expected=(LARKAN,)),
        lambda data: replace(data, submissions={}),
        lambda data: replace(data, handler="Nils Åberg"),
    ],
)
def test_a_change_in_what_the_report_rests_on_changes_the_fingerprint(
    change: Callable[[CycleData], CycleData],
) -> None:
    assert mark(change(DATA)) != mark(DATA)


def test_a_change_of_plan_or_configuration_changes_the_fingerprint() -> None:
    assert len({mark(DATA), mark(DATA, plan="ny"), mark(DATA, config="ny")}) == 3
