"""What has to be told, and the letters that tell it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Code, Sha256


class Notice(Base):
    """What has to be told, once: unique by kind, cause and receiver. Carried by a letter.

    `receiver` is whose matter it is; the letter may go to who stands in for her. `meant_at` is when it should
    have gone, known when it is late or when it has been put in a letter. Withdrawn is what was no longer
    true, or had been said better, before it left.
    """

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
    meant_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None] = mapped_column(String(20))


class Letter(Base):
    """The envelope. pending -> claimed -> sent, or refused (for good), or given up.

    `refused_sha256` is the hash of the address that was refused: with another address it is tried anew.
    `redirected`: it went to the test box of the settings, not to its receiver. A claimed letter may have left
    from `handed_over_at` on; without it, it has not.
    """

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    receiver: Mapped[str] = mapped_column(Code)
    message_id: Mapped[str] = mapped_column(String(255), unique=True)
    state: Mapped[str] = mapped_column(String(12), index=True)
    created_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(120))
    claimed_until: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    uncertain: Mapped[bool] = mapped_column(default=False)
    not_before: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    refused_sha256: Mapped[str | None] = mapped_column(Sha256)
    redirected: Mapped[bool] = mapped_column(default=False)
    trouble: Mapped[str | None]
