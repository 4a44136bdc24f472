"""`arshjul plan`: read and show."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from arshjul.errors import BadInput
from arshjul.plan_file import load_plan
from cli.plan import plan_group
from cli.swedish import speak_swedish

TEXT = (
    "Verksamhetsplan 2026\nNordens hemtjänst\n\nKF:s inriktningsmål: 1. En trygg stad\n\n"
    "Enhetsmål: Alla är trygga\n\nIndikator\tÅrsmål\tPeriodicitet\nTrygga\t80 %\tÅr\n\n\nSid 1 (2)\n"
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "vp.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def output(*arguments: object) -> str:
    speak_swedish()  # as the program does: click keeps a command's help as it first was
    result = CliRunner().invoke(plan_group, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_json_is_the_whole_output_and_names_the_furniture(document: Path) -> None:
    read = json.loads(output("read", document, "--json"))
    assert (read["kind"], read["year"], read["unit"]) == ("VP", 2026, "Nordens hemtjänst")
    assert read["goals"][0]["goals"][0]["indicators"][0]["target"] == "80 %"
    assert [noted["text"] for noted in read["furniture"]] == ["Sid 1 (2)"]


def test_options_give_what_the_document_does_not_say(document: Path) -> None:
    read = json.loads(output("read", document, "--json", "--kind", "T1", "--year", 2027, "--unit", "Södern"))
    assert (read["kind"], read["year"], read["unit"]) == ("T1", 2027, "Södern")


def test_the_plan_is_saved_where_asked(document: Path, tmp_path: Path) -> None:
    saved = tmp_path / "plan.yaml"
    assert "sparad" in output("read", document, "--out", saved)
    assert load_plan(saved.read_text(encoding="utf-8")).unit == "Nordens hemtjänst"


def test_a_plan_that_is_there_is_replaced_only_when_asked_and_keeps_its_ids(
    document: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "plan.yaml"
    output("read", document, "--out", saved)
    before = saved.read_bytes()
    later = tmp_path / "t2.txt"
    later.write_text(TEXT.replace("Enhetsmål:", "Enhetsmål: Maten är god\n\nEnhetsmål:"), encoding="utf-8")
    refused = CliRunner().invoke(plan_group, ["read", str(later), "--out", str(saved)])
    assert isinstance(refused.exception, BadInput)
    assert f"”arshjul plan diff {saved} {later}”" in refused.exception.sentence
    assert saved.read_bytes() == before
    assert "  G03 Maten är god: tillkom" in output("read", later, "--out", saved, "--replace")
    plan = load_plan(saved.read_text(encoding="utf-8"))
    assert [(goal.id, goal.title) for goal in plan.walk()][1:] == [
        ("G03", "Maten är god"),
        ("G02", "Alla är trygga"),
    ]
    assert (tmp_path / "plan.yaml.tidigare").read_bytes() == before


def test_show_prints_the_chain_as_a_tree(document: Path) -> None:
    assert output("show", document).splitlines() == [
        "VP 2026 Nordens hemtjänst",
        "└─ Inriktningsmål 1 En trygg stad",
        "   └─ Enhetsmål Alla är trygga",
        "         ◦ Trygga (mål 80 %)",
    ]


def test_diff_tells_what_changed_in_words_and_as_json(document: Path, tmp_path: Path) -> None:
    later = tmp_path / "t2.txt"
    later.write_text(TEXT.replace("80 %", "75 %"), encoding="utf-8")
    assert output("diff", document, later).splitlines() == ["Målvärden", "  I01 Trygga: årsmål: 80 % → 75 %"]
    assert output("diff", document, document) == "Planerna är lika.\n"
    (change,) = json.loads(output("diff", document, later, "--json"))["changes"]
    assert (change["part"], change["before"], change["after"]) == ("target", "80 %", "75 %")
