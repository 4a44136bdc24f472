"""veraPDF says PASS: PDF/A-2a and PDF/UA-1 for every report, PDF/A-3a for those with data in them."""

import re
import subprocess

import pytest

from arshjul.adapters.reports.pdf import render_pdf
from tests.conformance.reports import reports
from tests.conformance.validators import from_maven, need

pytestmark = [pytest.mark.conformance, pytest.mark.xdist_group("verapdf")]
_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
_SPOILED = "spoiled"


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What veraPDF says of each report and of a spoiled one, by the standards that each claims to follow.

    One start of Java for all of them, since most of the time goes to starting. The words are "PASS" or
    "FAIL" with the rules that were broken.
    """
    folder = tmp_path_factory.mktemp("pdf")
    for name, report in reports().items():
        (folder / f"{name}.pdf").write_bytes(render_pdf(report))
    whole = (folder / "nothing.pdf").read_bytes()
    assert b"dc:title>" in whole
    (folder / f"{_SPOILED}.pdf").write_bytes(whole.replace(b"dc:title>", b"dc:titel>"))

    java = need("java", "veraPDF behöver Java")
    jars = ":".join(map(str, from_maven("verapdf").glob("*.jar")))
    asked = ["--flavour", "0", "--format", "text", "-v", *map(str, sorted(folder.glob("*.pdf")))]
    done = subprocess.run(
        [java, "-Djava.awt.headless=true", f"-Djava.io.tmpdir={folder}", "-cp", jars, _MAIN, *asked],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=800,
    )
    found: dict[str, dict[str, str]] = {}
    for verdict, name, standard, rules in re.findall(
        r"^(PASS|FAIL) \S*?([^/\s]+)\.pdf (\w+)\n((?:  [^\n]*\n)*)", done.stdout, re.M
    ):
        found.setdefault(name, {})[standard] = verdict if verdict == "PASS" else f"FAIL {rules[:400]}"
    assert set(found) == {*reports(), _SPOILED}, done.stdout[-2000:] + done.stderr[-2000:]
    return found


def test_every_report_is_for_archives_and_for_every_reader(verdicts: dict[str, dict[str, str]]) -> None:
    expected = {
        name: {"3a" if report.attached else "2a": "PASS", "ua1": "PASS"} for name, report in reports().items()
    }
    assert {name: said for name, said in verdicts.items() if name != _SPOILED} == expected
    assert {"2a", "3a"} == {standard for said in expected.values() for standard in said if standard != "ua1"}


def test_the_validator_refuses_a_file_that_breaks_what_it_claims(verdicts: dict[str, dict[str, str]]) -> None:
    assert set(verdicts[_SPOILED]) == {"2a", "ua1"}
    assert all(said.startswith("FAIL") for said in verdicts[_SPOILED].values())
