"""The two units played through once, for all tests that look at what came of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from tests.example import Home
from tests.units.neighbours import Neighbours, neighbours


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> Iterator[Neighbours]:
    """Both units' T2 from opening to archive."""
    folder = tmp_path_factory.mktemp("grannar")
    with OutboxServer(folder / "utkorg") as outbox:
        home = Home.new(folder / "installation", empty_store, outbox.port)
        with home.office() as office:
            both = neighbours(home, office, outbox)
            both.live()
            yield both
