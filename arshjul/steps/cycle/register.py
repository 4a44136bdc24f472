"""Register numbers (diarienummer): fetched once when the case opens, from a source that can be changed.

The built-in source counts per prefix and year; another source is another class with `fetch`. The number
belongs to the cycle from then on. Called by opening.
"""

from datetime import datetime
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.turns import take_turn
from arshjul.config.settings import RegisterSource, Settings
from arshjul.wheel import local_day


class Register(Protocol):
    """A source of register numbers."""

    def fetch(self, session: Session, cycle: tables.Cycle, now: datetime) -> str:
        """A number for the case that opens at `now`; asked again for the same cycle, the same number."""
        ...


class BuiltInRegister:
    """Counts per prefix and year in the installation's own store: "SOL 2026/14".

    The year is that in which the case opens, as in any register: a plan for 2027 that is begun in the autumn
    of 2026 has a number of 2026.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def fetch(self, session: Session, cycle: tables.Cycle, now: datetime) -> str:
        """The next number of the year, taken in the caller's transaction."""
        prefix = self.prefix or cycle.unit_code
        row = session.scalar(select(tables.RegistryNumber).where(tables.RegistryNumber.cycle_id == cycle.id))
        if row is None:
            year = local_day(now).year
            take_turn(session, f"register {prefix} {year}")
            highest = session.scalar(
                select(func.max(tables.RegistryNumber.number)).where(
                    tables.RegistryNumber.prefix == prefix, tables.RegistryNumber.year == year
                )
            )
            row = tables.RegistryNumber(
                prefix=prefix, year=year, number=(highest or 0) + 1, cycle_id=cycle.id
            )
            session.add(row)
            session.flush()
        return f"{row.prefix} {row.year}/{row.number}"


def register_of(settings: Settings) -> Register:
    """The configured source."""
    sources = {RegisterSource.BUILTIN: BuiltInRegister}
    return sources[settings.register.source](settings.register.prefix)
