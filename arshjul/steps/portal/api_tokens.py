"""Integrations' tokens: made once, known by their hash, held to deeds and a unit. For command and API."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.access import Deed
from arshjul.adapters.store import tables
from arshjul.steps.portal.ways_in import hashed

LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Integration:
    """Whoever holds a token: what it may do, and in which unit (None: all)."""

    name: str
    unit_code: str | None
    deeds: frozenset[Deed]


def make_token(
    session: Session, name: str, deeds: Iterable[Deed], unit_code: str | None, now: datetime
) -> str:
    """A new token; it is given once and stored nowhere. An older one of the same name no longer holds."""
    withdraw_token(session, name, now)
    token = f"arshjul_{secrets.token_urlsafe(32)}"
    session.add(
        tables.ApiToken(
            token_sha256=hashed(token),
            name=name,
            unit_code=unit_code,
            deeds=sorted(deed.value for deed in deeds),
            made_at=now,
            lapses_at=now + LASTS,
        )
    )
    return token


def withdraw_token(session: Session, name: str, now: datetime) -> int:
    """Withdraw the tokens of a name; how many held."""
    rows = session.scalars(
        select(tables.ApiToken).where(tables.ApiToken.name == name, tables.ApiToken.withdrawn_at.is_(None))
    ).all()
    for row in rows:
        row.withdrawn_at = now
    return len(rows)


def integration_of(session: Session, token: str, now: datetime) -> Integration | None:
    """Who holds a token; None where it is unknown, lapsed or withdrawn."""
    row = session.scalar(select(tables.ApiToken).where(tables.ApiToken.token_sha256 == hashed(token)))
    if row is None or row.withdrawn_at is not None or row.lapses_at <= now:
        return None
    known = {deed.value for deed in Deed}
    return Integration(row.name, row.unit_code, frozenset(Deed(d) for d in row.deeds if d in known))
