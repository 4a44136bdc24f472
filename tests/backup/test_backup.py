"""A safety copy is the whole installation: a cycle goes on from it, on either database."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import URL

from arshjul.adapters.backup import LIST, back_up, check_copy, restore_data, restore_files
from arshjul.adapters.store import tables
from arshjul.adapters.store.copying import copy_in, copy_out
from arshjul.adapters.store.database import Database, revisions
from arshjul.config import load_installation
from arshjul.errors import BadInput
from tests.databases import new_database
from tests.example import Home
from tests.play import Play
from tests.stages import PlayFrom


def copied(play: Play, folder: Path) -> Path:
    return back_up(play.office.installation, play.office.database, folder, play.dates.compile).path


def _sorted(play: Play) -> dict[str, list[str]]:
    return {table: sorted(map(repr, rows)) for table, rows in play.everything().items()}


def test_a_cycle_goes_on_from_the_restored_copy_as_it_would_have_gone_on(
    play_from: PlayFrom, tmp_path: Path
) -> None:
    play = play_from("reviewed")
    copy = copied(play, tmp_path / "kopior")
    config = restore_files(copy, tmp_path / "ny")
    home = Home(config.parent)
    database = Database(load_installation(config).settings.database_url)
    restore_data(copy, load_installation(config), database)
    database.close()
    home.send_to(play.outbox.port)
    with home.office() as office:
        again = Play(home, office, play.outbox)
        assert _sorted(again) == _sorted(play)
        for each in (play, again):
            each.morning(play.dates.archive)
        assert _sorted(again).keys() == _sorted(play).keys()
        assert {row.name for row in again.rows(tables.Step)} == {row.name for row in play.rows(tables.Step)}


def test_from_sqlite_to_postgresql_and_back_nothing_is_lost(
    play_from: PlayFrom, tmp_path: Path, postgresql: URL
) -> None:
    play = play_from("archived")
    copy = copied(play, tmp_path / "kopior")
    revision = json.loads((copy / LIST).read_text("utf-8"))["schema"]
    with new_database(postgresql) as url:
        there = Database(url.render_as_string(hide_password=False))
        rows = copy_in(there, copy / "databas", revision)
        assert rows == json.loads((copy / LIST).read_text("utf-8"))["rows"]
        with there.writing() as session:  # numbers go on where they were
            session.add(tables.Unit(code="NY", name="Ny"))
            session.flush()
            cycle = tables.Cycle(unit_code="NY", year=2027, kind="T1", created_at=play.dates.opens)
            session.add(cycle)
            session.flush()
            session.delete(cycle)
            session.flush()
            session.delete(session.get_one(tables.Unit, "NY"))
        copy_out(there, tmp_path / "tillbaka")
        there.close()
    for table in sorted((copy / "databas" / "tabeller").iterdir()):
        assert (tmp_path / "tillbaka" / "tabeller" / table.name).read_text("utf-8") == table.read_text(
            "utf-8"
        )


def test_a_copy_of_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    old = Database(f"sqlite:///{tmp_path / 'gammal.sqlite'}")
    old.migrate(revisions()[0])
    with old.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO unit VALUES ('SOL', 'Solgläntan')")
    revision, rows = copy_out(old, tmp_path / "ut")
    old.close()
    assert (revision, rows["unit"]) == (revisions()[0], 1)
    new = Database(f"sqlite:///{tmp_path / 'ny.sqlite'}")
    copy_in(new, tmp_path / "ut", revision)
    with new.reading() as session:
        assert session.get_one(tables.Unit, "SOL").name == "Solgläntan"
    new.close()


@pytest.mark.parametrize("harm", ["missing", "changed", "no list", "another folder"])
def test_a_copy_that_is_not_whole_is_refused_in_a_sentence(
    play_from: PlayFrom, tmp_path: Path, harm: str
) -> None:
    copy = copied(play_from("opened"), tmp_path / "kopior")
    file = copy / "config" / "settings.yaml"
    match harm:
        case "missing":
            file.unlink()
        case "changed":
            file.write_text("ändrad", "utf-8")
        case "no list":
            (copy / LIST).unlink()
        case _:
            shutil.rmtree(copy)
    with pytest.raises(BadInput, match="säkerhetskopia"):
        restore_files(copy, tmp_path / "ny")
    assert not (tmp_path / "ny").exists()


def test_nothing_that_exists_is_written_over(play_from: PlayFrom, tmp_path: Path) -> None:
    play = play_from("opened")
    copy = copied(play, tmp_path / "kopior")
    assert check_copy(copy).rows > 0
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "viktigt.txt").write_text("kvar", "utf-8")
    with pytest.raises(BadInput, match="inte tom"):
        restore_files(copy, tmp_path / "full")
    with pytest.raises(BadInput, match="inte tom"):
        restore_data(copy, play.office.installation, play.office.database)
