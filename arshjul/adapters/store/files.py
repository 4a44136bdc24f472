"""Bytes in the store by their hash. Called by every step that makes or receives a file."""

import hashlib

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from arshjul.adapters.store.tables import StoredFile
from arshjul.adapters.store.turns import put_down_once

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
HTML = "text/html; charset=utf-8"


# The bytes are read only where they are asked for.
_KNOWN = select(StoredFile.sha256).where(StoredFile.sha256 == bindparam("sha256"))
_CONTENT = select(StoredFile.content).where(StoredFile.sha256 == bindparam("sha256"))


def keep_file(session: Session, content: bytes, media_type: str) -> str:
    """The SHA-256 under which the bytes are kept; the same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    if session.scalar(_KNOWN, {"sha256": sha256}) is None:
        put_down_once(session, StoredFile, sha256=sha256, media_type=media_type, content=content)
    return sha256


def file_content(session: Session, sha256: str) -> bytes:
    """The bytes of a kept file."""
    return session.execute(_CONTENT, {"sha256": sha256}).scalar_one()
