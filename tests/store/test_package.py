"""Packages: whole or not there, never written again, and any change in them is found."""

import hashlib
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import bagit
import pytest

from arshjul.adapters.archive import (
    Event,
    Holding,
    Marking,
    Part,
    find_packages,
    package_sha256,
    verify_package,
    write_package,
)
from arshjul.adapters.archive.bags import make_bag
from arshjul.errors import ArshjulError, BadInput

PUBLIC = {"report/rapport å.pdf": b"%PDF", "data/figures.csv": b"id;value\r\n"}
RESTRICTED = {"svar.json": b"{}"}
HOLDING = Holding(
    name="SOL-T2-2026-v1",
    title="Tertialrapport 2 2026, Solgläntan, version 1",
    created=datetime(2026, 10, 30, 7, tzinfo=UTC),
    creator="Björkvikens stad",
    creator_id="212000-0001",
    unit="Solgläntan",
    receiver="Björkvikens stadsarkiv",
    register_number="SOL 2026/1",
    period=(date(2026, 1, 1), date(2026, 8, 31)),
    disposal_rule="Bevaras.",
    software="Årshjul",
    software_version="1.0",
    parts=(
        Part("public", "Offentlig del", Marking("Offentlig."), PUBLIC, {"figures.json": b"{}"}),
        Part("restricted", "Del som prövas", Marking("Sekretess kan gälla.", "OSL 26:1"), RESTRICTED),
    ),
    documentation={"om-paketet.txt": b"Om paketet"},
    events=(Event("creation", datetime(2026, 9, 23, 8, tzinfo=UTC), "Rapporten godkändes.", "Karin Ekdahl"),),
)
ANSWERS = "representations/restricted/data/svar.json"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "arkiv" / "SOL-T2-2026-v1"
    path.parent.mkdir()
    write_package(path, HOLDING)
    return path


def open_up(path: Path) -> Path:
    path.chmod(0o644)
    return path


def test_a_package_holds_what_it_was_given_and_nothing_can_be_written_in_it(package: Path) -> None:
    assert verify_package(package) == []
    for part, files in (("public", PUBLIC), ("restricted", RESTRICTED)):
        data = package / "representations" / part / "data"
        assert {name: (data / name).read_bytes() for name in files} == files
    assert [path for path in package.rglob("*") if path.is_file() and path.stat().st_mode & 0o222] == []
    assert [path.name for path in package.parent.iterdir()] == [package.name]


def test_the_same_content_gives_the_same_bytes(package: Path, tmp_path: Path) -> None:
    twin = tmp_path / package.name
    public, restricted = HOLDING.parts
    turned = replace(public, files=dict(reversed(public.files.items())))
    assert write_package(twin, replace(HOLDING, parts=(turned, restricted))) == package_sha256(package)
    assert {p.relative_to(twin): p.read_bytes() for p in twin.rglob("*") if p.is_file()} == {
        p.relative_to(package): p.read_bytes() for p in package.rglob("*") if p.is_file()
    }


def test_writing_it_again_leaves_every_file_alone(package: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in package.rglob("*")}
    later = replace(HOLDING, created=datetime(2026, 11, 30, 7, tzinfo=UTC))
    assert write_package(package, later) == package_sha256(package)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in package.rglob("*")} == before


def test_what_was_left_of_a_crash_is_cleared_away(tmp_path: Path) -> None:
    path = tmp_path / "arkiv" / "SOL-T2-2026-v1"
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.mkdir(parents=True)
    (unfinished / "halv.pdf").write_bytes(b"%P")
    write_package(path, HOLDING)
    assert verify_package(path) == []
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def change(package: Path) -> None:
    open_up(package / ANSWERS).write_bytes(b"[]")


def remove(package: Path) -> None:
    (package / ANSWERS).unlink()


def add(package: Path) -> None:
    (package / "representations" / "public" / "data" / "bilaga.txt").write_text("en till")


def add_beside(package: Path) -> None:
    (package / "anteckning.txt").write_text("en till")


def change_the_description(package: Path) -> None:
    ead = open_up(package / "metadata" / "descriptive" / "ead.xml")
    ead.write_text(ead.read_text("utf-8").replace("version 1", "version 2"), "utf-8")


def change_with_its_list(package: Path) -> None:
    change(package)
    mets = open_up(package / "representations" / "restricted" / "METS.xml")
    old, new = (hashlib.sha256(content).hexdigest() for content in (b"{}", b"[]"))
    mets.write_text(mets.read_text("utf-8").replace(old, new), "utf-8")


def change_the_list_of_all(package: Path) -> None:
    mets = open_up(package / "METS.xml")
    mets.write_text(mets.read_text("utf-8").replace("SOL 2026/1", "SOL 2026/2"), "utf-8")


def remove_the_seal(package: Path) -> None:
    mets = open_up(package / "METS.xml")
    mets.write_text(mets.read_text("utf-8").rpartition("<!--")[0], "utf-8")


def damage_the_list_of_all(package: Path) -> None:
    open_up(package / "METS.xml").write_text("<mets")


@pytest.mark.parametrize(
    ("harm", "code", "place"),
    [
        (change, "changed", ANSWERS),
        (remove, "missing", ANSWERS),
        (add, "added", "representations/public/data/bilaga.txt"),
        (add_beside, "added", "anteckning.txt"),
        (change_the_description, "changed", "metadata/descriptive/ead.xml"),
        (change_with_its_list, "changed", "representations/restricted/METS.xml"),
        (change_the_list_of_all, "changed", "METS.xml"),
        (remove_the_seal, "changed", "METS.xml"),
        (damage_the_list_of_all, "damaged", "METS.xml"),
    ],
)
def test_whatever_was_done_to_a_package_is_found(
    package: Path, harm: Callable[[Path], None], code: str, place: str
) -> None:
    harm(package)
    faults = verify_package(package)
    assert (code, place) in [(fault.code, fault.place) for fault in faults]
    assert all(fault.message.endswith(".") for fault in faults)
    with pytest.raises(ArshjulError, match="har ändrats sedan det skrevs"):
        write_package(package, HOLDING)


def test_a_single_flipped_bit_in_ten_thousand_files_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)  # the disk of a test need not survive a power cut
    chance = random.Random(2026)
    files = {
        f"bilagor/{number // 100:03d}/{number:05d}.bin": chance.randbytes(40) for number in range(10_000)
    }
    path = tmp_path / "stort"
    part = Part("public", "Offentlig del", Marking("Offentlig."), files)
    write_package(path, replace(HOLDING, name="stort", parts=(part,)))
    assert len(list(path.rglob("*.bin"))) == 10_000
    struck = path / "representations" / "public" / "data" / chance.choice(sorted(files))
    content = bytearray(struck.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    open_up(struck).write_bytes(content)
    assert [(fault.code, path / fault.place) for fault in verify_package(path)] == [("changed", struck)]


def test_a_flipped_bit_anywhere_in_a_package_is_found(package: Path) -> None:
    chance = random.Random(7)
    for file in sorted(path for path in package.rglob("*") if path.is_file()):
        whole = open_up(file).read_bytes()
        for _ in range(20):
            struck = bytearray(whole)
            struck[chance.randrange(len(struck))] ^= 1 << chance.randrange(8)
            file.write_bytes(struck)
            assert verify_package(package) != [], file
        file.write_bytes(whole)
    assert verify_package(package) == []


def test_a_package_travels_in_a_bag_and_is_the_same_when_it_is_taken_out(
    package: Path, tmp_path: Path
) -> None:
    bag = tmp_path / "leverans" / package.name
    bag.parent.mkdir()
    make_bag(package, bag, "2026-11-30")
    bagit.Bag(str(bag)).validate()
    assert verify_package(bag) == []
    assert verify_package(bag / "data" / package.name) == []
    assert package_sha256(bag / "data" / package.name) == package_sha256(package)
    with pytest.raises(BadInput, match="här finns redan något"):
        make_bag(package, bag, "2026-11-30")


def test_a_bag_of_an_older_version_is_still_verified(tmp_path: Path) -> None:
    bag = tmp_path / "SOL-T1-2026-v1"
    (bag / "public").mkdir(parents=True)
    (bag / "public" / "rapport.pdf").write_bytes(b"%PDF")
    bagit.make_bag(str(bag), checksums=["sha256"])
    assert verify_package(bag) == []
    (bag / "data" / "public" / "rapport.pdf").write_bytes(b"%PDG")
    (bag / "anteckning.txt").write_text("en till")
    found = [(fault.code, fault.place) for fault in verify_package(bag)]
    assert found == [("changed", "data/public/rapport.pdf"), ("added", "anteckning.txt")]


def test_a_package_that_has_lost_its_contents_list_is_still_looked_at(package: Path) -> None:
    (package / "METS.xml").unlink()
    assert find_packages(package.parent) == [package]
    assert [(fault.code, fault.place) for fault in verify_package(package)] == [("missing", "METS.xml")]


def test_a_folder_that_is_no_package_is_told(tmp_path: Path) -> None:
    (tmp_path / "foton").mkdir()
    for path in (tmp_path / "foton", tmp_path / "finns inte"):
        with pytest.raises(BadInput, match=r"inget arkivpaket: ange mappen som innehåller METS\.xml"):
            verify_package(path)
