"""Files in the inbox that are no answers, or cannot be read now: quarantine, waiting, nobody else harmed."""

import errno
import io
from pathlib import Path

import openpyxl
import pytest

from arshjul.adapters.store import tables
from arshjul.steps.answers.collecting import Collected, collect_file, inbox_files
from tests.play import Play, answers_of, filled
from tests.stages import PlayFrom
from tests.steps.collected import NOW, collect, names

NOT_OURS = {
    "tom.xlsx": b"",
    "inget.xlsx": "Hej! Här kommer underlaget, se bilagan.".encode(),
    "bild.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "för stor.xlsx": b"PK\x03\x04" + b"\0" * 10_000_001,
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_a_file_that_is_no_workbook_goes_to_quarantine_with_a_note_and_others_are_unharmed(
    play_from: PlayFrom, name: str
) -> None:
    play = play_from("opened")
    play.put_in_inbox(name, NOT_OURS[name])
    play.hand_in("elin", name="zz sist.xlsx")
    outcome = collect(play)
    assert outcome.quarantined == [name]
    assert outcome.accepted == ["Sinnesrummet Månskenet"]
    assert names(play.home.inbox) == []
    quarantine = play.home.data / "karantan"
    assert names(quarantine) == sorted([name, f"{name}.txt"])
    assert (quarantine / name).read_bytes() == NOT_OURS[name]
    note = (quarantine / f"{name}.txt").read_text("utf-8")
    [row] = [row for row in play.rows(tables.InboxFile) if row.outcome == "quarantined"]
    assert note == f"{row.note}\n"
    assert note[0].isupper()
    assert "." in note


def test_an_empty_file_is_said_to_be_empty(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.put_in_inbox("tom.xlsx", b"")
    collect(play)
    [row] = play.rows(tables.InboxFile)
    assert "tom" in row.note
    assert "MB" not in row.note


def test_what_is_quarantined_again_is_told_once(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for _ in range(2):
        play.put_in_inbox("tom.xlsx", b"")
        collect(play)
    assert len(play.rows(tables.InboxFile)) == 1
    assert names(play.home.data / "karantan") == [
        "tom (2).xlsx",
        "tom (2).xlsx.txt",
        "tom.xlsx",
        "tom.xlsx.txt",
    ]


def from_elsewhere(play: Play, **facts: str | int) -> bytes:
    """Elin's form, made out for something else."""
    book = openpyxl.load_workbook(io.BytesIO(filled(play.workbook("elin"), answers_of("elin"))))
    about = next(sheet for sheet in book.worksheets if sheet.cell(1, 1).value == "schema")
    for row in about.iter_rows(min_col=1, max_col=2):
        if row[0].value in facts:
            row[1].value = facts[str(row[0].value)]
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


@pytest.mark.parametrize(
    "facts",
    [
        {"unit_code": "ANN", "form_id": "ANN T2 2026 elin"},
        {"year": "2025", "cycle": "T2 2025"},
        {"kind": "VB", "cycle": "VB 2026"},
        {"person": "ingen"},
    ],
    ids=["another unit", "another year", "another report", "nobody"],
)
def test_a_form_that_was_never_sent_from_here_goes_to_quarantine(
    play_from: PlayFrom, facts: dict[str, str]
) -> None:
    play = play_from("opened")
    play.put_in_inbox("fel.xlsx", from_elsewhere(play, **facts))
    assert collect(play).quarantined == ["fel.xlsx"]
    [row] = play.rows(tables.InboxFile)
    assert "inte har skickats ut härifrån" in row.note
    assert row.unit_code == ("SOL" if "unit_code" not in facts else None)
    assert play.rows(tables.Submission) == []


def test_files_that_are_being_written_or_are_hidden_are_left_alone(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for name in (".dold", "~$anna.xlsx", "anna.xlsx.part"):
        play.put_in_inbox(name, b"halvt")
    (play.home.inbox / "mapp").mkdir()
    assert inbox_files(play.office) == []


def test_two_different_files_of_the_same_name_are_both_kept(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for number in (0, 1):
        play.hand_in("mehmet", answers_of("mehmet", number), name="underlag.xlsx")
        collect(play)
    assert names(play.home.data / "mottaget") == ["underlag (2).xlsx", "underlag.xlsx"]


def test_a_file_that_another_worker_took_is_nobodys_trouble(play_from: PlayFrom) -> None:
    play = play_from("opened")
    path = play.hand_in("elin")
    path.unlink()
    assert collect_file(play.office, path, NOW) == Collected()


def test_a_file_that_cannot_be_opened_waits_in_the_inbox_and_is_named(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("opened")
    locked = play.hand_in("elin")
    play.hand_in("mehmet")
    opens = Path.open

    def refuses(path: Path, *arguments: str) -> object:
        if path == locked:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opens(path, *arguments)

    monkeypatch.setattr(Path, "open", refuses)
    outcome = collect(play)
    assert outcome.stuck == ["elin.xlsx (Permission denied)"]
    assert outcome.accepted == ["Trädgårdsgruppen Humlan"]
    assert locked.exists()


def test_an_inbox_on_another_disk_is_emptied_too(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("opened")
    path = play.hand_in("elin")
    content = path.read_bytes()
    replaces = Path.replace

    def refuses(source: Path, target: Path) -> Path:
        if source.parent != target.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replaces(source, target)

    monkeypatch.setattr(Path, "replace", refuses)
    assert collect(play).accepted == ["Sinnesrummet Månskenet"]
    assert names(play.home.inbox) == []
    assert (play.home.data / "mottaget" / "elin.xlsx").read_bytes() == content
