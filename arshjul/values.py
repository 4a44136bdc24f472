"""Frames of values: from sub-units' answers to the unit's figures. Frame in, frame out, exact decimals.

`values` has one row per sub-unit, indicator and sex:

    indicator  scope    sex    number (Decimal)  respondents (int or NA)  part, whole (Decimal or NA)
    I03        larkan   women  71                9                        NA    NA
    I15        larkan   total  9.7               12                       1843  190   (9.7 is 1843 by 190)

`part` and `whole` are there where the value is a ratio whose sums are known; else respondents stand for the
whole. Totals of those who answer by sex are made by `with_totals`, the unit's figures by `unit_figures`.
Called by `arshjul.compilation`. Pure.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from arshjul.catalogue import Method, Sex

COLUMNS = ("indicator", "scope", "sex", "number", "respondents")
EXACT = ("part", "whole")  # columns that a frame may lack


def with_totals(values: pd.DataFrame, methods: Mapping[str, Method]) -> pd.DataFrame:
    """`values` with a total row for every indicator and scope that was answered by sex.

    A sum's total is women and men together; a mean's is weighted by respondents where both are known,
    else the plain mean of the two. Rows that are totals already are kept.
    """
    values = _with_exact(values)
    by_sex = values[values["sex"] != Sex.TOTAL]
    if by_sex.empty:
        return values
    within = {i: m if m in (Method.SUM, Method.RATIO) else Method.WEIGHTED_MEAN for i, m in methods.items()}
    totals = _figures(by_sex, ["indicator", "scope"], within, partly=False)
    totals["sex"] = Sex.TOTAL
    whole = values[values["sex"] == Sex.TOTAL]
    already = set(zip(whole["indicator"], whole["scope"], strict=True))
    new = [pair not in already for pair in zip(totals["indicator"], totals["scope"], strict=True)]
    return pd.concat([values, totals.loc[new, [*COLUMNS, *EXACT]]], ignore_index=True)


def unit_figures(values: pd.DataFrame, methods: Mapping[str, Method]) -> pd.DataFrame:
    """The unit's figure for every indicator and sex: columns indicator, sex, number, respondents, part,
    whole, groups, weighted.

    `groups` is the number of sub-units in the figure, `weighted` the mean by respondents where every sub-unit
    told them. Weighted means and ratios count only those with a weight; an indicator where nobody has any
    falls back to the plain mean.
    """
    return _figures(values, ["indicator", "sex"], methods, partly=True)


def _figures(
    values: pd.DataFrame, keys: list[str], methods: Mapping[str, Method], *, partly: bool
) -> pd.DataFrame:
    """One row for each combination of `keys`. `partly`: a weighted mean may leave out rows without weight."""
    columns = [*keys, "number", "respondents", "part", "whole", "groups", "weighted"]
    if values.empty:
        return pd.DataFrame(columns=columns)
    values = _with_exact(values)
    people = values["respondents"].map(lambda n: Decimal(0) if pd.isna(n) else Decimal(int(n)))
    known = values["whole"].notna()
    weight = values["whole"].where(known, people)
    frame = values.assign(
        people=people,
        weight=weight,
        weighed=weight > 0,
        product=values["part"].where(known, values["number"] * weight),
        known=known,
    )
    sums = (
        frame.groupby(keys, sort=False, observed=True)
        .agg(
            total=("number", "sum"),
            rows=("number", "size"),
            product=("product", "sum"),
            weight=("weight", "sum"),
            weighed=("weighed", "sum"),
            people=("people", "sum"),
            known=("known", "all"),
        )
        .reset_index()
    )
    rows: list[dict[Any, Any]] = sums.to_dict("records")
    made: dict[str, list[Any]] = {name: [] for name in ("number", "groups", "weighted", "part", "whole")}
    for row in rows:
        method = methods[row["indicator"]]
        whole = row["weighed"] == row["rows"]
        weighted = row["product"] / row["weight"] if row["weighed"] else pd.NA
        if method in (Method.WEIGHTED_MEAN, Method.RATIO) and row["weighed"] and (partly or whole):
            made["number"].append(weighted)
            made["groups"].append(row["weighed"])
        else:
            made["number"].append(row["total"] if method is Method.SUM else row["total"] / row["rows"])
            made["groups"].append(row["rows"])
        made["weighted"].append(weighted if whole and method is not Method.SUM else pd.NA)
        made["part"].append(row["product"] if row["known"] else pd.NA)
        made["whole"].append(row["weight"] if row["known"] else pd.NA)
    respondents = [int(row["people"]) if row["people"] else pd.NA for row in rows]
    return sums.assign(
        respondents=pd.Series(respondents, dtype=object),
        **{name: pd.Series(listed, dtype=object) for name, listed in made.items()},
    )[columns]


def _with_exact(values: pd.DataFrame) -> pd.DataFrame:
    missing = {
        column: pd.Series(pd.NA, values.index, dtype=object) for column in EXACT if column not in values
    }
    return values.assign(**missing) if missing else values


def accumulated(by_period: Mapping[str, Decimal | None], *, since_january: bool) -> dict[str, Decimal | None]:
    """What came in within each period and in all, from values told period by period, in order (T1, T2, VB).

    `since_january`: each value counts from January, so that a period's own part is the difference to the one
    before; otherwise each is the period's own. The total stands under "total": the sum of what is known, None
    where nothing is. A period that was not told leaves its part in the next one that was.
    """
    parts: dict[str, Decimal | None] = {}
    so_far = Decimal(0)
    for period, value in by_period.items():
        if value is None:
            parts[period] = None
            continue
        parts[period] = value - so_far if since_january else value
        so_far = value if since_january else so_far + value
    parts["total"] = so_far if any(value is not None for value in by_period.values()) else None
    return parts
