"""`arshjul init` makes an installation that loads, from a plan document where there is one."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from arshjul.config import load_installation
from arshjul.plan import Kind
from cli.init import init

PLAN = """Verksamhetsplan 2027 för Strandvägens korttidsboende

KF:s inriktningsmål: 1. En trygg stad

KF:s mål för verksamhetsområdet: 1.1 Stödet kommer i tid

Nämndmål: Stödet utgår från den enskilde

Enhetsmål: Gästerna väljer sina egna dagar

Förväntat resultat
Varje gäst har ett eget schema.

\tIndikator\tÅrsmål\tKF:s årsmål år 2027\tPeriodicitet
Andel gäster som har valt sitt schema\t90 %\t85 %\tTertial
"""


def test_a_plan_document_becomes_an_installation_that_loads(tmp_path: Path) -> None:
    document = tmp_path / "plan.txt"
    document.write_text(PLAN, "utf-8")
    result = CliRunner().invoke(init, [str(tmp_path / "ny"), "--plan", str(document), "--code", "STR"])
    assert result.exit_code == 0, result.output
    installation = load_installation(tmp_path / "ny" / "config")
    plan = installation.plans["STR", 2027]
    assert [goal.title for goal in plan.walk()][-1] == "Gästerna väljer sina egna dagar"
    assert installation.wheel.rules("STR", Kind.T2) is not None
    assert installation.unit("STR").short_name == "Strandvägen"
    assert installation.measures("STR")["I01"].unit == "%"


def test_an_installation_without_a_plan_loads_too(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        init, [str(tmp_path / "ny"), "--manager", 'Eva "Evis" Ek <eva@kommun.example>']
    )
    assert result.exit_code == 0, result.output
    people = load_installation(tmp_path / "ny" / "config").organisation.people
    assert people[0].name == 'Eva "Evis" Ek'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--manager", "Eva Ek"], "Karin Ekdahl <karin@kommun.example>"),
        (["--code", "för lång kod"], "2 till 12 stora bokstäver"),
        (["--plan", "finns-inte.txt"], "finns inte"),
    ],
)
def test_a_mistake_is_said_in_one_sentence_and_nothing_is_written(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    result = CliRunner().invoke(init, [str(tmp_path / "ny"), *arguments])
    assert said in str(result.exception)
    assert not (tmp_path / "ny").exists()


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "wheel.yaml").write_text("min egen", "utf-8")
    result = CliRunner().invoke(init, [str(tmp_path)])
    assert "inte tom" in str(result.exception)
    assert (tmp_path / "config" / "wheel.yaml").read_text("utf-8") == "min egen"


def test_a_file_is_no_folder_to_begin_in(tmp_path: Path) -> None:
    (tmp_path / "anteckningar.txt").write_text("")
    result = CliRunner().invoke(init, [str(tmp_path / "anteckningar.txt")])
    assert str(result.exception).endswith("anteckningar.txt: är en fil; ange en mapp")
