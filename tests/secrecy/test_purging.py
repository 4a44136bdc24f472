"""What got in all the same is taken out of everything that is kept, and a tombstone says so."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL

from arshjul.actions import Source
from arshjul.adapters.store import tables
from arshjul.adapters.store.copying import copy_in, copy_out
from arshjul.adapters.store.database import Database
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.errors import BadInput, Refused
from arshjul.letters import Returned
from arshjul.secrecy import MASK
from arshjul.steps.answers.collecting import collect_file
from arshjul.steps.archive.purged_sources import MEETING, REMOVED, Purged
from arshjul.steps.archive.purging import purge
from arshjul.steps.duties.actions import actions_in, add_action
from arshjul.steps.meetings.apt_meetings import record_meeting
from tests.databases import new_database
from tests.example import at
from tests.play import MANAGER, Play, answers_of
from tests.secrecy.writings import check_digit
from tests.stages import PlayFrom

NOW = at("2026-09-18 10:00")
NUMBER = "790101-123" + check_digit("790101123")
NAMED = "Brukaren Vendela Sjöcrona blev sjuk i mars och har inte kommit tillbaka."
FIELD = "G10.analysis"


def hand_in(play: Play, words: str) -> tuple[str, str]:
    """Mehmet hands in with the words in an analysis; the scope and the field."""
    sheets = {scope: dict(cells) for scope, cells in answers_of("mehmet", 1).items()}
    scope = "HUMLAN"
    field = next(field for field in sheets[scope] if field.endswith(".analysis"))
    sheets[scope][field] = words
    path = play.hand_in("mehmet", sheets, name="svar.xlsx")
    collect_file(play.office, path, at("2026-09-10 10:00"))
    return scope, field


def take_out(play: Play, scope: str, field: str, *, dry_run: bool = False) -> Purged:
    reason = "Uppgiften pekar ut en person."
    return purge(play.office, play.key, scope, field, MANAGER, reason, NOW, dry_run=dry_run)


def everything_kept(play: Play) -> bytes:
    """Every byte of the installation's folder, with what is packed unpacked, and every row in words."""
    import io
    import zipfile

    kept = b""
    for path in sorted(play.home.folder.rglob("*")):
        if path.is_file():
            kept += path.read_bytes()
    contents = [row.content for row in play.rows(tables.StoredFile)]
    contents += [path.read_bytes() for path in play.home.folder.rglob("*.xlsx")]
    for content in contents:
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                kept += b"".join(packed.read(name) for name in packed.namelist())
        else:
            kept += content
    return kept


def test_a_hand_in_with_an_identity_number_is_stopped_and_only_the_file_holds_it(play_from: PlayFrom) -> None:
    play = play_from("opened")
    scope, field = hand_in(play, f"Det går bra. Brukaren {NUMBER} har börjat.")
    [row] = play.rows(tables.Submission)
    assert row.state == "rejected"
    assert NUMBER not in row.content
    assert MASK in row.content
    [letter] = [m for m in play.told("returned")["mehmet"] if isinstance(m, Returned)]
    fault = next(fault for fault in letter.faults if fault.field == field)
    assert "(mening 2, ord 2)" in fault.message
    assert NUMBER not in json.dumps(row.faults)
    assert NUMBER not in " ".join(saved.value for saved in play.rows(tables.SavedAnswer))
    assert NUMBER.encode() in everything_kept(play)  # in the file that was handed in
    assert take_out(play, scope, field).counts["filer"] == 1
    assert NUMBER.encode() not in everything_kept(play)


def test_what_was_accepted_is_taken_out_of_every_version_and_copy(play_from: PlayFrom) -> None:
    play = play_from("opened")
    scope, field = hand_in(play, NAMED)
    play.morning(at("2026-09-17 08:00"))  # a draft is compiled, exported and told of
    before = everything_kept(play)
    assert b"Vendela" in before
    hashes = {row.sha256 for row in (*play.rows(tables.Submission), *play.rows(tables.InboxFile))}
    hashes |= {sha256 for draft in play.rows(tables.Draft) for sha256 in draft.files.values()}
    done = take_out(play, scope, field)
    after = everything_kept(play)
    assert [p.name for p in play.home.folder.rglob("*") if p.is_file() and b"Vendela" in p.read_bytes()] == []
    assert b"Vendela" not in after
    with play.office.database.reading() as session:
        rows = [
            row for table in tables.Base.metadata.sorted_tables for row in session.execute(table.select())
        ]
    said = "\n".join(str(tuple(row)) for row in rows)
    assert not [sha256 for sha256 in hashes if sha256 in said or sha256[:16] in said]
    assert {"inlämningar", "sparade svar", "utkast"} <= done.counts.keys()
    assert [answer.text for answer in play.rows(tables.Answer) if answer.field == field] == [REMOVED]


def test_the_tombstone_says_who_when_and_why_and_holds_no_hash(play_from: PlayFrom) -> None:
    play = play_from("opened")
    scope, field = hand_in(play, NAMED)
    take_out(play, scope, field)
    [stone] = [row for row in play.rows(tables.Decision) if row.kind == DecisionKind.PURGE]
    assert (stone.person, stone.at, stone.reason) == (MANAGER, NOW, "Uppgiften pekar ut en person.")
    assert (stone.content["scope"], stone.content["field"]) == (scope, field)
    assert stone.subject_sha256 is None


def test_a_dry_run_tells_the_same_and_changes_nothing(play_from: PlayFrom) -> None:
    play = play_from("opened")
    scope, field = hand_in(play, NAMED)
    looked = take_out(play, scope, field, dry_run=True)
    [row] = play.rows(tables.Submission)
    assert NAMED in row.content
    assert not [row for row in play.rows(tables.Decision) if row.kind == DecisionKind.PURGE]
    done = take_out(play, scope, field)
    assert looked.counts.items() <= done.counts.items()


def test_what_an_approved_version_rests_on_is_left_with_what_has_to_be_decided(play_from: PlayFrom) -> None:
    play = play_from("approved")
    row = next(
        row
        for row in play.rows(tables.Answer)
        if row.text and row.field.endswith(".analysis") and len(row.text) > 40
    )
    submission = next(s for s in play.rows(tables.Submission) if s.id == row.submission_id)
    frozen = {version.manifest_sha256 for version in play.rows(tables.ApprovedVersion)}
    done = purge(
        play.office,
        play.key,
        submission.scope,
        row.field,
        MANAGER,
        "Uppgiften pekar ut en person.",
        at("2026-09-29 10:00"),
    )
    assert done.left
    assert "gallring" in done.left[0]
    assert (
        next(s.content for s in play.rows(tables.Submission) if s.id == submission.id) == submission.content
    )
    assert {version.manifest_sha256 for version in play.rows(tables.ApprovedVersion)} == frozen


def test_the_report_can_be_compiled_again_and_the_field_answered_anew(play_from: PlayFrom) -> None:
    play = play_from("opened")
    scope, field = hand_in(play, NAMED)
    play.morning(at("2026-09-17 08:00"))
    take_out(play, scope, field)
    play.morning(at("2026-09-18 11:00"))
    drafts = play.rows(tables.Draft)
    assert not drafts[0].files
    assert drafts[-1].files


@pytest.mark.parametrize(
    ("person", "reason", "field"),
    [
        ("mehmet", "Den pekar ut någon.", FIELD),
        (MANAGER, "fel", FIELD),
        (MANAGER, "Det står inget där.", "X.y"),
    ],
)
def test_it_takes_a_manager_a_reason_and_something_to_take_out(
    play_from: PlayFrom, person: str, reason: str, field: str
) -> None:
    play = play_from("opened")
    with pytest.raises(Refused):
        purge(play.office, play.key, "HUMLAN", field, person, reason, NOW)


def test_the_reason_may_not_hold_what_it_is_about(play_from: PlayFrom) -> None:
    play = play_from("opened")
    with pytest.raises(BadInput, match="skälet"):
        purge(play.office, play.key, "HUMLAN", FIELD, MANAGER, f"Där stod {NUMBER} i texten.", NOW)


def test_what_was_said_at_a_meeting_and_became_an_action_is_taken_out_of_both(play_from: PlayFrom) -> None:
    play = play_from("approved")
    said = f"Skaffa fler bord.\n{NAMED}"
    record_meeting(play.office, play.key, "HUMLAN", "mehmet", date(2026, 9, 28), said, at("2026-09-29 09:00"))
    done = take_out(play, "HUMLAN", MEETING)
    assert done.counts["möten"] == 1
    assert done.counts["åtgärder"] >= 1
    assert done.left == []
    assert b"Vendela" not in everything_kept(play)


def test_an_action_is_taken_out_and_an_approved_report_that_tells_of_it_is_named(play_from: PlayFrom) -> None:
    play = play_from("approved")
    unit = play.office.installation.unit("SOL")
    with play.office.database.writing() as session:
        action = add_action(
            session,
            unit,
            MANAGER,
            NOW,
            source=Source.COMPLAINT,
            text=NAMED,
            subunit="HUMLAN",
            owner="mehmet",
        )
    done = take_out(play, "HUMLAN", action)
    assert done.counts["åtgärder"] == 1
    assert b"Vendela" not in everything_kept(play)
    with play.office.database.reading() as session:
        told = actions_in(session, "SOL")
    printed = next(action for action in told if action.source is Source.PLAN)
    assert "T2 2026, version 1" in take_out(play, printed.subunit, printed.id).left[0]


def test_on_postgresql_nothing_of_it_is_left_in_any_row(
    play_from: PlayFrom, tmp_path: Path, postgresql: URL
) -> None:
    play = play_from("opened")
    scope, field = hand_in(play, NAMED)
    play.morning(at("2026-09-17 08:00"))
    revision, _ = copy_out(play.office.database, tmp_path / "kopia")
    with new_database(postgresql) as url:
        there = Database(url.render_as_string(hide_password=False))
        copy_in(there, tmp_path / "kopia", revision)
        play.office = replace(play.office, database=there)
        done = take_out(play, scope, field)
        assert {"inlämningar", "sparade svar", "utkast"} <= done.counts.keys()
        with there.reading() as session:
            for table in tables.Base.metadata.sorted_tables:
                assert "Vendela" not in str([tuple(row) for row in session.execute(table.select())])
        there.close()
