"""The unit's figures against a reckoning in plain Python."""

import random
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.catalogue import Method, Sex
from arshjul.values import COLUMNS, unit_figures, with_totals

METHODS = {"S": Method.SUM, "M": Method.MEAN, "W": Method.WEIGHTED_MEAN}

Row = tuple[str, str, Sex, Decimal, int | None]


def frame(rows: Iterable[Row]) -> pd.DataFrame:
    listed = [(*row[:4], pd.NA if row[4] is None else row[4]) for row in rows]
    return pd.DataFrame(listed, columns=list(COLUMNS)).astype({"number": object, "respondents": object})


def by_sex(figures: pd.DataFrame, indicator: str) -> Mapping[Sex, tuple[Decimal, int | None, int]]:
    found = figures[figures["indicator"] == indicator].to_dict("records")
    return {
        row["sex"]: (
            row["number"],
            None if pd.isna(row["respondents"]) else row["respondents"],
            row["groups"],
        )
        for row in found
    }


def row(indicator: str, scope: str, sex: Sex, number: str, respondents: int | None = None) -> Row:
    return indicator, scope, sex, Decimal(number), respondents


NUMBERS = st.integers(0, 1000).map(lambda n: Decimal(n).scaleb(-1))
COUNTS = st.one_of(st.none(), st.integers(1, 40))


@st.composite
def answers(draw: st.DrawFn) -> list[Row]:
    """Each scope answers each indicator by sex, for one sex only, as a total, or not at all."""
    rows: list[Row] = []
    for indicator in METHODS:
        for scope in draw(st.lists(st.sampled_from("ABCDEF"), unique=True)):
            for sex in draw(st.sampled_from([(Sex.WOMEN, Sex.MEN), (Sex.MEN,), (Sex.TOTAL,)])):
                rows.append((indicator, scope, sex, draw(NUMBERS), draw(COUNTS)))
    return rows


def reckoned(rows: list[Row]) -> dict[tuple[str, Sex], Decimal]:
    """The same figures, without pandas."""
    of_scope: dict[tuple[str, str], list[Row]] = {}
    for one in rows:
        of_scope.setdefault(one[:2], []).append(one)
    everything = list(rows)
    for (indicator, scope), mine in of_scope.items():
        if mine[0][2] is not Sex.TOTAL:
            respondents = [n for *_, n in mine if n is not None]
            if METHODS[indicator] is Method.SUM:
                total = sum((number for *_, number, _ in mine), Decimal(0))
            elif len(respondents) == len(mine):
                total = sum(number * (n or 0) for *_, number, n in mine) / Decimal(sum(respondents))
            else:
                total = sum(number for *_, number, _ in mine) / Decimal(len(mine))
            everything.append((indicator, scope, Sex.TOTAL, total, sum(respondents) or None))
    figures = {}
    for key in {(one[0], one[2]) for one in everything}:
        mine = [one for one in everything if (one[0], one[2]) == key]
        weighed = [one for one in mine if one[4]]
        method = METHODS[key[0]]
        if method is Method.WEIGHTED_MEAN and weighed:
            figures[key] = sum(number * (n or 0) for *_, number, n in weighed) / Decimal(
                sum(n or 0 for *_, n in weighed)
            )
        else:
            total = sum((number for *_, number, _ in mine), Decimal(0))
            figures[key] = total if method is Method.SUM else total / len(mine)
    return figures


@settings(max_examples=15, deadline=None)
@given(answers(), st.randoms(use_true_random=False))
def test_figures_are_those_of_a_plain_reckoning_whatever_the_order_of_rows(
    rows: list[Row], chance: random.Random
) -> None:
    expected = reckoned(rows)
    chance.shuffle(rows)
    figures = unit_figures(with_totals(frame(rows), METHODS), METHODS).to_dict("records")
    found = {(one["indicator"], one["sex"]): one["number"] for one in figures}
    assert found.keys() == expected.keys()
    assert all(abs(found[key] - expected[key]) < Decimal("1e-20") for key in expected)


def test_a_sum_adds_sexes_and_sub_units() -> None:
    rows = [
        row("S", "A", Sex.WOMEN, "2"),
        row("S", "A", Sex.MEN, "3"),
        row("S", "B", Sex.WOMEN, "0"),
        row("S", "B", Sex.MEN, "4"),
    ]
    figures = by_sex(unit_figures(with_totals(frame(rows), METHODS), METHODS), "S")
    assert {sex: figure[0] for sex, figure in figures.items()} == {Sex.WOMEN: 2, Sex.MEN: 7, Sex.TOTAL: 9}


def test_a_plain_mean_counts_every_sub_unit_alike() -> None:
    rows = [row("M", "A", Sex.TOTAL, "90", 30), row("M", "B", Sex.TOTAL, "60", 3)]
    assert by_sex(unit_figures(frame(rows), METHODS), "M")[Sex.TOTAL] == (75, 33, 2)


def test_a_weighted_mean_counts_every_respondent_alike() -> None:
    rows = [row("W", "A", Sex.TOTAL, "90", 30), row("W", "B", Sex.TOTAL, "60", 10)]
    assert by_sex(unit_figures(frame(rows), METHODS), "W")[Sex.TOTAL] == (Decimal("82.5"), 40, 2)


def test_a_weighted_mean_leaves_out_and_does_not_count_a_sub_unit_without_respondents() -> None:
    rows = [row("W", "A", Sex.TOTAL, "90", 30), row("W", "B", Sex.TOTAL, "60")]
    assert by_sex(unit_figures(frame(rows), METHODS), "W")[Sex.TOTAL] == (90, 30, 1)


def test_a_weighted_mean_without_any_respondents_is_the_plain_one() -> None:
    rows = [row("W", "A", Sex.TOTAL, "90"), row("W", "B", Sex.TOTAL, "60")]
    assert by_sex(unit_figures(frame(rows), METHODS), "W")[Sex.TOTAL] == (75, None, 2)


def test_a_sub_units_total_is_the_plain_mean_of_the_sexes_when_one_has_no_respondents() -> None:
    rows = [row("W", "A", Sex.WOMEN, "90", 8), row("W", "A", Sex.MEN, "60")]
    whole = with_totals(frame(rows), METHODS)
    assert whole.loc[whole["sex"] == Sex.TOTAL, "number"].tolist() == [75]


def test_a_total_that_was_answered_stays_as_it_was_answered() -> None:
    rows = [
        row("M", "A", Sex.WOMEN, "90", 8),
        row("M", "A", Sex.MEN, "60", 8),
        row("M", "A", Sex.TOTAL, "70", 16),
    ]
    whole = with_totals(frame(rows), METHODS)
    assert whole.loc[whole["sex"] == Sex.TOTAL, "number"].tolist() == [70]


def test_the_mean_of_seven_workplaces_is_the_units_figure() -> None:
    """The form of a survey table in an annual report: seven workplaces, printed without decimals."""
    workplaces = zip("ABCDEFG", ["100", "78", "100", "100", "86", "100", "87"], strict=True)
    rows = [row("M", scope, Sex.TOTAL, value) for scope, value in workplaces]
    assert by_sex(unit_figures(frame(rows), METHODS), "M")[Sex.TOTAL] == (93, None, 7)


def test_zero_is_a_value_and_counts() -> None:
    rows = [row("M", "A", Sex.TOTAL, "0", 9), row("M", "B", Sex.TOTAL, "50", 9)]
    assert by_sex(unit_figures(frame(rows), METHODS), "M")[Sex.TOTAL] == (25, 18, 2)


def test_no_values_give_no_figures() -> None:
    assert unit_figures(with_totals(frame([]), METHODS), METHODS).empty
