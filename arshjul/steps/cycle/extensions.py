"""More time for a scope, as a manager has given it: the last word on each counts.

Giving it is `arshjul.steps.cycle.directing`. Called by chasing and by the portal.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables


def given_time(session: Session, cycle: tables.Cycle) -> dict[str, date]:
    """Every scope that has been given time, and until when."""
    rows = session.execute(
        select(tables.Extension.scope, tables.Extension.until)
        .where(tables.Extension.cycle_id == cycle.id)
        .order_by(tables.Extension.id)
    )
    return {scope: date.fromisoformat(until) for scope, until in rows}
