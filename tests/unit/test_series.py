"""An indicator over the years: the same period of each, and where its series breaks."""

from dataclasses import replace

from arshjul.compilation import compile_cycle
from arshjul.compilation.series import series_of
from arshjul.history import EarlierValue, History
from arshjul.organisation import Subunit
from arshjul.plan import Indicator
from tests.unit.small_cycle import HUMLAN, LARKAN, SHARE, Answers, cycle, earlier_value, goal, unit


def series_with(earlier: tuple[EarlierValue, ...], *asked: Subunit) -> tuple[list[str], list[str]]:
    own = replace(unit(LARKAN, HUMLAN), subunits=asked or unit(LARKAN, HUMLAN).subunits)
    answers: Answers = {subunit.code: {"I1.total": 80} for subunit in own.subunits}
    expected = tuple(subunit.code for subunit in own.subunits)
    data = cycle(
        goal(Indicator("I1", "Sjukfrånvaro")), answers, measures={"I1": SHARE}, unit=own, expected=expected
    )
    data = replace(data, history=History(earlier).with_identities({"I9": "I1"}))
    series = series_of(data, compile_cycle(data).indicators["I1"])
    assert series.points[-1].period == "T2 2026"
    return [f"{p.period} {p.figure.number}" for p in series.points], [
        f"{b.period}: {b.why}" for b in series.breaks
    ]


def test_a_series_is_the_same_period_year_by_year_and_breaks_where_a_sub_unit_came_or_went() -> None:
    earlier = (
        earlier_value(60, period="T2 2024", scope=LARKAN),
        earlier_value(70, period="T2 2024", scope="GAMLA"),
        earlier_value(70, period="T2 2025", scope=LARKAN),
        earlier_value(99, period="VB 2025", scope=LARKAN),
    )
    points, breaks = series_with(earlier)
    assert points == ["T2 2024 65", "T2 2025 70", "T2 2026 80"]
    assert breaks == ["T2 2025: GAMLA ingår inte längre", "T2 2026: Humlan har tillkommit"]


def test_a_sub_unit_that_took_over_after_one_breaks_nothing() -> None:
    heir = Subunit(HUMLAN, "Humlan", predecessor="GAMLA")
    earlier = (earlier_value(70, scope=LARKAN), earlier_value(60, scope="GAMLA"))
    assert series_with(earlier, Subunit(LARKAN, "Lärkan"), heir)[1] == []


def test_an_indicator_keeps_its_series_under_a_new_id_which_is_told() -> None:
    earlier = (earlier_value(70, indicator="I9"), earlier_value(60, period="T2 2024", indicator="I9"))
    points, breaks = series_with(earlier)
    assert points == ["T2 2024 60", "T2 2025 70", "T2 2026 80"]
    assert breaks == ["T2 2026: indikatorn hade tidigare beteckningen I9"]
