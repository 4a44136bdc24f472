"""A form of which only half has come, and nights in which the clock is set: nothing is lost or done twice."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store import tables
from arshjul.adapters.store.database import Database
from arshjul.cycle import CycleKey
from arshjul.plan import Kind
from arshjul.steps.answers import collecting
from arshjul.steps.answers.collecting import collect_file
from tests.databases import new_database
from tests.example import T2, Home, at
from tests.play import Play, answers_of
from tests.stages import PlayFrom

SENT = at("2026-09-03 16:05")
NIGHTS = {
    "the hour that is missing": (at("2026-03-29 00:00"), [CycleKey("SOL", Kind.MR, 2026, 2)]),
    "the hour that comes twice": (at("2026-10-25 00:00"), [T2, CycleKey("SOL", Kind.VP, 2027)]),
}


def accepted(play: Play) -> list[tuple[str, int]]:
    return [(row.scope, row.version) for row in play.rows(tables.Submission) if row.state == "accepted"]


def test_half_a_form_is_put_aside_and_the_whole_one_is_taken_when_it_comes(play_from: PlayFrom) -> None:
    play = play_from("opened")
    whole = play.hand_in("mehmet", answers_of("mehmet", 0))
    content = whole.read_bytes()
    whole.write_bytes(content[: len(content) // 2])
    play.hand_in("elin")
    first = play.morning(SENT).collected
    assert (first.quarantined, first.accepted) == (["mehmet.xlsx"], ["Sinnesrummet Månskenet"])
    play.put_in_inbox("mehmet.xlsx", content)
    assert play.morning(SENT + timedelta(minutes=5)).collected.accepted == ["Trädgårdsgruppen Humlan"]
    assert accepted(play) == [("MANSKENET", 1), ("HUMLAN", 1)]


def test_a_form_that_is_still_being_written_is_left_until_it_is_whole(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("opened")
    path = play.hand_in("mehmet", answers_of("mehmet", 0))
    content = path.read_bytes()
    path.write_bytes(content[:9000])
    read = collecting.read_returned

    def meanwhile(data: bytes, name: str) -> Any:
        path.write_bytes(content[:20_000])  # its writer goes on while it is read
        return read(data, name)

    monkeypatch.setattr(collecting, "read_returned", meanwhile)
    outcome = collect_file(play.office, path, SENT)
    assert outcome.stuck == ["mehmet.xlsx (skrivs fortfarande)"]
    assert path.exists()
    monkeypatch.undo()
    path.write_bytes(content)
    assert collect_file(play.office, path, SENT).accepted == ["Trädgårdsgruppen Humlan"]


def hours(midnight: datetime) -> Iterator[datetime]:
    """Every half hour from midnight to five; and back again, when somebody sets the clock back; and again."""
    passing = [(midnight.astimezone(UTC) + timedelta(minutes=30 * step)) for step in range(10)]
    yield from passing
    yield from reversed(passing)
    yield from passing


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.faults)])
def test_a_night_when_the_clock_is_set_gives_the_day_that_it_would_have_been(
    night: str, database: str, play_from: PlayFrom, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    midnight, keys = NIGHTS[night]
    fresh = play_from("fresh").home.folder
    with ExitStack() as ending:
        homes = [Home(shutil.copytree(fresh, tmp_path / name)) for name in ("stilla", "orolig")]
        for home in homes if database == "postgresql" else ():
            of_its_own = new_database(request.getfixturevalue("postgresql"))
            keep_in(home, ending.enter_context(of_its_own))
        quiet, restless = (
            lived(home, midnight, keys, moments)
            for home, moments in zip(homes, ([], [*hours(midnight)]), strict=True)
        )
    assert restless == quiet
    assert quiet[0]


def keep_in(home: Home, url: URL) -> None:
    """Let the store of an installation in which nothing has happened be that empty database."""
    written = url.render_as_string(hide_password=False)
    database = Database(written)
    database.migrate()
    database.close()
    settings = home.config / "settings.yaml"
    kept = settings.read_text("utf-8")
    assert kept.count('database: ""') == 1
    settings.write_text(kept.replace('database: ""', f'database: "{written}"'), "utf-8")


def lived(
    home: Home, midnight: datetime, keys: list[CycleKey], moments: list[datetime]
) -> tuple[list[tuple[int, str]], list[tuple[str, str, str]]]:
    """The cycles brought up to date two days before, at those moments, and at eight: steps and notices."""
    with OutboxServer(home.folder / "utkorg") as outbox, home.office() as office:
        home.send_to(outbox.port)
    with OutboxServer(home.folder / "utkorg", outbox.port) as outbox, home.office() as office:
        for key in keys:
            play = Play(home, office, outbox, key)
            play.morning(midnight - timedelta(days=2, hours=-8))
            for now in moments:
                play.morning(now)
            play.morning(midnight.replace(hour=8))
            assert play.morning(midnight.replace(hour=8)).changes == 0
        letters = [row.message_id for row in play.rows(tables.Letter) if row.state == "sent"]
        assert len(set(letters)) == len(letters) == len(outbox.letters())
        steps = sorted((row.cycle_id, row.name) for row in play.rows(tables.Step))
        told = sorted((row.kind, row.cause, row.receiver) for row in play.rows(tables.Notice))
    return steps, told
