"""Precision and recall of the review of documents: one table for all corpora.

    python -m bench.review_precision                    the table
    python -m bench.review_precision -v t2_2025_*       each miss and each false finding of these documents

The documents of tests/review_corpus were known while the checks were made; the others were written by
somebody who had not read the checks. What each group reached the first time, before anything was mended
by it, stands in docs/benchmarks.md. What it prints is read by people.
"""

import argparse
import fnmatch
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from tests.review_corpus.planted import SEEN, THIRD, UNSEEN, Outcome, Score, documents, measure

GROUPS = {
    "known": (SEEN, None),
    "tuning": (UNSEEN, "tuning"),
    "held out": (UNSEEN, "held_out"),
    "third": (THIRD, "held_out"),
}


def table(groups: Mapping[str, Sequence[Outcome]]) -> None:
    """Print, for each group, hits of faults by kind, false findings by code, and the whole."""
    print(f"{'':<34}" + "".join(f"{name:>14}" for name in groups))
    for label, hit_of, all_of in (("", _kinds_hit, _kinds), ("false ", _codes_false, None)):
        hit = {name: hit_of(outcomes) for name, outcomes in groups.items()}
        whole = {name: all_of(outcomes) for name, outcomes in groups.items()} if all_of else None
        for key in sorted({key for counted in (whole or hit).values() for key in counted}):
            cells = (
                (f"{hit[name][key]} of {whole[name][key]}" if whole[name][key] else "")
                if whole
                else str(hit[name][key] or "")
                for name in groups
            )
            print(f"{label + key:<34}" + "".join(f"{cell:>14}" for cell in cells))
    scores = {name: Score.of(outcomes) for name, outcomes in groups.items()}
    clean = {name: [o for o in outcomes if o.is_clean] for name, outcomes in groups.items()}
    rows = {
        "documents": [str(len(outcomes)) for outcomes in groups.values()],
        "hits": [str(score.hits) for score in scores.values()],
        "missed": [str(score.missed) for score in scores.values()],
        "false": [str(score.false) for score in scores.values()],
        "false, documents without faults": [
            f"{sum(len(o.false) for o in found)} in {len(found)}" for found in clean.values()
        ],
        "precision": [f"{score.precision:.2f}" for score in scores.values()],
        "recall": [f"{score.recall:.2f}" for score in scores.values()],
        "median seconds": [f"{median(o.seconds for o in found):.2f}" for found in groups.values()],
    }
    print()
    for label, cells in rows.items():
        print(f"{label:<34}" + "".join(f"{cell:>14}" for cell in cells))


def _kinds(outcomes: Sequence[Outcome]) -> Counter[str]:
    return _kinds_hit(outcomes) + Counter(fault["kind"] for o in outcomes for fault in o.missed)


def _kinds_hit(outcomes: Sequence[Outcome]) -> Counter[str]:
    return Counter(fault["kind"] for o in outcomes for fault, _ in o.hits)


def _codes_false(outcomes: Sequence[Outcome]) -> Counter[str]:
    return Counter(finding.code for o in outcomes for finding in o.false)


def tell(outcome: Outcome) -> None:
    """Print each miss and each false finding of a document."""
    print(f"\n{outcome.name}: hits {len(outcome.hits)}")
    for fault in outcome.missed:
        print(f"    missed {fault['line']:>4} {fault['kind']}: {fault['quote']}\n        {fault['remark']}")
    for finding in outcome.false:
        print(f"    false  {finding.line or 0:>4} {finding.code}: {finding.message}")


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description="Precision and recall of the review of documents.")
    parser.add_argument("files", nargs="*", default=["*"], help="names of documents, * allowed")
    parser.add_argument("-v", "--verbose", action="store_true", help="each miss and each false finding")
    parser.add_argument("--without", choices=GROUPS, action="append", default=[], help="a group to leave out")
    options = parser.parse_args()
    groups: dict[str, list[Outcome]] = {}
    for name, (corpus, half) in GROUPS.items():
        wanted = [
            document
            for document in documents(corpus, half)
            if name not in options.without
            and any(fnmatch.fnmatch(document["file"], f"{pattern}*") for pattern in options.files)
        ]
        if wanted:
            groups[name] = [measure(document) for document in wanted]
    table(groups)
    for outcomes in groups.values():
        for outcome in outcomes if options.verbose else ():
            tell(outcome)


if __name__ == "__main__":
    main()
