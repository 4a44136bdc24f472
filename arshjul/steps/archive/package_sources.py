"""What other systems had given when a report was decided: the values that counted then, for its package.

A load that was made or undone after the decision is not of that version. The files themselves are not kept
anywhere, only their hashes. Called by `arshjul.steps.archive.package_contents`.
"""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables

Given = tuple[tables.SourceLoad, tables.SourceValue]


def given_at(session: Session, unit_code: str, period: tuple[date, date], at: datetime) -> list[Given]:
    """The unit's values of the months of `period` that counted at `at`, in order of source, place and month.

    Of each source, sub-unit and month the newest load counts.
    """
    load, value = tables.SourceLoad, tables.SourceValue
    first, last = (f"{day:%Y-%m}" for day in period)
    rows = session.execute(
        select(load, value)
        .join(value, value.load_id == load.id)
        .where(
            value.unit_code == unit_code,
            value.month.between(first, last),
            load.loaded_at <= at,
            or_(load.undone_at.is_(None), load.undone_at > at),
        )
        .order_by(load.id)
    ).all()
    newest = {(of.source, row.scope, row.month): of.id for of, row in rows}
    counted = [(of, row) for of, row in rows if newest[of.source, row.scope, row.month] == of.id]
    return sorted(counted, key=lambda one: _order(*one))


def _order(load: tables.SourceLoad, value: tables.SourceValue) -> tuple[str, ...]:
    return load.source, value.scope, value.field, value.detail, value.sex, value.month
