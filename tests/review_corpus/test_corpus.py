"""The corpus agrees with itself: the facit points at words that stand there, layouts are read as meant.

How well the review does on it is measured elsewhere.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from arshjul.plan import Level
from arshjul.plan_reader import lines_of_text, read_plan

HERE = Path(__file__).parent
DOCUMENTS: list[dict[str, Any]] = yaml.safe_load((HERE / "facit.yaml").read_text("utf-8"))["documents"]


def _documents() -> list[Any]:
    return [pytest.param(document, id=document["file"]) for document in DOCUMENTS]


def _text(document: dict[str, Any]) -> str:
    return (HERE / document["file"]).read_text("utf-8")


@pytest.mark.parametrize("document", _documents())
def test_what_the_facit_quotes_stands_on_its_line(document: dict[str, Any]) -> None:
    lines = _text(document).split("\n")
    for entry in [*document["faults"], *document["traps"], *document["tolerated"]]:
        # A quote may go on over the next lines: wrapped text, or cells under one another.
        quote = entry["quote"].split()
        assert quote[0] in lines[entry["line"] - 1], entry
        following = " ".join(" ".join(lines[entry["line"] - 1 : entry["line"] + 8]).split())
        missing = [word for word in quote if word not in following]
        assert not missing, entry


@pytest.mark.parametrize("document", _documents())
def test_a_document_is_read_with_the_goals_indicators_and_activities_that_were_meant(
    document: dict[str, Any],
) -> None:
    plan = read_plan(lines_of_text(_text(document)))
    levels = Counter(goal.level for goal in plan.walk())
    assert {level.value: levels[level] for level in Level} | {
        "indicators": len(list(plan.indicators())),
        "activities": len(list(plan.activities())),
    } == document["counts"]
    assert (plan.kind, plan.year, plan.unit) == (document["kind"], document["year"], document["unit"])


def test_every_kind_of_fault_is_planted_at_least_three_times() -> None:
    kinds = Counter(fault["kind"] for document in DOCUMENTS for fault in document["faults"])
    assert len(kinds) == 20
    assert min(kinds.values()) >= 3


def test_eight_documents_have_faults_and_six_have_only_traps() -> None:
    faults = [len(document["faults"]) for document in DOCUMENTS]
    assert sum(6 <= count <= 12 for count in faults) == 8
    assert faults.count(0) == 6
    assert all(document["traps"] for document in DOCUMENTS)
