"""The economy and the complaints of a unit, from other systems' months or as people answered them."""

from decimal import Decimal

import pytest

from arshjul.catalogue import Sex
from arshjul.compilation.complaints import complaints_result
from arshjul.compilation.economy import COMMON, economy_result
from arshjul.cycle_data import CycleData
from arshjul.history import WHOLE_UNIT
from arshjul.plan import Indicator, Kind
from arshjul.sources.gathering import SourceValue
from arshjul.sources.given import GivenValues, Stored
from tests.unit.small_cycle import HUMLAN, LARKAN, Answers, cycle, earlier_value, goal


def month(field: str, scope: str, number: str | int, detail: str = "", at: str = "2026-08") -> Stored:
    value = SourceValue("SOL", scope, field, detail, Sex.TOTAL, at, Decimal(number))
    return Stored("x", 1, value)


def booked(scope: str, budget: int, outcome: int, forecast: int, account: str = "Personal") -> list[Stored]:
    amounts = {"budget": budget, "outcome": outcome, "forecast": forecast}
    return [month(f"economy.{name}_tkr", scope, number, account) for name, number in amounts.items()]


def with_months(months: list[Stored], answers: Answers | None = None, **more: object) -> CycleData:
    announced = {"cases.received": "Synpunktssystemet"}
    given = GivenValues((), announced, tuple(months))
    return cycle(
        goal(Indicator("I1", "Sjukfrånvaro")), answers or {}, sections=("economy",), given=given, **more
    )


def test_the_economy_has_the_largest_deviation_first_and_adds_up() -> None:
    months = [
        *booked(LARKAN, 100, 60, 101),
        *booked(HUMLAN, 100, 60, 90, "Lokaler"),
        *booked(WHOLE_UNIT, 50, 30, 54),
        month("economy.budget_tkr", LARKAN, 999, "Personal", "2026-07"),
    ]
    result = economy_result(with_months(months))
    assert result is not None
    assert [(row.name, row.deviation) for row in result.rows] == [
        ("Humlan", 10),
        (COMMON, -4),
        ("Ateljé Lärkan", -1),
    ]
    assert [(row.name, row.deviation) for row in result.accounts] == [("Lokaler", 10), ("Personal", -5)]
    assert (result.total.budget, result.total.outcome, result.total.forecast) == (250, 150, 245)
    assert (result.total.deviation, result.as_of) == (5, "2026-08")


def test_without_an_accounting_system_the_economy_is_what_was_answered() -> None:
    answers: Answers = {"economy": {"economy.budget_tkr": 100, "economy.forecast_tkr": 104}}
    result = economy_result(with_months([], answers))
    assert result is not None
    assert (result.rows, result.total.deviation, result.from_source) == ((), -4, False)
    assert economy_result(with_months([])) is None


def test_complaints_stand_by_category_and_period_with_open_cases_as_they_are_today() -> None:
    months = [
        month("cases.received", LARKAN, 2, "Klagomål", "2026-03"),
        month("cases.received", LARKAN, 1, "Klagomål", "2026-08"),
        month("cases.received", HUMLAN, 1, "Lex Sarah", "2026-05"),
        month("cases.received", HUMLAN, 9, "Lex Sarah", "2025-05"),
        month("cases.open", LARKAN, 2, "Klagomål", "2026-03"),
        month("cases.open", LARKAN, 1, "Klagomål", "2026-08"),
    ]
    result = complaints_result(with_months(months))
    assert result is not None
    complaints, sarah = result.rows
    assert (complaints.by_period, complaints.total, complaints.open) == ({Kind.T1: 2, Kind.T2: 1}, 3, 1)
    assert (sarah.category, sarah.by_period, sarah.open) == ("Lex Sarah", {Kind.T1: 0, Kind.T2: 1}, None)
    assert (result.total.total, result.origin) == (4, "Synpunktssystemet per 2026-08")


def test_complaints_that_people_counted_from_january_are_parted_into_periods() -> None:
    earlier = tuple(
        earlier_value(number, period="T1 2026", scope=scope, indicator="complaints.count")
        for scope, number in ((LARKAN, 2), (HUMLAN, 1))
    )
    answers: Answers = {LARKAN: {"complaints.count": 5}, HUMLAN: {"complaints.count": 1}}
    result = complaints_result(with_months([], answers, earlier=earlier))
    assert result is not None
    assert result.rows[0].by_period == {Kind.T1: 3, Kind.T2: 3}
    assert result.rows[0].total == 6


@pytest.mark.parametrize(
    "told",
    [{}, {LARKAN: 2}, {LARKAN: 2, HUMLAN: 1, "GAMLA": 1}, {LARKAN: 2, HUMLAN: 3}],
    ids=["nobody told", "one did not tell", "one is gone", "one told more than there came to be"],
)
def test_a_part_of_the_year_that_would_not_add_up_to_the_total_is_not_known(told: dict[str, int]) -> None:
    earlier = tuple(
        earlier_value(number, period="T1 2026", scope=scope, indicator="complaints.count")
        for scope, number in told.items()
    )
    answers: Answers = {LARKAN: {"complaints.count": 5}, HUMLAN: {"complaints.count": 1}}
    result = complaints_result(with_months([], answers, earlier=earlier))
    assert result is not None
    assert result.rows[0].by_period == {Kind.T1: None, Kind.T2: None}
    assert result.rows[0].total == 6
