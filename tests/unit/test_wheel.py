"""The wheel: rules become dates, the example's year is a sensible one, and the rules hold in every year."""

from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul.config import load_installation
from arshjul.duties import Duty, Every, Ring, Weekday, When
from arshjul.duty_days import occurrences
from arshjul.plan import Kind
from arshjul.wheel import (
    STOCKHOLM,
    Anchor,
    CycleRules,
    Milestones,
    Period,
    Rule,
    Year,
    local_day,
    milestones,
    order_fault,
    year_entries,
)
from arshjul.workdays import is_workday, swedish_free_days

WHEEL = load_installation(Path(__file__).parents[2] / "config").wheel
KINDS = sorted(WHEEL.units["SOL"].cycles)
YEARS = st.integers(1990, 2050)


def of(kind: Kind, year: int) -> Milestones:
    rules = WHEEL.rules("SOL", kind)
    assert rules is not None
    return milestones(rules, kind, year)


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 8, tzinfo=STOCKHOLM)


def times(found: Milestones) -> list[datetime]:
    return [*(moment for _, moment in found.in_order()), *found.reminders]


def test_t2_of_2026_has_the_dates_that_a_manager_would_choose() -> None:
    t2 = of(Kind.T2, 2026)
    assert (t2.period_start, t2.period_end, t2.as_of) == (
        date(2026, 1, 1),
        date(2026, 8, 31),
        date(2026, 8, 31),
    )
    assert t2.opens == at(8, 24)
    assert t2.reminders == (at(9, 8), at(9, 14))
    assert t2.due == at(9, 11)
    assert t2.late_from == datetime(2026, 9, 12, tzinfo=STOCKHOLM)
    assert t2.escalation == at(9, 15)
    assert t2.compile == at(9, 17)
    assert t2.approve_by == at(9, 25)
    assert t2.distribute == at(9, 28)
    assert t2.apt_by == at(10, 16)
    assert t2.archive == at(10, 30)


def test_t1_is_per_the_last_of_april_and_keeps_off_the_first_of_may() -> None:
    t1 = of(Kind.T1, 2026)
    assert t1.as_of == date(2026, 4, 30)
    assert t1.reminders[0] == at(5, 6)


def test_the_annual_report_opens_in_its_year_and_is_decided_in_january_of_the_next() -> None:
    vb = of(Kind.VB, 2026)
    assert vb.as_of == date(2026, 12, 31)
    assert vb.opens == at(11, 23)
    assert vb.due == at(1, 11, 2027)
    assert vb.approve_by == at(1, 22, 2027)


def test_the_plan_opens_the_autumn_before_its_year_and_holds_from_new_year() -> None:
    vp = of(Kind.VP, 2027)
    assert vp.as_of == date(2027, 1, 1)
    assert vp.opens == at(10, 5)
    assert vp.approve_by == at(1, 15, 2027)


@given(st.sampled_from(KINDS), YEARS)
def test_every_milestone_is_a_working_day_at_eight_and_they_come_in_order(kind: Kind, year: int) -> None:
    found = of(kind, year)
    assert order_fault(found) is None
    assert all(one <= other for (_, one), (_, other) in pairwise(found.in_order()))
    for moment in times(found):
        assert is_workday(moment.date())
        assert (moment.hour, moment.minute, moment.tzinfo) == (8, 0, STOCKHOLM)


@given(st.sampled_from(KINDS), YEARS)
def test_the_late_are_reminded_after_the_opening_and_before_the_report_is_made(kind: Kind, year: int) -> None:
    found = of(kind, year)
    assert list(found.reminders) == sorted(set(found.reminders))
    assert all(found.opens < reminder < found.compile for reminder in found.reminders)


def test_eight_in_the_morning_is_eight_on_both_sides_of_the_change_to_summer_time() -> None:
    assert of(Kind.VB, 2026).due.utcoffset() != of(Kind.T2, 2026).due.utcoffset()
    assert local_day(of(Kind.T2, 2026).due) == date(2026, 9, 11)


RULES = {
    "opens": Rule(day="08-24"),
    "due": Rule(day="09-11"),
    "escalation": Rule(workdays=2, after=Anchor.DUE),
    "compile": Rule(day="09-17"),
    "approve_by": Rule(day="09-25"),
    "apt_by": Rule(day="10-16"),
    "archive": Rule(day="10-30"),
}


def test_a_fixed_day_on_a_weekend_or_holiday_is_pushed_to_the_next_working_day() -> None:
    rules = CycleRules(Period(), **{**RULES, "archive": Rule(day="12-24")})
    assert milestones(rules, Kind.T2, 2026).archive == at(12, 28)


def test_a_rule_may_count_from_another_in_any_order() -> None:
    rules = CycleRules(Period(), **{**RULES, "opens": Rule(workdays=10, before=Anchor.DUE)})
    assert milestones(rules, Kind.T2, 2026).opens == at(8, 28)


def test_without_a_day_for_sending_the_report_goes_out_when_it_is_approved() -> None:
    assert milestones(CycleRules(Period(), **RULES), Kind.T2, 2026).distribute is None


@pytest.mark.parametrize(
    ("name", "rule", "fault"),
    [
        ("compile", Rule(day="09-14"), ("escalation", "compile")),
        ("opens", Rule(day="10-01"), ("opens", "due")),
        ("archive", Rule(day="10-30", year=Year.PREVIOUS), ("apt_by", "archive")),
    ],
)
def test_milestones_in_the_wrong_order_are_named(name: str, rule: Rule, fault: tuple[str, str]) -> None:
    assert order_fault(milestones(CycleRules(Period(), **{**RULES, name: rule}), Kind.T2, 2026)) == fault


@pytest.mark.parametrize("day", ["09-12", "10-30"])
def test_a_reminder_outside_the_time_of_answering_is_a_fault_of_order(day: str) -> None:
    reminders = (Rule(day=day), Rule(day="08-20"))
    rules = CycleRules(Period(), **RULES, reminders=reminders)
    assert order_fault(milestones(rules, Kind.T2, 2026)) == ("opens", "reminders")


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"day": "09-25", "workdays": 3},
        {"workdays": 3},
        {"workdays": 3, "before": Anchor.DUE, "after": Anchor.DUE},
        {"workdays": -3, "after": Anchor.DUE},
        {"day": "02-29"},
        {"day": "9/25"},
    ],
)
def test_a_rule_that_says_nothing_or_two_things_is_refused(rule: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"skriv|ingen dag|0 till 250"):
        Rule(**rule)  # type: ignore[arg-type]


def test_rules_that_count_from_each_other_are_refused() -> None:
    circle = {"due": Rule(workdays=1, after=Anchor.COMPILE), "compile": Rule(workdays=1, after=Anchor.DUE)}
    with pytest.raises(ValueError, match="räknas från varandra"):
        milestones(CycleRules(Period(), **{**RULES, **circle}), Kind.T2, 2026)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(every=Every.MONTH, nth=2, weekday=Weekday.TUESDAY, not_in=(7,)), 11),
        (When(every=Every.SECOND_MONTH, nth=-1, weekday=Weekday.FRIDAY), 6),
        (When(every=Every.QUARTER, nth=2), 4),
        (When(months=(11, 2, 2), nth=2), 2),
        (When(start="10-01", end="11-15"), 1),
    ],
)
def test_a_duty_comes_as_often_as_its_rule_says(when: When, expected: int) -> None:
    found = list(occurrences(Duty("x", "X", when), 2026, swedish_free_days))
    assert len(found) == expected
    assert found == sorted(found, key=lambda entry: entry.start)


def test_a_duty_on_a_holiday_gives_way_and_a_week_is_its_working_days() -> None:
    meeting = Duty("m", "Möte", When(months=(1,), nth=1, weekday=Weekday.TUESDAY))
    round_ = Duty("r", "Rond", When(months=(5,), nth=2))
    (moved,) = occurrences(meeting, 2026, swedish_free_days)
    (week,) = occurrences(round_, 2026, swedish_free_days)
    assert moved.start == moved.end == date(2026, 1, 7)
    assert (week.start, week.end) == (date(2026, 5, 11), date(2026, 5, 15))


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"every": Every.MONTH, "months": (3,)},
        {"start": "10-01"},
        {"start": "11-15", "end": "10-01"},
        {"months": (13,)},
        {"months": (3,), "nth": 6},
    ],
)
def test_a_duty_without_a_clear_rule_is_refused(when: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"skriv|månad|nth|innan"):
        When(**when)  # type: ignore[arg-type]


def test_the_year_of_the_example_has_reports_meetings_and_duties_in_order_of_time() -> None:
    entries = year_entries(WHEEL, "SOL", 2026)
    labels = {entry.label for entry in entries}
    assert {entry.ring for entry in entries} == set(Ring)
    assert {
        "VB 2025: rapport och beslut",
        "VP 2026: på APT",
        "T2 2026: underlag",
        "VP 2027: underlag",
    } <= labels
    assert "VP 2028: underlag" not in labels
    assert len(WHEEL.units["SOL"].duties) >= 15
    assert [entry.start for entry in entries] == sorted(entry.start for entry in entries)


@given(YEARS)
def test_entries_have_ids_of_their_own_and_begin_and_end_on_working_days(year: int) -> None:
    entries = year_entries(WHEEL, "SOL", year)
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.start <= entry.end
        assert is_workday(entry.start)
        assert is_workday(entry.end)
