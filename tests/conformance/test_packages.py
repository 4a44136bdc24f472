"""commons-ip, the tool of E-ARK, finds an archive package a valid CSIP and SIP; bagit finds its bag whole."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import bagit
import pytest

from arshjul.adapters.archive import write_package
from arshjul.adapters.archive.bags import make_bag
from tests.conformance.validators import from_maven, need
from tests.stages import Stages
from tests.store.test_package import HOLDING

pytestmark = [pytest.mark.conformance, pytest.mark.xdist_group("commons-ip")]
_MAIN = "org.roda_project.commons_ip2.cli.Main"


@dataclass(frozen=True, slots=True)
class Said:
    """What commons-ip says of a package: VALID or INVALID, and each requirement that it found broken."""

    result: str
    broken: dict[str, list[str]]


def told(package: Path, version: str, out: Path) -> Said:
    """What it says of a package; what it writes besides stays in `out`.

    One start of Java each: given several packages it stops at the second (commons-ip 2.10).
    """
    java = need("java", "commons-ip behöver Java")
    jars = ":".join(map(str, from_maven("commons-ip").glob("*.jar")))
    out.mkdir()
    asked = ["validate", "-i", str(package), "-o", str(out), f"--specification-version={version}"]
    done = subprocess.run(
        [java, f"-Djava.io.tmpdir={out}", "-cp", jars, _MAIN, *asked],
        cwd=out,  # it leaves its log where it stands
        capture_output=True,
        text=True,
        timeout=300,
    )
    reports = sorted(out.glob("*.json"))
    assert len(reports) == 1, done.stdout + done.stderr
    report = json.loads(reports[0].read_text("utf-8"))
    tested = {each["id"]: each["testing"] for each in report["validation"]}
    assert len(tested) > 100  # of a file that it cannot read it tests next to nothing
    broken = {id: one["issues"] for id, one in tested.items() if one["outcome"] == "FAILED"}
    return Said(report["summary"]["result"], broken)


@pytest.fixture(scope="module")
def of_the_cycle(stages: Stages) -> Path:
    """The package that the example's T2 ends in."""
    return stages.at("archived") / "data" / "arkiv" / "SOL-T2-2026-v1"


def test_the_package_of_a_cycle_is_a_valid_submission_package(of_the_cycle: Path, tmp_path: Path) -> None:
    assert told(of_the_cycle, "2.1.0", tmp_path / "said") == Said("VALID", {})


def test_in_the_next_edition_only_the_name_of_the_profile_is_another(
    of_the_cycle: Path, tmp_path: Path
) -> None:
    newer = told(of_the_cycle, "2.2.0", tmp_path / "said")
    assert set(newer.broken) == {"SIP2"}  # a package names one edition: ours is 2.1, as FGS asks
    assert all("PROFILE value isn't" in issue for issue in newer.broken["SIP2"])


def test_a_package_with_odd_names_and_a_receiver_is_valid(tmp_path: Path) -> None:
    write_package(tmp_path / HOLDING.name, HOLDING)
    said = told(tmp_path / HOLDING.name, "2.1.0", tmp_path / "said")
    # This one has no schemas in its restricted part, which is recommended and no more.
    assert (said.result, set(said.broken)) == ("VALID", {"CSIPSTR15"})


def test_a_package_that_was_changed_is_not_valid(tmp_path: Path) -> None:
    write_package(tmp_path / HOLDING.name, HOLDING)
    file = tmp_path / HOLDING.name / "representations" / "restricted" / "data" / "svar.json"
    file.chmod(0o644)
    file.write_bytes(b"[]")
    said = told(tmp_path / HOLDING.name, "2.1.0", tmp_path / "said")
    assert said.result == "INVALID"
    assert said.broken


def test_a_bag_for_transport_is_valid(tmp_path: Path) -> None:
    write_package(tmp_path / HOLDING.name, HOLDING)
    make_bag(tmp_path / HOLDING.name, tmp_path / "leverans", "2026-11-30")
    bag = bagit.Bag(str(tmp_path / "leverans"))
    bag.validate()
    assert bag.is_valid()
