"""What is told of the duties: on its day, once, to those who see to it; what passed is reported."""

from datetime import date, datetime, timedelta

import pytest

from arshjul.duties import Duty, Every, Weekday, When
from arshjul.duty_cycle import duties_due, told_at
from arshjul.duty_days import duty_holders, unit_occurrences
from arshjul.milestones import STOCKHOLM
from arshjul.organisation import Assignment, Role, Subunit, Unit
from arshjul.plan import Kind
from arshjul.wheel_rules import CycleRules, Extra, Period, Rule, UnitWheel

UNIT = Unit(
    code="SOL",
    name="Solgläntan",
    short_name="Solgläntan",
    administration="",
    department="",
    people="deltagare",
    subunits=(Subunit("A", "Ateljén"), Subunit("B", "Caféet"), Subunit("C", "Snickeriet")),
    assignments=(
        Assignment("karin", Role.MANAGER),
        Assignment("anna", Role.DEPUTY, ("A",), valid_to=date(2026, 6, 30)),
        Assignment("eva", Role.DEPUTY, ("A",), valid_from=date(2026, 7, 1)),
        Assignment("bo", Role.DEPUTY),
        Assignment("elin", Role.TEAM_LEADER, ("B",), delegated_by="bo"),
        Assignment("peter", Role.CONTROLLER, sections=("economy",)),
    ),
)
ROUND = Duty(
    "skyddsrond",
    "Skyddsrond",
    When(months=(3,), nth=2),
    per_subunit=True,
    confirm=True,
    lead_days=5,
    report_into=(Kind.T1,),
    section="arbetsmiljo",
)
WHEEL = UnitWheel({}, (ROUND,))


def at(month: int, day: int, hour: int = 8, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=STOCKHOLM)


def steps(now: datetime, told: set[str], confirmed: frozenset[str] = frozenset()) -> list[tuple[str, bool]]:
    return [(due.key, due.late) for due in duties_due(WHEEL, UNIT, told, confirmed, now, date(2026, 1, 1))]


def test_the_letter_goes_its_working_days_before_and_only_once() -> None:
    assert steps(at(3, 1), set()) == []
    asked = [f"SOL-skyddsrond-2026-03-{code}:tell" for code in "ABC"]
    assert steps(at(3, 2), set()) == [(key, False) for key in asked]
    assert steps(at(3, 2), set(asked)) == []


def test_a_machine_that_slept_tells_late_as_long_as_there_is_time_and_then_reports() -> None:
    assert all(late and key.endswith(":tell") for key, late in steps(at(3, 13), set()))
    passed = steps(at(3, 16), set())
    assert [key for key, _ in passed] == [f"SOL-skyddsrond-2026-03-{code}:passed" for code in "ABC"]
    assert steps(at(3, 16), {key for key, _ in passed}) == []


def test_who_has_not_confirmed_is_reminded_once_and_who_has_is_left_alone() -> None:
    told = {f"SOL-skyddsrond-2026-03-{code}:tell" for code in "ABC"}
    confirmed = frozenset({"SOL-skyddsrond-2026-03-A"})
    assert steps(at(3, 17), told, confirmed) == []
    reminders = steps(at(3, 18), told, confirmed)
    assert reminders == [(f"SOL-skyddsrond-2026-03-{code}:remind", False) for code in "BC"]
    assert steps(at(3, 18), told | {key for key, _ in reminders}, confirmed) == []


def test_a_reminder_that_is_a_month_late_is_not_sent() -> None:
    told = {f"SOL-skyddsrond-2026-03-{code}:tell" for code in "ABC"}
    assert steps(at(5, 4), told) == []


def test_what_was_before_the_installation_is_no_news() -> None:
    assert duties_due(WHEEL, UNIT, set(), set(), at(3, 20), date(2026, 3, 18)) == []


def test_a_duty_without_a_letter_and_a_confirmed_one_ask_nothing() -> None:
    silent = UnitWheel({}, (Duty("mote", "Möte", When(every=Every.MONTH, weekday=Weekday.MONDAY)),))
    assert duties_due(silent, UNIT, set(), set(), at(3, 2)) == []
    confirmed = frozenset(f"SOL-skyddsrond-2026-03-{code}" for code in "ABC")
    assert steps(at(3, 16), set(), confirmed) == []


def test_asking_every_day_of_a_year_tells_each_occurrence_once() -> None:
    told: set[str] = set()
    day = at(1, 1)
    for _ in range(365):
        found = duties_due(WHEEL, UNIT, told, set(), day, date(2026, 1, 1))
        assert all(due.key not in told for due in found)
        told |= {due.key for due in found}
        day += timedelta(days=1)
    assert sorted(key.rpartition(":")[2] for key in told) == ["remind"] * 3 + ["tell"] * 3


@pytest.mark.parametrize(
    ("who", "subunit", "day", "holders"),
    [
        ((Role.DEPUTY,), "A", date(2026, 6, 30), ("anna",)),
        ((Role.DEPUTY,), "A", date(2026, 7, 1), ("eva",)),
        ((Role.DEPUTY,), "B", date(2026, 3, 1), ("bo",)),
        ((Role.DEPUTY, Role.TEAM_LEADER), "B", date(2026, 3, 1), ("elin",)),
        ((Role.DEPUTY,), "C", date(2026, 3, 1), ("karin",)),
        ((Role.DEPUTY, Role.CONTROLLER), "A", date(2026, 3, 1), ("anna", "peter")),
        ((Role.MANAGER, Role.DEPUTY), None, date(2026, 3, 1), ("karin", "anna", "bo")),
        ((Role.REGISTRAR,), None, date(2026, 3, 1), ("karin",)),
    ],
)
def test_a_duty_is_seen_to_by_whoever_answers_where_it_is_done(
    who: tuple[Role, ...], subunit: str | None, day: date, holders: tuple[str, ...]
) -> None:
    assert duty_holders(Duty("x", "X", When(months=(3,)), who=who), UNIT, subunit, day) == holders


def test_named_people_see_to_a_duty_instead_of_roles() -> None:
    duty = Duty("brand", "Brandskydd", When(months=(3,)), people=("elin",))
    assert duty_holders(duty, UNIT, "A", date(2026, 3, 1)) == ("elin",)


def test_the_letter_goes_on_the_morning_of_a_working_day() -> None:
    (occurrence,) = unit_occurrences(
        Duty("x", "X", When(months=(1,), nth=2, weekday=Weekday.MONDAY), lead_days=3), UNIT, 2026
    )
    assert told_at(occurrence) == at(1, 7)


def test_a_milestone_of_a_report_that_says_so_is_told_of_like_a_duty() -> None:
    rule = Rule(day="05-11")
    days = Extra(
        "planning_days", "Planeringsdagar", Rule(day="03-10"), letter=True, lead_days=5, note="Hela dagen."
    )
    silent = Extra("draft", "Utkast", Rule(day="03-10"))
    rules = CycleRules(Period(), rule, rule, rule, rule, rule, rule, extra=(days, silent))
    (due,) = duties_due(UnitWheel({Kind.VP: rules}), UNIT, set(), set(), at(3, 3), date(2026, 1, 1))
    assert (due.key, due.late) == ("SOL-VP-2026-planning_days:tell", False)
    assert (due.occurrence.duty.label, due.occurrence.holders) == ("Planeringsdagar (VP 2026)", ("karin",))
    assert duties_due(UnitWheel({Kind.VP: rules}), UNIT, {due.key}, set(), at(3, 20), date(2026, 1, 1)) == []
