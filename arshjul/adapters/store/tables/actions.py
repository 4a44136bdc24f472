"""Actions and promises: what happened to each, in order. An action is what its events make of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Code


class ActionEvent(Base):
    """One event, only ever added. `action` is unique within its unit; `cycle` is "T2 2026" or empty."""

    __tablename__ = "action_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    action: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(12))
    cycle: Mapped[str] = mapped_column(String(16))
    person: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime]
    content: Mapped[Any]
