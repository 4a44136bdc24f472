"""commons-ip, the tool of E-ARK, finds an archive package a valid CSIP and SIP; bagit finds its bag whole."""

import json
import subprocess
from pathlib import Path

import bagit
import pytest

from arshjul.adapters.archive import write_package
from arshjul.adapters.archive.bags import make_bag
from tests.conformance.validators import from_maven, need
from tests.stages import PlayFrom
from tests.store.test_package import HOLDING

pytestmark = [pytest.mark.conformance, pytest.mark.xdist_group("commons-ip")]
_MAIN = "org.roda_project.commons_ip2.cli.Main"


def verdict(package: Path, version: str, out: Path) -> tuple[str, dict[str, object]]:
    """What commons-ip says of a package: VALID or INVALID, and each requirement that it found broken."""
    java = need("java", "commons-ip behöver Java")
    jars = ":".join(map(str, from_maven("commons-ip").glob("*.jar")))
    out.mkdir(exist_ok=True)
    asked = ["validate", "-i", str(package), "-o", str(out), f"--specification-version={version}"]
    done = subprocess.run([java, "-cp", jars, _MAIN, *asked], capture_output=True, text=True, timeout=300)
    reports = sorted(out.glob("*.json"))
    assert reports, done.stdout + done.stderr
    report = json.loads(reports[0].read_text("utf-8"))
    tested = {each["id"]: each["testing"] for each in report["validation"]}
    assert len(tested) > 100  # of a file that it cannot read it tests next to nothing
    broken = {id: testing for id, testing in tested.items() if testing["outcome"] == "FAILED"}
    return report["summary"]["result"], broken


@pytest.mark.parametrize("version", ["2.1.0", "2.2.0"])
def test_the_package_of_a_cycle_is_a_valid_submission_package(
    play_from: PlayFrom, tmp_path: Path, version: str
) -> None:
    package = play_from("archived").home.data / "arkiv" / "SOL-T2-2026-v1"
    assert verdict(package, version, tmp_path / "utlåtande") == ("VALID", {})


def test_a_package_with_odd_names_and_a_receiver_is_valid(tmp_path: Path) -> None:
    write_package(tmp_path / HOLDING.name, HOLDING)
    result, broken = verdict(tmp_path / HOLDING.name, "2.1.0", tmp_path / "utlåtande")
    # This one has no schemas in its restricted part, which is recommended and no more.
    assert (result, set(broken)) == ("VALID", {"CSIPSTR15"})


def test_a_package_that_was_changed_is_not_valid(tmp_path: Path) -> None:
    write_package(tmp_path / HOLDING.name, HOLDING)
    file = tmp_path / HOLDING.name / "representations" / "restricted" / "data" / "svar.json"
    file.chmod(0o644)
    file.write_bytes(b"[]")
    result, broken = verdict(tmp_path / HOLDING.name, "2.1.0", tmp_path / "utlåtande")
    assert result == "INVALID"
    assert broken


def test_a_bag_for_transport_is_valid(tmp_path: Path) -> None:
    write_package(tmp_path / HOLDING.name, HOLDING)
    make_bag(tmp_path / HOLDING.name, tmp_path / "leverans", "2026-11-30")
    bag = bagit.Bag(str(tmp_path / "leverans"))
    bag.validate()
    assert bag.is_valid()
