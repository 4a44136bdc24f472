"""Writers that take turns also where the database would let them run side by side.

On SQLite one writes at a time. On PostgreSQL two may count the same series or put down the same row at once:
here the second waits for the first and then sees what it did. Called by the steps.
"""

from functools import cache
from typing import Any

from sqlalchemy import Insert, func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store.tables import Base


def take_turn(session: Session, series: str) -> None:
    """Wait until nobody else counts in `series`; nobody else will until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(series))))


def put_down_once(session: Session, table: type[Base], **values: Any) -> None:
    """Insert a row unless one with the same key is there, or is being put down just now by somebody else."""
    session.execute(_once(table, session.get_bind().dialect.name), values)


@cache
def _once(table: type[Base], dialect: str) -> Insert:
    """Put together once: it is said often."""
    if dialect == "postgresql":  # one dialect each: PostgreSQL's is slow to import
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert(Base.metadata.tables[table.__tablename__]).on_conflict_do_nothing()
    from sqlalchemy.dialects.sqlite import insert

    return insert(Base.metadata.tables[table.__tablename__]).on_conflict_do_nothing()
