"""The play moment by moment, undisturbed: what the world looked like before each, and what each made of it.

A place where something strikes lies in one moment. A stage is laid as it was before that moment, struck, run
again to the moment's end, and compared with what the moment makes undisturbed: rows, files and letters, all
of them. What is alike there goes on alike. Called by the matrix.
"""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url

from arshjul.adapters.outbox_server import Keeper, OutboxServer
from cli.demo_installation import copy_config
from tests.example import CONFIG
from tests.faults.drive import script
from tests.faults.outcome import Outcome, outcome_of
from tests.faults.ready import Ready
from tests.faults.setting import Setting, office_at
from tests.faults.stage import Ended

DISK = "48m"  # how much room there is under data/, where a disk can be made full
KEPT = ("data", "utkorg", "notes.txt", "säkerhetskopior", "återställd")


@dataclass
class Scenes:
    """The moments of one play on one kind of database, and the stage on which they are struck."""

    folder: Path  # the stage; always the same, since paths are among what is compared
    database: str  # the stage's own
    server: URL | None  # where there is one: PostgreSQL's administrator
    ready: Ready
    filled: Path
    disk: bool  # whether data/ is a small disk of its own
    moments: list[str] = field(default_factory=list)
    made: list[Outcome] = field(default_factory=list)
    passed: list[Counter[str]] = field(default_factory=list)

    def play(self) -> None:
        """Every moment once, in peace; what stood before each is kept."""
        with (
            self._stage("") as stage,
            office_at(self.folder, replace(stage.setting, database="sqlite://")) as office,
        ):
            self.moments = [each.isoformat() for each in script(office, self.folder, stage.setting)]
        self._clear()
        for number, moment in enumerate(self.moments):
            self._keep(number)
            with self._stage(moment) as stage:
                self.made.append(stage.finished())
            self.passed.append(Counter(self.made[-1].passed))

    def places(self) -> list[str]:
        """Every place that the play comes by, in order of the first time."""
        return list(dict.fromkeys(place for passed in self.passed for place in passed))

    @contextmanager
    def before(self, place: str, *, the_next_too: bool = False) -> Iterator[tuple["Staged", str, Outcome]]:
        """The stage as before the moment with `place` ("letters-claimed:3": the third time in the play).

        With it where the place is in that moment, and what the moment makes undisturbed; with `the_next_too`
        what that and the one after it make, to which the stage then plays.
        """
        name, _, wanted = place.partition(":")
        left = int(wanted or 1)
        moment = 0
        while left > self.passed[moment][name]:
            left -= self.passed[moment][name]
            moment += 1
            assert moment < len(self.moments), f"the play does not come by {place}"
        self._lay(moment)
        with self._stage(self.moments[moment]) as stage:
            last = min(moment + the_next_too, len(self.moments) - 1)
            stage.end = self.moments[last]
            yield stage, f"{name}:{left}", self.made[last]

    @contextmanager
    def _stage(self, moment: str) -> Iterator["Staged"]:
        stage = Staged(self, Setting(self.database, 0, str(self.filled), corrected=True))
        stage.setting, stage.end = replace(stage.setting, until=moment), moment
        stage.open_mail()
        try:
            yield stage
        finally:
            stage.close_mail()

    def _kept(self, number: int) -> Path:
        return self.folder.with_name(f"{self.folder.name}-{number}")

    def _keep(self, number: int) -> None:
        kept = self._kept(number)
        kept.mkdir()
        for name in KEPT:
            _copy(self.folder / name, kept / name)
        if self.server:
            self._administer(
                f"CREATE DATABASE {self._named(number)} TEMPLATE {self._named()} STRATEGY FILE_COPY"
            )

    def _lay(self, number: int) -> None:
        self._clear()
        for name in KEPT:
            _copy(self._kept(number) / name, self.folder / name)
        if self.server:
            self._administer(
                f"DROP DATABASE {self._named()} WITH (FORCE)",
                f"CREATE DATABASE {self._named()} TEMPLATE {self._named(number)} STRATEGY FILE_COPY",
            )

    def _clear(self) -> None:
        for name in KEPT:
            path = self.folder / name
            for each in path.iterdir() if path.is_dir() else ():  # data/ itself may be a mount
                shutil.rmtree(each) if each.is_dir() else each.unlink()
            if path.is_file():
                path.unlink()

    def _named(self, number: int | None = None) -> str:
        return f"{make_url(self.database).database}{'' if number is None else f'_{number}'}"

    def _administer(self, *orders: str) -> None:
        assert self.server is not None
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for order in orders:
                connection.exec_driver_sql(order)
        engine.dispose()


@dataclass
class Staged:
    """A stage at the beginning of a moment, with a mail server."""

    scenes: Scenes
    setting: Setting
    end: str = ""  # the last moment that is played
    outbox: OutboxServer | None = None
    said: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.scenes.folder

    def run(self, faults: dict[str, str] | None = None, **otherwise: Any) -> Ended:
        """Play the moment, to its end or to where a fault strikes."""
        setting = replace(self.setting, **otherwise)
        (self.folder / "setting.json").write_text(json.dumps(asdict(setting)), "utf-8")
        return self._ended(*self.scenes.ready.run(self.folder, faults or {}))

    def go_on(self) -> Ended:
        """What stood still goes on to its end."""
        return self._ended(*self.scenes.ready.go_on(self.folder))

    def _ended(self, code: int, said: str, trouble: str) -> Ended:
        self.said += said.splitlines()
        return Ended(code, said, trouble)

    def finished(self) -> Outcome:
        """Play to the end; what has been made so far."""
        ended = self.run(until=self.end)
        assert ended.code == 0, ended.trouble or ended.said
        assert "klart; 0 ändringar när det körs igen" in ended.said
        return outcome_of(self.folder, self.setting.database, self.said)

    @contextmanager
    def without_mail(self) -> Iterator[None]:
        """Nobody answers at the mail server's port."""
        self.close_mail()
        yield
        self.open_mail()

    def open_mail(self) -> None:
        """The mail server stands up, where it stood before."""
        outbox = self.folder / "utkorg"
        self.outbox = OutboxServer(outbox, self.setting.port, Keeper(outbox, lasting=False))
        self.outbox.__enter__()
        self.setting = replace(self.setting, port=self.outbox.port)

    def close_mail(self) -> None:
        """It is gone."""
        if self.outbox is not None:
            self.outbox.__exit__(None, None, None)
        self.outbox = None


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, copy_function=shutil.copy2)
    elif source.is_file():
        shutil.copy2(source, target)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of its own at `folder`, small enough to fill; False where this user may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def scenes_on(
    folder: Path, database: str, server: URL | None, ready: Ready, filled: Path
) -> Iterator[Scenes]:
    """The play on a database, played once; its stage is in `folder`."""
    with small_disk(folder / "data") as disk:
        copy_config(CONFIG, folder, port=25)
        (folder / "utkorg").mkdir()
        scenes = Scenes(folder, database, server, ready, filled, disk)
        scenes.play()
        yield scenes
