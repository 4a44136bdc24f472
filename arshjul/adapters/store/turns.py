"""Writers that take turns also where the database would let them run side by side.

On SQLite one writes at a time. On PostgreSQL two may count the same series or put down the same row at once:
here the second waits for the first and then sees what it did. Called by the steps.
"""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store.tables import Base


def take_turn(session: Session, series: str) -> None:
    """Wait until nobody else counts in `series`; nobody else will until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(series))))


def put_down_once(session: Session, table: type[Base], **values: Any) -> None:
    """Insert a row unless one with the same key is there, or is being put down just now by somebody else."""
    if session.get_bind().dialect.name == "postgresql":  # one dialect each: PostgreSQL's is slow to import
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        session.execute(postgresql_insert(table).values(**values).on_conflict_do_nothing())
    else:
        from sqlalchemy.dialects.sqlite import insert

        session.execute(insert(table).values(**values).on_conflict_do_nothing())
