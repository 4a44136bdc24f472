"""The ways in: personal links, sessions, codes, and what is saved before it is handed in.

No token, code or secret is stored, only its SHA-256. What is saved is append-only until it is weeded: the
highest number counts, and two that wrote at once both stand here.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Code, Sha256

Day = String(10)  # 2026-10-08


class PersonalLink(Base):
    """A link of a letter: a person's way to a cycle's form or report, until it lapses or is withdrawn.

    Without a cycle it leads to the person's first page.
    """

    __tablename__ = "personal_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(Sha256, unique=True)
    person: Mapped[str] = mapped_column(Code, index=True)
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    made_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class PortalSession(Base):
    """Somebody at a browser. `strength` says how she showed who she is: link, code or sso."""

    __tablename__ = "portal_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    secret_sha256: Mapped[str] = mapped_column(Sha256, unique=True)
    person: Mapped[str] = mapped_column(Code, index=True)
    strength: Mapped[str] = mapped_column(String(8))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("personal_link.id"))
    begun_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OneTimeCode(Base):
    """A code sent to the known address, for what a link alone does not open."""

    __tablename__ = "one_time_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("portal_session.id"), index=True)
    code_sha256: Mapped[str] = mapped_column(Sha256)
    lapses_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """Something that is counted against a limit (a link asked for, a code tried), by a hash of by whom."""

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    by_sha256: Mapped[str] = mapped_column(Sha256, index=True)
    at: Mapped[datetime]


class SavedAnswer(Base):
    """What somebody wrote in a field and has not handed in, in the field's own spelling.

    `based_on` is the number that she saw when she wrote; where a higher one stood, two wrote at once.
    `taken_over` marks last period's text until it is changed.
    """

    __tablename__ = "saved_answer"
    __table_args__ = (UniqueConstraint("cycle_id", "scope", "field", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    scope: Mapped[str] = mapped_column(Code)
    field: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    based_on: Mapped[int]
    value: Mapped[str]
    taken_over: Mapped[bool] = mapped_column(default=False)
    person: Mapped[str] = mapped_column(Code)
    saved_at: Mapped[datetime]


class Extension(Base):
    """More time for one scope, given by a manager; the last one counts."""

    __tablename__ = "extension"
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    scope: Mapped[str] = mapped_column(Code)
    until: Mapped[str] = mapped_column(Day)
    person: Mapped[str] = mapped_column(Code)
    decided_at: Mapped[datetime]


class AptMeeting(Base):
    """The day a workplace really took a report up, and what was said; the last one counts."""

    __tablename__ = "apt_meeting"
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    scope: Mapped[str] = mapped_column(Code)
    held_on: Mapped[str] = mapped_column(Day)
    suggestions: Mapped[str]
    person: Mapped[str] = mapped_column(Code)
    recorded_at: Mapped[datetime]


class Entered(Base):
    """A field of an approved version that has been entered into the city's own system; ticked off."""

    __tablename__ = "entered"
    version_id: Mapped[int] = mapped_column(ForeignKey("approved_version.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True)
    person: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime]


class ApiToken(Base):
    """An integration's way in: what it may do (`deeds`), in which unit (None: all)."""

    __tablename__ = "api_token"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(Sha256, unique=True)
    name: Mapped[str] = mapped_column(String(80))
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    deeds: Mapped[Any]
    made_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class StandIn(Base):
    """Somebody whom a manager has appointed to stand in for another; `valid_to` None: until further notice.

    Beside the absences of organisation.yaml. `ended_at`: it was taken back.
    """

    __tablename__ = "stand_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    person: Mapped[str] = mapped_column(Code)
    stand_in: Mapped[str] = mapped_column(Code)
    valid_from: Mapped[str] = mapped_column(Day)
    valid_to: Mapped[str | None] = mapped_column(Day)
    decided_by: Mapped[str] = mapped_column(Code)
    decided_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignOn(Base):
    """A single sign-on that has begun: what the provider's answer is held against. Used once."""

    __tablename__ = "sign_on"
    state_sha256: Mapped[str] = mapped_column(Sha256, primary_key=True)
    nonce: Mapped[str] = mapped_column(String(80))
    verifier: Mapped[str] = mapped_column(String(128))
    begun_at: Mapped[datetime]
