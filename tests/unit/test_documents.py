"""Files in any encoding give the same plan; what is no document is refused in one sentence."""

import unicodedata
from pathlib import Path

import pytest

from arshjul.adapters.documents.reading import read_document, read_plan_file
from arshjul.errors import BadInput, NotAPlan
from arshjul.plan_file import dump_plan

TEXT = (
    "Enhetsmål: Brukarna är trygga på Älvsjöhöjden\n\nFörväntat resultat\n\nAlla får stöd när de behöver.\n"
)


def file_with(folder: Path, content: bytes, name: str = "plan.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_plan(tmp_path: Path, encoding: str) -> None:
    plan = read_plan_file(file_with(tmp_path, TEXT.encode(encoding)))
    assert plan.goals[0].title == "Brukarna är trygga på Älvsjöhöjden"
    assert plan.goals[0].sections == {"expected_result": "Alla får stöd när de behöver."}


def test_letters_in_two_parts_and_other_line_ends_are_the_same_plan(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n")
    plan = read_plan_file(file_with(tmp_path, text.encode()))
    assert plan.goals[0].title == "Brukarna är trygga på Älvsjöhöjden"


def test_a_file_cut_in_the_middle_of_a_letter_is_still_read(tmp_path: Path) -> None:
    plan = read_plan_file(file_with(tmp_path, TEXT.encode() * 3 + "ä".encode()[:1]))
    assert plan.goals[0].title == "Brukarna är trygga på Älvsjöhöjden"


def test_a_saved_plan_is_read_by_its_ending(tmp_path: Path) -> None:
    plan = read_plan_file(file_with(tmp_path, TEXT.encode()))
    assert read_plan_file(file_with(tmp_path, dump_plan(plan).encode(), "plan.yaml")) == plan


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tom"),
        (b" \n\n", "tom"),
        (bytes(range(256)) * 20, "inte ett textdokument"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), r"\.doc"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_document(file_with(tmp_path, content))


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="finns inte"):
        read_document(tmp_path / "ingen.txt")
    with pytest.raises(BadInput, match="mapp"):
        read_document(tmp_path)


def test_a_document_without_goals_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(NotAPlan, match=r"protokoll\.txt: Hittar inga mål"):
        read_plan_file(file_with(tmp_path, b"Protokoll\n", "protokoll.txt"))
