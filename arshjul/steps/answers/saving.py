"""Saving answers before they are handed in: field by field, append-only, nobody's words overwritten unseen.

Each save says which number it was based on. Where another has saved since, both stand, and both are shown
until somebody who has seen them saves again. Handing in makes a submission of what is saved
(`arshjul.steps.answers.handing_in`). Called by the portal; a workbook or a document that comes in is saved
here as well, so that an answer begun one way can be finished in another.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from arshjul.adapters.store import tables
from arshjul.adapters.store.turns import take_turn
from arshjul.answers import RawCell
from arshjul.form import NO, READY, YES, Sheet
from arshjul.secrecy import masked


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands in a field: the newest text, its number, and others' that it was written beside."""

    field: str
    value: str
    number: int
    person: str
    at: datetime
    taken_over: bool = False
    beside: tuple["Saved", ...] = ()


def saved_answers(session: Session, cycle_id: int, scope: str) -> dict[str, Saved]:
    """Everything that stands saved in a scope, by field."""
    return saved_in_scopes(session, cycle_id, [scope]).get(scope, {})


def saved_in_scopes(session: Session, cycle_id: int, scopes: Collection[str]) -> dict[str, dict[str, Saved]]:
    """Everything that stands saved in each of the scopes, by scope and field.

    Of all that was ever saved only what counts is read: the newest of a field, what was written beside it.
    """
    found = session.execute(_STANDING, {"cycle_id": cycle_id, "scopes": list(scopes)})
    of_scope: dict[str, list[_Row]] = {}
    for scope, *kept in found:
        of_scope.setdefault(scope, []).append(_Row(*kept))
    return {scope: _newest(rows) for scope, rows in of_scope.items()}


def save(
    session: Session,
    cycle_id: int,
    scope: str,
    field: str,
    value: str,
    *,
    based_on: int,
    person: str,
    now: datetime,
    taken_over: bool = False,
) -> Saved:
    """Save a field; what now stands in it. The same words again make no new number."""
    value = masked(value)  # an identity number is not kept, not even for as long as it takes to mend it
    take_turn(session, f"saved {cycle_id} {scope} {field}")
    where = {"cycle_id": cycle_id, "scope": scope, "field": field}
    rows = [_Row(*row) for row in session.execute(_LAST, {**where, "based_on": based_on})]
    newest = rows[0] if rows else None
    seen_all = newest is None or based_on >= newest.number
    if newest is None and not value:
        return Saved(field, "", 0, person, now)
    if newest is None or newest.value != value or (seen_all and _written_beside(rows, newest)):
        number = (newest.number if newest else 0) + 1
        newest = _Row(field, number, based_on, value, taken_over, person, now)
        session.execute(_ADD, {**where, **newest._asdict()})
        rows = [newest, *rows]
    return _saved(newest, rows)


class _Row(NamedTuple):
    """A row of what is saved, without the scope that it stands in."""

    field: str
    number: int
    based_on: int
    value: str
    taken_over: bool
    person: str
    saved_at: datetime


_ROW = tuple(getattr(tables.SavedAnswer, name) for name in _Row._fields)
_ADD = insert(tables.SavedAnswer.__table__)  # type: ignore[arg-type]  # made once, as what follows is


def _standing() -> Select[Any]:
    """The newest of every field in some scopes, and what was written beside it."""
    row, newest = tables.SavedAnswer, aliased(tables.SavedAnswer)
    cycle_id: Any = bindparam("cycle_id")
    highest = (
        select(row.scope, row.field, func.max(row.number).label("number"))
        .where(row.cycle_id == cycle_id, row.scope.in_(bindparam("scopes", expanding=True)))
        .group_by(row.scope, row.field)
        .subquery()
    )
    return (
        select(row.scope, *_ROW)
        .join(highest, and_(row.scope == highest.c.scope, row.field == highest.c.field))
        .join(
            newest,
            and_(
                newest.cycle_id == cycle_id,
                newest.scope == highest.c.scope,
                newest.field == highest.c.field,
                newest.number == highest.c.number,
            ),
        )
        .where(row.cycle_id == cycle_id, or_(row.number == newest.number, row.number > newest.based_on))
        .order_by(row.number)
    )


_STANDING = _standing()


def _last() -> Select[Any]:
    """The newest of a field, and what was saved since she saw it or since the newest was written.

    Nothing older is read: a long text that is saved as it grows stands there many times over.
    """
    row, before = tables.SavedAnswer, aliased(tables.SavedAnswer)
    asked: dict[str, Any] = {name: bindparam(name) for name in ("cycle_id", "scope", "field")}
    newest_rests_on = (
        select(before.based_on)
        .where(*(getattr(before, name) == value for name, value in asked.items()))
        .order_by(before.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(*_ROW)
        .where(
            *(getattr(row, name) == value for name, value in asked.items()),
            or_(row.number > bindparam("based_on"), row.number > newest_rests_on),
        )
        .order_by(row.number.desc())
        .limit(20)  # enough to see what was written meanwhile
    )


_LAST = _last()


def save_cells(
    session: Session,
    cycle_id: int,
    sheet: Sheet,
    cells: Mapping[str, RawCell],
    person: str,
    now: datetime,
) -> None:
    """Save what came in another way (a workbook, a document): it is the newest that she has written."""
    standing = saved_answers(session, cycle_id, sheet.scope)
    asked = {field.id for field in sheet.fields()} - {READY}
    written = []
    for field in sorted(asked & cells.keys()):
        value = masked(_as_typed(cells[field].value))
        known = standing.get(field)
        if value == (known.value if known else ""):
            continue
        number = known.number if known else 0
        written.append(_Row(field, number + 1, number, value, taken_over=False, person=person, saved_at=now))
    if written:
        where = {"cycle_id": cycle_id, "scope": sheet.scope}
        session.execute(_ADD, [{**where, **row._asdict()} for row in written])


def _as_typed(value: str | int | float | bool | date | datetime | None) -> str:
    """A cell's value as she would have typed it in the portal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def cells_of(saved: Mapping[str, Saved], places: Mapping[str, str]) -> dict[str, RawCell]:
    """What is saved as a returned sheet's cells; `places` say where each field stands, in words."""
    return {
        field: RawCell(answer.value, places[field])
        for field, answer in saved.items()
        if answer.value and field in places
    }


def saved_at(session: Session, cycle_id: int, scope: str) -> datetime | None:
    """When something was last saved in the scope."""
    at: datetime | None = session.scalar(
        select(func.max(tables.SavedAnswer.saved_at)).where(
            tables.SavedAnswer.cycle_id == cycle_id, tables.SavedAnswer.scope == scope
        )
    )
    return at


def _newest(rows: Iterable[_Row]) -> dict[str, Saved]:
    of_field: dict[str, list[_Row]] = {}
    for row in rows:
        of_field.setdefault(row.field, []).insert(0, row)
    return {field: _saved(found[0], found) for field, found in of_field.items()}


def _saved(newest: _Row, rows: Iterable[_Row]) -> Saved:
    return Saved(
        newest.field,
        newest.value,
        newest.number,
        newest.person,
        newest.saved_at,
        newest.taken_over,
        tuple(_saved(row, ()) for row in _written_beside(rows, newest)),
    )


def _written_beside(rows: Iterable[_Row], newest: _Row) -> list[_Row]:
    """What was saved after the words that `newest` was based on, by another hand or in another window."""
    return [row for row in rows if newest.based_on < row.number < newest.number and row.value != newest.value]
