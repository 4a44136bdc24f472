"""Parts and totals in the texts of a cycle, and totals against what the sub-units have reported. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from arshjul.attainment import Weighed
from arshjul.catalogue import Method
from arshjul.compilation import IndicatorResult
from arshjul.cycle_data import SUMMARY
from arshjul.numbers import format_number, format_quantity
from arshjul.plan import Attainment
from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.finding import Finding, Severity
from arshjul.review.said_totals import totals_said
from arshjul.review.totals import totals_in


def full_over_missed(reviewed: Reviewed) -> Iterator[Finding]:
    """A goal said to be met in full, without a why, although an indicator of its own misses its target."""
    for result in reviewed.compiled.goals.values():
        if result.decided is not Attainment.FULL or reviewed.vocabulary.judged_anyway.search(
            result.synthesis
        ):
            continue
        for indicator in result.goal.indicators:
            measured = reviewed.compiled.indicators[indicator.id]
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
                mend="Ändra bedömningen till ”uppfylls delvis”, eller skriv i enhetens text "
                "varför ni ändå bedömer målet som helt uppfyllt.",
            )


def missed_target(result: IndicatorResult) -> str | None:
    """The printed target that the indicator misses: the unit's own, else the council's; None if none."""
    if result.indicator.target is not None:
        return result.indicator.target if result.met is False else None
    return result.indicator.council_target if result.met_council is False else None


def wrong_totals(reviewed: Reviewed) -> Iterator[Finding]:
    """A total in somebody's text that its own parts do not add up to."""
    for text in reviewed.texts:
        for total in totals_in(text.text):
            if total.adds_up:
                continue
            parts = " + ".join(format_number(part) for part in total.parts)
            makes = format_number(sum(total.parts, Decimal(0)))
            yield Finding(
                "sum-mismatch",
                Severity.ERROR,
                text.where,
                f"Delarna blir {makes} ({parts}) men texten säger totalt {format_number(total.total)}.",
                {"total": format_number(total.total), "sum": makes, "sentence": total.sentence},
                mend="Räkna om summan, eller rätta den del som är fel.",
            )


def totals_against_figures(reviewed: Reviewed) -> Iterator[Finding]:
    """A total in the unit's own texts that the sub-units' figures do not add up to."""
    compiled = reviewed.compiled
    for text in reviewed.texts:
        if not text.is_units:
            continue
        indicators = (
            [i for _, i in compiled.data.plan.indicators()]
            if text.about == SUMMARY
            else compiled.goals[text.about].goal.indicators
        )
        sums = [
            (measured, measured.number)
            for i in indicators
            if (measured := compiled.indicators[i.id]).measure.method is Method.SUM
            and measured.number is not None
        ]
        for said in totals_said(text.text):
            for measured, number in sums:
                if number == said.number or not said.is_about(measured, compiled.data):
                    continue
                value = format_quantity(number, measured.measure.unit, measured.measure.decimals)
                printed = format_quantity(said.number, said.noun)
                summary = text.about == SUMMARY
                yield Finding(
                    "total-against-figures",
                    Severity.ERROR,
                    text.where if summary else compiled.goals[text.about].goal.title,
                    f"Enhetens text säger totalt {printed}, men verksamheternas uppgifter om "
                    f"{measured.indicator.name} blir {value}.",
                    {
                        "goal": text.about,
                        "indicator": measured.indicator.id,
                        "text": format_number(said.number),
                        "value": value,
                        "sentence": said.sentence,
                    },
                    mend=f"Skriv {value}, eller be om rättade underlag.",
                )
