"""Loads of exports from other systems, and the values that came with each.

Append-only but for `undone_at`: a load that was undone stays on record and no longer counts. The files
themselves are not kept, only their hash: a row of a survey is one person's answer.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Code, Sha256


class SourceLoad(Base):
    """One file that was loaded: a version of what its source says of the units and months in it."""

    __tablename__ = "source_load"
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Code)
    file_name: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(Sha256)
    rows: Mapped[int]
    summary: Mapped[Any]  # how many values were new, changed, gone, unchanged
    loaded_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class SourceValue(Base):
    """One value of one month; where `base` is set the value is `number` by `base`."""

    __tablename__ = "source_value"
    load_id: Mapped[int] = mapped_column(ForeignKey("source_load.id"), primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), primary_key=True, index=True)
    scope: Mapped[str] = mapped_column(Code, primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True)
    detail: Mapped[str] = mapped_column(String(120), primary_key=True)
    sex: Mapped[str] = mapped_column(String(8), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    number: Mapped[Decimal]
    base: Mapped[Decimal | None]
    respondents: Mapped[int | None]
