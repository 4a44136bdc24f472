"""Weeding: shown first, by rule, with a protocol, never the decided; disposal only under a decision."""

from datetime import timedelta

import pytest

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.errors import BadInput, Refused
from arshjul.letters import from_json
from arshjul.steps.archive.disposing import dispose
from arshjul.steps.archive.weeding import DRAFTS, LETTERS, look, weed
from arshjul.steps.letters.letter_log import sent_letters
from tests.example import at
from tests.play import Play
from tests.stages import PlayFrom

ARCHIVED = at("2026-10-30 08:00")
RIPE = ARCHIVED + timedelta(days=91)
NAME = "SOL-T2-2026-v1"


def taken(lines: list[object]) -> dict[str, int]:
    return {line.rule: line.number for line in lines}  # type: ignore[attr-defined]


def files(play: Play) -> set[str]:
    return {row.sha256 for row in play.rows(tables.StoredFile)}


def test_nothing_is_weeded_before_its_time_or_before_the_report_is_archived(play_from: PlayFrom) -> None:
    assert look(play_from("archived").office, ARCHIVED + timedelta(days=89)) == []


def test_an_approved_report_that_is_not_archived_is_left_alone(play_from: PlayFrom) -> None:
    assert look(play_from("approved").office, RIPE) == []


def test_what_would_go_is_shown_and_nothing_is_changed(play_from: PlayFrom) -> None:
    play = play_from("archived")
    before = play.everything()
    shown = look(play.office, RIPE)
    assert taken(shown)[DRAFTS] == len(play.rows(tables.Draft)) - 1 > 0
    assert play.everything() == before
    assert taken(weed(play.office, RIPE)) == taken(shown)


def test_drafts_go_with_their_files_and_what_was_decided_stays(play_from: PlayFrom) -> None:
    play = play_from("archived")
    drafts = {sha256 for draft in play.rows(tables.Draft)[:-1] for sha256 in draft.files.values()}
    kept = play.everything()
    weed(play.office, RIPE)
    [version] = play.rows(tables.ApprovedVersion)
    assert not (drafts - set(version.files.values())) & files(play)
    with play.office.database.reading() as session:
        assert all(file_content(session, sha256) for sha256 in version.files.values())
    for table in ("approved_version", "submission", "answer", "decision", "released_cell", "step", "package"):
        assert play.everything()[table] == kept[table], table
    assert not (play.home.data / "rapporter" / "SOL" / "T2-2026" / "utkast").exists()
    protocol = {row.rule: row.number for row in play.rows(tables.Weeding)}
    assert protocol[DRAFTS] > 0
    assert weed(play.office, RIPE) == []


def test_the_words_that_a_version_was_decided_on_stay_when_they_are_changed_afterwards(
    play_from: PlayFrom,
) -> None:
    play = play_from("archived")
    decided = {row.goal: row for row in play.rows(tables.Judgement)}["summary"]
    with play.office.database.writing() as session:
        for hours in (1, 2):
            session.add(
                tables.Judgement(
                    cycle_id=decided.cycle_id,
                    goal="summary",
                    person="karin",
                    synthesis=f"Lydelse {hours}",
                    at=ARCHIVED + timedelta(hours=hours),
                )
            )
    weed(play.office, RIPE)
    words = [row.synthesis for row in play.rows(tables.Judgement) if row.goal == "summary"]
    assert words == [decided.synthesis, "Lydelse 2"]


def test_a_correction_goes_on_counting_after_the_weeding(play_from: PlayFrom) -> None:
    play = play_from("archived")
    [*_, last] = play.rows(tables.Draft)
    weed(play.office, RIPE)
    assert [draft.number for draft in play.rows(tables.Draft)] == [last.number]


def test_letters_lose_their_words_but_not_that_they_went(play_from: PlayFrom) -> None:
    play = play_from("archived")
    before = [(letter.message_id, letter.at) for letter in sent_letters(play.office)]
    lines = weed(play.office, ARCHIVED + timedelta(days=401))
    assert taken(lines)[LETTERS] > 0
    assert [(letter.message_id, letter.at) for letter in sent_letters(play.office)] == before
    for notice in play.rows(tables.Notice):
        assert not notice.content.get("attachments")
        assert from_json(notice.content).kind == notice.kind


def test_what_is_archived_goes_only_under_a_decision(play_from: PlayFrom) -> None:
    play = play_from("archived")
    folder = play.home.data / "arkiv" / NAME
    with pytest.raises(Refused, match="kräver ett beslut"):
        dispose(play.office, NAME, "karin", "", RIPE, dry_run=False)
    decision = "Arkivmyndigheten 2036-03-01, AN 2036/12"
    assert dispose(play.office, NAME, "karin", decision, RIPE, dry_run=True) == 1
    assert folder.is_dir()
    assert dispose(play.office, NAME, "karin", decision, RIPE, dry_run=False) == 1
    assert not folder.exists()
    [row] = play.rows(tables.Weeding)
    assert (row.rule, row.decision, row.person, row.content["package"]) == (
        "package",
        decision,
        "karin",
        NAME,
    )
    with pytest.raises(BadInput, match="inget sådant paket"):
        dispose(play.office, NAME, "karin", decision, RIPE, dry_run=False)
