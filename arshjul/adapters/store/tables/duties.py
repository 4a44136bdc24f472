"""The recurring duties: what has been told of them, and who said that they are done."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Code


class DutyStep(Base):
    """The ledger: told, reminded, or passed untold. A step stands here once and is not taken again.

    `occurrence` is the id in `arshjul.duty_days`, `people` how many were told.
    """

    __tablename__ = "duty_step"
    __table_args__ = (UniqueConstraint("occurrence", "step"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    occurrence: Mapped[str] = mapped_column(String(120))
    step: Mapped[str] = mapped_column(String(10))
    people: Mapped[int]
    planned_at: Mapped[datetime]
    done_at: Mapped[datetime]


class DutyWord(Base):
    """Somebody's word that a duty is done, or that it was not after all; never changed, the last one counts.

    `state` is confirmed or withdrawn; `note` is the result in a few words, for the report that takes it up.
    """

    __tablename__ = "duty_word"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    occurrence: Mapped[str] = mapped_column(String(120), index=True)
    state: Mapped[str] = mapped_column(String(12))
    person: Mapped[str] = mapped_column(Code)
    note: Mapped[str]
    at: Mapped[datetime]
