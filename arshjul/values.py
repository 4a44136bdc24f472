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
    totals = _figures(by_sex, ["indicator", "scope"], {i: _within(m) for i, m in methods.items()})
    totals["sex"] = Sex.TOTAL
    answered = set(zip(values["indicator"], values["scope"], strict=True))
    whole = values[values["sex"] == Sex.TOTAL]
    already = set(zip(whole["indicator"], whole["scope"], strict=True)) & answered
    keep = [pair not in already for pair in zip(totals["indicator"], totals["scope"], strict=True)]
    return pd.concat([values, totals.loc[keep, list(COLUMNS)]], ignore_index=True)


def unit_figures(values: pd.DataFrame, methods: Mapping[str, Method]) -> pd.DataFrame:
    """The unit's figure for every indicator and sex: columns indicator, sex, number, respondents, groups.

    `groups` is the number of sub-units in the figure. Weighted means count only those with respondents;
    an indicator where nobody has any falls back to the plain mean.
    """
    return _figures(values, ["indicator", "sex"], methods)


def _within(method: Method) -> Method:
    """Inside one sub-unit a mean of the sexes is weighted where it can be."""
    return Method.WEIGHTED_MEAN if method is Method.MEAN else method


def _figures(values: pd.DataFrame, keys: list[str], methods: Mapping[str, Method]) -> pd.DataFrame:
    if values.empty:
        return pd.DataFrame(columns=[*keys, "number", "respondents", "groups"])
    known = values["respondents"].notna()
    frame = values.assign(
        weight=values["respondents"].where(known, 0).map(lambda n: Decimal(int(n))),
    )
    frame["product"] = frame["number"] * frame["weight"]
    sums = (
        frame.groupby(keys, sort=False, observed=True)
        .agg(
            total=("number", "sum"),
            groups=("number", "size"),
            product=("product", "sum"),
            weight=("weight", "sum"),
        )
        .reset_index()
    )
    rows: list[dict[Any, Any]] = sums.to_dict("records")
    numbers = [
        _one(methods[r["indicator"]], r["total"], r["groups"], r["product"], r["weight"]) for r in rows
    ]
    respondents = [int(row["weight"]) if row["weight"] else pd.NA for row in rows]
    return sums.assign(
        number=pd.Series(numbers, dtype=object), respondents=pd.Series(respondents, dtype=object)
    )[[*keys, "number", "respondents", "groups"]]


def _one(method: Method, total: Decimal, groups: int, product: Decimal, weight: Decimal) -> Decimal:
    if method is Method.SUM:
        return total
    if method is Method.WEIGHTED_MEAN and weight:
        return product / weight
    return total / groups
