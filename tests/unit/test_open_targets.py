"""Targets that a plan leaves open: when they are set, and by whom."""

import pytest

from arshjul.open_targets import open_targets
from arshjul.plan import Indicator, Kind, Plan
from tests.unit.small_cycle import goal


@pytest.mark.parametrize(
    ("printed", "due", "by"),
    [
        ("Fastställs t1", Kind.T1, ""),
        ("tas fram av nämnd", None, "nämnd"),
        ("Beslutas av KF i tertialrapport 2", Kind.T2, "KF"),
    ],
)
def test_an_open_target_is_told_with_when_and_by_whom_it_is_set(
    printed: str, due: Kind | None, by: str
) -> None:
    indicator = Indicator("I1", "Nöjda deltagare", target=printed, council_target="80 %")
    plan = Plan(Kind.VP, 2026, "Enheten", (goal(indicator),))
    [found] = open_targets(plan)
    assert (found.due, found.by, found.council) == (due, by, False)
    assert f"”{printed}”" in found.sentence
    assert found.overdue(Kind.VB)
    assert not found.overdue(Kind.VP)
