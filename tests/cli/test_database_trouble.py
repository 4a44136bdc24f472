"""A database that cannot be used is one line that says what to do, without its password."""

import sqlite3
from pathlib import Path

import pytest
import yaml
from sqlalchemy import make_url

from arshjul.adapters.store.database import Database
from tests.cli.conftest import Arshjul
from tests.databases import kind_of_store, postgresql, store_url
from tests.example import Home
from tests.stages import PlayFrom

__all__ = ["kind_of_store", "postgresql", "store_url"]


def point_at(home: Home, address: str) -> None:
    """Let the installation's database be the one at `address`."""
    path = home.config / "settings.yaml"
    settings = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump({**settings, "database": address}), "utf-8")


COMMANDS = [
    ("status",),
    ("status", "T2", "2026", "--unit", "SOL", "--json"),
    ("approve", "T2", "2026", "--unit", "SOL", "--by", "karin"),
    ("run", "T2", "2026", "--unit", "SOL", "--now", "2026-08-24T08:00"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_server_that_is_down_is_told_in_one_line(
    home: Home, arshjul: Arshjul, command: tuple[str, ...]
) -> None:
    point_at(home, "postgresql+psycopg://arshjul:hemligt@127.0.0.1:9/arshjul")
    assert arshjul(*command, "--config", home.config).sentence == (
        "Databasen arshjul på 127.0.0.1:9 går inte att nå. Kontrollera adressen och att den är igång."
    )


def test_what_is_restored_to_a_server_that_is_down_can_be_begun_anew(
    arshjul: Arshjul, play_from: PlayFrom, tmp_path: Path
) -> None:
    play = play_from("opened")
    assert arshjul("backup", tmp_path / "kopior", "--config", play.home.config).status == 0
    [copy] = (tmp_path / "kopior").iterdir()
    address = "postgresql+psycopg://arshjul:hemligt@127.0.0.1:9/arshjul"
    ended = arshjul("restore", copy, tmp_path / "ny", "--database", address)
    assert (ended.status, ended.err) == (
        2,
        "Databasen arshjul på 127.0.0.1:9 går inte att nå. Kontrollera adressen och att den är igång.\n",
    )
    assert arshjul("restore", copy, tmp_path / "ny").status == 0


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "postgresql+psycopg://arshjul:hemligt@databas.invalid/arshjul",
            "Databasen arshjul på databas.invalid går inte att nå.",
        ),
        (
            "postgresql+psycopg:///arshjul?host=/finns/inte&password=hemligt",
            "Databasen arshjul på /finns/inte går inte att nå.",
        ),
        ("postgresql+psycopg://arshjul:hemligt@server:port/arshjul", "settings.yaml, database: "),
        ("mysql://arshjul:hemligt@server/arshjul", "settings.yaml, database: "),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_what_is_secret_in_it(
    home: Home, arshjul: Arshjul, address: str, sentence: str
) -> None:
    point_at(home, address)
    told = arshjul("status", "--config", home.config).sentence
    assert told.startswith(sentence)
    assert "hemligt" not in told


@pytest.mark.parametrize("kind_of_store", ["postgresql"])
def test_a_user_or_a_database_that_the_server_does_not_know_is_named(
    home: Home, arshjul: Arshjul, store_url: str
) -> None:
    server = make_url(store_url)
    point_at(home, server.set(username="okand").render_as_string(hide_password=False))
    told = arshjul("status", "--config", home.config).sentence
    assert "släpper inte in okand. Kontrollera användarnamn, lösenord och behörighet." in told
    point_at(home, server.set(database="borta").render_as_string(hide_password=False))
    told = arshjul("status", "--config", home.config).sentence
    assert told.startswith("Databasen borta på ")
    assert told.endswith(" finns inte. Skapa den, eller rätta namnet i inställningarna.")


def test_a_file_that_somebody_holds_is_told_in_one_line(
    home: Home, arshjul: Arshjul, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database.__init__, "__defaults__", (0.1,))  # seconds to wait, half a minute otherwise
    holder = sqlite3.connect(home.data / "arshjul.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    told = arshjul("approve", "T2", "2026", "--unit", "SOL", "--by", "karin", "--config", home.config)
    holder.close()
    assert told.sentence == (
        "Databasen är upptagen av ett annat program. Inget ändrades; försök igen om en stund."
    )
