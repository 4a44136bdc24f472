"""A department's or administration's data: what its units have had approved, put side by side.

Its figures are reckoned anew from the values of its units' sub-units, by the catalogue's own methods; its
texts are the units' decided ones, chosen; every figure that a unit has released counts when small numbers
are withheld. Indicators are the same where the catalogue names them alike (`common`), or where id and name
are the same; goals where their titles are. Filled by `arshjul.steps.above`. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from arshjul.answers import Answer, State
from arshjul.catalogue import Sex
from arshjul.compilation.economy import BUDGET, FORECAST, OUTCOME, SECTION
from arshjul.compilation.figures import indicator_results
from arshjul.compilation.value_rows import values_of
from arshjul.cycle_data import SUMMARY, Child, Counted, CycleData, Judged, Within
from arshjul.form import NO, YES, FieldKind
from arshjul.form_questions import ANALYSIS, COMMENT, DEVIATION, STATUS
from arshjul.history import WHOLE_UNIT, EarlierValue
from arshjul.organisation import Subunit, Unit
from arshjul.plan import ATTAINMENT_SWEDISH, Plan
from arshjul.report_kinds import SUBUNIT
from arshjul.sources.gathering import SourceValue
from arshjul.sources.given import GivenValue, GivenValues, Stored
from arshjul.suppression.marking import adds_up
from arshjul.suppression.register import FORMS, Release, cell_name, cell_parts

_QUOTED = 3  # comments of sub-units under one activity of a unit
_APART = 1000  # versions of different units must not be taken for one


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit's newest approved report as data: `data` is what it rested on when it was decided."""

    data: CycleData
    decided: "DecidedReport"


@dataclass(frozen=True, slots=True)
class DecidedReport:
    """What an approved report says in words, and what it released: of a unit or of a department.

    `cells` are the printed values by cell; `summary` the manager's words on the whole.
    """

    unit: Unit
    plan: Plan
    version: int
    registry_number: str
    approved_at: datetime
    sha256: str
    judgements: Mapping[str, Judged]
    cells: Mapping[str, str]


def department_data(
    bare: CycleData, children: Sequence[tuple[Unit, DecidedReport | None, Sequence[UnitReport]]]
) -> CycleData:
    """The cycle of the department filled in. `bare` is its own; each child comes with its decided report
    (None where it has none) and the approved reports of the units under it.
    """
    reports = [report for _, _, under in children for report in under]
    matched = {report.data.unit.code: _same_indicators(bare, report.data) for report in reports}
    leaves = _leaves(bare, reports, matched)
    submissions = {
        unit.code: _answered(bare, decided, [report.data for report in under])
        for unit, decided, under in children
        if decided is not None
    }
    economy = [(unit, [report.data for report in under]) for unit, _, under in children]
    return replace(
        bare,
        unit=replace(
            bare.unit,
            subunits=tuple(Subunit(unit.code, unit.short_name) for unit, _, _ in children),
        ),
        expected=tuple(unit.code for unit, _, _ in children),
        submissions=submissions,
        given=GivenValues(months=tuple(_economy(bare, economy))),
        within=Within(
            leaves=leaves,
            scopes={
                unit.code: tuple(_scope(r.data.unit, s) for r in under for s in _scopes(r.data))
                for unit, _, under in children
            },
            unreleased=frozenset(_unreleased(bare, children)),
            children=tuple(_child(unit, decided) for unit, decided, _ in children),
        ),
    )


def _child(unit: Unit, decided: DecidedReport | None) -> Child:
    judged = decided.judgements if decided else {}
    summary = judged.get(SUMMARY)
    return Child(
        code=unit.code,
        name=unit.name,
        version=decided.version if decided else 0,
        registry_number=decided.registry_number if decided else "",
        summary=summary.synthesis if summary else "",
        attainments=tuple(j.attainment for goal, j in judged.items() if goal != SUMMARY and j.attainment),
    )


def _same_indicators(bare: CycleData, unit: CycleData) -> dict[str, str]:
    """The unit's indicators that are the department's too: its id -> the department's id."""
    own = {indicator.id: indicator for _, indicator in bare.plan.indicators()}
    common = {bare.measure(i).common: i.id for i in own.values() if bare.measure(i).common}
    found = {}
    for _, indicator in unit.plan.indicators():
        named = common.get(unit.measure(indicator).common)
        same = own.get(indicator.id)
        if named is not None:
            found[indicator.id] = named
        elif same is not None and same.name == indicator.name:
            found[indicator.id] = same.id
    return found


def _scope(unit: Unit, subunit: str) -> str:
    return f"{unit.code}-{subunit}"


def _scopes(data: CycleData) -> tuple[str, ...]:
    """The unit's sub-units, and the unit itself for what is told of it as a whole."""
    return (*(subunit.code for subunit in data.asked_subunits), WHOLE_UNIT)


def _leaves(
    bare: CycleData, reports: Sequence[UnitReport], matched: Mapping[str, Mapping[str, str]]
) -> CycleData:
    """One cycle with a scope for every sub-unit of every unit: what the figures are reckoned from."""
    subunits: list[Subunit] = []
    values: list[GivenValue] = []
    released = list(bare.released)
    earlier = list(bare.history.values)
    for number, report in enumerate(reports, start=1):
        data, same = report.data, matched[report.data.unit.code]
        names = {subunit.code: subunit.name for subunit in data.unit.subunits}
        subunits += [
            Subunit(_scope(data.unit, code), f"{names.get(code, 'hela enheten')}, {data.unit.short_name}")
            for code in _scopes(data)
        ]
        values += _values(bare, data, same)
        released += _released(data, same, number)
        earlier += _earlier(bare, data, same)
    return replace(
        bare,
        unit=replace(bare.unit, subunits=tuple(subunits)),
        expected=tuple(subunit.code for subunit in subunits),
        submissions={},
        given=GivenValues(values=tuple(values)),
        released=tuple(released),
        history=replace(bare.history, values=tuple(earlier)),
        judgements={},
    )


def _values(bare: CycleData, data: CycleData, same: Mapping[str, str]) -> Iterator[GivenValue]:
    """What each sub-unit of a unit gave, under the department's names."""
    end = bare.milestones.period_end
    as_of = f"{end.year}-{end.month:02}"
    wanted = {id_: data.measure(i) for _, i in data.plan.indicators() if (id_ := i.id) in same}
    whole = {v.field for v in data.given.values if v.scope == WHOLE_UNIT and v.field in wanted}
    for result in indicator_results(data) if whole else ():
        for sex, figure in result.figures.items() if result.indicator.id in whole else ():
            scope, name = _scope(data.unit, WHOLE_UNIT), same[result.indicator.id]
            yield GivenValue(
                scope, name, sex, figure.number, as_of, data.unit.name, 0, respondents=figure.respondents
            )
    for row in values_of(data, {id_: m for id_, m in wanted.items() if id_ not in whole}):
        yield GivenValue(
            _scope(data.unit, row.scope),
            same[row.indicator],
            row.sex,
            row.number,
            as_of,
            data.unit.name,
            0,
            part=row.part,
            whole=row.whole,
            respondents=row.respondents,
        )
    for question in bare.kind.asks:
        if question.kind is FieldKind.NUMBER and question.scope == SUBUNIT:
            for subunit in data.asked_subunits:
                answer = data.answer(subunit.code, question.id)
                if answer is not None and answer.number is not None:
                    scope = _scope(data.unit, subunit.code)
                    yield GivenValue(scope, question.id, Sex.TOTAL, answer.number, as_of, data.unit.name, 0)


def _earlier(bare: CycleData, data: CycleData, same: Mapping[str, str]) -> Iterator[EarlierValue]:
    """What the sub-units gave in earlier periods, save figures on people: what was withheld then is not known
    here."""
    people = {i.id for _, i in data.plan.indicators() if data.measure(i).people}
    known = {value.indicator for value in bare.history.values}  # the department's own goes before
    for value in data.history.values:
        name = same.get(value.indicator)
        if name and value.scope != WHOLE_UNIT and name not in known and value.indicator not in people:
            yield replace(value, scope=_scope(data.unit, value.scope), indicator=name)


def _released(data: CycleData, same: Mapping[str, str], number: int) -> Iterator[Release]:
    """What a unit has released of the year, under the department's names, each in a frame of its own."""
    known = {**same, **{question.id: question.id for question in data.kind.asks}}
    for release in data.released:
        cells = {}
        for name, printed in release.cells.items():
            subject, scope, sex, period = cell_parts(name)
            whole = scope == WHOLE_UNIT
            if subject not in known or period != release.period or (whole and release.version == FORMS):
                continue
            of = WHOLE_UNIT if whole else _scope(data.unit, scope)
            cells[cell_name(known[subject], of, sex, period)] = printed
        values = tuple(
            replace(value, scope=_scope(data.unit, value.scope), indicator=known[value.indicator])
            for value in release.values
            if value.indicator in known
        )
        version = number * _APART + release.version if release.version != FORMS else FORMS
        yield Release(release.period, version, cells, values)


def _answered(bare: CycleData, decided: DecidedReport, under: Sequence[CycleData]) -> Counted:
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


def _economy(bare: CycleData, children: Iterable[tuple[Unit, Sequence[CycleData]]]) -> Iterator[Stored]:
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


def _unreleased(
    bare: CycleData, children: Sequence[tuple[Unit, DecidedReport | None, Sequence[UnitReport]]]
) -> Iterator[str]:
    """Counts and figures on people that a child has not released itself: they never stand beside its name."""
    period = str(bare.key)
    subjects = [i.id for _, i in bare.plan.indicators() if bare.measure(i).people]
    subjects += [question.id for question in bare.kind.asks if question.smallest_count]
    for unit, decided, under in children:
        cells = decided.cells if decided else {}
        same = {there: here for r in under for here, there in _same_indicators(bare, r.data).items()}
        for subject in subjects:
            theirs = same.get(subject, subject) if not unit.compiles else subject
            for sex in Sex:
                if cell_name(theirs, WHOLE_UNIT, sex, period) not in cells:
                    yield cell_name(subject, unit.code, sex, period)


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
