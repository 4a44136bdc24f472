"""The ways into the portal: personal links, sessions, one-time codes. Only hashes are stored.

A link is a random 256-bit token bound to a person (and a cycle); it lapses, and can be withdrawn. Opening it
begins a session under a secret of its own. What a session may do is `arshjul.access`. Called by the portal
and where letters are written.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.turns import take_turn

SESSION = timedelta(hours=12)
CODE = timedelta(minutes=10)
CODE_TRIES = 5


class Strength(StrEnum):
    """How somebody showed who she is. A link alone does not open answers marked secret."""

    LINK = "link"
    CODE = "code"  # a link, and a one-time code sent to the known address
    SSO = "sso"  # the city's own single sign-on


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that holds: who, how strongly, and the link that it was begun with."""

    session_id: int
    person: str
    strength: Strength
    link_id: int | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a link gave: the secret of a new session, and the cycle it leads to."""

    secret: str
    person: str
    cycle_id: int | None


def hashed(secret: str) -> str:
    """The SHA-256 under which a token, code or secret is known."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def make_link(session: Session, person: str, cycle_id: int | None, now: datetime, lasts: timedelta) -> str:
    """A new link's token; it is given once and stored nowhere."""
    token = secrets.token_urlsafe(32)
    session.add(
        tables.PersonalLink(
            token_sha256=hashed(token), person=person, cycle_id=cycle_id, made_at=now, lapses_at=now + lasts
        )
    )
    return token


def open_link(session: Session, token: str, now: datetime) -> Opened | None:
    """Begin a session with a link; None where it is unknown, lapsed or withdrawn.

    A link can be opened again until it lapses: mail programs open links before people do.
    """
    link = session.scalar(
        select(tables.PersonalLink).where(tables.PersonalLink.token_sha256 == hashed(token))
    )
    if link is None or link.withdrawn_at is not None or link.lapses_at <= now:
        return None
    secret = begin_session(session, link.person, Strength.LINK, now, link.id)
    return Opened(secret, link.person, link.cycle_id)


def withdraw_links(session: Session, person: str, now: datetime) -> int:
    """Withdraw every link of a person and end her sessions; the number of links."""
    links = session.scalars(
        select(tables.PersonalLink).where(
            tables.PersonalLink.person == person, tables.PersonalLink.withdrawn_at.is_(None)
        )
    ).all()
    for link in links:
        link.withdrawn_at = now
    session.execute(
        update(tables.PortalSession)
        .where(tables.PortalSession.person == person, tables.PortalSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    return len(links)


def begin_session(
    session: Session, person: str, strength: Strength, now: datetime, link_id: int | None = None
) -> str:
    """A new session's secret: always a new one, so that none can be planted beforehand."""
    secret = secrets.token_urlsafe(32)
    session.add(
        tables.PortalSession(
            secret_sha256=hashed(secret),
            person=person,
            strength=strength.value,
            link_id=link_id,
            begun_at=now,
            lapses_at=now + SESSION,
        )
    )
    return secret


def find_visit(session: Session, secret: str, now: datetime) -> Visit | None:
    """The session that a cookie names, None where it has lapsed or ended, or its link was withdrawn."""
    found = session.execute(_VISIT, {"secret_sha256": hashed(secret)}).one_or_none()
    if (
        found is None
        or found.withdrawn_at is not None
        or found.ended_at is not None
        or found.lapses_at <= now
    ):
        return None
    return Visit(found.id, found.person, Strength(found.strength), found.link_id)


_VISIT = (  # made once: every page asks it
    select(
        tables.PortalSession.id,
        tables.PortalSession.person,
        tables.PortalSession.strength,
        tables.PortalSession.link_id,
        tables.PortalSession.ended_at,
        tables.PortalSession.lapses_at,
        tables.PersonalLink.withdrawn_at,
    )
    .outerjoin(tables.PersonalLink, tables.PortalSession.link_id == tables.PersonalLink.id)
    .where(tables.PortalSession.secret_sha256 == bindparam("secret_sha256"))
)


def visit_of(session: Session, session_id: int, now: datetime) -> Visit | None:
    """A session by its number, where it still holds."""
    found = session.get(tables.PortalSession, session_id)
    if found is None or found.ended_at is not None or found.lapses_at <= now:
        return None
    return Visit(found.id, found.person, Strength(found.strength), found.link_id)


def end_session(session: Session, visit: Visit, now: datetime) -> None:
    """Log out."""
    session.get_one(tables.PortalSession, visit.session_id).ended_at = now


def make_code(session: Session, visit: Visit, now: datetime) -> str:
    """A six-digit code for the session; one that was made before no longer holds."""
    session.execute(
        update(tables.OneTimeCode)
        .where(tables.OneTimeCode.session_id == visit.session_id, tables.OneTimeCode.used_at.is_(None))
        .values(used_at=now)
    )
    code = f"{secrets.randbelow(1_000_000):06}"
    session.add(
        tables.OneTimeCode(session_id=visit.session_id, code_sha256=hashed(code), lapses_at=now + CODE)
    )
    return code


def use_code(session: Session, visit: Visit, code: str, now: datetime) -> str | None:
    """A stronger session's secret when the code is right; None otherwise. Few tries are given."""
    row = session.scalar(
        select(tables.OneTimeCode)
        .where(tables.OneTimeCode.session_id == visit.session_id, tables.OneTimeCode.used_at.is_(None))
        .with_for_update()
    )
    if row is None or row.lapses_at <= now or row.tries >= CODE_TRIES:
        return None
    row.tries += 1
    if not secrets.compare_digest(row.code_sha256, hashed(code.strip())):
        return None
    row.used_at = now
    session.get_one(tables.PortalSession, visit.session_id).ended_at = now
    return begin_session(session, visit.person, Strength.CODE, now, visit.link_id)


def within_limit(
    session: Session, kind: str, by: str, now: datetime, *, most: int, within: timedelta
) -> bool:
    """Count an attempt by somebody (an address, a machine); False when there have been too many."""
    take_turn(session, f"attempts {kind}")
    by_sha256 = hashed(f"{kind} {by}")
    made = session.scalar(
        select(func.count())
        .select_from(tables.Attempt)
        .where(
            tables.Attempt.by_sha256 == by_sha256,
            tables.Attempt.kind == kind,
            tables.Attempt.at > now - within,
        )
    )
    if (made or 0) >= most:
        return False
    session.add(tables.Attempt(kind=kind, by_sha256=by_sha256, at=now))
    return True
