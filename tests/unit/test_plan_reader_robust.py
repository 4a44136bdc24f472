"""Whatever is done to a document, it ends in a plan with warnings or in one clear sentence."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.adapters.documents.reading import lines_of_document
from arshjul.errors import BadInput
from arshjul.plan import Plan
from arshjul.plan_reader import lines_of_text, read
from bench.mutated_documents import mutated, originals
from tests.unit.generated_plans import layouts, plans
from tests.unit.plan_documents import FORMS
from tests.unit.plan_texts import Layout, write

_ODD = st.sampled_from(
    [
        "",
        "Sid 3 (9)",
        "Indikator Årsmål Period",
        "Analys",
        "1 000 1 000 År",
        "KF:s mål:",
        "\f",
        "\x00",
        "\ufffe",
        "Övrigt",
    ]
)
_ENCODINGS = ["utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]


def outcome(data: bytes) -> str:
    """What becomes of a document: "plan", or the sentence it is refused with."""
    try:
        read(lines_of_document(data, "x"))
    except BadInput as error:
        return str(error)
    return "plan"


@settings(max_examples=20, deadline=None)
@given(plans(), layouts, st.randoms(use_true_random=False), st.sampled_from(_ENCODINGS), st.data())
def test_a_mutated_text_is_read_or_refused_in_one_line(
    plan: Plan, layout: Layout, chance: random.Random, encoding: str, data: st.DataObject
) -> None:
    lines = write(plan, layout).split("\n")
    kind = data.draw(st.sampled_from(["cut", "double", "shuffle", "join", "insert", "break"]))
    start, end = sorted(chance.randrange(len(lines)) for _ in range(2))
    if kind == "cut":
        lines = [line[: chance.randrange(len(line) + 1)] for line in lines[start : end + 1]]
    elif kind == "double":
        lines = [*lines[:end], *lines[start:]]
    elif kind == "shuffle":
        chance.shuffle(lines)
    elif kind == "join":
        lines = [" ".join(lines)]
    elif kind == "insert":
        lines = [
            part for line in lines for part in ([line, data.draw(_ODD)] if chance.random() < 0.05 else [line])
        ]
    else:
        lines = [word for line in lines for word in line.split(" ")]
    result = outcome("\n".join(lines).encode(encoding, "replace"))
    assert "\n" not in result


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=4, deadline=None)
@given(plan=plans(), chance=st.randoms(use_true_random=False))
def test_a_damaged_file_is_read_or_refused_in_one_line(form: str, plan: Plan, chance: random.Random) -> None:
    data = bytearray(FORMS[form](plan))
    for _ in range(chance.randrange(1, 60)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    del data[chance.randrange(len(data) // 2, len(data)) :]
    assert "\n" not in outcome(bytes(data))


@pytest.mark.parametrize("name", [name for name, _ in originals()])
def test_a_document_damaged_in_many_ways_is_read_or_refused_in_one_line(name: str) -> None:
    """Some of what `bench.mutated_documents` does ten thousand times, with the same documents every time."""
    chance, data = random.Random(name), dict(originals())[name]
    for _ in range(8):
        assert "\n" not in outcome(mutated(data, chance))


@pytest.mark.parametrize(
    "piece", [" ", ".", "● ", "Uppfylls ", "1 000 ", "Analys\n", "- a\n", "Tas fram ", "2031-01-01-", "Sid"]
)
@pytest.mark.parametrize(
    "before", ["", "Nämndmål: A\n\nIndikator Årsmål KF:s årsmål Period\n\n", "Innehåll\n"]
)
def test_no_pattern_hangs_on_a_piece_that_comes_again_and_again(piece: str, before: str) -> None:
    lines = lines_of_text(f"{before}{piece * 700}\nNämndmål: B\n")
    assert read(lines).plan.goals[-1].title == "B"


def test_a_package_that_is_no_word_document_and_a_locked_or_empty_pdf_are_told() -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as written:
        written.writestr("xl/workbook.xml", "<a/>")
    assert "inget Word-dokument" in outcome(package.getvalue())
    assert "skadad" in outcome(b"PK\x03\x04" + bytes(40))
    assert "skadad" in outcome(b"%PDF-1.7\nhej")
    assert "för långt" in outcome(b"a\n" * 30_000)
