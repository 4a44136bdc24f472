"""What earlier periods gave, looked up."""

from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.history import EarlierText, EarlierValue, History

HISTORY = History(
    values=(
        EarlierValue("T2 2025", "LARKAN", "I1", Decimal(31)),
        EarlierValue("T1 2026", "LARKAN", "I1", Decimal(0)),
        EarlierValue("T1 2026", "LARKAN", "I1", Decimal(82), Sex.WOMEN, 11),
    ),
    texts=(EarlierText("T1 2026", "LARKAN", "G1.analysis", "Alla har valt."),),
)


def test_the_first_period_that_has_a_value_counts_also_when_it_is_zero() -> None:
    found = HISTORY.value(["VB 2025", "T1 2026", "T2 2025"], "LARKAN", "I1")
    assert found is not None
    assert (found.period, found.number) == ("T1 2026", 0)


def test_each_sex_has_its_own_value() -> None:
    found = HISTORY.value(["T1 2026"], "LARKAN", "I1", Sex.WOMEN)
    assert found is not None
    assert (found.number, found.respondents) == (82, 11)


def test_nothing_is_found_of_another_scope_or_period() -> None:
    assert HISTORY.value(["T2 2025"], "HUMLAN", "I1") is None
    assert HISTORY.value(["T2 2024"], "LARKAN", "I1") is None
    assert HISTORY.text(["T2 2025"], "LARKAN", "G1.analysis") is None


def test_a_text_is_found_by_its_field() -> None:
    found = HISTORY.text(["T2 2025", "T1 2026"], "LARKAN", "G1.analysis")
    assert found is not None
    assert found.text == "Alla har valt."
