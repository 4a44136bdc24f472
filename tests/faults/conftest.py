"""Stages to strike on, the same play undisturbed, and the table of the matrix at the end."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

from tests.databases import empty_database, new_database, postgresql, started_server
from tests.faults.blows import Blow, kill_all
from tests.faults.outcome import Outcome
from tests.faults.ready import Ready
from tests.faults.scenes import Scenes
from tests.faults.scenes import scenes_on as played_on
from tests.faults.stage import Stage

__all__ = ["empty_database", "postgresql"]

DATABASES = ("sqlite", "postgresql")
UNTIL = "2026-09-03T16:05:00+02:00"  # a short play: forms sent, the first answer taken
StageOn = Callable[..., AbstractContextManager[Stage]]
Undisturbed = Callable[..., Outcome]
ScenesOn = Callable[..., Scenes]
KillServer = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where people keep the workbooks they have filled in."""
    return tmp_path_factory.mktemp("ifyllda")


@pytest.fixture(scope="session")
def ready() -> Iterator[Ready]:
    """The program, standing ready: many short plays without starting Python for each."""
    with Ready.standing() as program:
        yield program


@pytest.fixture
def stage_on(request: pytest.FixtureRequest, tmp_path: Path, empty_store: Path, filled: Path) -> StageOn:
    """`with stage_on("postgresql") as stage`: a fresh installation on a store of that kind.

    With `bare` the store has no tables yet.
    """

    marked = request.node.get_closest_marker("faults") is not None
    ready = request.getfixturevalue("ready") if marked else None

    @contextmanager
    def on(database: str, *, bare: bool = False, **setting: Any) -> Iterator[Stage]:
        folder = tmp_path / database
        if database == "sqlite":
            (folder / "data").mkdir(parents=True)
            if not bare:
                shutil.copyfile(empty_store, folder / "data" / "arshjul.sqlite")
            with Stage.at(folder, _file(folder), filled, ready, **setting) as stage:
                yield stage
            return
        template = None if bare else request.getfixturevalue("empty_database")
        with new_database(request.getfixturevalue("postgresql"), template) as url:
            written = url.render_as_string(hide_password=False)
            with Stage.at(folder, written, filled, ready, **setting) as stage:
                yield stage

    return on


@dataclass
class OwnServer:
    """A PostgreSQL that may be killed, and stands up again from its own log."""

    server: Any

    @property
    def url(self) -> URL:
        return make_url(self.server.get_uri()).set(drivername="postgresql+psycopg")

    def new_database(self) -> str:
        """An empty database, that goes when the server goes."""
        name = f"scen_{uuid4().hex}"
        self.server.psql(f"CREATE DATABASE {name}")
        return self.url.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def killed(self) -> Iterator[None]:
        """It and all its processes are gone, as when the power goes; started again at the end."""
        first = self.server.get_pid()
        kill_all([first, *(int(pid) for pid in _listed("--ppid", str(first)))])
        while _listed("-p", str(first)):
            time.sleep(0.02)
        yield
        with suppress(
            subprocess.SubprocessError
        ):  # it gives up after ten seconds; on a busy machine we do not
            self.server.ensure_postgres_running()
        for _ in range(240):
            try:
                psycopg.connect(self.server.get_uri()).close()
                break
            except psycopg.OperationalError:
                time.sleep(0.5)
        self.server.ensure_postgres_running()


def _listed(*which: str) -> list[str]:
    listed = subprocess.run(["ps", "-o", "pid=", *which], capture_output=True, text=True, check=False)
    return listed.stdout.split()


@pytest.fixture(scope="session")
def own_server() -> Iterator[OwnServer]:
    """A PostgreSQL of this test run's own."""
    with started_server() as server:
        yield OwnServer(server)


@pytest.fixture
def kill_server(request: pytest.FixtureRequest) -> KillServer:
    """`with kill_server():` PostgreSQL is gone meanwhile."""
    return lambda: request.getfixturevalue("own_server").killed()


@pytest.fixture(scope="session")
def scenes_on(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, ready: Ready, filled: Path
) -> Iterator[ScenesOn]:
    """`scenes_on("postgresql")`: the play moment by moment, on a database of that kind. Played once."""
    known: dict[str, Scenes] = {}
    with ExitStack() as standing:

        def on(database: str) -> Scenes:
            if database not in known:
                folder = tmp_path_factory.mktemp("scen") / "scen"
                folder.mkdir()
                url, server = _file(folder), None
                if database == "postgresql":
                    server = request.getfixturevalue("own_server").url
                    url = request.getfixturevalue("own_server").new_database()
                known[database] = standing.enter_context(played_on(folder, url, server, ready, filled))
            return known[database]

        yield on


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Undisturbed:
    """`undisturbed(until=…)`: what the play makes when nothing strikes. Played once, on SQLite."""
    known: dict[str, Outcome] = {}

    def outcome(**setting: Any) -> Outcome:
        if repr(setting) not in known:
            folder = tmp_path_factory.mktemp("ostort")
            with Stage.at(folder, _file(folder), filled, **setting) as stage:
                known[repr(setting)] = stage.finished()
        return known[repr(setting)]

    return outcome


def _file(folder: Path) -> str:
    return f"sqlite:///{folder / 'data' / 'arshjul.sqlite'}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The matrix: places by blows and databases, from what its tests noted (`record_property`)."""
    verdicts: dict[str, dict[tuple[str, str], str]] = {}
    seconds = 0.0
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            noted = dict(report.user_properties)
            if report.when == "call" and "place" in noted:
                verdict = noted.get("verdict", "kom inte fram")
                verdicts.setdefault(noted["place"], {})[noted["blow"], noted["database"]] = verdict
                seconds += report.duration
    if not verdicts:
        return
    columns = [
        (blow, database)
        for blow in Blow
        for database in DATABASES
        if any((blow, database) in found for found in verdicts.values())
    ]
    terminalreporter.section("platser × fel × databas")
    for number, (blow, database) in enumerate(columns, start=1):
        terminalreporter.write_line(f"{number:>3}  {blow}, {database}")
    terminalreporter.write_line(f"{'':44}{''.join(f'{number:>5}' for number, _ in enumerate(columns, 1))}")
    for place, found in sorted(verdicts.items()):
        cells = "".join(f"{_short(found.get(column, '–')):>5}" for column in columns)
        terminalreporter.write_line(f"{place:44}{cells}")
    ran = [verdict for found in verdicts.values() for verdict in found.values()]
    lost, doubled = (sum(word in one for one in ran) for word in ("förlorat", "dubblerat"))
    well, twice = sum(one.startswith("ok") for one in ran), sum("två gånger" in one for one in ran)
    terminalreporter.write_line(
        f"{len(ran)} körningar: {well} ok, {lost} med något förlorat, {doubled} med något dubblerat; "
        f"i {twice} kom brevet som var på väg två gånger (2), med samma Message-ID. "
        f"{seconds:.0f} sekunder i körningarna."
    )


def _short(verdict: str) -> str:
    """A verdict in a cell: ok, 2 (the one in flight came twice), – (not tried), or FEL."""
    if verdict.startswith("ok"):
        return "2" if "två gånger" in verdict else "ok"
    return verdict if verdict == "–" else "FEL"
