"""The register of what has left the unit: read for compilation and forms, written when forms are made.

What a report releases is written at its approval (`arshjul.steps.report.deciding`). What may be shown is
decided in `arshjul.suppression`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from arshjul.adapters.store import tables
from arshjul.catalogue import Measure, Sex, infer_measure
from arshjul.cycle import CycleKey
from arshjul.history import EarlierValue, History
from arshjul.sources.given import GivenValues
from arshjul.steps.cycle.cycles import key_of
from arshjul.steps.cycle.settled import Settled
from arshjul.suppression.forms import presentable
from arshjul.suppression.register import FORMS, Release


def releases_of(session: Session, unit_code: str) -> tuple[Release, ...]:
    """Everything that has left the unit, cycle by cycle, forms before reports, oldest first."""
    cycle, version, form, report = (
        tables.Cycle,
        tables.ApprovedVersion,
        tables.ReleasedInForm,
        tables.ReleasedCell,
    )
    of_unit = select(cycle).where(cycle.unit_code == unit_code).order_by(cycle.id)
    periods = {row.id: str(key_of(row)) for row in session.scalars(of_unit)}
    in_forms = _cells(session, form.cycle_id, form.cell, form.printed, form.unit_code == unit_code)
    in_reports = _cells(
        session, report.version_id, report.cell, report.printed, report.unit_code == unit_code
    )
    found = {id_: [Release(periods[id_], FORMS, cells)] for id_, cells in in_forms.items()}
    versions = select(version.id, version.cycle_id, version.number, version.bases).join(cycle)
    for id_, cycle_id, number, bases in session.execute(
        versions.where(cycle.unit_code == unit_code).order_by(version.number)
    ):
        values = _values(periods[cycle_id], bases or ())
        release = Release(periods[cycle_id], number, in_reports.get(id_, {}), values)
        found.setdefault(cycle_id, []).append(release)
    return tuple(release for id_ in periods for release in found.get(id_, ()))


def _cells(
    session: Session,
    of: InstrumentedAttribute[int],
    cell: InstrumentedAttribute[str],
    printed: InstrumentedAttribute[str],
    where: ColumnElement[bool],
) -> dict[int, dict[str, str]]:
    """What is printed in each cell, by the form or report that it stands in."""
    found: dict[int, dict[str, str]] = {}
    for id_, name, text in session.execute(select(of, cell, printed).where(where).order_by(of, cell)):
        found.setdefault(id_, {})[name] = text
    return found


def _values(period: str, bases: Iterable[list[str | int | None]]) -> tuple[EarlierValue, ...]:
    return tuple(
        EarlierValue(
            period,
            str(scope),
            str(subject),
            Decimal(str(number)),
            Sex(str(sex)),
            None if respondents is None else int(respondents),
        )
        for subject, scope, sex, number, respondents in bases
    )


def for_forms(
    config: Settled, key: CycleKey, history: History, given: GivenValues, released: tuple[Release, ...]
) -> tuple[History, GivenValues, dict[str, str]]:
    """History and given values as forms may show them, and the cells that the forms then release."""
    indicators = [indicator for _, indicator in config.plan.indicators()]
    measures: dict[str, Measure] = {i.id: config.catalogue.get(i.id) or infer_measure(i) for i in indicators}
    titles = {indicator.id: indicator.name for indicator in indicators}
    names = {subunit.code: (subunit.name, *subunit.aliases) for subunit in config.unit.subunits}
    periods = dict.fromkeys(
        (*config.kind.prefill_periods(key.year, key.month), *config.kind.compared_periods(key.year))
    )
    shown = presentable(history, measures, titles, names, tuple(periods), released)
    now, cells = _given(given, str(key), measures, titles, released)
    return shown.history, now, {**shown.cells, **cells}


def _given(
    given: GivenValues,
    period: str,
    measures: Mapping[str, Measure],
    titles: Mapping[str, str],
    released: tuple[Release, ...],
) -> tuple[GivenValues, dict[str, str]]:
    """What other systems give of this period, sub-unit by sub-unit, shown together or not at all."""
    values = History(
        tuple(
            EarlierValue(period, one.scope, one.field, one.number, one.sex, one.respondents)
            for one in given.values
            if one.field in measures
        )
    )
    shown = presentable(values, measures, titles, {}, (period,), released)
    hidden = {(v.indicator, v.scope, v.sex) for v in shown.history.values if v.withheld}
    marked = tuple(
        replace(one, withheld=True) if (one.field, one.scope, one.sex) in hidden else one
        for one in given.values
    )
    return replace(given, values=marked), dict(shown.cells)


def keep_shown_in_forms(session: Session, cycle: tables.Cycle, cells: Mapping[str, str]) -> None:
    """Put down what the forms of a cycle show; in the same transaction as the forms."""
    session.add_all(
        tables.ReleasedInForm(cycle_id=cycle.id, cell=cell, unit_code=cycle.unit_code, printed=printed)
        for cell, printed in cells.items()
    )
