"""Frames of values: from sub-units' answers to the unit's figures. Frame in, frame out, exact decimals.

`values` has one row per sub-unit, indicator and sex:

    indicator  scope    sex    number (Decimal)  respondents (int or NA)
    I03        larkan   women  71                9

Totals of those who answer by sex are made by `with_totals`, the unit's figures by `unit_figures`.
Called by `arshjul.compilation`. Pure.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from arshjul.catalogue import Method, Sex

COLUMNS = ("indicator", "scope", "sex", "number", "respondents")


def with_totals(values: pd.DataFrame, methods: Mapping[str, Method]) -> pd.DataFrame:
    """`values` with a total row for every indicator and scope that was answered by sex.

    A sum's total is women and men together; a mean's is weighted by respondents where both are known,
    else the plain mean of the two. Rows that are totals already are kept.
    """
    by_sex = values[values["sex"] != Sex.TOTAL]
    if by_sex.empty:
        return values
    within = {i: Method.SUM if m is Method.SUM else Method.WEIGHTED_MEAN for i, m in methods.items()}
    totals = _figures(by_sex, ["indicator", "scope"], within, partly=False)
    totals["sex"] = Sex.TOTAL
    whole = values[values["sex"] == Sex.TOTAL]
    already = set(zip(whole["indicator"], whole["scope"], strict=True))
    new = [pair not in already for pair in zip(totals["indicator"], totals["scope"], strict=True)]
    return pd.concat([values, totals.loc[new, list(COLUMNS)]], ignore_index=True)


def unit_figures(values: pd.DataFrame, methods: Mapping[str, Method]) -> pd.DataFrame:
    """The unit's figure for every indicator and sex: columns indicator, sex, number, respondents, groups.

    `groups` is the number of sub-units in the figure. Weighted means count only those with respondents;
    an indicator where nobody has any falls back to the plain mean.
    """
    return _figures(values, ["indicator", "sex"], methods, partly=True)


def _figures(
    values: pd.DataFrame, keys: list[str], methods: Mapping[str, Method], *, partly: bool
) -> pd.DataFrame:
    """One row for each combination of `keys`. `partly`: a weighted mean may leave out rows without weight."""
    columns = [*keys, "number", "respondents", "groups"]
    if values.empty:
        return pd.DataFrame(columns=columns)
    weight = values["respondents"].map(lambda n: Decimal(0) if pd.isna(n) else Decimal(int(n)))
    frame = values.assign(weight=weight, weighed=weight > 0, product=values["number"] * weight)
    sums = (
        frame.groupby(keys, sort=False, observed=True)
        .agg(
            total=("number", "sum"),
            rows=("number", "size"),
            product=("product", "sum"),
            weight=("weight", "sum"),
            weighed=("weighed", "sum"),
        )
        .reset_index()
    )
    rows: list[dict[Any, Any]] = sums.to_dict("records")
    numbers, groups = [], []
    for row in rows:
        by_weight = row["weighed"] > 0 and (partly or row["weighed"] == row["rows"])
        if methods[row["indicator"]] is Method.WEIGHTED_MEAN and by_weight:
            numbers.append(row["product"] / row["weight"])
            groups.append(row["weighed"])
        else:
            plain = methods[row["indicator"]] is not Method.SUM
            numbers.append(row["total"] / row["rows"] if plain else row["total"])
            groups.append(row["rows"])
    respondents = [int(row["weight"]) if row["weight"] else pd.NA for row in rows]
    return sums.assign(
        number=pd.Series(numbers, dtype=object),
        respondents=pd.Series(respondents, dtype=object),
        groups=groups,
    )[columns]
