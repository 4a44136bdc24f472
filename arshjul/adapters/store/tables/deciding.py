"""Drafts, findings and decisions, and what a decision froze and released."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Code, Sha256


class Judgement(Base):
    """What the manager wrote and decided under a goal; the last one counts."""

    __tablename__ = "judgement"
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    goal: Mapped[str] = mapped_column(Code)
    person: Mapped[str] = mapped_column(Code)
    attainment: Mapped[str | None] = mapped_column(String(12))
    synthesis: Mapped[str]
    at: Mapped[datetime]


class Draft(Base):
    """A compiled report, not decided: what it was made of, and its three files."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    inputs_sha256: Mapped[str] = mapped_column(Sha256)
    files: Mapped[Any]  # name -> sha256
    cells: Mapped[Any]  # cell -> printed value, released at approval
    bases: Mapped[Any | None]  # what the cells on people rest on: [subject, scope, sex, number, respondents]
    proposals: Mapped[Any]  # goal id -> [proposed attainment, reason]
    city_fields: Mapped[Any | None]  # for the city's own system: [id, group, name, text], in its order
    created_at: Mapped[datetime]


class Finding(Base):
    """What the review said of a cycle; `key` is the same as long as it is the same finding."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("cycle_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    key: Mapped[str] = mapped_column(Sha256)
    code: Mapped[str] = mapped_column(String(60))
    severity: Mapped[str] = mapped_column(String(10))
    place: Mapped[str]
    message: Mapped[str]
    evidence: Mapped[Any]
    mend: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(20))  # open, mended, explained
    found_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))


class DecisionKind(StrEnum):
    """What was decided. The values stand in archive packages, too."""

    RETURN = "return"  # an answer, to be changed
    ASK_CHANGE = "ask_change"  # of an answer that has been handed in
    SET_ASIDE = "set_aside"  # what was asked for leads to nothing more
    CLOSE_FINDING = "close-finding"
    APPROVE = "approve"
    ADOPT = "adopt"  # a plan
    CORRECT = "correct"  # a correction is begun
    PURGE = "purge"


class Decision(Base):
    """Who decided what (a `DecisionKind`), when and why, on exactly what (`subject_sha256`)."""

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    person: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime]
    subject_sha256: Mapped[str | None] = mapped_column(Sha256)
    reason: Mapped[str | None]
    content: Mapped[Any]


class ApprovedVersion(Base):
    """A decided version: the manifest of its files is frozen, a correction is a new number."""

    __tablename__ = "approved_version"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    manifest: Mapped[str]
    manifest_sha256: Mapped[str] = mapped_column(Sha256)
    files: Mapped[Any]  # name -> sha256
    city_fields: Mapped[Any | None]  # as the draft's
    bases: Mapped[Any | None]  # as the draft's: what a later report must know to tell nothing more
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    approved_at: Mapped[datetime]


class ReleasedCell(Base):
    """A figure that left the unit; later reports give way to it when they suppress."""

    __tablename__ = "released_cell"
    version_id: Mapped[int] = mapped_column(ForeignKey("approved_version.id"), primary_key=True)
    cell: Mapped[str] = mapped_column(String(160), primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    printed: Mapped[str]


class ReleasedInForm(Base):
    """A figure that a cycle's forms showed, beside a field or as a system gives it."""

    __tablename__ = "released_in_form"
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    cell: Mapped[str] = mapped_column(String(160), primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    printed: Mapped[str]
