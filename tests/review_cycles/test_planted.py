"""The review of a compiled cycle on faults planted by someone who had not read it: what it holds today.

`bench/review_cycles.py` prints each miss and each false finding. The bounds are what is promised, not
what was reached: a change of a check that falls below them has made the review worse.
"""

import pytest

from tests.review_cycles.planted import KINDS, Outcome, cases, measure

PROMISED = {"tuning": 0.95, "held_out": 0.93}  # recall; the held out half has one that is withheld from all
PRECISION = 0.95


def shares(outcomes: list[Outcome]) -> tuple[float, float]:
    """Precision and recall."""
    faults = [one for one in outcomes if "fault" in one.case]
    hits, false = sum(bool(one.hits) for one in faults), sum(len(one.false) for one in outcomes)
    return hits / (hits + false), hits / len(faults)


def test_every_kind_of_planted_fault_has_its_codes() -> None:
    assert {case["fault"] for case in cases() if "fault" in case} <= set(KINDS)


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_planted_faults_are_found_and_traps_are_let_be(half: str) -> None:
    precision, recall = shares([measure(case) for case in cases(half)])
    assert precision >= PRECISION, f"false findings: see bench/review_cycles.py --half {half} -v"
    assert recall >= PROMISED[half], f"faults are missed: see bench/review_cycles.py --half {half} -v"
