"""The facit beside this file is about the documents as they stand: lines, quotes, halves.

What the review makes of them is measured elsewhere; here the facit itself is held to the documents,
so that an edit of a document cannot silently move its faults.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FACIT: dict[str, Any] = yaml.safe_load((HERE / "facit.yaml").read_text(encoding="utf-8"))
CYCLES: dict[str, Any] = yaml.safe_load((HERE / "cycles.yaml").read_text(encoding="utf-8"))
DEMO: dict[str, Any] = yaml.safe_load((ROOT / "config/demo/answers.yaml").read_text(encoding="utf-8"))
DOCUMENTS: list[dict[str, Any]] = FACIT["documents"]
CASES: list[dict[str, Any]] = CYCLES["cases"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d["file"])
def test_every_quote_stands_on_its_line(document: dict[str, Any]) -> None:
    lines = (HERE / document["file"]).read_text(encoding="utf-8").split("\n")
    for entry in [*document["faults"], *document["traps"], *document["tolerated"]]:
        assert lines[entry["line"] - 1].strip() == entry["quote"]
        assert all(1 <= line <= len(lines) for line in entry.get("related", []))


def test_every_document_is_in_the_facit_and_has_a_length_like_the_real_ones() -> None:
    texts = sorted(path.name for path in HERE.glob("*.txt"))
    assert texts == sorted(document["file"] for document in DOCUMENTS)
    assert all(150 <= len((HERE / name).read_text(encoding="utf-8").splitlines()) <= 500 for name in texts)


def test_no_trap_stands_on_the_line_of_a_fault() -> None:
    for document in DOCUMENTS:
        faults = {fault["line"] for fault in document["faults"]}
        assert not faults & {trap["line"] for trap in document["traps"]}, document["file"]


def test_the_halves_are_alike() -> None:
    for items, faulty in ((DOCUMENTS, "faults"), (CASES, "fault")):
        halves = Counter((bool(item.get("tuning")), bool(item.get(faulty))) for item in items)
        assert all(bool(item.get("tuning")) != bool(item.get("held_out")) for item in items)
        assert halves[True, True] == halves[False, True]
        assert halves[True, False] == halves[False, False]


def test_every_edit_of_a_cycle_names_something_that_is_there() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert bool(case.get("fault")) != bool(case.get("clean")), case["id"]
        assert all(case[key] for key in ("where", "why", "edits")), case["id"]
        for edit in case["edits"]:
            scope = edit["scope"]
            if scope == "manager":
                assert edit.get("goal", "G04") in DEMO["manager"]["judgements"]
                assert "goal" in edit or edit["field"] == "summary"
            elif scope in ("plan", "earlier"):
                assert len(edit) > 1
            else:
                assert scope in DEMO["sheets"]
                field = edit["field"]
                assert field in DEMO["sheets"][scope] or re.fullmatch(r"[AI]\d\d\.comment", field), field
