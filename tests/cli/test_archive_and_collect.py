"""`arshjul archive verify` and `arshjul collect`: what they find and how they end."""

from tests.cli.conftest import Arshjul
from tests.example import Home
from tests.stages import PlayFrom


def test_whole_packages_end_with_0_and_changed_ones_with_1(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("archived")
    archive = play.home.data / "arkiv"
    package = archive / "SOL-T2-2026-v1"
    assert arshjul("archive", "verify", archive).out == "SOL-T2-2026-v1: helt och oförändrat\n"
    report = package / "data" / "public" / "report" / "T2-2026-SOL.html"
    report.chmod(0o644)
    report.write_text("ändrad", "utf-8")
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
                            "place": "data/public/report/T2-2026-SOL.html",
                            "message": "Filen data/public/report/T2-2026-SOL.html har ändrats sedan paketet "
                            "skrevs.",
                        }
                    ],
                }
            ]
        }
    assert arshjul("archive", "verify", package).status == 1


def test_a_folder_without_packages_is_told(arshjul: Arshjul, home: Home) -> None:
    assert "inget arkivpaket" in arshjul("archive", "verify", home.data).sentence
    assert "inget arkivpaket" in arshjul("archive", "verify", home.data / "finns inte").sentence


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
    ]
    assert len(list(returned.iterdir())) == 3
    again = arshjul("collect", returned / "elin.xlsx", *now)
    assert "läst förut  elin.xlsx" in again.out


def test_a_file_to_collect_that_is_not_there_is_named(arshjul: Arshjul, home: Home) -> None:
    missing = home.folder / "svar.xlsx"
    assert arshjul("collect", missing, "--config", home.config).sentence == f"{missing}: filen finns inte"
