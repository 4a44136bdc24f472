"""Bad input ends with exit status 2 and one line in Swedish that says where and what to do."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli.main import COMMANDS
from cli.main import arshjul as group
from tests.cli.conftest import Arshjul
from tests.example import Home

ENGLISH = ("Error", "Usage", "Invalid", "Missing", "No such", "Traceback", " not ", "Got", "Option ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["statuss"], "Kommandot statuss finns inte."),
        (["status", "--jsom"], "Valet --jsom finns inte. Menade du --json?"),
        (["status", "XX", "2026"], "”XX” är ingen rapport. Välj bland VP, T1, T2"),
        (["status", "T2", "tjugosex"], "ÅR: "),
        (["status", "T2", "2026", "extra"], "extra"),
        (["run", "T2"], "ÅR saknas."),
        (["run", "T2", "2026", "--now", "i morgon"], "”i morgon” är ingen tid. Skriv som 2026-09-08T08:00."),
        (["run", "T2", "2026", "--now"], "--now"),
        (["approve", "T2", "2026"], "--by saknas"),
        (["explain", "T2", "2026", "tre", "--by", "karin", "--reason", "x"], "NUMMER: "),
        (["wheel", "1066"], "ÅR: "),
        (["judge", "T2", "2026"], "ange antingen --write FIL, eller --file FIL och --by PERSON"),
    ],
)
def test_a_command_written_wrong_is_told_in_one_swedish_line(
    arshjul: Arshjul, arguments: list[str], sentence: str
) -> None:
    said = arshjul(*arguments).sentence
    assert sentence in said
    assert not [word for word in ENGLISH if word in said]


@pytest.mark.parametrize("arguments", [[], ["archive"], ["--help"], ["run", "--help"], ["plan", "--help"]])
def test_the_help_is_in_swedish(arshjul: Arshjul, arguments: list[str]) -> None:
    ended = arshjul(*arguments)
    assert (ended.status, ended.err) == (0, "")
    assert "Visa den här hjälpen." in ended.out
    assert not [word for word in (*ENGLISH, "default", "Commands", "Show") if word in ended.out]


def every_command() -> Iterator[tuple[str, ...]]:
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from ((name, inner) for inner in command.commands)
        else:
            yield (name,)


@pytest.mark.parametrize("command", [*every_command()], ids=" ".join)
def test_the_help_of_every_command_shows_how_it_is_written(
    arshjul: Arshjul, command: tuple[str, ...]
) -> None:
    said = arshjul(*command, "--help").out
    assert f"\n    arshjul {' '.join(command)}" in said.partition("Exempel:")[2]


def test_a_config_folder_that_is_not_there_is_named(arshjul: Arshjul, tmp_path: Path) -> None:
    missing = tmp_path / "finns inte"
    for arguments in (("status",), ("run", "T2", 2026), ("wheel", 2026), ("review", "T2", 2026)):
        sentence = arshjul(*arguments, "--config", missing).sentence
        assert sentence.startswith(f"{missing}: mappen finns inte")


def test_a_file_where_the_config_folder_should_be_is_named(arshjul: Arshjul, tmp_path: Path) -> None:
    file = tmp_path / "config"
    file.write_text("")
    assert arshjul("status", "--config", file).sentence.startswith(str(file))


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("settings.yaml", "mail:", "post:", 'config/settings.yaml, rad 8: okänd nyckel "post"'),
        ("settings.yaml", "port: 9", "port: nio", 'config/settings.yaml, rad 10: "port" ska vara ett heltal'),
        ("organisation.yaml", "- code: SOL", "- code: [SOL]", "config/organisation.yaml, rad "),
        ("wheel.yaml", "{workdays: 9, after: period_end}", "{workdays: nio}", "config/wheel.yaml, rad "),
        ("report_kinds.yaml", "T2:", "T4:", "config/report_kinds.yaml"),
        ("review.yaml", "\n", "\n  :", "config/review.yaml"),
        ("plans/SOL-2026.yaml", "year: 2026", "year: 1999", "config/plans/SOL-2026.yaml"),
    ],
)
def test_a_fault_in_a_config_file_is_told_with_file_and_place(
    arshjul: Arshjul, home: Home, name: str, old: str, new: str, sentence: str
) -> None:
    path = home.config / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert sentence in arshjul("status", "--config", home.config).sentence


def test_a_unit_that_is_not_there_is_told_with_those_that_are(arshjul: Arshjul, home: Home) -> None:
    for arguments in (
        ("status", "--unit", "XYZ"),
        ("status", "T2", 2026, "--unit", "XYZ"),
        ("run", "T2", 2026, "--unit", "XYZ"),
        ("approve", "T2", 2026, "--unit", "XYZ", "--by", "karin"),
        ("wheel", 2026, "--unit", "XYZ"),
    ):
        sentence = arshjul(*arguments, "--config", home.config).sentence
        assert 'det finns ingen enhet "XYZ"; här finns SOL' in sentence


def test_a_token_that_is_not_there_is_told(arshjul: Arshjul, home: Home) -> None:
    told = arshjul("portal", "--withdraw-token", "borta", "--config", home.config).sentence
    assert told == "--withdraw-token: det finns ingen nyckel som heter ”borta”"


def test_a_year_without_a_plan_is_told_before_prefect_is_started(arshjul: Arshjul, home: Home) -> None:
    for command in ("status", "run", "review"):
        sentence = arshjul(command, "T2", 2031, "--unit", "SOL", "--config", home.config).sentence
        assert "det finns ingen plan för SOL 2031" in sentence or "har inte öppnats än" in sentence
    assert not (home.data / "prefect").exists()
    assert arshjul("status", "--config", home.config).out == "Ingen rapport har öppnats än.\n"


def test_a_report_that_the_wheel_has_not_is_told_before_prefect_is_started(
    arshjul: Arshjul, home: Home
) -> None:
    ended = arshjul("run", "MR", "2026-07", "--unit", "SOL", "--config", home.config)
    assert "MR görs inte för månad 7 i SOL" in ended.sentence
    assert not (home.data / "prefect").exists()


def test_who_decides_for_one_of_several_units_has_to_say_which(arshjul: Arshjul, home: Home) -> None:
    ended = arshjul("approve", "T2", 2026, "--by", "karin", "--config", home.config)
    assert "det finns flera enheter; välj en med --unit (SOL, HAM)" in ended.sentence


def test_a_place_that_cannot_be_written_is_told(arshjul: Arshjul, home: Home, tmp_path: Path) -> None:
    figure = tmp_path / "finns inte" / "hjul.svg"
    sentence = arshjul("wheel", 2026, "--svg", figure, "--config", home.config).sentence
    assert str(figure.parent) in sentence
    file = tmp_path / "fil"
    file.write_text("")
    assert str(file) in arshjul("collect", file / "svar.xlsx", "--config", home.config).sentence
    assert arshjul("backup", file, "--config", home.config).sentence == f"{file}: är en fil; ange en mapp"


def test_a_file_of_another_kind_is_not_written_over(arshjul: Arshjul, home: Home) -> None:
    wheel = home.config / "wheel.yaml"
    before = wheel.read_bytes()
    for command in (("wheel", 2026, "--svg"), ("letters", "preview", "--html"), ("wheel", 2026, "--ics")):
        assert str(wheel) in arshjul(*command, wheel, "--config", home.config).sentence
    assert wheel.read_bytes() == before
    figure = home.folder / "hjul.svg"
    for _ in range(2):
        assert arshjul("wheel", 2026, "--svg", figure, "--config", home.config).status == 0


def test_a_database_address_that_cannot_be_read_is_refused_before_anything_is_made(
    arshjul: Arshjul, tmp_path: Path
) -> None:
    for command in (("load-example", tmp_path / "stad"), ("restore", tmp_path / "kopia", tmp_path / "stad")):
        told = arshjul(*command, "--database", "mysql://server/arshjul").sentence
        assert told.startswith(
            "--database: databasens adress går inte att läsa. Skriv den som postgresql+psycopg"
        )
    assert not (tmp_path / "stad").exists()


def test_a_damaged_database_is_named(arshjul: Arshjul, home: Home) -> None:
    database = home.data / "arshjul.sqlite"
    database.write_bytes(b"\0" * 8192)
    assert "är skadad eller ingen databas" in arshjul("status", "--config", home.config).sentence


def test_the_program_itself_shows_no_traceback(home: Home) -> None:
    path = home.config / "wheel.yaml"
    path.write_text("units: [", "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "cli.main", "run", "T2", "2026", "--config", str(home.config)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    [line] = ended.stderr.splitlines()
    assert line.startswith("config/wheel.yaml, rad ")


def test_a_reader_who_has_seen_enough_is_no_error(home: Home) -> None:
    words = [sys.executable, "-m", "cli.main", "wheel", "2026", "--config", str(home.config)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (0, b"")
