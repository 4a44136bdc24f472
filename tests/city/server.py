"""A PostgreSQL of the system's own package, started for these tests: Prefect's server needs its pg_trgm.

The PostgreSQL that other tests start from a Python package comes without extensions. ARSHJUL_TEST_POSTGRESQL
names another server instead. Where there is neither, the tests are skipped, save where CI=true.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from tests.databases import SERVER_VARIABLE
from tests.faults.test_serving import free_port

PATIENCE = 60.0


@pytest.fixture(scope="session")
def postgresql_with_extensions() -> Iterator[URL]:
    """The URL of a database on a running server, whose user may make databases."""
    if SERVER_VARIABLE not in os.environ and not _installed():
        said = f"install postgresql, or set {SERVER_VARIABLE} to a server with pg_trgm"
        assert os.environ.get("CI") != "true", said
        pytest.skip(said)
    with started_postgresql(durable=False) as url:
        yield url


@contextmanager
def started_postgresql(*, durable: bool) -> Iterator[URL]:
    """The same outside a test; `durable`: whatever is committed has reached the disk."""
    if SERVER_VARIABLE in os.environ:
        yield make_url(os.environ[SERVER_VARIABLE]).set(drivername="postgresql+psycopg")
        return
    # PostgreSQL will not be root; and the folder is not pytest's, which is shut to others.
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="arshjul-postgresql-", ignore_cleanup_errors=True) as folder:
        if user is not None:
            shutil.chown(folder, user)
        yield from _server(_installed()[-1], Path(folder), user, durable=durable)


def _installed() -> list[Path]:
    """The programs of each PostgreSQL on the machine, the newest last."""
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))


def _server(programs: Path, folder: Path, user: str | None, *, durable: bool) -> Iterator[URL]:
    port = free_port()
    url = make_url(f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres")
    made = ("-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    subprocess.run([programs / "initdb", *made], user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    options = ("-D", str(folder / "data"), "-h", "127.0.0.1", "-p", str(port), "-k", str(folder))
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [programs / "postgres", *options, "-c", f"fsync={'on' if durable else 'off'}"],
            user=user,
            cwd=folder,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            _wait_for(url, folder / "log")
            yield url
        finally:
            server.send_signal(signal.SIGINT)


def _wait_for(url: URL, log: Path) -> None:
    written = url.set(drivername="postgresql").render_as_string(hide_password=False)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(written).close()
            return
        except psycopg.OperationalError:
            assert time.monotonic() < end, log.read_text("utf-8")
            time.sleep(0.1)
