"""Loading exports from other systems, undoing a load, and what counts today.

A load is kept whole or not at all, as a version: the newest load that speaks of a sub-unit and month counts
for its source, and when it is undone the one before counts again. What says only what is known is not kept
twice. The files and the rows of a survey are not kept: only counts by sub-unit, sex and month, and the file's
hash.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.export_files import read_tables
from arshjul.adapters.store import tables
from arshjul.adapters.store.turns import put_down_once, take_turn
from arshjul.catalogue import Measure, Sex, infer_measure
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput, Refused
from arshjul.office import Office
from arshjul.plan import Plan
from arshjul.report_kinds import SUBUNIT
from arshjul.sources.changes import Changes, compare
from arshjul.sources.gathering import SourceValue
from arshjul.sources.given import GivenValues, Stored, given_values
from arshjul.sources.reading import ReadExport, read_export
from arshjul.steps.cycle.settled import Settled
from arshjul.wheel import local_day


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file. `load` is None where nothing was kept: a fault, a trial, or nothing new."""

    read: ReadExport
    changes: Changes
    load: int | None


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A load as it is listed. `counts` is how many of its values count today."""

    id: int
    source: str
    file_name: str
    rows: int
    values: int
    counts: int
    months: tuple[str, ...]
    units: tuple[str, ...]
    loaded_at: datetime
    undone_at: datetime | None


def load_export(office: Office, content: bytes, name: str, now: datetime, *, dry_run: bool = False) -> Loaded:
    """Read one export and keep what it gives; BadInput where it is no known source. With faults nothing is
    kept.
    """
    installation = office.installation
    read = read_export(
        read_tables(content, name), installation.sources, installation.organisation, local_day(now), name
    )
    units = {value.unit for value in read.values}
    if read.faults or dry_run:
        with office.database.reading() as session:
            known = _counting(session, units)
        return Loaded(read, compare(_of(known, read.source), read.values), None)
    with office.database.writing() as session:
        take_turn(session, f"source {read.source}")
        changes = compare(_of(_counting(session, units), read.source), read.values)
        if changes.nothing:
            return Loaded(read, changes, None)
        load = _keep(session, office, read, changes, content, name, now)
    reached(CrashPoint.SOURCE_KEPT)
    return Loaded(read, changes, load)


def undo_load(office: Office, load: int, now: datetime) -> Changes:
    """Let a load no longer count; what comes back and goes. Refused where it is undone already."""
    with office.database.writing() as session:
        row = session.get(tables.SourceLoad, load, with_for_update=True)
        if row is None:
            raise BadInput(f"det finns ingen inläsning {load}. Se numren med ”arshjul sources list”.")
        if row.undone_at is not None:
            raise Refused(f"Inläsning {load} är redan ångrad. Inget ändrades.")
        own = [_value(one) for one in _rows(session, [load])]
        units = {value.unit for value in own}
        before = _counting(session, units)
        row.undone_at = now
        session.flush()
        after = _counting(session, units)
    return _difference(_of(before, row.source), _of(after, row.source))


def list_loads(office: Office) -> list[LoadRow]:
    """Every load, the newest first."""
    with office.database.reading() as session:
        loads = session.scalars(select(tables.SourceLoad).order_by(tables.SourceLoad.id.desc())).all()
        values: dict[int, list[tables.SourceValue]] = {load.id: [] for load in loads}
        for value in session.scalars(select(tables.SourceValue)):
            values[value.load_id].append(value)
        counting: dict[int, int] = {}
        for one in _counting(session, {value.unit_code for listed in values.values() for value in listed}):
            counting[one.load] = counting.get(one.load, 0) + 1
        return [
            LoadRow(
                id=load.id,
                source=load.source,
                file_name=load.file_name,
                rows=load.rows,
                values=len(values[load.id]),
                counts=counting.get(load.id, 0),
                months=tuple(sorted({value.month for value in values[load.id]})),
                units=tuple(sorted({value.unit_code for value in values[load.id]})),
                loaded_at=load.loaded_at,
                undone_at=load.undone_at,
            )
            for load in loads
        ]


def given_to(
    office: Office, session: Session, key: CycleKey, config: Settled, plan: Plan, asked: Iterable[str]
) -> GivenValues:
    """What the sources give a cycle, for the sub-units that are asked."""
    sources = office.installation.sources
    if not sources.sources:
        return GivenValues()
    last = config.milestones.period_end
    measures: dict[str, Measure] = {
        indicator.id: config.catalogue.get(indicator.id) or infer_measure(indicator)
        for _, indicator in plan.indicators()
    }
    return given_values(
        _counting(session, {key.unit_code}),
        sources,
        config.unit,
        f"{last.year}-{last.month:02}",
        asked,
        {question.id: question.scope for question in config.kind.asks if question.scope != SUBUNIT},
        measures,
    )


def _keep(
    session: Session,
    office: Office,
    read: ReadExport,
    changes: Changes,
    content: bytes,
    name: str,
    now: datetime,
) -> int:
    for code in sorted({value.unit for value in read.values}):
        put_down_once(session, tables.Unit, code=code, name=office.installation.unit(code).name)
    load = tables.SourceLoad(
        source=read.source,
        file_name=name,
        file_sha256=hashlib.sha256(content).hexdigest(),
        rows=read.rows,
        summary={
            "added": len(changes.added),
            "changed": len(changes.changed),
            "gone": len(changes.gone),
            "unchanged": changes.unchanged,
        },
        loaded_at=now,
        undone_at=None,
    )
    session.add(load)
    session.flush()
    session.add_all(
        tables.SourceValue(
            load_id=load.id,
            unit_code=value.unit,
            scope=value.scope,
            field=value.field,
            detail=value.detail,
            sex=value.sex.value,
            month=value.month,
            number=value.number,
            base=value.base,
            respondents=value.respondents,
        )
        for value in read.values
    )
    return load.id


def _counting(session: Session, units: Iterable[str]) -> list[Stored]:
    """The values that count of some units: of each source, sub-unit and month those of the newest load."""
    rows = session.execute(
        select(tables.SourceValue, tables.SourceLoad.source)
        .join(tables.SourceLoad, tables.SourceLoad.id == tables.SourceValue.load_id)
        .where(tables.SourceLoad.undone_at.is_(None), tables.SourceValue.unit_code.in_(sorted(units)))
        .order_by(tables.SourceValue.load_id)
    ).all()
    newest = {(source, row.unit_code, row.scope, row.month): row.load_id for row, source in rows}
    found = [
        Stored(source, row.load_id, _value(row))
        for row, source in rows
        if newest[source, row.unit_code, row.scope, row.month] == row.load_id
    ]
    return sorted(found, key=lambda one: (one.source, one.value.key))


def _rows(session: Session, loads: Iterable[int]) -> Iterable[tables.SourceValue]:
    return session.scalars(select(tables.SourceValue).where(tables.SourceValue.load_id.in_(loads)))


def _value(row: tables.SourceValue) -> SourceValue:
    return SourceValue(
        unit=row.unit_code,
        scope=row.scope,
        field=row.field,
        detail=row.detail,
        sex=Sex(row.sex),
        month=row.month,
        number=row.number,
        base=row.base,
        respondents=row.respondents,
    )


def _of(stored: Iterable[Stored], source: str) -> list[SourceValue]:
    return [one.value for one in stored if one.source == source]


def _difference(before: list[SourceValue], after: list[SourceValue]) -> Changes:
    now = {value.key: value for value in after}
    then = {value.key: value for value in before}
    both = [(then[key], now[key]) for key in then.keys() & now.keys()]
    return Changes(
        added=tuple(value for key, value in now.items() if key not in then),
        changed=tuple(pair for pair in both if pair[0] != pair[1]),
        gone=tuple(value for key, value in then.items() if key not in now),
        unchanged=sum(one == other for one, other in both),
    )
