"""The cells that leave the unit with a report: which figure of whom is printed, by a name that lasts.

Recorded at approval; later reports give way to what has been released when they suppress. Pure.
"""

from collections.abc import Iterator
from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.compilation import Compiled, Figure, IndicatorResult
from arshjul.form import FieldKind
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import format_quantity
from arshjul.report.section_part import adds_up


def released_cells(compiled: Compiled) -> dict[str, str]:
    """Cell ("I03|unit|women|T2 2026") to printed value, for every value that the report may show."""
    period = str(compiled.data.key)
    cells: dict[str, str] = {}
    for result in compiled.indicators.values():
        for scope, sex, of_period, figure in _figures(result, period):
            if not figure.withheld:
                printed = format_quantity(figure.number, result.measure.unit, result.measure.decimals)
                cells[f"{result.indicator.id}|{scope}|{sex}|{of_period}"] = printed
    cells.update(_answers_to_questions(compiled, period))
    return cells


def _figures(result: IndicatorResult, period: str) -> Iterator[tuple[str, Sex, str, Figure]]:
    """The unit's figures now and earlier; sub-units' own values on people are not printed."""
    for sex, figure in result.figures.items():
        yield WHOLE_UNIT, sex, period, figure
    for compared in result.compared:
        yield WHOLE_UNIT, Sex.TOTAL, compared.period, compared.figure
    if not result.measure.people:
        for part in result.parts:
            for sex, figure in part.figures.items():
                yield part.scope, sex, period, figure


def _answers_to_questions(compiled: Compiled, period: str) -> Iterator[tuple[str, str]]:
    """The numbers of the kind's own questions, such as complaints, and what they add up to."""
    data = compiled.data
    for question in data.kind.asks:
        if question.kind is not FieldKind.NUMBER:
            continue
        numbers: list[Decimal] = []
        for scope in data.expected:
            answer = data.answer(scope, question.id)
            if answer is not None and answer.number is not None:
                numbers.append(answer.number)
                printed = format_quantity(answer.number, question.unit, question.decimals)
                yield f"{question.id}|{scope}|{Sex.TOTAL}|{period}", printed
        if len(numbers) > 1 and adds_up(question):
            total = format_quantity(sum(numbers, Decimal(0)), question.unit, question.decimals)
            yield f"{question.id}|{WHOLE_UNIT}|{Sex.TOTAL}|{period}", total
