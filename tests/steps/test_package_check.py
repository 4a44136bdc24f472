"""The monthly check: packages and copies are read back, the result is kept, a missing copy is made."""

import shutil
from dataclasses import replace
from pathlib import Path

from arshjul.adapters.store import tables
from arshjul.office import Office
from arshjul.steps.archive.package_check import check_packages
from tests.example import at
from tests.stages import PlayFrom

NAME = "SOL-T2-2026-v1"
NOW = at("2026-12-02 08:00")


def with_target(office: Office, target: Path) -> Office:
    settings = office.installation.settings
    archive = replace(settings.archive, target=str(target))
    return replace(
        office, installation=replace(office.installation, settings=replace(settings, archive=archive))
    )


def test_the_result_of_every_reading_is_kept(play_from: PlayFrom) -> None:
    play = play_from("archived")
    assert [one.faults for one in check_packages(play.office, NOW)] == [()]
    package = play.home.data / "arkiv" / NAME
    (package / "anteckning.txt").write_text("en till")
    [found] = check_packages(play.office, NOW)
    assert found.faults == ("Filen anteckning.txt hör inte till paketet.",)
    shutil.rmtree(package)
    [gone] = check_packages(play.office, NOW)
    assert "finns inte där det skrevs" in gone.faults[0]
    assert [len(row.faults) for row in play.rows(tables.FixityCheck)] == [0, 1, 1]


def test_a_package_that_was_exchanged_whole_is_found_by_the_ledger(play_from: PlayFrom) -> None:
    play = play_from("archived")
    with play.office.database.writing() as session:
        session.query(tables.Package).one().sha256 = "0" * 64
    [found] = check_packages(play.office, NOW)
    assert "ett annat än det som skrevs" in found.faults[0]


def test_a_copy_that_is_not_there_is_made_and_then_read_back(play_from: PlayFrom, tmp_path: Path) -> None:
    play = play_from("archived")
    office = with_target(play.office, tmp_path / "annan disk")
    assert [(one.target != "", one.faults) for one in check_packages(office, NOW)] == [
        (False, ()),
        (True, ()),
    ]
    [copy] = play.rows(tables.PackageCopy)
    assert copy.verified_at == NOW
    report = next((tmp_path / "annan disk").rglob("*.pdf"))
    report.chmod(0o644)
    report.write_bytes(report.read_bytes()[:-1])
    [own, other] = check_packages(office, NOW)
    assert own.faults == ()
    assert "har ändrats" in other.faults[0]
