"""The ready files in docs/drift say what drift.md says, and start commands that exist."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from cli.main import arshjul

DRIFT = Path(__file__).parents[2] / "docs" / "drift"
SERVICES = sorted(DRIFT.glob("*.service"))
PROGRAM = "/opt/arshjul"


def unit(path: Path) -> configparser.ConfigParser:
    """A unit file, as systemd reads it."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, "utf-8")
    return parser


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_as_its_own_user_and_starts_what_there_is(path: Path) -> None:
    service = unit(path)["Service"]
    assert (service["User"], service["WorkingDirectory"]) == ("arshjul", PROGRAM)
    assert service["EnvironmentFile"] == "/etc/arshjul.env"
    program, *words = shlex.split(service["ExecStart"])
    assert program.startswith(f"{PROGRAM}/.venv/bin/")
    if program.endswith("/arshjul"):
        assert arshjul.get_command(click.Context(arshjul), words[0]) is not None


def test_every_file_that_the_page_tells_to_copy_or_start_is_there() -> None:
    page = (DRIFT.parent / "drift.md").read_text("utf-8")
    told = set(re.findall(r"docs/drift/([\w@.-]+\.\w+)", page))
    assert {"arshjul.env", "nginx-arshjul.conf"} <= told
    assert all((DRIFT / name).is_file() for name in told)
    section = page[page.index("## En hel stad") : page.index("## Portalen")]
    started = set(re.findall(r"\barshjul-[a-z]+(?:@|\.timer)?", section))
    known = {path.name.removesuffix(".service") for path in SERVICES} | {"arshjul-deploy.timer"}
    assert started == known


def test_no_password_stands_in_the_example() -> None:
    lines = (DRIFT / "arshjul.env").read_text("utf-8").splitlines()
    secret = [line for line in lines if re.match(r"\w*(PASSWORD|SECRET)=", line)]
    assert secret == ["ARSHJUL_MAIL_PASSWORD="]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_finds_nothing_wrong_but_that_the_program_is_not_installed_here() -> None:
    for path in (*SERVICES, DRIFT / "arshjul-deploy.timer"):
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(path)],
            capture_output=True,
            text=True,
            check=False,
            env={"SYSTEMD_UNIT_PATH": f"{DRIFT}:", "PATH": "/usr/bin:/bin"},
        )
        ours = [line for line in done.stderr.splitlines() if "arshjul" in line]
        assert all(PROGRAM in line and "not executable" in line for line in ours), done.stderr
