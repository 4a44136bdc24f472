"""The migrations make what the tables say, up, down and up again, with rows in them."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from arshjul.adapters.store import tables
from arshjul.adapters.store.database import MIGRATIONS, Database, newest_revision, revisions
from arshjul.errors import ArshjulError
from tests.store.rows import NOW, a_cycle, an_answer


def test_tables_and_migrations_agree(store: Database) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, tables.Base.metadata)
    assert differences == [], "make a migration for the change of the tables: docs/drift.md says how"


def test_the_schema_goes_up_down_and_up_with_rows_in_it(store: Database) -> None:
    with store.writing() as session:
        an_answer(session, number=None)
    store.migrate("base")
    with store.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    store.migrate()
    with store.writing() as session:
        an_answer(session, number=None)
    with store.reading() as session:
        assert len(session.scalars(select(tables.Submission)).all()) == 1


def test_each_step_up_keeps_the_rows_that_were_there(store_url: str) -> None:
    database = Database(store_url)
    for number in revisions():
        database.migrate(number)
        if number == revisions()[0]:
            with database.writing() as session:
                session.add(tables.Unit(code="SOL", name="Solgläntan"))
                session.flush()
                session.execute(
                    text(
                        "INSERT INTO cycle (unit_code, year, kind, created_at) VALUES ('SOL',2026,'T2',:now)"
                    ),
                    {"now": NOW.replace(tzinfo=None)},
                )
    with database.reading() as session:
        kept = session.scalars(select(tables.Cycle)).one()
        assert (kept.kind, kept.month) == ("T2", 0)
    database.close()


def test_migrating_what_is_newest_changes_nothing(store: Database) -> None:
    with store.writing() as session:
        a_cycle(session)
    store.migrate()
    with store.reading() as session:
        assert len(session.scalars(select(tables.Cycle)).all()) == 1


def test_the_newest_revision_is_known_without_alembic_and_is_alembics() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [newest_revision()]
    assert [revision.revision for revision in script.walk_revisions()] == revisions()[::-1]


def test_a_store_of_a_newer_program_is_left_alone(store: Database) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ArshjulError, match=r"nyare version av Årshjul \(schema 9999\)"):
        store.migrate()


def test_foreign_keys_hold_again_after_a_migration(tmp_path: Path, empty_store: Path) -> None:
    shutil.copyfile(empty_store, tmp_path / "a.sqlite")
    database = Database(f"sqlite:///{tmp_path / 'a.sqlite'}")
    database.migrate("base")
    database.migrate()
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()
