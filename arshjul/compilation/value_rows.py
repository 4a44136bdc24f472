"""The rows that the unit's figures are made of: what sub-units answered and what other systems gave.

A value from another system goes before an answer to the same; a sum over twelve months is put together with
what earlier periods gave. Called by `arshjul.compilation.figures`. Pure.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from arshjul.catalogue import Measure, Method, Sex, Span
from arshjul.cycle_data import CycleData
from arshjul.form_questions import RESPONDENT_PARTS
from arshjul.history import EarlierValue
from arshjul.organisation import Subunit
from arshjul.plan import Kind


class ValueRow(NamedTuple):
    """A row of `arshjul.values`."""

    indicator: str
    scope: str
    sex: Sex
    number: Decimal
    respondents: int | None
    part: Decimal | None = None
    whole: Decimal | None = None


def values_of(data: CycleData, measures: Mapping[str, Measure]) -> Iterator[ValueRow]:
    """Every value of the sub-units that were asked, by indicator and sex."""
    for subunit in data.asked_subunits:
        for indicator, measure in measures.items():
            given = list(_given(data, subunit.code, indicator))
            if given:
                yield from given
            else:
                for row in _answered(data, subunit.code, indicator):
                    spanned = _spanned(data, subunit, row, measure)
                    if spanned is not None:
                        yield spanned


def _given(data: CycleData, scope: str, indicator: str) -> Iterator[ValueRow]:
    for sex in Sex:
        value = data.given.value(scope, indicator, sex)
        if value is not None:
            yield ValueRow(indicator, scope, sex, value.number, value.respondents, value.part, value.whole)


def _answered(data: CycleData, scope: str, indicator: str) -> Iterator[ValueRow]:
    if scope not in data.submissions:
        return
    for sex in Sex:
        answer = data.answer(scope, f"{indicator}.{sex}")
        if answer is not None and answer.number is not None:
            count = data.answer(scope, f"{indicator}.{RESPONDENT_PARTS[sex]}")
            respondents = None if count is None or count.number is None else int(count.number)
            yield ValueRow(indicator, scope, sex, answer.number, respondents)


def _spanned(data: CycleData, subunit: Subunit, row: ValueRow, measure: Measure) -> ValueRow | None:
    """The row over the twelve months that end with the period, where the measure wants that.

    This year so far, and last year from there on: the whole of it less the same period. None where last year
    is not known, since fewer months are no year.
    """
    if measure.span is not Span.ROLLING_YEAR or data.key.kind in (Kind.VB, Kind.VP):
        return row
    last_year = data.key.year - 1
    scopes = (subunit.code, subunit.predecessor) if subunit.predecessor else (subunit.code,)
    whole, same = (_earlier(data, f"{kind} {last_year}", scopes, row) for kind in (Kind.VB, data.key.kind))
    if whole is None or same is None:
        return None
    if measure.method is Method.SUM:
        return row._replace(number=row.number + whole.number - same.number)
    weights = (row.respondents, whole.respondents, same.respondents)
    if row.respondents is None or whole.respondents is None or same.respondents is None:
        return None
    parts = [
        number * weight
        for number, weight in zip((row.number, whole.number, same.number), weights, strict=True)
        if weight is not None
    ]
    people = row.respondents + whole.respondents - same.respondents
    if people <= 0:
        return None
    part = parts[0] + parts[1] - parts[2]
    return row._replace(number=part / people, respondents=people, part=part, whole=Decimal(people))


def _earlier(data: CycleData, period: str, scopes: tuple[str, ...], row: ValueRow) -> EarlierValue | None:
    found = (data.history.value((period,), scope, row.indicator, row.sex) for scope in scopes)
    return next((value for value in found if value is not None), None)
