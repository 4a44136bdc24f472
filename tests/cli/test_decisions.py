"""The manager's commands: judge, explain, approve, correct, and what they say."""

from pathlib import Path

import pytest
import yaml

from arshjul.adapters.judgements import read_judgements
from arshjul.adapters.store import tables
from arshjul.cycle_data import Judged
from arshjul.errors import BadInput
from arshjul.plan import Attainment
from tests.cli.conftest import Arshjul
from tests.stages import PlayFrom

WHICH = ("T2", 2026, "--unit", "SOL")
NOW = ("--now", "2026-09-23T15:30")


def test_a_file_of_judgements_is_read_as_one(arshjul: Arshjul, play_from: PlayFrom, tmp_path: Path) -> None:
    play = play_from("compiled")
    file = tmp_path / "bedömning.yaml"
    file.write_text('G04: {attainment: FULL, text: "Bra."}\nsummary: {text: "I korthet."}\n', "utf-8")
    by = ("--by", "karin", *NOW, "--config", play.home.config)
    ended = arshjul("judge", *WHICH, "--file", file, *by)
    assert (ended.status, ended.out) == (0, "2 bedömningar sparade.\n")
    kept = {row.goal: (row.attainment, row.synthesis) for row in play.rows(tables.Judgement)}
    assert kept == {"G04": ("FULL", "Bra."), "summary": (None, "I korthet.")}
    file.write_text('G04: {text: "Nytt."}\nG99: {text: "Fel."}\n', "utf-8")
    assert "planen har inget mål med id G99" in arshjul("judge", *WHICH, "--file", file, *by).sentence
    assert len(play.rows(tables.Judgement)) == 2


def test_proposals_are_written_to_a_file_that_can_be_read_back(
    arshjul: Arshjul, play_from: PlayFrom, tmp_path: Path
) -> None:
    play = play_from("compiled")
    file = tmp_path / "bedömning.yaml"
    written = arshjul("judge", *WHICH, "--write", file, "--config", play.home.config)
    assert written.status == 0
    assert "Förslag: " in file.read_text("utf-8")
    assert "# Utkast ur siffrorna:\n# A" in file.read_text("utf-8")
    assert set(yaml.safe_load(file.read_text("utf-8"))) >= {"G04", "G05", "G07", "G10"}
    again = arshjul("judge", *WHICH, "--write", file, "--config", play.home.config)
    assert "filen finns redan" in again.sentence
    by = ("--by", "karin", *NOW, "--config", play.home.config)
    assert arshjul("judge", *WHICH, "--file", file, *by).status == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "filen är tom"),
        (b"- G04", "Skriv som G04: {attainment: FULL, text: "),
        (b"\xff\xfe", "spara om den som UTF-8"),
        (b'G04: {attainment: FULL, text: "', "rad "),
        (b"G04: FULL", '"G04" ska vara en grupp av nycklar, men här står "FULL"'),
        (
            b"G04: {attainment: GOD}",
            '"attainment" ska vara något av FULL, PARTIAL, NOT_MET, NO_DATA, men här',
        ),
        (b"G04: {comment: x}", 'okänd nyckel "comment"'),
        (b"G04: {text: [1, 2]}", '"text" ska vara ett enda värde'),
        (b"G04: {text: a}\nG04: {text: b}", 'nyckeln "G04" står två gånger'),
        (b"G04: " + b"[" * 100_000, "nästlad i för många nivåer"),
        (b"G04: &a {text: *a}", "hänvisar till sig självt"),
    ],
)
def test_a_file_of_judgements_that_is_none_is_told_with_its_place(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "bedömning.yaml"
    file.write_bytes(content)
    with pytest.raises(BadInput) as told:
        read_judgements(file)
    assert sentence in str(told.value)
    assert str(file) in str(told.value)


def test_a_judgement_without_words_is_no_word(tmp_path: Path) -> None:
    file = tmp_path / "bedömning.yaml"
    file.write_text("G04: {attainment: FULL, text: }\n", "utf-8")
    assert read_judgements(file) == {"G04": Judged(Attainment.FULL, "")}


def test_approving_says_what_stops_it_and_then_what_was_approved(
    arshjul: Arshjul, play_from: PlayFrom
) -> None:
    play = play_from("compiled")
    at_home = (*NOW, "--config", play.home.config)
    approve = ("approve", *WHICH, "--by")
    assert "anna är inte enhetschef" in arshjul(*approve, "anna", *at_home).sentence
    assert arshjul(*approve, "karin", *at_home).sentence
    assert play.rows(tables.ApprovedVersion) == []


def test_a_finding_is_explained_by_its_number(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("compiled")
    number = next(row.id for row in play.rows(tables.Finding) if row.state == "open")
    explain = ("explain", *WHICH, number, "--by", "karin", *NOW, "--config", play.home.config)
    assert "Skriv ett skäl" in arshjul(*explain, "--reason", "Jo").sentence
    ended = arshjul(*explain, "--reason", "Det är känt sedan i våras.")
    assert (ended.status, ended.out) == (0, f"Iakttagelse {number} är stängd.\n")


def test_a_review_with_an_error_ends_with_1_and_without_with_0(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("compiled")
    review = ("review", *WHICH, "--json", "--config", play.home.config)
    play.judge(0)
    ended = arshjul(*review)
    assert ended.status == 1
    wanted = {"code", "severity", "where", "line", "message", "mend", "evidence"}
    assert set(ended.json["findings"][0]) == wanted
    assert "error" in {finding["severity"] for finding in ended.json["findings"]}


def test_an_approved_report_is_approved_and_corrected_from_the_command(
    arshjul: Arshjul, play_from: PlayFrom
) -> None:
    play = play_from("reviewed")
    at_home = (*NOW, "--config", play.home.config)
    ended = arshjul("approve", *WHICH, "--by", "karin", *at_home)
    [version] = play.rows(tables.ApprovedVersion)
    assert ended.out == f"T2 2026 är godkänd. Kontrollsumma: {version.manifest_sha256}\n"
    correct = ("correct", *WHICH, "--by", "karin", *at_home, "--changes")
    assert "Skriv vad som rättas" in arshjul(*correct, "Fel").sentence
    ended = arshjul(*correct, "Antalet studiebesök på Humlan rättas.")
    assert ended.out.startswith("Version 2 av T2 2026 kan nu ändras")
