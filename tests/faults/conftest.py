"""Stages to strike on, the same play undisturbed, and the table of the matrix at the end."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from arshjul.adapters.store.database import Database
from tests.databases import new_database, postgresql
from tests.faults.outcome import Outcome
from tests.faults.ready import Ready
from tests.faults.stage import Stage

__all__ = ["postgresql"]

DATABASES = ("sqlite", "postgresql")
UNTIL = "2026-09-03T16:05:00+02:00"  # a short play: forms sent, the first answer taken
StageOn = Callable[..., AbstractContextManager[Stage]]
Undisturbed = Callable[..., Outcome]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where people keep the workbooks they have filled in."""
    return tmp_path_factory.mktemp("ifyllda")


@pytest.fixture(scope="session")
def ready() -> Iterator[Ready]:
    """The program, standing ready: many short plays without starting Python for each."""
    with Ready.standing() as program:
        yield program


@pytest.fixture(scope="session")
def empty_database(postgresql: URL) -> Iterator[str]:
    """The name of a database on PostgreSQL with the newest schema and nothing in it, to copy."""
    with new_database(postgresql) as url:
        database = Database(url.render_as_string(hide_password=False))
        database.migrate()
        database.close()
        yield str(url.database)


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
    """The matrix: places by databases, from what its tests noted (`record_property`)."""
    verdicts: dict[str, dict[str, str]] = {}
    seconds = 0.0
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            noted = dict(report.user_properties)
            if report.when == "call" and "place" in noted:
                verdict = noted.get("verdict", "kom inte fram")
                verdicts.setdefault(noted["place"], {})[noted["database"]] = verdict
                seconds += report.duration
    if not verdicts:
        return
    terminalreporter.section("avbrott × databas")
    terminalreporter.write_line(f"{'':44}{''.join(f'{database:24}' for database in DATABASES)}")
    for place, found in verdicts.items():
        cells = "".join(f"{found.get(database, '–'):24}" for database in DATABASES)
        terminalreporter.write_line(f"{place:44}{cells}")
    ran = [verdict for found in verdicts.values() for verdict in found.values()]
    lost, doubled = (sum(word in one for one in ran) for word in ("förlorat", "dubblerat"))
    well = sum(one.startswith("ok") for one in ran)
    terminalreporter.write_line(
        f"{len(ran)} körningar: {well} ok, {lost} med något förlorat, {doubled} med något dubblerat; "
        f"{seconds:.0f} sekunder i körningarna"
    )
