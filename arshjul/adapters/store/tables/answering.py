"""What was asked and what came back: forms, files, submissions, and the answers projected from them."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Code, Sha256


class Form(Base):
    """A form that was made for a person: its description and the workbook that was sent."""

    __tablename__ = "form"
    __table_args__ = (UniqueConstraint("cycle_id", "person", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    person: Mapped[str] = mapped_column(Code)
    number: Mapped[int]
    scopes: Mapped[Any]
    content: Mapped[str]
    workbook_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    created_at: Mapped[datetime]


READ, QUARANTINED = "read", "quarantined"  # what becomes of a file


class InboxFile(Base):
    """A file that came in, known by its bytes: the same file twice is read once."""

    __tablename__ = "inbox_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(Sha256, unique=True)
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    name: Mapped[str] = mapped_column(String(255))
    outcome: Mapped[str] = mapped_column(String(20))
    note: Mapped[str]
    received_at: Mapped[datetime]


class SubmissionState(StrEnum):
    """Whether a hand-in counts. The values stand in archive packages, too."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"  # it has faults
    RETURNED = "returned"  # by a manager, to be changed


class Submission(Base):
    """A hand-in for one scope, in a `SubmissionState`. The highest accepted version counts."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("cycle_id", "scope", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"))
    inbox_file_id: Mapped[int | None] = mapped_column(ForeignKey("inbox_file.id"))
    scope: Mapped[str] = mapped_column(Code)
    person: Mapped[str] = mapped_column(Code)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    content: Mapped[str]
    sha256: Mapped[str] = mapped_column(Sha256)
    faults: Mapped[Any]
    received_at: Mapped[datetime]


class Answer(Base):
    """Projection of accepted submissions: one row a field."""

    __tablename__ = "answer"
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    number: Mapped[Decimal | None]
    text: Mapped[str | None]
