"""`arshjul archive verify` and `arshjul collect`: what they find and how they end."""

from pathlib import Path

import pytest

from tests.cli.conftest import Arshjul
from tests.example import Home
from tests.stages import PlayFrom

PLACE = "representations/public/data/report/T2-2026-SOL.html"


def test_whole_packages_end_with_0_and_changed_ones_with_1(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("archived")
    archive = play.home.data / "arkiv"
    package = archive / "SOL-T2-2026-v1"
    assert arshjul("archive", "verify", archive).out == "SOL-T2-2026-v1: helt och oförändrat\n"
    report = package / PLACE
    report.chmod(0o644)
    report.write_text("ändrad", "utf-8")
    part = package / "representations" / "public"
    assert f"ange hela paketet, {package}" in arshjul("archive", "verify", part).sentence
    for path in (archive, package):
        ended = arshjul("archive", "verify", path, "--json")
        assert ended.status == 1
        assert ended.json == {
            "packages": [
                {
                    "path": str(package),
                    "faults": [
                        {
                            "code": "changed",
                            "place": PLACE,
                            "message": f"Filen {PLACE} har ändrats sedan paketet skrevs.",
                        }
                    ],
                }
            ]
        }
    assert arshjul("archive", "verify", package).status == 1


def test_a_folder_without_packages_is_told(arshjul: Arshjul, home: Home) -> None:
    assert "inget arkivpaket" in arshjul("archive", "verify", home.data).sentence
    assert "mappen finns inte" in arshjul("archive", "verify", home.data / "finns inte").sentence
    file = home.config / "wheel.yaml"
    assert "är en fil; ange mappen" in arshjul("archive", "verify", file).sentence
    assert "är en fil; ange mappen" in arshjul("archive", "restore", file, "--config", home.config).sentence


def test_the_archive_is_listed_sent_restored_and_disposed_of(
    arshjul: Arshjul, play_from: PlayFrom, tmp_path: Path, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("archived")
    archive, config = play.home.data / "arkiv", ("--config", play.home.config)
    assert arshjul("archive", "list", *config).out == (
        "SOL-T2-2026-v1  SOL 2026/1  skrivet 2026-10-30: inte läst än\n"
    )
    sent = arshjul("archive", "export", archive, tmp_path / "leverans")
    assert sent.out.endswith("påse med paketet, kontrollerad\n")
    assert arshjul("archive", "verify", tmp_path / "leverans").status == 0
    monkeypatch.chdir(archive / "SOL-T2-2026-v1")
    assert arshjul("archive", "verify", ".").out == "SOL-T2-2026-v1: helt och oförändrat\n"
    new = Home.new(tmp_path / "ny", empty_store)
    for said in ("inläst", "fanns redan"):
        assert (
            arshjul("archive", "restore", archive, "--config", new.config).out == f"SOL-T2-2026-v1: {said}\n"
        )
    disposing = ("archive", "dispose", "SOL-T2-2026-v1", "--by", "karin", *config)
    assert "kräver ett beslut" in arshjul(*disposing).sentence
    decision = ("--decision", "Arkivmyndigheten 2036-03-01, AN 2036/12")
    assert "ingen person med id ”nils”" in arshjul(*disposing, *decision, "--by", "nils").sentence
    decided = arshjul(*disposing, *decision)
    assert decided.out == "SOL-T2-2026-v1 är gallrat på 1 ställe.\n"
    assert "gallrat" in arshjul("archive", "list", *config).out
    assert arshjul("weed", "--log", *config).out.endswith(
        "  T2 2026 SOL: paketet SOL-T2-2026-v1 gallrat av karin, beslut: "
        "Arkivmyndigheten 2036-03-01, AN 2036/12\n"
    )


def test_weeding_is_shown_before_it_is_done(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("archived")
    asked = ("weed", "--now", "2027-02-01T08:00", "--config", play.home.config)
    shown = arshjul(*asked, "--dry-run").out
    assert "T2 2026 SOL: " in shown
    assert shown.endswith("Inget är ändrat. Kör utan --dry-run för att rensa.\n")
    assert arshjul(*asked, "--json").json["weeded"][0]["rule"] == "drafts"
    assert arshjul(*asked).out == "Det finns inget att rensa.\n"
    log = ("weed", "--log", "--config", play.home.config)
    assert arshjul(*log).out.startswith("2027-02-01  T2 2026 SOL: ")
    assert arshjul(*log, "--json").json["protocol"][0]["rule"] == "drafts"


def test_files_are_read_from_where_they_lie_and_stay_there(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("opened")
    returned = play.home.folder / "hämtat"
    returned.mkdir()
    for person in ("elin", "sofia"):
        play.hand_in(person).replace(returned / f"{person}.xlsx")
    (returned / "brev.txt").write_text("Hej!")
    now = ("--now", "2026-09-08T09:00", "--config", play.home.config)
    ended = arshjul("collect", returned, *now)
    assert ended.status == 0
    assert [line.split(maxsplit=1) for line in ended.out.splitlines()] == [
        ["mottaget", "Sinnesrummet Månskenet"],
        ["mottaget", "Café Kajutan"],
        ["i", "karantän  brev.txt"],
        ["Skälet", f"står i en .txt-fil bredvid var och en i {play.home.data / 'karantan'}."],
    ]
    assert len(list(returned.iterdir())) == 3
    again = arshjul("collect", returned / "elin.xlsx", *now)
    assert "läst förut  elin.xlsx" in again.out


def test_what_waits_in_the_inbox_is_neither_overwritten_nor_in_the_way(
    arshjul: Arshjul, play_from: PlayFrom
) -> None:
    play = play_from("opened")
    returned = play.home.folder / "hämtat"
    returned.mkdir()
    play.hand_in("elin").replace(returned / "svar.xlsx")
    play.hand_in("sofia").replace(play.home.inbox / "svar.xlsx")
    now = ("--now", "2026-09-08T09:00", "--config", play.home.config)
    assert arshjul("collect", returned, *now).out.split() == ["mottaget", "Sinnesrummet", "Månskenet"]
    assert arshjul("collect", play.home.inbox, *now).out.split() == ["mottaget", "Café", "Kajutan"]
    assert list(play.home.inbox.iterdir()) == []
    assert arshjul("collect", play.home.inbox, *now).out == "Där finns inga filer att läsa.\n"


def test_a_file_to_collect_that_is_not_there_is_named(arshjul: Arshjul, home: Home) -> None:
    missing = home.folder / "svar.xlsx"
    assert arshjul("collect", missing, "--config", home.config).sentence == f"{missing}: filen finns inte"
