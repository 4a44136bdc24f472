"""`arshjul review EXPORT --against`: the approved report comes back, as it was and changed."""

from pathlib import Path

import pytest

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from tests.cli.conftest import Arshjul
from tests.play import Play
from tests.stages import PlayFrom

T2 = ("--against", "T2 2026", "--unit", "SOL")


def exported(play: Play, folder: Path, ending: str, changes: dict[str, str] | None = None) -> Path:
    """The approved file as another system might give it back, with words under the goals exchanged."""
    [version] = play.rows(tables.ApprovedVersion)
    [sha256] = [s for n, s in version.files.items() if n.endswith(ending)]
    with play.office.database.reading() as session:
        content = file_content(session, sha256)
    for before, after in (changes or {}).items():
        front, heading, goals = content.partition(b'id="mal-')
        assert before.encode() in goals
        content = front + heading + goals.replace(before.encode(), after.encode(), 1)
    path = folder / f"export{ending}"
    path.write_bytes(content)
    return path


def test_an_export_of_what_was_approved_has_no_differences(
    arshjul: Arshjul, play_from: PlayFrom, tmp_path: Path
) -> None:
    play = play_from("approved")
    for ending in (".html", ".docx", ".pdf"):
        file = exported(play, tmp_path, ending)
        ended = arshjul("review", file, *T2, "--config", play.home.config)
        assert "inga skillnader" in ended.out, ended.out
        assert (ended.status, ended.err) == (0, "")


def test_each_change_on_the_way_is_told_with_both_values_and_the_line(
    arshjul: Arshjul, play_from: PlayFrom, tmp_path: Path
) -> None:
    play = play_from("approved")
    changes = {
        "Tryggheten är god och högre än målet": "Tryggheten är god och lägre än målet",
        ">81\N{NO-BREAK SPACE}%<": ">18\N{NO-BREAK SPACE}%<",
    }
    file = exported(play, tmp_path, ".html", changes)
    ended = arshjul("review", file, *T2, "--json", "--config", play.home.config)
    assert ended.status == 1
    told = {d["field"]: (d["difference"], d["approved"], d["exported"]) for d in ended.json["differences"]}
    assert set(told) == {"utfall", "analys"}
    assert told["utfall"] == ("differs", "81 %", "18 %")
    assert "lägre än målet" in told["analys"][2]
    assert all(d["line"] for d in ended.json["differences"])
    words = arshjul("review", file, *T2, "--config", play.home.config)
    assert "Godkänt: ”81 %”" in words.out
    assert "2 skillnader" in words.out


def test_a_report_file_can_stand_on_the_other_side(
    arshjul: Arshjul, play_from: PlayFrom, tmp_path: Path
) -> None:
    play = play_from("approved")
    file = exported(play, tmp_path, ".html")
    assert arshjul("review", file, "--against", exported(play, tmp_path, ".docx")).status == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--against", "T2 2026", "--unit", "SOL"), "är inte godkänd än, så det finns inget att jämföra med"),
        (("--against", "finns-inte.pdf"), "finns-inte.pdf"),
    ],
)
def test_there_must_be_something_to_compare_with(
    arshjul: Arshjul, play_from: PlayFrom, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    play = play_from("fresh")
    file = tmp_path / "export.txt"
    file.write_text(
        "Tertialrapport 2 2026\n\nEnhetsmål: Alla är trygga\n\nAnalys\nDet har gått bra.\n", "utf-8"
    )
    ended = arshjul("review", file, *arguments, "--config", play.home.config)
    assert sentence in ended.sentence
