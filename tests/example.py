"""The example installation as tests use it: a copy in a folder of its own, an office on it, a clock to set.

Fixtures that hand these out are in `tests/conftest.py`; playing a cycle through is in `tests/play.py`.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from arshjul.adapters.store.database import Database
from arshjul.config import load_installation
from arshjul.cycle import CycleKey
from arshjul.office import Office
from arshjul.plan import Kind
from arshjul.wheel import STOCKHOLM
from cli.demo_installation import copy_config

CONFIG = Path(__file__).parent.parent / "config"
NOWHERE = 9  # the port that nobody listens on: a test that sends letters says where to
T2 = CycleKey("SOL", Kind.T2, 2026)


@dataclass
class Clock:
    """The real time, as far as the office can tell."""

    now: datetime = datetime(2026, 11, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


@dataclass
class Home:
    """An installation's folder, and what time it is there."""

    folder: Path
    clock: Clock = field(default_factory=Clock)

    @classmethod
    def new(cls, folder: Path, store: Path, port: int = NOWHERE) -> "Home":
        """The example's configuration and a copy of the database `store`, in `folder`."""
        home = cls(folder)
        copy_config(CONFIG, folder, port)
        (folder / "data").mkdir()
        shutil.copyfile(store, folder / "data" / "arshjul.sqlite")
        return home

    @property
    def config(self) -> Path:
        return self.folder / "config"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def inbox(self) -> Path:
        return self.data / "inkorg"

    def send_to(self, port: int) -> None:
        """Let the letters go to the mail server on that port."""
        settings = self.config / "settings.yaml"
        settings.write_text(re.sub(r"port: \d+", f"port: {port}", settings.read_text("utf-8")), "utf-8")

    @contextmanager
    def office(self, name: str = "provet:0:a", lock_wait_seconds: float = 0.05) -> Iterator[Office]:
        """An office on this installation; `name` is whom its leases are held by."""
        installation = load_installation(self.config)
        database = Database(installation.settings.database_url, lock_wait_seconds)
        try:
            yield Office(installation, database, self.clock, name)
        finally:
            database.close()


def at(written: str) -> datetime:
    """A time in Stockholm, "2026-09-08 08:00"."""
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM)
