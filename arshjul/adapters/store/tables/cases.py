"""A unit's cases: what every row is bound to, the plans, the cycles and their ledger of steps."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Code, Sha256


class Unit(Base):
    """What every row is bound to; the rest of the organisation is configuration."""

    __tablename__ = "unit"
    code: Mapped[str] = mapped_column(Code, primary_key=True)
    name: Mapped[str]


class StoredFile(Base):
    """Bytes by their hash: forms sent, workbooks received, approved reports. Never changed."""

    __tablename__ = "stored_file"
    sha256: Mapped[str] = mapped_column(Sha256, primary_key=True)
    media_type: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PlanVersion(Base):
    """A plan of a unit and year as it was when it came in; a new version never replaces an old one."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("unit_code", "year", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    year: Mapped[int]
    number: Mapped[int]
    content: Mapped[str]
    sha256: Mapped[str] = mapped_column(Sha256)
    created_at: Mapped[datetime]


class Cycle(Base):
    """(unit, year, kind), with the lease that portal, worker and command share.

    `month` is 1 to 12 for a monthly report, 0 for one of the year.
    """

    __tablename__ = "cycle"
    __table_args__ = (UniqueConstraint("unit_code", "year", "kind", "month"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(4))
    month: Mapped[int] = mapped_column(default=0)
    plan_version_id: Mapped[int | None] = mapped_column(ForeignKey("plan_version.id"))
    registry_number: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime]
    lease_holder: Mapped[str | None] = mapped_column(String(120))
    lease_until: Mapped[datetime | None]


class RegistryNumber(Base):
    """The built-in source of register numbers counts per prefix and year."""

    __tablename__ = "registry_number"
    prefix: Mapped[str] = mapped_column(Code, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), unique=True)


class Step(Base):
    """The ledger of a cycle: a step stands here when it is done, and is not done again."""

    __tablename__ = "step"
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    planned_at: Mapped[datetime]
    done_at: Mapped[datetime]
    result: Mapped[Any]
