"""An installation of one's own for every test that wants one, made in milliseconds."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store.database import Database
from arshjul.office import Office
from tests.example import Clock, Home
from tests.sharing_out import SharedOut, longest_first

if TYPE_CHECKING:
    from tests.play import Play
    from tests.stages import PlayFrom, Stages


# The same examples in every run, so that what is green stays green; others with --hypothesis-profile=wild.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("wild", deadline=None)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first."""
    longest_first(items)


@pytest.hookimpl(optionalhook=True)  # -p no:xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharedOut | None:
    """Where files are shared out, folders that share more go whole."""
    return SharedOut(config, log) if config.getoption("dist") == "loadfile" else None


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


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> "Iterator[Stages]":
    """The stages of the example's T2, played on as far as tests ask."""
    from tests.play import Play  # here: unit tests have no use for pandas and what else a cycle needs
    from tests.stages import Stages

    folder = tmp_path_factory.mktemp("lagen")
    with OutboxServer(folder / "utkorg") as outbox:
        home = Home.new(folder / "spelas", empty_store, outbox.port)
        with home.office() as office:
            yield Stages(Play(home, office, outbox), folder)


@pytest.fixture
def play_from(stages: "Stages", tmp_path: Path, outbox: OutboxServer) -> "Iterator[PlayFrom]":
    """`play_from("compiled")`: a play of one's own that goes on from there. Its outbox is empty."""
    from tests.play import Play

    with ExitStack() as open_offices:

        def begin(stage: str) -> "Play":
            home = Home(shutil.copytree(stages.at(stage), tmp_path / "installation"))
            home.send_to(outbox.port)
            return Play(home, open_offices.enter_context(home.office()), outbox)

        yield begin
