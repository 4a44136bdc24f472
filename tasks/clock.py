"""The real time, asked for once at the start of a run and handed on from there."""

from datetime import UTC, datetime


def at_or_now(at: datetime | None) -> datetime:
    """`at`, or the time as it is now (aware)."""
    return at or datetime.now(UTC)
