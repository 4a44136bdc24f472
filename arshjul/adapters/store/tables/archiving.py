"""Archive packages, their copies, what was found when they were read back, and what was weeded."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Code, Sha256


class Package(Base):
    """An archive package: claimed before it is written, so that two never write the same.

    `path` is relative to the archive folder, which may be moved. `disposed_at`: it was disposed of, under the
    decision that stands in `weeding`.
    """

    __tablename__ = "package"
    __table_args__ = (UniqueConstraint("version_id", "part"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("approved_version.id"))
    part: Mapped[str] = mapped_column(String(20))
    path: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(Sha256)
    written_at: Mapped[datetime | None]
    disposed_at: Mapped[datetime | None]


class PackageCopy(Base):
    """A copy of a package at a target, put down only when all of it has been read back there."""

    __tablename__ = "package_copy"
    __table_args__ = (UniqueConstraint("package_id", "target"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"))
    target: Mapped[str] = mapped_column(String(400))
    sha256: Mapped[str] = mapped_column(Sha256)
    verified_at: Mapped[datetime]


class FixityCheck(Base):
    """A package, or a copy of it, was read back: how many files, and what was wrong in sentences.

    `target` is empty for the package in the archive folder.
    """

    __tablename__ = "fixity_check"
    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"), index=True)
    target: Mapped[str] = mapped_column(String(400))
    checked_at: Mapped[datetime]
    files: Mapped[int]
    faults: Mapped[Any]


class Weeding(Base):
    """The protocol of what was weeded (rensat) or disposed of (gallrat): by which rule or decision.

    `rule` names what was taken, `decision` is what a disposal rests on. `content` says what it was, never
    what stood in it.
    """

    __tablename__ = "weeding"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    rule: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    content: Mapped[Any]
    person: Mapped[str | None] = mapped_column(Code)
    decision: Mapped[str | None]
    at: Mapped[datetime]
