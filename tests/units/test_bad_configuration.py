"""A mistake in any file of the configuration ends in one line with file and line, and harms nothing."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arshjul.errors import BadInput
from arshjul.plan_reader import default_words, words
from cli.invented_story import read_words
from cli.main import main
from cli.story import read_story
from tests.example import CONFIG

Command = Callable[..., tuple[int, str, str]]

FILES = sorted(path.relative_to(CONFIG).as_posix() for path in CONFIG.rglob("*.yaml"))
# A value that is right, what somebody wrote instead, and what she is told.
MISTAKES = {
    "demo/answers.yaml": ("sheets: [MANSKENET]", "sheets: MANSKENET", '"sheets" ska vara en lista'),
    "demo/invented.yaml": (
        "faulty_number:",
        "faulty_number: [1]\n#",
        '"faulty_number" ska vara ett enda värde',
    ),
    "earlier/HAM.yaml": ("{total: 31}", "{total: många}", '"total" ska vara ett tal med decimalpunkt'),
    "earlier/SOL.yaml": ("{total: 80}", "{total: [80]}", '"total" ska vara ett enda värde'),
    "indicators.yaml": ("method: sum,", "method: summa,", '"method" ska vara något av sum, mean'),
    "organisation.yaml": ("{id: malin,", "{id: 12,", '"id" ska vara text'),
    "plans/HAM-2026.yaml": ("year: 2026", "year: tjugosex", "”tjugosex” ska vara ett heltal"),
    "plans/SOL-2026.yaml": ('end: "2026-06-12"', "end: i juni", "”i juni” ska vara ett datum"),
    "reader.yaml": (
        "contents_headings: [",
        "contents_headings: x # [",
        '"contents_headings" ska vara en lista',
    ),
    "report_kinds.yaml": ("required: true", "required: kanske", '"required" ska vara true eller false'),
    "review.yaml": ("words_twice: ", "words_twice: x", '"words_twice" ska vara ett heltal'),
    "settings.yaml": ("port: 8025", "port: åtta", '"port" ska vara ett heltal'),
    "sources.yaml": ("once: [place, month]", "once: place", '"once" ska vara en lista'),
    "wheel.yaml": ("workdays: 8, before", "workdays: åtta, before", '"workdays" ska vara ett heltal'),
}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A copy of the example's configuration."""
    return shutil.copytree(CONFIG, tmp_path / "config")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The program as it is started from a shell: exit status, standard output, standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["arshjul", *arguments])
        status = 0
        try:
            main()
        except SystemExit as done:
            status = int(done.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def told(
    config: Path, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[[str], tuple[int, str, str]]]:
    """What the command that reads a file of the configuration says of it."""

    def read(file: str) -> tuple[int, str, str]:
        match file:
            case "reader.yaml":
                monkeypatch.setattr(words, "_CONFIG", config / file)
                default_words.cache_clear()
                (tmp_path / "plan.txt").write_text("Verksamhetsplan 2026\n", "utf-8")
                return command("plan", "read", str(tmp_path / "plan.txt"))
            case "demo/answers.yaml" | "demo/invented.yaml":
                # `arshjul demo` reads these when Prefect is up; the command tells what is raised here.
                reader = read_story if file == "demo/answers.yaml" else read_words
                try:
                    reader(config / file)
                except BadInput as trouble:
                    return 2, "", f"{trouble}\n"
                return 0, "", ""
            case _:
                return command("status", "--config", str(config))

    yield read
    default_words.cache_clear()


def test_every_file_has_its_mistake_here() -> None:
    assert sorted(MISTAKES) == FILES


@pytest.mark.parametrize("file", FILES)
def test_a_wrong_type_is_one_line_that_says_where_and_what(
    config: Path, told: Callable[[str], tuple[int, str, str]], file: str
) -> None:
    right, wrong, sentence = MISTAKES[file]
    text = (config / file).read_text("utf-8")
    assert right in text
    (config / file).write_text(text.replace(right, wrong, 1), "utf-8")
    line = text.partition(right)[0].count("\n") + 1
    status, out, err = told(file)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"config/{file}, rad {line}: ")
    assert sentence in err


@pytest.mark.parametrize("file", FILES)
def test_an_unknown_key_is_one_line_that_says_where_and_which(
    config: Path, told: Callable[[str], tuple[int, str, str]], file: str
) -> None:
    text = (config / file).read_text("utf-8").rstrip("\n")
    (config / file).write_text(f"{text}\npåhittat: 1\n", "utf-8")
    status, out, err = told(file)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"config/{file}, rad {text.count(chr(10)) + 2}: ")
    assert "påhittat" in err


def test_a_mistake_harms_nothing_and_is_forgotten_when_it_is_mended(config: Path, command: Command) -> None:
    before = {path: path.read_bytes() for path in config.rglob("*.yaml")}
    wheel = config / "wheel.yaml"
    wheel.write_bytes(before[wheel] + b"mer: 1\n")
    assert command("status", "--config", str(config))[0] == 2
    assert not (config.parent / "data").exists()
    wheel.write_bytes(before[wheel])
    status, out, err = command("status", "--config", str(config))
    assert (status, err) == (0, "")
    assert "Ingen rapport har öppnats än." in out
    assert {path: path.read_bytes() for path in config.rglob("*.yaml")} == before
