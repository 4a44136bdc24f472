"""Prefect for the tests of flows: one server for all of them, quiet, without heartbeats."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

# Before Prefect is imported: it reads its environment once.
os.environ |= {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}

from prefect.settings import (
    PREFECT_API_DATABASE_CONNECTION_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)
from prefect.testing.utilities import prefect_test_harness

from tasks.installed import CONFIG_VARIABLE, close_offices
from tests.play import Play
from tests.stages import PlayFrom


@pytest.fixture(scope="session")
def prefect_database() -> Iterator[Path]:
    """The database of a running Prefect server of the tests' own."""
    quiet = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_LOGGING_TO_API_ENABLED: False}
    with prefect_test_harness(server_startup_timeout=180), temporary_settings(quiet):
        path = make_url(str(PREFECT_API_DATABASE_CONNECTION_URL.value())).database
        assert path is not None
        yield Path(path)


class Prefect:
    """What Prefect has put down since the test began."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._seen = {table: self._ids(table) for table in ("flow_run", "task_run", "artifact")}

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._database)) as connection:
            return connection.execute(query).fetchall()

    def _ids(self, table: str) -> set[str]:
        return {row[0] for row in self._rows(f"SELECT id FROM {table}")}

    def _new(self, table: str, columns: str) -> list[tuple[Any, ...]]:
        rows = self._rows(f"SELECT id, {columns} FROM {table} ORDER BY created")
        return [row[1:] for row in rows if row[0] not in self._seen[table]]

    def flow_runs(self) -> list[tuple[str, str]]:
        """(name, state) of each run of a flow."""
        return [(str(name), str(state)) for name, state in self._new("flow_run", "name, state_name")]

    def names(self) -> set[str]:
        """The names of the runs of flows."""
        return {name for name, _ in self.flow_runs()}

    def artifacts(self, key: str) -> list[str]:
        """What the artifacts of that key hold, as text."""
        return [json.loads(data) for found, data in self._new("artifact", "key, data") if found == key]

    def everything(self) -> str:
        """The whole database as text, whatever table it stands in."""
        with closing(sqlite3.connect(self._database)) as connection:
            return "\n".join(connection.iterdump())


@pytest.fixture
def prefect(prefect_database: Path) -> Prefect:
    return Prefect(prefect_database)


@pytest.fixture
def play_in_prefect(play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlayFrom]:
    """A play at a stage, whose installation is the one that flows and tasks serve."""

    def begin(stage: str) -> Play:
        play = play_from(stage)
        monkeypatch.setenv(CONFIG_VARIABLE, str(play.home.config))
        return play

    yield begin
    close_offices()
