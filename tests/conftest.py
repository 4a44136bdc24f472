"""An installation of one's own for every test that wants one, made in milliseconds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store.database import Database
from arshjul.office import Office
from tests.example import Clock, Home


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema and nothing in it: copied, it saves each test the migrations."""
    path = tmp_path_factory.mktemp("tom") / "arshjul.sqlite"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[OutboxServer]:
    """A mail server on loopback that keeps what it gets."""
    with OutboxServer(tmp_path / "utkorg") as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, empty_store: Path) -> Home:
    """The example installation in a folder of its own. It has no mail server."""
    return Home.new(tmp_path / "installation", empty_store)


@pytest.fixture
def clock(home: Home) -> Clock:
    """The clock of that installation."""
    return home.clock


@pytest.fixture
def office(home: Home) -> Iterator[Office]:
    """An office on that installation."""
    with home.office() as opened:
        yield opened
