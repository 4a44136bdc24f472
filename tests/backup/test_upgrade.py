"""A database of the first schema, with an approved report in it, is brought up to date and goes on."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from sqlalchemy import MetaData, select

from arshjul.adapters.backup import LIST, back_up
from arshjul.adapters.store import tables
from arshjul.adapters.store.copying import copy_in
from arshjul.adapters.store.database import Database, revisions
from tests.databases import new_database
from tests.example import Home
from tests.play import Play
from tests.stages import PlayFrom

TO_THE_FIRST = f"-{len(revisions()) - 1}"
Rows = dict[str, list[dict[str, str]]]


def rows_of(database: Database) -> Rows:
    """Every row of every table as it lies there, whatever the program's own tables say."""
    metadata = MetaData()
    with database.engine.connect() as connection:
        metadata.reflect(connection)
        return {
            table.name: [
                {name: repr(value) for name, value in row._mapping.items()}
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in metadata.sorted_tables
            if table.name != "alembic_version"
        }


def within(old: Rows, new: Rows) -> Rows:
    """Of the new rows what the old schema had a place for."""
    return {
        table: [{name: row[name] for name in before} for row, before in zip(new[table], rows, strict=True)]
        for table, rows in old.items()
    }


@contextmanager
def moved_to(
    store: str, play: Play, folder: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Home, Database]]:
    """The play's installation with its store on a database of that kind."""
    home = Home(shutil.copytree(play.home.folder, folder / "flyttad"))
    if store == "sqlite":
        database = Database(f"sqlite:///{home.data / 'arshjul.sqlite'}")
        yield home, database
        database.close()
        return
    copy = back_up(play.office.installation, play.office.database, folder / "kopior", play.dates.archive).path
    with new_database(request.getfixturevalue("postgresql")) as url:
        written = url.render_as_string(hide_password=False)
        database = Database(written)
        copy_in(database, copy / "databas", json.loads((copy / LIST).read_text("utf-8"))["schema"])
        settings = home.config / "settings.yaml"
        kept = yaml.safe_load(settings.read_text("utf-8"))
        settings.write_text(yaml.safe_dump({**kept, "database": written}, allow_unicode=True), "utf-8")
        yield home, database
        database.close()


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_what_the_first_schema_holds_is_kept_up_and_down_and_the_cycle_goes_on(
    store: str, play_from: PlayFrom, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    play = play_from("approved")
    with moved_to(store, play, tmp_path, request) as (home, database):
        database.migrate(TO_THE_FIRST)
        old = rows_of(database)
        assert len(old["approved_version"]) == 1
        assert len(old["submission"]) > 5
        for _ in range(2):
            database.migrate()
            assert within(old, rows_of(database)) == old
            database.migrate(TO_THE_FIRST)
            assert rows_of(database) == old
        database.migrate()
        database.close()
        home.send_to(play.outbox.port)
        with home.office() as office:
            again = Play(home, office, play.outbox)
            assert again.dates.distribute is not None
            again.morning(again.dates.distribute)
            again.morning(again.dates.archive)
            taken = {row.name for row in again.rows(tables.Step)}
            assert {"distribute-1", "archive-1"} <= taken
            assert again.morning(again.dates.archive).changes == 0
