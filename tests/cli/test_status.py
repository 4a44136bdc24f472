"""`arshjul status`: how it stands, fast, from whatever stage."""

import subprocess
import sys
from datetime import timedelta

import pytest
import yaml

from arshjul.steps.cycle.morning import morning
from tests.cli.conftest import Arshjul
from tests.example import NOWHERE, Home
from tests.stages import PlayFrom

NOW = ("--now", "2026-09-16T09:00")


def test_before_anything_has_opened_it_says_so(arshjul: Arshjul, home: Home) -> None:
    assert arshjul("status", "--config", home.config).out == "Ingen rapport har öppnats än.\n"
    assert arshjul("status", "--json", "--config", home.config).json == {"cycles": []}


def test_it_says_who_has_answered_and_what_it_waits_for(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("answered")
    ended = arshjul("status", *NOW, "--config", play.home.config)
    assert ended.err == ""
    lines = [line.split() for line in ended.out.splitlines()]
    assert lines[0] == ["T2", "2026", "SOL", "(SOL", "2026/1)"]
    assert ["●", "Praktiksteget", "inkom", "2026-09-15"] in lines
    assert ["○", "Returen", "saknas"] in lines


def test_as_json_it_is_one_document(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("compiled")
    found = arshjul("status", "T2", 2026, "--unit", "SOL", "--json", *NOW, "--config", play.home.config).json
    [cycle] = found["cycles"]
    assert (cycle["cycle"], cycle["unit"], cycle["registry_number"]) == ("T2 2026", "SOL", "SOL 2026/1")
    states = {scope["scope"]: scope["state"] for scope in cycle["scopes"]}
    assert states.pop("RETUREN") == "missing"
    assert set(states.values()) == {"answered"}
    assert [finding["code"] for finding in cycle["findings"]].count("missing-answer") == 1
    assert {finding["severity"] for finding in cycle["findings"]} <= {"error", "warning", "note"}


def test_what_is_due_is_said_with_the_command_that_does_it(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("answered")
    ended = arshjul("status", "--now", "2026-09-17T08:00", "--config", play.home.config)
    assert "Att göra nu: arshjul run T2 2026 --unit SOL" in ended.out


def test_a_cycle_whose_plan_was_taken_away_does_not_hide_the_others(
    arshjul: Arshjul, play_from: PlayFrom
) -> None:
    play = play_from("opened")
    (play.home.config / "plans" / "SOL-2026.yaml").unlink()
    (play.home.config / "indicators.yaml").write_text("units: {}\n", "utf-8")
    (play.home.config / "earlier" / "SOL.yaml").unlink()
    sources = yaml.safe_load((play.home.config / "sources.yaml").read_text("utf-8"))
    (play.home.config / "sources.yaml").write_text(yaml.safe_dump({**sources, "units": {}}), "utf-8")
    ended = arshjul("status", *NOW, "--config", play.home.config)
    assert ended.status == 0
    assert "det finns ingen plan för SOL 2026" in ended.out


def test_letters_that_the_mail_server_has_not_taken_are_told_first(
    arshjul: Arshjul, play_from: PlayFrom
) -> None:
    play = play_from("fresh")
    play.home.send_to(NOWHERE)
    with play.home.office() as office:
        morning(office, play.key, play.dates.opens)
    later = f"{play.dates.opens + timedelta(hours=12):%Y-%m-%dT%H:%M}"
    first = arshjul("status", "--config", play.home.config, "--now", later).out.splitlines()[0]
    assert "brev väntar på e-postservern" in first
    assert f":{NOWHERE} sedan" in first


def test_it_changes_nothing(arshjul: Arshjul, play_from: PlayFrom) -> None:
    play = play_from("compiled")
    before = play.everything()
    for arguments in ((), ("T2", 2026), ("--json",), ("--now", "2027-03-01T08:00")):
        assert arshjul("status", *arguments, "--config", play.home.config).status == 0
    assert play.everything() == before


@pytest.mark.parametrize("stage", ["fresh", "compiled", "archived"])
def test_it_starts_without_what_it_does_not_need(play_from: PlayFrom, stage: str) -> None:
    """`status` is asked often and answers at once; imports are what would take its time."""
    play = play_from(stage)
    asked = ["status", *NOW, "--config", str(play.home.config)]
    program = f"""
import sys
from cli.main import arshjul
arshjul.main({asked!r}, standalone_mode=False)
slow = {{"prefect", "pandas", "typst", "alembic", "pydantic", "icalendar", "holidays", "docx", "openpyxl",
        "xlsxwriter", "python_calamine", "jinja2", "yagmail", "aiosmtpd", "bagit", "fastapi", "numpy"}}
print(sorted(slow & set(sys.modules)), file=sys.stderr)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stderr.strip() == "[]"
