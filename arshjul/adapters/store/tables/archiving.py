"""Archive packages."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from arshjul.adapters.store.tables.base import Base, Sha256


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
