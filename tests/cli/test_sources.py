"""`arshjul sources`: what a person sees of a load, and what a program gets."""

from pathlib import Path

import pytest

from tests.cli.conftest import Arshjul
from tests.example import CONFIG, Home

NOW = ("--now", "2026-09-10")


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return tmp_path / "klagomål.csv"


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["Verksamhet;Kategori;Månad;Inkomna;Pågående;Avslutade", *rows, ""]), "utf-8")
    return path


def test_every_example_is_loaded_listed_and_undone(arshjul: Arshjul, home: Home) -> None:
    files = sorted((CONFIG / "sources").iterdir())
    done = arshjul("sources", "load", *files, *NOW, "--json", "--config", home.config)
    assert (done.status, done.err) == (0, "")
    assert [file["load"] for file in done.json["files"]] == list(range(1, len(files) + 1))
    again = arshjul("sources", "load", *files, *NOW, "--json", "--config", home.config)
    assert {file["load"] for file in again.json["files"]} == {None}
    assert arshjul("sources", "undo", 2, *NOW, "--config", home.config).out.startswith(
        "Inläsning 2 är ångrad."
    )
    loads = arshjul("sources", "list", "--json", "--config", home.config).json["loads"]
    assert [one["load"] for one in loads if one["undone_at"]] == [2]
    assert "ångrad" in arshjul("sources", "list", "--config", home.config).out


def test_one_file_that_cannot_be_read_is_told_once(arshjul: Arshjul, home: Home, tmp_path: Path) -> None:
    missing = tmp_path / "borta.csv"
    told = arshjul("sources", "load", missing, *NOW, "--config", home.config)
    assert told.sentence == f"{missing}: filen finns inte"


def test_what_is_wrong_is_told_line_by_line_and_nothing_is_loaded(
    arshjul: Arshjul, home: Home, cases: Path
) -> None:
    write(cases, "Lärkan;Klagomål;2026-03;två;0;2", "Lerkan;Klagomål;2026-03;1;0;1")
    done = arshjul("sources", "load", cases, *NOW, "--config", home.config)
    assert done.status == 2
    assert "fel   rad 2, Inkomna: ”två” är inget tal." in done.out
    assert "fel   rad 3, Verksamhet: ”Lerkan” finns inte här." in done.out
    [line] = done.err.splitlines()
    assert "klagomål.csv, rad 2: ”två” är inget tal. Inget ur filen lästes in (1 fel till i filen)." in line
    assert "Inget är inläst" in arshjul("sources", "list", "--config", home.config).out


def test_one_file_that_cannot_be_read_stops_no_other(arshjul: Arshjul, home: Home, cases: Path) -> None:
    write(cases, "Lärkan;Klagomål;2026-03;2;0;2")
    done = arshjul("sources", "load", home.folder / "saknas.csv", cases, *NOW, "--config", home.config)
    assert done.status == 2
    assert "Inläst som nummer 1" in done.out
    assert "saknas.csv: filen finns inte" in done.err


def test_a_trial_shows_each_change(arshjul: Arshjul, home: Home, cases: Path) -> None:
    write(cases, "Lärkan;Klagomål;2026-03;2;0;2")
    arshjul("sources", "load", cases, *NOW, "--config", home.config)
    write(cases, "Lärkan;Klagomål;2026-03;3;1;2")
    done = arshjul("sources", "load", cases, "--dry-run", *NOW, "--config", home.config)
    assert done.status == 0
    assert "ändras SOL LARKAN complaints.count 2026-03: 2 → 3" in done.out
    assert "Prov: inget ändrades." in done.out
