"""Stores to test on: every test of `store` runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from arshjul.adapters.store.database import Database
from tests.databases import postgresql, store_url

__all__ = ["postgresql", "store", "store_url"]


@pytest.fixture
def store(store_url: str) -> Iterator[Database]:
    """A store with the newest schema, that waits for a lock only briefly."""
    database = Database(store_url, lock_wait_seconds=0.1)
    database.migrate()
    yield database
    database.close()
