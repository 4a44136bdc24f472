"""The review of a compiled cycle: what is missing, what contradicts itself, what has not been decided.

Each check is a function from `Compiled` to findings; `CHECKS` is the list. Codes are bound to what they
check, `config/review.yaml` switches them off by code. Called by `arshjul.steps.compiling`. Pure.
"""

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal

from arshjul.attainment import Weighed
from arshjul.catalogue import Method
from arshjul.compilation import Compiled, IndicatorResult
from arshjul.cycle_data import SUMMARY
from arshjul.form import FieldKind
from arshjul.numbers import format_number, format_quantity
from arshjul.plan import Attainment
from arshjul.review.finding import Finding, Severity
from arshjul.review.said_totals import totals_said
from arshjul.review.totals import totals_in


def review_cycle(compiled: Compiled, switched_off: Collection[str] = ()) -> list[Finding]:
    """The findings of a compiled cycle, errors first, then in the order of the report."""
    findings = [f for check in CHECKS for f in check(compiled) if f.code not in switched_off]
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def missing_answers(compiled: Compiled) -> Iterator[Finding]:
    """A sub-unit or section that has not answered at all."""
    for scope in compiled.data.missing:
        name = compiled.data.scope_name(scope)
        yield Finding(
            "missing-answer",
            Severity.WARNING,
            name,
            f"{name} har inte lämnat något svar. I rapporten står ”inga uppgifter lämnade”.",
            {"scope": scope},
        )


def full_over_missed(compiled: Compiled) -> Iterator[Finding]:
    """A goal said to be met in full although an indicator of its own misses its target."""
    for result in compiled.goals.values():
        if result.decided is not Attainment.FULL:
            continue
        for indicator in result.goal.indicators:
            measured = compiled.indicators[indicator.id]
            target = missed_target(measured)
            if target is None or measured.number is None:
                continue
            against = Weighed(indicator.name, measured.number, target, measured.measure, False).against
            yield Finding(
                "full-over-missed-target",
                Severity.ERROR,
                result.goal.title,
                "Målet anges som ”uppfylls helt”, men indikatorn "
                f"{indicator.name} når inte sitt mål: {against}.",
                {"goal": result.goal.id, "indicator": indicator.id, "value": against},
            )


def missed_target(result: IndicatorResult) -> str | None:
    """The printed target that the indicator misses: the unit's own, else the council's; None if none."""
    if result.indicator.target is not None:
        return result.indicator.target if result.met is False else None
    return result.indicator.council_target if result.met_council is False else None


def wrong_totals(compiled: Compiled) -> Iterator[Finding]:
    """A total in somebody's text that its own parts do not add up to."""
    for where, text in texts(compiled):
        for total in totals_in(text):
            if total.adds_up:
                continue
            parts = " + ".join(format_number(part) for part in total.parts)
            makes = format_number(sum(total.parts, Decimal(0)))
            yield Finding(
                "sum-mismatch",
                Severity.ERROR,
                where,
                f"Delarna blir {makes} ({parts}) men texten säger totalt {format_number(total.total)}.",
                {"total": format_number(total.total), "sum": makes, "sentence": total.sentence},
            )


def totals_against_figures(compiled: Compiled) -> Iterator[Finding]:
    """A total in the unit's own text that the sub-units' figures do not add up to."""
    for goal in compiled.goals.values():
        sums = [
            (measured, measured.number)
            for i in goal.goal.indicators
            if (measured := compiled.indicators[i.id]).measure.method is Method.SUM
            and measured.number is not None
        ]
        for said in totals_said(goal.synthesis):
            for measured, number in sums:
                if number == said.number or not said.is_about(measured, compiled.data):
                    continue
                value = format_quantity(number, measured.measure.unit, measured.measure.decimals)
                text = format_quantity(said.number, said.noun)
                yield Finding(
                    "total-against-figures",
                    Severity.ERROR,
                    goal.goal.title,
                    f"Enhetens text säger totalt {text}, men verksamheternas uppgifter om "
                    f"{measured.indicator.name} blir {value}.",
                    {
                        "goal": goal.goal.id,
                        "indicator": measured.indicator.id,
                        "text": format_number(said.number),
                        "value": value,
                    },
                )


def texts(compiled: Compiled) -> Iterator[tuple[str, str]]:
    """Every text that people wrote in this cycle, with where it stands."""
    data = compiled.data
    if SUMMARY in data.judgements:
        yield "Sammanfattning", data.judgements[SUMMARY].synthesis
    for result in compiled.goals.values():
        if result.synthesis:
            yield f"{result.goal.title}, enhetens text", result.synthesis
        for text in result.texts:
            if text.text:
                yield f"{result.goal.title}, {data.scope_name(text.scope)}", text.text
        for planned in result.planned:
            for words in planned.answers.values():
                yield f"{result.goal.title}, {data.scope_name(planned.scope)}", words
    for measured in compiled.indicators.values():
        for part in measured.parts:
            if part.comment:
                yield f"{measured.indicator.name}, {data.scope_name(part.scope)}", part.comment
    for activity in compiled.activities.values():
        for said in activity.parts:
            if said.comment:
                yield f"{activity.activity.title}, {data.scope_name(said.scope)}", said.comment
    for question in data.kind.asks:
        for scope in data.expected:
            answer = data.answer(scope, question.id) if question.kind is FieldKind.TEXT else None
            if answer and answer.text:
                name, title = data.scope_name(scope), data.kind.heading(question.section).title
                yield (title if name == title else f"{title}, {name}"), answer.text


CHECKS: tuple[Callable[[Compiled], Iterator[Finding]], ...] = (
    missing_answers,
    full_over_missed,
    wrong_totals,
    totals_against_figures,
)
