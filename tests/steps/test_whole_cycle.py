"""The whole cycle: each milestone's step once, and a day again changes nothing."""

from collections import Counter

from arshjul.adapters.store import tables
from tests.example import at
from tests.play import story
from tests.stages import PlayFrom


def test_each_step_of_the_cycle_was_taken_once(play_from: PlayFrom) -> None:
    play = play_from("archived")
    steps = {row.name: row for row in play.rows(tables.Step)}
    assert [name for name in steps if not name.startswith(("compile", "digest"))] == [
        "apt",
        "archive-1",
        "distribute-1",
        "escalate",
        "open",
        "remind-1",
        "remind-2",
    ]
    dates = play.dates
    planned = [steps[name].planned_at for name in ("open", "remind-1", "remind-2", "escalate", "archive-1")]
    assert planned == [dates.opens, *dates.reminders, dates.escalation, dates.archive]


def test_the_whole_day_again_changes_nothing(play_from: PlayFrom) -> None:
    play = play_from("archived")
    before, files = play.everything(), sorted(play.home.folder.rglob("*"))
    for now in (play.dates.opens, story().approves_at, play.dates.archive, at("2026-12-01 08:00")):
        again = play.morning(now)
        assert again.changes == 0
    assert play.everything() == before
    assert sorted(play.home.folder.rglob("*")) == files
    assert play.outbox.letters() == []


def test_everybody_got_the_letters_that_the_story_tells_of(play_from: PlayFrom) -> None:
    play = play_from("archived")
    kinds = Counter((notice.receiver, notice.kind) for notice in play.rows(tables.Notice))
    assert {person: kinds[person, "request"] for person in ("anna", "elin", "karin", "peter")} == {
        "anna": 1,
        "elin": 1,
        "karin": 0,
        "peter": 1,
    }
    assert {person: kinds[person, "reminder"] for person in ("anna", "fatima", "johan", "sofia")} == {
        "anna": 0,
        "fatima": 2,
        "johan": 2,
        "sofia": 1,
    }
    assert {letter.state for letter in play.rows(tables.Letter)} == {"sent"}
