"""The rules that milestones are given by: what counts from what, and what is refused."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from arshjul.duties import Weekday
from arshjul.plan import Kind
from arshjul.slow_weeks import SlowWeeks
from arshjul.wheel import (
    Anchor,
    CycleRules,
    Extra,
    Period,
    Rule,
    Year,
    milestones,
    order_fault,
)
from tests.example import at

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
    assert milestones(rules, Kind.T2, 2026).archive == at("2026-12-28 08:00")


MEETING = Rule(workdays=2, before=Anchor.BOARD_MEETING, day="09-25")


@pytest.mark.parametrize(
    ("meetings", "approved"),
    [
        ((), at("2026-09-25 08:00")),
        ((date(2026, 8, 31), date(2026, 9, 22), date(2026, 10, 20)), at("2026-09-18 08:00")),
        ((date(2027, 9, 22),), at("2026-09-25 08:00")),
    ],
)
def test_what_counts_from_the_board_has_a_day_until_its_meetings_are_known(
    meetings: tuple[date, ...], approved: datetime
) -> None:
    rules = CycleRules(Period(end="08-31"), **{**RULES, "approve_by": MEETING}, board_meetings=meetings)
    assert milestones(rules, Kind.T2, 2026).approve_by == approved


def test_a_milestone_may_count_from_one_that_only_this_report_has() -> None:
    extra = (Extra("draft", "Utkast", Rule(day="09-21")),)
    rules = CycleRules(
        Period(end="08-31"), **{**RULES, "approve_by": Rule(workdays=3, after="draft")}, extra=extra
    )
    assert milestones(rules, Kind.T2, 2026).approve_by == at("2026-09-24 08:00")


def test_a_rule_may_count_from_another_in_any_order() -> None:
    rules = CycleRules(Period(), **{**RULES, "opens": Rule(workdays=10, before=Anchor.DUE)})
    assert milestones(rules, Kind.T2, 2026).opens == at("2026-08-28 08:00")


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


@pytest.mark.parametrize(
    ("day", "fault"), [("08-20", ("opens", "reminders")), ("10-30", ("reminders", "compile"))]
)
def test_a_reminder_outside_the_time_of_answering_is_a_fault_of_order(
    day: str, fault: tuple[str, str]
) -> None:
    reminders = (Rule(day="09-08"), Rule(day=day))
    rules = CycleRules(Period(), **RULES, reminders=reminders)
    assert order_fault(milestones(rules, Kind.T2, 2026)) == fault


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
        {"workdays": 3, "before": Anchor.BOARD_MEETING},
    ],
)
def test_a_rule_that_says_nothing_or_two_things_is_refused(rule: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"skriv|ingen dag|0 till 250|nämndens dagar"):
        Rule(**rule)  # type: ignore[arg-type]


def test_rules_that_count_from_each_other_are_refused() -> None:
    circle = {"due": Rule(workdays=1, after=Anchor.COMPILE), "compile": Rule(workdays=1, after=Anchor.DUE)}
    with pytest.raises(ValueError, match="räknas från varandra"):
        milestones(CycleRules(Period(), **{**RULES, **circle}), Kind.T2, 2026)


def test_digests_that_fall_in_slow_weeks_are_one_when_they_are_over() -> None:
    rules = CycleRules(
        Period(),
        **{**RULES, "opens": Rule(day="11-23"), "due": Rule(day="01-11", year=Year.NEXT)},
        digest=Weekday.MONDAY,
        slow_weeks=(SlowWeeks("jul", "12-21", "01-06"),),
    )
    rules = replace(rules, approve_by=Rule(day="01-22", year=Year.NEXT))
    days = [f"{at:%m-%d}" for at in milestones(rules, Kind.VB, 2026).digests]
    assert days == ["11-30", "12-07", "12-14", "01-07", "01-11", "01-18", "01-22"]
