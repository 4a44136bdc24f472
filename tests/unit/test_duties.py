"""The recurring duties: how often their rules give a day, and that nothing unclear is taken for a rule."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.duties import Duty, Every, Season, Weekday, When
from arshjul.duty_days import occurrences
from arshjul.plan import Kind
from arshjul.slow_weeks import Move, Quiet, SlowWeeks
from arshjul.workdays import is_workday, swedish_free_days


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


@pytest.mark.parametrize(
    ("when", "months"),
    [
        (When(every=Every.SECOND_MONTH, first=2), (2, 4, 6, 8, 10, 12)),
        (When(every=Every.QUARTER, first=11), (2, 5, 8, 11)),
        (When(every=Every.TERTIAL, first=3, not_in=(7,)), (3, 11)),
        (When(every=Every.HALF_YEAR, first=4), (4, 10)),
    ],
)
def test_what_comes_evenly_is_counted_from_its_first_month(when: When, months: tuple[int, ...]) -> None:
    assert when.in_months() == months


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        (When(weeks=(42,), weekday=Weekday.FRIDAY), date(2026, 10, 16), date(2026, 10, 16)),
        (When(weeks=(1,)), date(2025, 12, 29), date(2026, 1, 2)),
        (When(seasons=(Season.SPRING,)), date(2026, 3, 2), date(2026, 5, 29)),
        (When(seasons=(Season.AUTUMN,)), date(2026, 9, 1), date(2026, 11, 30)),
        (When(months=(12,), nth=-1, weekday=Weekday.FRIDAY), date(2026, 12, 28), date(2026, 12, 28)),
        (When(months=(9,), nth=-1), date(2026, 9, 28), date(2026, 10, 2)),
    ],
)
def test_weeks_of_the_calendar_seasons_and_the_last_of_a_month_have_their_days(
    when: When, start: date, end: date
) -> None:
    (entry,) = occurrences(Duty("x", "X", when), 2026, swedish_free_days)
    assert (entry.start, entry.end) == (start, end)


def test_an_occurrence_keeps_its_id_when_its_day_moves() -> None:
    def ids(when: When, quiet: Quiet = Quiet()) -> list[str]:  # noqa: B008 - frozen
        return [entry.id for entry in occurrences(Duty("rond", "Rond", when), 2026, swedish_free_days, quiet)]

    july = Quiet((SlowWeeks("juli", "07-01", "07-31"),))
    assert ids(When(months=(7,), nth=2)) == ids(When(months=(7,), nth=3), july) == ["rond-2026-07"]
    assert ids(When(weeks=(7,))) == ids(When(weeks=(7,), weekday=Weekday.FRIDAY)) == ["rond-2026-v07"]
    assert ids(When(seasons=(Season.SPRING, Season.AUTUMN))) == ["rond-2026-spring", "rond-2026-autumn"]


def test_a_duty_in_slow_weeks_goes_where_they_say_unless_they_let_it_through() -> None:
    duty = Duty("rond", "Rond", When(months=(7,), nth=2))

    def day(weeks: SlowWeeks) -> tuple[date, date]:
        (entry,) = occurrences(duty, 2026, swedish_free_days, Quiet((weeks,)))
        return entry.start, entry.end

    assert day(SlowWeeks("juli", "07-01", "07-31")) == (date(2026, 8, 3), date(2026, 8, 7))
    assert day(SlowWeeks("juli", "07-01", "07-31", Move.BEFORE)) == (date(2026, 6, 30), date(2026, 7, 3))
    assert day(SlowWeeks("juli", "07-01", "07-31", allows=("rond",)))[0] == date(2026, 7, 13)


whens = st.one_of(
    st.builds(
        When,
        every=st.sampled_from(Every),
        first=st.integers(1, 12),
        nth=st.sampled_from((-1, 1, 2, 3, 4)),
        weekday=st.none() | st.sampled_from(Weekday),
    ),
    st.builds(
        When,
        weeks=st.lists(st.integers(1, 52), min_size=1, max_size=4).map(tuple),
        weekday=st.none() | st.sampled_from(Weekday),
    ),
    st.builds(When, seasons=st.lists(st.sampled_from(Season), min_size=1).map(tuple)),
)


@settings(deadline=None)
@given(whens, st.integers(1990, 2050), st.sampled_from((None, *Move)))
def test_whatever_the_rule_an_occurrence_has_working_days_and_an_id_of_its_own(
    when: When, year: int, squeeze: Move | None
) -> None:
    weeks = (SlowWeeks("juli", "07-01", "07-31"), SlowWeeks("jul", "12-21", "01-06", Move.BEFORE))
    found = list(occurrences(Duty("x", "X", when), year, swedish_free_days, Quiet(weeks, squeeze)))
    assert len({entry.id for entry in found}) == len(found) > 0
    for entry in found:
        assert entry.start <= entry.end
        assert is_workday(entry.start)
        assert is_workday(entry.end)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"id": "Skydds-rond"}, "små bokstäver"),
        ({"confirm": True}, "behöver lead_days"),
        ({"lead_days": 90}, "0 till 60"),
        ({"lead_days": 5, "remind_days": 0}, "1 till 40"),
        ({"report_into": (Kind.T1,)}, "hör ihop"),
    ],
)
def test_a_duty_that_cannot_be_done_as_it_says_is_refused(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Duty(**{"id": "rond", "label": "Rond", "when": When(months=(3,)), **fields})  # type: ignore[arg-type]
