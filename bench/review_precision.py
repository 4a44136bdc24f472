"""Precision and recall of the review of documents, on reports with known faults and with none.

    python bench/review_precision.py            every document of tests/review_corpus
    python bench/review_precision.py -v t2_*    these, with each miss and each false finding

A finding hits a fault of its kind on the fault's lines or in the same paragraph. Not a test: what it prints
is read by people.
"""

import argparse
import fnmatch
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

from arshjul import plan_reader
from arshjul.adapters.documents import read_document
from arshjul.review.document_review import review_document
from arshjul.review.finding import Finding
from arshjul.review.source_lines import SourceLines

CORPUS = Path(__file__).parents[1] / "tests" / "review_corpus"

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


def measure(document: Mapping[str, Any]) -> Outcome:
    """Review one document and hold its findings against the facit."""
    path = CORPUS / document["file"]
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
    tolerated = [f for f in unexplained if any(_is_at(f, entry, blocks) for entry in document["tolerated"])]
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


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def report(outcomes: Iterable[Outcome], verbose: bool) -> None:
    """Print each document, each kind, and the whole."""
    hit: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for o in outcomes:
        print(
            f"{o.name:<45} hits {len(o.hits):>2}  missed {len(o.missed):>2}  false {len(o.false):>2}"
            f"  {o.seconds:.2f} s"
        )
        hit.update(fault["kind"] for fault, _ in o.hits)
        missed.update(fault["kind"] for fault in o.missed)
        false.update(finding.code for finding in o.false)
        if verbose:
            for fault in o.missed:
                print(f"    missed {fault['line']:>4} {fault['kind']}: {fault['quote']}")
                print(f"        {fault['remark']}")
            for finding in o.false:
                print(f"    false  {finding.line or 0:>4} {finding.code}: {finding.message}")
    print()
    for kind in sorted(hit | missed):
        print(f"{kind:<32} {hit[kind]:>2} of {hit[kind] + missed[kind]:>2}")
    for code, count in sorted(false.items()):
        print(f"false {code:<26} {count:>2}")
    hits, misses, wrong = hit.total(), missed.total(), false.total()
    print(f"\nprecision {_share(hits, hits + wrong)}  recall {_share(hits, hits + misses)}  false {wrong}")


def main() -> None:
    """Read the facit, measure, print."""
    parser = argparse.ArgumentParser(description="Precision and recall of the review of documents.")
    parser.add_argument("files", nargs="*", default=["*"], help="names of documents, * allowed")
    parser.add_argument("-v", "--verbose", action="store_true", help="each miss and each false finding")
    options = parser.parse_args()
    documents = yaml.safe_load((CORPUS / "facit.yaml").read_text("utf-8"))["documents"]
    wanted = [d for d in documents if any(fnmatch.fnmatch(d["file"], f"{p}*") for p in options.files)]
    report([measure(document) for document in wanted], options.verbose)


if __name__ == "__main__":
    main()
