"""A goal rated higher than the figures speak for needs a reason in the unit's text."""

import pytest

from arshjul.compilation import compile_cycle
from arshjul.config.review_settings import default_review_settings
from arshjul.cycle_data import Judged
from arshjul.plan import Attainment, Indicator
from arshjul.review.cycle.higher import higher_without_why
from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.finding import Finding
from tests.unit.checked_cycle import told
from tests.unit.small_cycle import HUMLAN, LARKAN, SHARE, cycle, goal

WHY = "Två av tre grupper nådde målet redan i maj."


def findings(attainment: Attainment | None, text: str, value: int = 60) -> list[Finding]:
    indicator = Indicator("I1", "Andel scheman med bildstöd", target="80 %")
    data = cycle(
        goal(indicator),
        {LARKAN: {"I1.total": value}},
        measures={"I1": SHARE},
        judgements={"G1": Judged(attainment, text)},
    )
    return list(higher_without_why(Reviewed(compile_cycle(data), default_review_settings())))


@pytest.mark.parametrize("text", ["", "Det har gått bra."])
def test_a_higher_rating_without_a_reason_is_told_with_what_the_figures_say(text: str) -> None:
    [finding] = findings(Attainment.PARTIAL, text)
    assert "underlaget talar för ”uppfylls inte”" in finding.message
    assert "60 % mot minst 80 %" in finding.message.replace("\xa0", " ")


def test_a_higher_rating_with_a_reason_is_the_managers_to_make() -> None:
    assert findings(Attainment.PARTIAL, WHY) == []


@pytest.mark.parametrize("attainment", [Attainment.NOT_MET, Attainment.NO_DATA, None])
def test_a_rating_that_is_no_higher_needs_no_reason(attainment: Attainment | None) -> None:
    assert findings(attainment, "") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vi bedömer ändå målet som helt uppfyllt, eftersom två platser inte har börjat.", False),
        ("Målet är helt uppfyllt, trots att två platser inte har börjat.", False),
        ("Målet är helt uppfyllt och alla har bildstöd i sina scheman.", True),
    ],
)
def test_full_over_a_missed_target_is_let_be_where_the_text_says_why(text: str, found: bool) -> None:
    answers = {LARKAN: {"I1.total": 70}, HUMLAN: {"I1.total": 76}}
    judged = {"G1": Judged(Attainment.FULL, text)}
    assert bool(told("full-over-missed-target", answers, judgements=judged)) is found
