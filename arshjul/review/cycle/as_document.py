"""A cycle as the documents that its parts would be: the unit's own report, and each sub-unit's answers.

The checks of documents then say of a draft what they would say of the printed report. A row's analysis is
its comment and the sentences under its goal that name it. Pure.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from arshjul.catalogue import Measure, Method, Sex
from arshjul.compilation import Figure, IndicatorResult
from arshjul.cycle_data import SUMMARY
from arshjul.form_questions import ANALYSIS, STATUS
from arshjul.history import WHOLE_UNIT, History
from arshjul.numbers import format_quantity
from arshjul.plan import ATTAINMENT_SWEDISH, Attainment, Goal, Indicator, Plan
from arshjul.review.cycle.reported import rows_near
from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.cycle.texts import Text

_ATTAINMENT = {swedish: attainment for attainment, swedish in ATTAINMENT_SWEDISH.items()}
_CLAUSE = re.compile(r",\s+(?:men|medan|och|samtidigt som)\s+|;\s+|\s+(?:men|medan)\s+")
_TOLD_SURELY = 2  # words of an indicator's name that a sentence far from its goal must have


@dataclass(frozen=True, slots=True)
class AsDocument:
    """One document of the cycle: `scope` is None for the unit's own."""

    scope: str | None
    plan: Plan
    texts: tuple[Text, ...]


def documents_of(reviewed: Reviewed) -> Iterator[AsDocument]:
    """The unit's document, then each sub-unit's and section's that has answered with any text."""
    for scope in (None, *reviewed.data.expected):
        texts = tuple(text for text in reviewed.texts if text.scope == scope)
        if texts:
            yield AsDocument(scope, _plan(reviewed, scope, texts), texts)


def _plan(reviewed: Reviewed, scope: str | None, texts: tuple[Text, ...]) -> Plan:
    data = reviewed.data
    analyses = _analyses(reviewed, texts)
    by_field = {text.field: text.text for text in texts}

    def of(goal: Goal) -> Goal:
        analysis = by_field.get(goal.id if scope is None else f"{goal.id}.{ANALYSIS}")
        return replace(
            goal,
            attainment=_attainment(reviewed, scope, goal),
            sections={"analysis": analysis} if analysis else {},
            indicators=tuple(
                _indicator(reviewed, scope, reviewed.compiled.indicators[i.id], analyses.get(i.id))
                for i in goal.indicators
            ),
            activities=(),
            goals=tuple(of(below) for below in goal.goals),
        )

    others = {text.where: text.text for text in texts if text.field in _outside(reviewed, scope)}
    return Plan(
        kind=data.key.kind,
        year=data.key.year,
        unit=data.unit.name,
        goals=tuple(of(goal) for goal in data.plan.goals),
        front={"Sammanfattning": by_field[SUMMARY]} if scope is None and SUMMARY in by_field else {},
        back=others,
    )


def _outside(reviewed: Reviewed, scope: str | None) -> set[str]:
    """The fields of texts that hang on no goal: the kind's own questions, comments of activities."""
    if scope is None:
        return set()
    activities = {f"{activity}.comment" for activity in reviewed.compiled.activities}
    return {question.id for question in reviewed.data.kind.asks} | activities


def _attainment(reviewed: Reviewed, scope: str | None, goal: Goal) -> Attainment | None:
    if scope is None:
        result = reviewed.compiled.goals.get(goal.id)
        return result.decided if result else None
    status = reviewed.data.answer(scope, f"{goal.id}.{STATUS}")
    return _ATTAINMENT.get(status.text or "") if status else None


def _indicator(
    reviewed: Reviewed, scope: str | None, result: IndicatorResult, analysis: str | None
) -> Indicator:
    figures: Mapping[Sex, Figure] = result.figures
    if scope is not None:
        figures = next((part.figures for part in result.parts if part.scope == scope), {})
    before = _before(reviewed, scope, result)
    return replace(
        result.indicator,
        outcome=_printed(figures.get(Sex.TOTAL), result.measure),
        outcome_women=_printed(figures.get(Sex.WOMEN), result.measure),
        outcome_men=_printed(figures.get(Sex.MEN), result.measure),
        previous=format_quantity(before, result.measure.unit, result.measure.decimals)
        if before is not None
        else None,
        target=result.indicator.target if scope is None else None,
        council_target=result.indicator.council_target if scope is None else None,
        period=None,
        analysis=analysis,
    )


def _printed(figure: Figure | None, measure: Measure) -> str | None:
    if figure is None or figure.withheld:
        return None
    return format_quantity(figure.number, measure.unit, measure.decimals)


def _before(reviewed: Reviewed, scope: str | None, result: IndicatorResult) -> Decimal | None:
    """The value of the period that is compared with."""
    if scope is None:
        found = next(iter(result.compared), None)
        return None if found is None or found.figure.withheld else found.figure.number
    data = reviewed.data
    periods = data.kind.compared_periods(data.key.year)
    return part_before(data.history, periods, scope, result)


def part_before(
    history: History, periods: tuple[str, ...], scope: str, result: IndicatorResult
) -> Decimal | None:
    """A sub-unit's earlier value for all: as kept, or made of women's and men's."""
    known = history.value(periods, scope, result.indicator.id)
    if known is not None:
        return known.number
    women, men = (history.value(periods, scope, result.indicator.id, sex) for sex in (Sex.WOMEN, Sex.MEN))
    if women is None or men is None or women.scope == WHOLE_UNIT:
        return None
    if result.measure.method is Method.SUM:
        return women.number + men.number
    if not women.respondents or not men.respondents:
        return None
    weighed = women.number * women.respondents + men.number * men.respondents
    return weighed / (women.respondents + men.respondents)


def _about_one(reviewed: Reviewed, text: str) -> Iterator[str]:
    """The sentences of a text; one that names several rows in its clauses."""
    for sentence in sentences_of(text):
        yield from _CLAUSE.split(sentence) if len(reviewed.named(sentence)) > 1 else [sentence]


def _analyses(reviewed: Reviewed, texts: tuple[Text, ...]) -> dict[str, str]:
    """Indicator id -> its comment and the sentences that are about it and nothing else."""
    found: dict[str, list[str]] = {}
    for text in texts:
        if text.field.endswith(".comment") and text.about in reviewed.compiled.indicators:
            found.setdefault(text.about, []).append(text.text)
    for text in texts:
        if not text.is_analysis and text.about != SUMMARY:
            continue
        near = rows_near(reviewed, text)
        for sentence in _about_one(reviewed, text.text):
            row = reviewed.row_of(sentence, reviewed.rows)
            if row is None:
                continue
            score = next(n for one, n in reviewed.named(sentence) if one is row)
            least = min(_TOLD_SURELY, len(row.naming.keywords))
            sure = score >= least or row.naming.is_also_in(sentence)
            if row in near or sure:
                found.setdefault(row.indicator.id, []).append(sentence)
    return {indicator: "\n".join(dict.fromkeys(lines)) for indicator, lines in found.items()}
