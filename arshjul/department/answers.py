"""What the units' decided reports answer of what a department asks: judgements, words, sums, money. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from arshjul.answers import Answer, State
from arshjul.catalogue import Sex
from arshjul.compilation.economy import BUDGET, FORECAST, OUTCOME, SECTION
from arshjul.cycle_data import Counted, CycleData
from arshjul.department.reports import DecidedReport
from arshjul.form import NO, YES
from arshjul.form_questions import ANALYSIS, COMMENT, DEVIATION, STATUS
from arshjul.organisation import Unit
from arshjul.plan import ATTAINMENT_SWEDISH
from arshjul.report_kinds import SUBUNIT
from arshjul.sources.gathering import SourceValue
from arshjul.sources.given import Stored
from arshjul.suppression.marking import adds_up

_QUOTED = 3  # comments of sub-units under one activity of a unit


def answered(bare: CycleData, decided: DecidedReport, under: Sequence[CycleData]) -> Counted:
    """What a child's decided report answers of what the department asks: judgements, words, sums."""
    answers = {answer.field: answer for answer in _answers(bare, decided, under)}
    return Counted(decided.unit.code, decided.version, decided.approved_at, decided.sha256, answers)


def _answers(bare: CycleData, decided: DecidedReport, under: Sequence[CycleData]) -> Iterator[Answer]:
    by_title = {_plain(goal.title): goal.id for goal in decided.plan.walk()}
    for goal in bare.plan.walk():
        judged = decided.judgements.get(by_title.get(_plain(goal.title), ""))
        if judged is None:
            continue
        if judged.attainment is not None:
            text = ATTAINMENT_SWEDISH[judged.attainment]
            yield Answer(f"{goal.id}.{STATUS}", State.VALUE, text=text)
        if judged.synthesis:
            yield Answer(f"{goal.id}.{ANALYSIS}", State.VALUE, text=judged.synthesis)
    for _, activity in bare.plan.activities():
        said = list(_deviations(_plain(activity.title), under))
        if said:
            text = YES if YES in said else NO
            yield Answer(f"{activity.id}.{DEVIATION}", State.VALUE, text=text)
        if words := list(_why(_plain(activity.title), under))[:_QUOTED]:
            yield Answer(f"{activity.id}.{COMMENT}", State.VALUE, text=" ".join(words))
    for question in bare.kind.asks:
        if question.scope == SUBUNIT and adds_up(question):
            numbers = list(_numbers(question.id, under))
            if numbers:
                yield Answer(question.id, State.VALUE, number=sum(numbers, Decimal(0)))


def _deviations(title: str, under: Sequence[CycleData]) -> Iterator[str]:
    for data in under:
        for _, activity in data.plan.activities():
            if _plain(activity.title) == title:
                for subunit in data.asked_subunits:
                    answer = data.answer(subunit.code, f"{activity.id}.{DEVIATION}")
                    if answer is not None and answer.text in (YES, NO):
                        yield answer.text


def _why(title: str, under: Sequence[CycleData]) -> Iterator[str]:
    """What the sub-units whose activity deviates say of it, as it stands in their units' reports."""
    for data in under:
        for _, activity in data.plan.activities():
            if _plain(activity.title) == title:
                for subunit in data.asked_subunits:
                    deviates = data.answer(subunit.code, f"{activity.id}.{DEVIATION}")
                    comment = data.answer(subunit.code, f"{activity.id}.{COMMENT}")
                    if deviates and deviates.text == YES and comment and comment.text:
                        yield f"{subunit.name}: {comment.text}"


def _numbers(question: str, under: Sequence[CycleData]) -> Iterator[Decimal]:
    for data in under:
        for subunit in data.asked_subunits:
            answer = data.answer(subunit.code, question)
            if answer is not None and answer.number is not None:
                yield answer.number


def money(bare: CycleData, children: Iterable[tuple[Unit, Sequence[CycleData]]]) -> Iterator[Stored]:
    """Each child's budget, outcome and forecast: what its units told or their accounts gave."""
    end = bare.milestones.period_end
    month = f"{end.year}-{end.month:02}"
    for unit, under in children:
        for field in (BUDGET, OUTCOME, FORECAST):
            amounts = [amount for data in under if (amount := _amount(data, field)) is not None]
            if amounts:
                total = sum(amounts, Decimal(0))
                yield Stored(
                    SECTION, 0, SourceValue(bare.unit.code, unit.code, field, "", Sex.TOTAL, month, total)
                )


def _amount(data: CycleData, field: str) -> Decimal | None:
    stored = [one.value for one in data.given.months if one.value.field == field]
    if stored:
        newest = max(value.month for value in stored)
        return sum((value.number for value in stored if value.month == newest), Decimal(0))
    answer = data.answer(SECTION, field)
    return answer.number if answer else None


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
