"""Stores to test on: every test of `store` runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from arshjul.adapters.store.database import Database
from tests.databases import empty_database, kind_of_store, migrated_url, postgresql, store_url

__all__ = ["empty_database", "kind_of_store", "migrated_url", "postgresql", "store", "store_url"]


@pytest.fixture
def store(migrated_url: str) -> Iterator[Database]:
    """A store with the newest schema, that waits for a lock only briefly."""
    database = Database(migrated_url, lock_wait_seconds=0.1)
    yield database
    database.close()
