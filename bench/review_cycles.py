"""Precision and recall of the review of compiled cycles, on planted faults and traps; and what it costs.

    python bench/review_cycles.py                 all cases
    python bench/review_cycles.py --half tuning   one half; -v with each miss and each false finding

The faults were written by someone who had not read the checks. Not a test: what it prints is read by people.

Measured blind, before anything was mended: precision 0.88, recall 0.73 (22 of 30 faults, 3 false). After the
tuning half had been read: that half 1.00 and 1.00; the other, still unread, 0.93 and 0.93. Its counts by kind
have been seen since and one check was mended in general terms, so its later figures are not wholly blind.
"""

import argparse
from collections import Counter
from time import process_time

from arshjul.compilation import compile_cycle
from arshjul.review.cycle_review import review_cycle
from tests.review_cycles.planted import Outcome, cases, measure
from tests.unit.demo_cycle import mended_data


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Precision and recall of the review of compiled cycles.")
    parser.add_argument("--half", choices=("tuning", "held_out"), help="only one half of the cases")
    parser.add_argument("-v", "--verbose", action="store_true", help="each miss and each false finding")
    options = parser.parse_args()
    outcomes = [measure(case) for case in cases(options.half)]
    found: Counter[str] = Counter(o.case["fault"] for o in outcomes if o.hits)
    whole: Counter[str] = Counter(o.case["fault"] for o in outcomes if "fault" in o.case)
    for kind, count in sorted(whole.items()):
        print(f"{kind:<60} {found[kind]:>2} of {count:>2}")
    hits, faults = found.total(), whole.total()
    false = sum(len(o.false) for o in outcomes)
    alarmed = sum(bool(o.false) for o in outcomes if "fault" not in o.case)
    clean = sum("fault" not in o.case for o in outcomes)
    precision = f"{hits / (hits + false):.2f}" if hits + false else "–"
    print(f"\nprecision {precision}  recall {hits / faults:.2f}  false {false}  traps {alarmed} of {clean}")
    if options.verbose:
        for outcome in outcomes:
            _tell(outcome)
    begun = process_time()
    for _ in range(5):
        review_cycle(compile_cycle(mended_data()))
    print(f"compile and review, CPU s: {(process_time() - begun) / 5:.3f}")


def _tell(outcome: Outcome) -> None:
    case = outcome.case
    if outcome.is_missed:
        print(f"\nmissed {case['id']} {case['fault']} at {case['where']}: {case['why']}")
    for finding in outcome.false:
        print(
            f"\nfalse in {case['id']} ({case['where']}): {finding.code}, {finding.where}: {finding.message}"
        )


if __name__ == "__main__":
    main()
