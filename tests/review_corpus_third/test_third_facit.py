"""The facit beside this file is about the documents as they stand: lines, quotes, kinds and counts.

It runs no check of the review; it only keeps an edit of a document from silently moving its faults.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
FACIT: dict[str, Any] = yaml.safe_load((HERE / "facit.yaml").read_text(encoding="utf-8"))
DOCUMENTS: list[dict[str, Any]] = FACIT["documents"]
UNSEEN = yaml.safe_load((HERE.parent / "review_corpus_unseen/facit.yaml").read_text(encoding="utf-8"))
KINDS = {fault["kind"] for document in UNSEEN["documents"] for fault in document["faults"]}
LEVELS = {
    "direction": "KF:s inriktningsmål:",
    "council": "KF:s mål för verksamhetsområdet:",
    "board": "Nämndmål:",
    "unit": "Enhetsmål:",
}

of_each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d["file"])


def lines_of(document: dict[str, Any]) -> list[str]:
    name: str = document["file"]
    return (HERE / name).read_text(encoding="utf-8").splitlines()


@of_each_document
def test_every_quote_stands_on_its_line(document: dict[str, Any]) -> None:
    lines = lines_of(document)
    for entry in [*document["faults"], *document["traps"], *document["tolerated"]]:
        assert lines[entry["line"] - 1].strip() == entry["quote"]
        assert all(1 <= line <= len(lines) for line in entry.get("related", []))


@of_each_document
def test_no_trap_stands_where_a_fault_may_be_found(document: dict[str, Any]) -> None:
    faults = {line for fault in document["faults"] for line in (fault["line"], *fault.get("related", []))}
    assert not faults & {trap["line"] for trap in document["traps"]}


@of_each_document
def test_the_goals_are_as_many_as_the_facit_counts(document: dict[str, Any]) -> None:
    lines = [line.strip() for line in lines_of(document)]
    for level, words in LEVELS.items():
        assert sum(line.startswith(words) for line in lines) == document["counts"][level], level


def test_every_document_is_in_the_facit_and_has_a_length_like_a_short_report() -> None:
    texts = sorted(path.name for path in HERE.glob("*.txt"))
    assert texts == sorted(document["file"] for document in DOCUMENTS)
    assert all(120 <= len(lines_of(document)) <= 220 for document in DOCUMENTS)


def test_all_are_held_out_and_all_kinds_of_faults_are_there() -> None:
    assert all(document["held_out"] is True and "tuning" not in document for document in DOCUMENTS)
    assert [len(document["faults"]) for document in DOCUMENTS].count(0) == 4
    assert all(5 <= len(document["faults"]) <= 7 for document in DOCUMENTS if document["faults"])
    assert {fault["kind"] for document in DOCUMENTS for fault in document["faults"]} == KINDS


def test_the_readme_counts_what_the_facit_holds() -> None:
    words = (HERE / "README.md").read_text(encoding="utf-8")
    faults = sum(len(document["faults"]) for document in DOCUMENTS)
    faulty, clean = (
        sum(len(document["traps"]) for document in DOCUMENTS if bool(document["faults"]) is state)
        for state in (True, False)
    )
    for text in (f"with {faults} faults", f"{faulty} traps", f"{clean} traps"):
        assert text in words
