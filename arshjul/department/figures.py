"""The values of a department's sub-units under its own names: what its figures are reckoned from, and what of
them has been released. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from arshjul.catalogue import Sex
from arshjul.compilation.figures import indicator_results
from arshjul.compilation.value_rows import values_of
from arshjul.cycle_data import CycleData
from arshjul.department.reports import DecidedReport, UnitReport
from arshjul.form import FieldKind
from arshjul.history import WHOLE_UNIT, EarlierValue
from arshjul.organisation import Subunit, Unit
from arshjul.report_kinds import SUBUNIT
from arshjul.sources.given import GivenValue, GivenValues
from arshjul.suppression.register import FORMS, Release, cell_name, cell_parts

_APART = 1000  # versions of different units must not be taken for one


def same_indicators(bare: CycleData, unit: CycleData) -> dict[str, str]:
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


def leaf(unit: Unit, subunit: str) -> str:
    """What a unit's sub-unit is called among all of the department's."""
    return f"{unit.code}-{subunit}"


def leaf_codes(data: CycleData) -> tuple[str, ...]:
    """The unit's sub-units, and the unit itself for what is told of it as a whole."""
    return (*(subunit.code for subunit in data.asked_subunits), WHOLE_UNIT)


def all_leaves(
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
            Subunit(leaf(data.unit, code), f"{names.get(code, 'hela enheten')}, {data.unit.short_name}")
            for code in leaf_codes(data)
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
            scope, name = leaf(data.unit, WHOLE_UNIT), same[result.indicator.id]
            yield GivenValue(
                scope, name, sex, figure.number, as_of, data.unit.name, 0, respondents=figure.respondents
            )
    for row in values_of(data, {id_: m for id_, m in wanted.items() if id_ not in whole}):
        yield GivenValue(
            leaf(data.unit, row.scope),
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
                    scope = leaf(data.unit, subunit.code)
                    yield GivenValue(scope, question.id, Sex.TOTAL, answer.number, as_of, data.unit.name, 0)


def _earlier(bare: CycleData, data: CycleData, same: Mapping[str, str]) -> Iterator[EarlierValue]:
    """What the sub-units gave in earlier periods, save figures on people: what was withheld then is not known
    here."""
    people = {i.id for _, i in data.plan.indicators() if data.measure(i).people}
    known = {value.indicator for value in bare.history.values}  # the department's own goes before
    for value in data.history.values:
        name = same.get(value.indicator)
        if name and value.scope != WHOLE_UNIT and name not in known and value.indicator not in people:
            yield replace(value, scope=leaf(data.unit, value.scope), indicator=name)


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
            of = WHOLE_UNIT if whole else leaf(data.unit, scope)
            cells[cell_name(known[subject], of, sex, period)] = printed
        values = tuple(
            replace(value, scope=leaf(data.unit, value.scope), indicator=known[value.indicator])
            for value in release.values
            if value.indicator in known
        )
        version = number * _APART + release.version if release.version != FORMS else FORMS
        yield Release(release.period, version, cells, values)


def unreleased(
    bare: CycleData, children: Sequence[tuple[Unit, DecidedReport | None, Sequence[UnitReport]]]
) -> Iterator[str]:
    """Counts and figures on people that a child has not released itself: they never stand beside its name."""
    period = str(bare.key)
    subjects = [i.id for _, i in bare.plan.indicators() if bare.measure(i).people]
    subjects += [question.id for question in bare.kind.asks if question.smallest_count]
    for unit, decided, under in children:
        cells = decided.cells if decided else {}
        same = {there: here for r in under for here, there in same_indicators(bare, r.data).items()}
        for subject in subjects:
            theirs = same.get(subject, subject) if not unit.compiles else subject
            for sex in Sex:
                if cell_name(theirs, WHOLE_UNIT, sex, period) not in cells:
                    yield cell_name(subject, unit.code, sex, period)
