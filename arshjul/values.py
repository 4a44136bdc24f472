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
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from arshjul.catalogue import Method, Sex

COLUMNS = ("indicator", "scope", "sex", "number", "respondents")
EXACT = ("part", "whole")  # columns that a frame may lack
_NOUGHT = Decimal(0)


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


@dataclass(slots=True)
class _Sums:
    """What the rows of one figure add up to; `weighed` of them have a weight, `known` all their own whole."""

    total: Decimal = _NOUGHT
    rows: int = 0
    product: Decimal = _NOUGHT
    weight: Decimal = _NOUGHT
    weighed: int = 0
    people: int = 0
    known: bool = True

    def add(self, number: Decimal, people: int, part: Decimal | None, whole: Decimal | None) -> None:
        """One more row."""
        weight = Decimal(people) if whole is None else whole
        self.total += number
        self.rows += 1
        self.product += number * weight if whole is None or part is None else part
        self.weight += weight
        self.weighed += weight > 0
        self.people += people
        self.known = self.known and whole is not None


def _figures(
    values: pd.DataFrame, keys: list[str], methods: Mapping[str, Method], *, partly: bool
) -> pd.DataFrame:
    """One row for each combination of `keys`. `partly`: a weighted mean may leave out rows without weight.

    The rows are gone through one by one: exact decimals are objects, which pandas adds no faster, and on the
    small frames of one unit its grouping costs more than the sums.
    """
    columns = [*keys, "number", "respondents", "part", "whole", "groups", "weighted"]
    if values.empty:
        return pd.DataFrame(columns=columns)
    sums: dict[tuple[str, ...], _Sums] = {}
    cells = _with_exact(values)[["number", "respondents", *EXACT]].to_numpy(dtype=object).tolist()
    for key, (number, people, part, whole) in zip(
        zip(*(values[column].tolist() for column in keys), strict=True), cells, strict=True
    ):
        sums.setdefault(key, _Sums()).add(number, int(_known(people) or 0), _known(part), _known(whole))
    found = [
        (*key, *_figure(one, methods[key[keys.index("indicator")]], partly)) for key, one in sums.items()
    ]
    return pd.DataFrame(found, columns=columns, dtype=object)


def _figure(sums: _Sums, method: Method, partly: bool) -> tuple[object, ...]:
    """Number, respondents, part, whole, groups and the weighted mean of what was added up."""
    whole = sums.weighed == sums.rows
    weighted = sums.product / sums.weight if sums.weighed else pd.NA
    number: object
    if method in (Method.WEIGHTED_MEAN, Method.RATIO) and sums.weighed and (partly or whole):
        number, groups = weighted, sums.weighed
    else:
        number, groups = sums.total if method is Method.SUM else sums.total / sums.rows, sums.rows
    return (
        number,
        sums.people or pd.NA,
        sums.product if sums.known else pd.NA,
        sums.weight if sums.known else pd.NA,
        groups,
        weighted if whole and method is not Method.SUM else pd.NA,
    )


def _known(cell: Any) -> Any:
    """A cell's value, None where it has none."""
    return None if cell is None or cell is pd.NA or cell != cell else cell


def _with_exact(values: pd.DataFrame) -> pd.DataFrame:
    missing = {
        column: pd.Series(pd.NA, values.index, dtype=object) for column in EXACT if column not in values
    }
    return values.assign(**missing) if missing else values
