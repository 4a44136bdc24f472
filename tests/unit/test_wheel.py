"""The wheel: rules become dates, the example's year is a sensible one, and the rules hold in every year."""

import re
from collections import Counter
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.config import load_installation
from arshjul.duties import Ring
from arshjul.plan import Kind
from arshjul.wheel import (
    STOCKHOLM,
    Milestones,
    local_day,
    milestones,
    order_fault,
    year_entries,
)
from arshjul.workdays import is_squeeze_day, is_workday

WHEEL = load_installation(Path(__file__).parents[2] / "config").wheel
CYCLES = [
    (code, kind, month)
    for code, unit in sorted(WHEEL.units.items())
    for kind, rules in sorted(unit.cycles.items())
    for month in rules.months or (0,)
]
YEARS = st.integers(1990, 2050)


def of(kind: Kind, year: int, month: int = 0, unit: str = "SOL") -> Milestones:
    rules = WHEEL.rules(unit, kind)
    assert rules is not None
    return milestones(rules, kind, year, month=month)


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
    assert vb.figures_from == at(1, 7, 2027)
    assert vb.due == at(1, 11, 2027)
    assert vb.approve_by == at(1, 22, 2027)


def test_the_plan_opens_the_autumn_before_its_year_and_holds_from_new_year() -> None:
    vp = of(Kind.VP, 2027)
    assert vp.as_of == date(2027, 1, 1)
    assert vp.opens == at(10, 5)
    assert vp.approve_by == at(1, 15, 2027)


@given(st.sampled_from(CYCLES), YEARS)
def test_every_milestone_is_a_working_day_at_eight_off_the_slow_weeks_and_they_come_in_order(
    cycle: tuple[str, Kind, int], year: int
) -> None:
    unit, kind, month = cycle
    rules = WHEEL.rules(unit, kind)
    assert rules is not None
    found = of(kind, year, month, unit)
    assert order_fault(found) is None
    assert all(one <= other for (_, one), (_, other) in pairwise(found.in_order()))
    named = [*found.in_order(), *(("reminders", moment) for moment in found.reminders)]
    named += [(extra.name, extra.at) for extra in found.extra]
    named += [("figures_from", found.figures_from)] if found.figures_from else []
    for name, moment in named:
        assert is_workday(moment.date())
        assert not is_squeeze_day(moment.date())
        assert rules.quiet.slow(moment.date(), name) is None
        assert (moment.hour, moment.minute, moment.tzinfo) == (8, 0, STOCKHOLM)


@given(st.sampled_from(CYCLES), YEARS)
def test_the_late_are_reminded_after_the_opening_and_before_the_report_is_made(
    cycle: tuple[str, Kind, int], year: int
) -> None:
    unit, kind, month = cycle
    found = of(kind, year, month, unit)
    assert list(found.reminders) == sorted(set(found.reminders))
    assert all(found.opens < reminder < found.compile for reminder in found.reminders)


@given(st.sampled_from(CYCLES), YEARS)
def test_a_cycle_has_the_same_milestones_in_every_year(cycle: tuple[str, Kind, int], year: int) -> None:
    unit, kind, month = cycle
    here, model = of(kind, year, month, unit), of(kind, 2026, month, unit)
    assert [name for name, _ in here.in_order()] == [name for name, _ in model.in_order()]
    assert {extra.name for extra in here.extra} == {extra.name for extra in model.extra}
    assert (here.figures_from is None) == (model.figures_from is None)
    assert 1 <= len(here.reminders) <= len(model.reminders) + 1


def test_a_monthly_report_opens_when_the_month_is_over_and_is_decided_within_two_weeks() -> None:
    march = of(Kind.MR, 2026, 3)
    assert (march.as_of, march.opens, march.due) == (date(2026, 3, 31), at(4, 7), at(4, 10))
    assert (march.approve_by, march.distribute, march.archive) == (at(4, 15), at(4, 15), at(4, 29))
    assert march.apt_by == march.distribute


def test_texts_are_open_before_the_period_ends_and_figures_when_they_exist_until_they_are_locked() -> None:
    t1 = of(Kind.T1, 2026)
    assert t1.opens == at(4, 15)
    assert [t1.figures_open(at(*day)) for day in ((4, 30), (5, 4), (5, 21), (5, 22))] == [
        False,
        True,
        True,
        False,
    ]


def test_the_plan_has_milestones_of_its_own_in_order_of_time() -> None:
    vp = of(Kind.VP, 2027)
    assert [(extra.name, extra.at) for extra in vp.extra] == [
        ("vp_group", at(9, 14)),
        ("planning_days", at(10, 22)),
        ("draft", at(11, 24)),
        ("comments", at(11, 25)),
        ("decision", at(1, 15, 2027)),
    ]
    assert vp.extra[1].until == at(10, 23)
    assert [extra.name for extra in vp.extra if extra.letter] == ["planning_days", "draft"]


def test_eight_in_the_morning_is_eight_on_both_sides_of_the_change_to_summer_time() -> None:
    assert of(Kind.VB, 2026).due.utcoffset() != of(Kind.T2, 2026).due.utcoffset()
    assert local_day(of(Kind.T2, 2026).due) == date(2026, 9, 11)


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


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(WHEEL.units)), YEARS)
def test_entries_have_ids_of_their_own_and_begin_and_end_on_working_days(unit: str, year: int) -> None:
    entries = year_entries(WHEEL, unit, year)
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.start <= entry.end
        assert is_workday(entry.start)
        assert is_workday(entry.end)


@cache
def shape(of_year: int) -> Counter[str]:
    """The ids of a year's entries, with years told from that one."""

    def named(entry_id: str) -> str:
        return re.sub(r"\d{4}", lambda found: f"{int(found[0]) - of_year:+}", entry_id)

    return Counter(named(entry.id) for entry in year_entries(WHEEL, "SOL", of_year))


@settings(max_examples=40, deadline=None)
@given(YEARS)
def test_the_year_of_the_example_has_the_same_entries_every_year(year: int) -> None:
    here, model = shape(year), shape(2026)
    # What lies at New Year may touch a year more or less; everything else comes as often as in any year.
    assert sum(((here - model) + (model - here)).values()) <= 3


def test_the_example_covers_what_a_unit_does_in_a_year() -> None:
    ids = {duty.id for duty in WHEEL.units["SOL"].duties}
    assert ids >= {
        *("budget", "controllerbesok", "hr", "samverkan", "ledningsmote", "apt", "planeringsdag"),
        *("egenkontroll", "internkontroll", "lexsarah", "kontinuitet", "kollegial", "resultatdialog"),
        *("skyddsrond", "riskbedomning", "osa", "brandskydd", "kemikalier", "handledning"),
        *("medarbetarenkat", "handlingsplan", "medarbetarsamtal", "delaktighet", "deltagarmote"),
        *("brukarundersokning", "undersokningsvar", "deltagarrad", "resultatdialog_grupp"),
    }
    assert {extra.name for extra in WHEEL.units["SOL"].cycles[Kind.VP].extra} >= {"vp_group"}
    for unit in WHEEL.units.values():
        assert {kind for duty in unit.duties for kind in duty.report_into} == {Kind.T1, Kind.T2, Kind.VB}
