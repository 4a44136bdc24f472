"""The weekly digest: where the cycle stands, to the managers, with what could not be read."""

import pytest

from arshjul.adapters.store import tables
from arshjul.config import load_installation
from arshjul.letters import Digest, from_json
from arshjul.steps.cycle.digesting import whose_file
from tests.example import CONFIG, at
from tests.stages import PlayFrom

MONDAY = at("2026-08-31 08:00")


def test_the_manager_is_told_on_mondays_where_the_cycle_stands_and_what_could_not_be_read(
    play_from: PlayFrom,
) -> None:
    play = play_from("opened")
    inbox = play.office.installation.settings.folders.inbox
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / "Underlag T2 2026 SOL anna.xlsx").write_bytes(b"ingen arbetsbok")
    (inbox / "Team Norrhamn.xlsx").write_bytes(b"inte heller")
    play.morning(MONDAY)
    (notice,) = [row for row in play.rows(tables.Notice) if row.kind == "digest"]
    told = from_json(notice.content)
    assert isinstance(told, Digest)
    assert notice.receiver == "karin"
    assert told.answered == ()
    assert len(told.missing) == 10
    assert [file.file for file in told.quarantined] == ["Underlag T2 2026 SOL anna.xlsx"]
    assert play.morning(MONDAY).changes == 0


def test_a_file_that_could_not_be_read_is_named_once_and_then_counted(play_from: PlayFrom) -> None:
    play = play_from("opened")
    inbox = play.office.installation.settings.folders.inbox
    inbox.mkdir(parents=True, exist_ok=True)
    told = []
    for monday, file in ((MONDAY, "SOL ett.xlsx"), (at("2026-09-07 08:00"), "SOL två.xlsx")):
        (inbox / file).write_bytes(file.encode())
        play.morning(monday)
        notice = [row for row in play.rows(tables.Notice) if row.kind == "digest"][-1]
        letter = from_json(notice.content)
        assert isinstance(letter, Digest)
        told.append(([each.file for each in letter.quarantined], letter.unread_before))
    assert told == [(["SOL ett.xlsx"], 0), (["SOL två.xlsx"], 1)]


def test_digests_that_were_slept_over_are_not_made_up_for(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.morning(at("2026-09-14 08:00"))
    assert [row.cause for row in play.rows(tables.Notice) if row.kind == "digest"] == [
        "T2 2026 digest-2026-09-14"
    ]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Underlag T2 2026 SOL anna.xlsx", "SOL"),
        ("svar från lärkan.xlsx", "SOL"),
        ("Underlag T2 2026 HAM malin.xlsx", "HAM"),
        ("bok1.xlsx", None),
        ("Lärkan och Norrhamn.xlsx", None),
    ],
)
def test_a_file_that_cannot_be_read_is_known_by_its_name_or_is_nobodys(name: str, unit: str | None) -> None:
    assert whose_file(load_installation(CONFIG).organisation, name) == unit
