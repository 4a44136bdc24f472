"""The cells that leave the unit with a report: which figure of whom is printed, by a name that lasts.

Recorded at approval; later reports give way to what has been released (`arshjul.suppression`). Pure.
"""

from collections.abc import Collection, Iterator
from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.compilation import Compiled, Figure, IndicatorResult
from arshjul.compilation.movements import movements
from arshjul.form import FieldKind
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import format_quantity
from arshjul.report_kinds import PartName
from arshjul.suppression.marking import adds_up, bases_now
from arshjul.suppression.register import cell_name, cell_parts


def released_cells(compiled: Compiled) -> dict[str, str]:
    """Cell ("I03|unit|women|T2 2026") to printed value, for every value that the report may show."""
    period = str(compiled.data.key)
    cells: dict[str, str] = {}
    for result in compiled.indicators.values():
        for scope, sex, of_period, figure in _figures(result, period):
            if not figure.withheld:
                printed = format_quantity(figure.number, result.measure.unit, result.measure.decimals)
                cells[cell_name(result.indicator.id, scope, sex, of_period)] = printed
    cells.update(_answers_to_questions(compiled, period))
    cells.update(_told_in_texts(compiled, cells))
    if any(part.name is PartName.MOVEMENTS for part in compiled.data.kind.parts):
        moved = movements(compiled.data)
        cells.update(moved.cells(period) if moved else ())
    return cells


def rests_on(compiled: Compiled) -> list[list[str | int | None]]:
    """What the cells on people are made of, for the store: [subject, scope, sex, number, respondents]."""
    compiled = compiled.leaves or compiled
    rows: list[list[str | int | None]] = []
    for result in compiled.indicators.values():
        if result.measure.people:
            for (scope, sex), base in bases_now(result).items():
                rows.append([result.indicator.id, scope, sex.value, str(base.number), base.respondents])
    for question in compiled.data.kind.asks:
        if question.smallest_count:
            for scope in compiled.data.expected:
                answer = compiled.data.answer(scope, question.id)
                if answer is not None and answer.number is not None:
                    rows.append([question.id, scope, Sex.TOTAL.value, str(answer.number), None])
    return rows


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
                if not compiled.suppressed.hides(question.id, scope, period):
                    yield cell_name(question.id, scope, Sex.TOTAL, period), printed
        hidden = compiled.suppressed.hides(question.id, WHOLE_UNIT, period)
        if len(numbers) > 1 and adds_up(question) and not hidden:
            total = format_quantity(sum(numbers, Decimal(0)), question.unit, question.decimals)
            yield cell_name(question.id, WHOLE_UNIT, Sex.TOTAL, period), total


def _told_in_texts(compiled: Compiled, printed: Collection[str]) -> Iterator[tuple[str, str]]:
    """Sub-units' figures on people that stand in a text and may stand there."""
    for cell in sorted(compiled.suppressed.in_texts - set(printed)):
        subject, scope, sex, _ = cell_parts(cell)
        result = compiled.indicators.get(subject)
        figure = (
            next((p.figures.get(sex) for p in result.parts if p.scope == scope), None) if result else None
        )
        if result is not None and figure is not None:
            yield cell, format_quantity(figure.number, result.measure.unit, result.measure.decimals)
