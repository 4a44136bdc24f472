"""The tables. Everything is bound to its unit; what has an outside effect has a unique key.

- append-only: plan_version, form, submission, judgement, decision, approved_version, released_cell
- ledgers of outside effects: step, notice, letter, package
- projections that can be rebuilt: answer (from submission), finding's open/closed state (from decisions)

People are ids of `config/organisation.yaml`; no name or address is stored here. Migrations follow these
tables; `tests/store` proves that they agree.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, LargeBinary, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from arshjul.adapters.store.columns import CanonicalJson, ExactDecimal, UtcTime

Code = String(40)
Sha256 = String(64)


class Base(DeclarativeBase):
    """Names of constraints are fixed, so that migrations can speak of them on every database."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcTime, Decimal: ExactDecimal, Any: CanonicalJson, str: Text}


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
    """(unit, year, kind), with the lease that portal, worker and command share."""

    __tablename__ = "cycle"
    __table_args__ = (UniqueConstraint("unit_code", "year", "kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(4))
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


class Submission(Base):
    """A hand-in for one scope; `state` is accepted or rejected. The highest accepted version counts."""

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


class Notice(Base):
    """What has to be told, once: unique by kind, cause and receiver. Carried by a letter."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("unit_code", "kind", "cause", "receiver"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    kind: Mapped[str] = mapped_column(String(20))
    cause: Mapped[str] = mapped_column(String(160))
    receiver: Mapped[str] = mapped_column(Code)
    content: Mapped[Any]
    created_at: Mapped[datetime]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)


class Letter(Base):
    """The envelope. pending -> claimed -> sent, or refused (for good), or given up."""

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    receiver: Mapped[str] = mapped_column(Code)
    message_id: Mapped[str] = mapped_column(String(255), unique=True)
    state: Mapped[str] = mapped_column(String(12), index=True)
    created_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(120))
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    uncertain: Mapped[bool] = mapped_column(default=False)
    not_before: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    trouble: Mapped[str | None]


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
    proposals: Mapped[Any]  # goal id -> [proposed attainment, reason]
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
    state: Mapped[str] = mapped_column(String(20))  # open, mended, explained
    found_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))


class Decision(Base):
    """Who decided what, when and why, on exactly what (`subject_sha256`)."""

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
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    approved_at: Mapped[datetime]


class ReleasedCell(Base):
    """A figure that left the unit; later reports give way to it when they suppress."""

    __tablename__ = "released_cell"
    version_id: Mapped[int] = mapped_column(ForeignKey("approved_version.id"), primary_key=True)
    cell: Mapped[str] = mapped_column(String(160), primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    printed: Mapped[str]


class Package(Base):
    """An archive package: claimed before it is written, so that two never write the same."""

    __tablename__ = "package"
    __table_args__ = (UniqueConstraint("version_id", "part"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("approved_version.id"))
    part: Mapped[str] = mapped_column(String(20))
    path: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(Sha256)
    written_at: Mapped[datetime | None]
