"""The findings on the documents of the corpora held against their facit.

A finding hits a fault of its kind on the fault's lines or in the same paragraph. Called by
`bench/review_precision.py`, which prints, and by the test that keeps what was reached.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

from arshjul import plan_reader
from arshjul.adapters.documents.reading import read_document
from arshjul.review.document_review import review_document
from arshjul.review.finding import Finding
from arshjul.review.source_lines import SourceLines

SEEN = Path(__file__).parent
UNSEEN = SEEN.parent / "review_corpus_unseen"
THIRD = SEEN.parent / "review_corpus_third"

KINDS: Mapping[str, frozenset[str]] = {
    code: frozenset(kinds.split())
    for code, kinds in {
        "sum-mismatch": "sum-list sum-table sum-money",
        "figure-against-row": "figure-against-table direction",
        "target-differs": "figure-against-table",
        "direction-against-figures": "direction figure-against-table",
        "target-words-against-figures": "direction figure-against-table words-against-rating",
        "full-over-missed-target": "full-over-missed",
        "rated-above-goals-below": "rated-above-below",
        "words-against-rating": "words-against-rating",
        "deviation-without-analysis": "deviation-without-analysis",
        "activity-without-result": "activity-without-result",
        "activity-outside-year": "activity-outside-year",
        "activity-dates-reversed": "activity-outside-year",
        "text-twice": "repeated-section",
        "section-twice": "repeated-section",
        "heading-twice": "repeated-section",
        "row-twice": "repeated-row",
        "row-twice-differs": "repeated-row",
        "wrong-year": "wrong-year summary-year-against-table",
        "period-differs": "wrong-year summary-year-against-table",
        "name-spelt-two-ways": "name-spelling",
        "unit-missing": "unit-missing",
        "value-only-in-text": "empty-outcome-with-value",
        "outcome-missing": "empty-outcome-with-value",
        "unit-value-of-one": "unit-figure-is-one-workplace",
        "unit-value-against-parts": "unit-figure-is-one-workplace sum-list figure-against-table",
        "total-against-sexes": "unit-figure-is-one-workplace figure-against-table",
        "count-differs-from-list": "count-in-prose",
        "told-twice-differently": "sum-list figure-against-table count-in-prose",
    }.items()
}


@dataclass
class Outcome:
    """What came of one document."""

    name: str
    seconds: float
    hits: list[tuple[Any, Finding]] = field(default_factory=list)
    missed: list[Any] = field(default_factory=list)
    false: list[Finding] = field(default_factory=list)
    tolerated: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether the document has no fault."""
        return not self.hits and not self.missed


def documents(corpus: Path, half: str | None = None) -> list[dict[str, Any]]:
    """The facit's documents; `half` is "tuning" or "held_out"."""
    listed: list[dict[str, Any]] = yaml.safe_load((corpus / "facit.yaml").read_text("utf-8"))["documents"]
    return [{**d, "path": corpus / d["file"]} for d in listed if half is None or d.get(half)]


def measure(document: Mapping[str, Any]) -> Outcome:
    """Review one document and hold its findings against the facit."""
    path: Path = document["path"]
    lines = read_document(path)
    reading = plan_reader.read(lines)
    begun = perf_counter()
    findings = review_document(reading.plan, None, SourceLines.of(lines, reading.places))
    outcome = Outcome(document["file"], perf_counter() - begun)
    blocks = _blocks(path.read_text("utf-8").split("\n"))
    unexplained = list(findings)
    for fault in document["faults"]:
        fits = [f for f in findings if _is_kind(f, fault) and _is_at(f, fault, blocks)]
        if fits:
            outcome.hits.append((fault, fits[0]))
            unexplained = [f for f in unexplained if f not in fits]
        else:
            outcome.missed.append(fault)
    tolerated = [
        f
        for f in unexplained
        if f.code == "row-twice" or any(_is_at(f, entry, blocks) for entry in document["tolerated"])
    ]  # an export that says a row twice is worth a note, and no more
    outcome.tolerated = len(tolerated)
    outcome.false = [f for f in unexplained if f not in tolerated]
    return outcome


def _is_kind(finding: Finding, fault: Mapping[str, Any]) -> bool:
    return bool(KINDS.get(finding.code, frozenset()) & {fault["kind"], *fault.get("also", ())})


def _is_at(finding: Finding, entry: Mapping[str, Any], blocks: Sequence[int]) -> bool:
    """Whether the finding stands on one of the entry's lines, or in the paragraph of one."""
    if finding.line is None:
        return False
    wanted = [entry["line"], *entry.get("related", ())]
    told = [finding.line]
    if isinstance(finding.evidence.get("first_line"), int):
        told.append(finding.evidence["first_line"])  # what stands twice has two places
    return any(blocks[one - 1] == blocks[line - 1] for one in told for line in wanted)


def _blocks(lines: Sequence[str]) -> list[int]:
    """The number of the paragraph of each line."""
    numbers, number = [], 0
    for line in lines:
        number += not line.strip()
        numbers.append(number)
    return numbers


@dataclass(frozen=True, slots=True)
class Score:
    """What came of many documents."""

    hits: int
    missed: int
    false: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Score":
        """Counted over the documents."""
        every = list(outcomes)
        return cls(
            *(
                sum(len(part) for part in parts)
                for parts in zip(*((o.hits, o.missed, o.false) for o in every), strict=True)
            )
        )

    @property
    def precision(self) -> float:
        """The share of the findings that are right."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of the planted faults that were found."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0
