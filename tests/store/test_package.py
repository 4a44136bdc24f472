"""Packages: whole or not there, never written again, and any change in them is found."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from arshjul.adapters.package import package_sha256, verify_package, write_package
from arshjul.errors import ArshjulError, BadInput

FILES = {"public/report/rapport å.pdf": b"%PDF", "restricted/svar.json": b"{}"}
ABOUT = {"External-Description": "T2 2026 version 1", "Bagging-Date": "2026-10-30"}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "arkiv" / "SOL-T2-2026-v1"
    write_package(path, FILES, ABOUT)
    return path


def open_up(path: Path) -> Path:
    path.chmod(0o644)
    return path


def test_a_package_is_a_bag_that_holds_and_says_what_it_was_given(package: Path) -> None:
    assert verify_package(package) == []
    assert {name: (package / "data" / name).read_bytes() for name in FILES} == FILES
    info = (package / "bag-info.txt").read_text("utf-8").splitlines()
    assert {f"{key}: {value}" for key, value in ABOUT.items()} <= set(info)
    assert [path.name for path in package.parent.iterdir()] == [package.name]


def test_the_same_content_gives_the_same_package(package: Path, tmp_path: Path) -> None:
    twin = tmp_path / "annan" / package.name
    assert write_package(twin, dict(reversed(FILES.items())), ABOUT) == package_sha256(package)


def test_writing_it_again_leaves_every_file_alone(package: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in package.rglob("*")}
    assert write_package(package, FILES, {**ABOUT, "Bagging-Date": "2026-11-30"}) == package_sha256(package)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in package.rglob("*")} == before


def test_what_was_left_of_a_crash_is_cleared_away(tmp_path: Path) -> None:
    path = tmp_path / "arkiv" / "SOL-T2-2026-v1"
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.mkdir(parents=True)
    (unfinished / "halv.pdf").write_bytes(b"%P")
    write_package(path, FILES, ABOUT)
    assert verify_package(path) == []
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def change(package: Path) -> None:
    open_up(package / "data" / "restricted" / "svar.json").write_bytes(b"[]")


def remove(package: Path) -> None:
    (package / "data" / "restricted" / "svar.json").unlink()


def add(package: Path) -> None:
    (package / "data" / "public" / "bilaga.txt").write_text("en till")


def add_beside(package: Path) -> None:
    (package / "anteckning.txt").write_text("en till")


def change_the_description(package: Path) -> None:
    info = open_up(package / "bag-info.txt")
    info.write_text(info.read_text("utf-8").replace("version 1", "version 2"), "utf-8")


def change_with_its_manifest(package: Path) -> None:
    change(package)
    manifest = open_up(package / "manifest-sha256.txt")
    old, new = (hashlib.sha256(content).hexdigest() for content in (b"{}", b"[]"))
    manifest.write_text(manifest.read_text("utf-8").replace(old, new), "utf-8")


def remove_the_last_seal(package: Path) -> None:
    (package / "tagmanifest-sha256.txt").unlink()


@pytest.mark.parametrize(
    ("harm", "code", "place"),
    [
        (change, "changed", "data/restricted/svar.json"),
        (remove, "missing", "data/restricted/svar.json"),
        (add, "added", "data/public/bilaga.txt"),
        (add_beside, "added", "anteckning.txt"),
        (change_the_description, "changed", "bag-info.txt"),
        (change_with_its_manifest, "changed", "manifest-sha256.txt"),
        (remove_the_last_seal, "missing", "tagmanifest-sha256.txt"),
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
        write_package(package, FILES, ABOUT)


def test_a_folder_that_is_no_package_is_told(tmp_path: Path) -> None:
    (tmp_path / "foton").mkdir()
    for path in (tmp_path / "foton", tmp_path / "finns inte"):
        with pytest.raises(BadInput, match=r"inget arkivpaket: ange mappen som innehåller bagit\.txt"):
            verify_package(path)
