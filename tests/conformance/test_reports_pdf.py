"""veraPDF says PASS: PDF/A-2a and PDF/UA-1 for every report, PDF/A-3a for those with data in them."""

import re
import subprocess
from pathlib import Path

import pytest

from arshjul.adapters.pdf import render_pdf
from tests.conformance.reports import reports
from tests.conformance.validators import from_maven, need

pytestmark = [pytest.mark.conformance, pytest.mark.xdist_group("verapdf")]
_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    for name, report in reports().items():
        (folder / f"{name}.pdf").write_bytes(render_pdf(report))
    return folder


def verdicts(flavour: str, files: list[Path]) -> dict[str, str]:
    """What veraPDF says of each file: "PASS" or what it found."""
    java = need("java", "veraPDF behöver Java")
    jars = ":".join(map(str, from_maven("verapdf").glob("*.jar")))
    command = [
        java,
        "-Djava.awt.headless=true",
        "-cp",
        jars,
        _MAIN,
        "--flavour",
        flavour,
        "--format",
        "text",
        "-v",
    ]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, timeout=1500)
    found: dict[str, str] = {}
    for verdict, name, rest in re.findall(
        r"^(PASS|FAIL) \S*?([^/\s]+)\.pdf\b[^\n]*\n((?:  [^\n]*\n)*)", done.stdout, re.M
    ):
        found[name] = verdict if verdict == "PASS" else f"FAIL {rest[:400]}"
    assert len(found) == len(files), done.stdout[-2000:] + done.stderr[-2000:]
    return found


def _of(files: Path, *, with_data: bool) -> list[Path]:
    return [file for file in sorted(files.glob("*.pdf")) if file.stem.endswith("-data") is with_data]


@pytest.mark.parametrize("flavour", ["2a", "ua1"])
def test_every_report_is_for_archives_and_for_every_reader(files: Path, flavour: str) -> None:
    told = verdicts(flavour, _of(files, with_data=False))
    assert {name: said for name, said in told.items() if said != "PASS"} == {}


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_a_report_with_its_data_is_so_too(files: Path, flavour: str) -> None:
    told = verdicts(flavour, _of(files, with_data=True))
    assert {name: said for name, said in told.items() if said != "PASS"} == {}


def test_the_validator_refuses_what_is_no_archive_file(files: Path, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.pdf"
    content = (files / "nothing.pdf").read_bytes()
    spoiled.write_bytes(content.replace(b"<pdfaid:part>2<", b"<pdfaid:part>9<"))
    assert verdicts("2a", [spoiled])["spoiled"].startswith("FAIL")
