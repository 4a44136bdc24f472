"""A fault strikes where the environment says, once; otherwise nothing happens."""

import pytest

from arshjul import crash_points
from arshjul.crash_points import CrashPoint, reached


@pytest.fixture
def struck(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How far the work had come, each time that a fault of our own struck."""
    come_by: list[int] = []
    monkeypatch.setattr(crash_points, "passed", crash_points.Counter())
    faults = {"ARSHJUL_TEST_AT": lambda: come_by.append(crash_points.passed.total())}
    monkeypatch.setattr(crash_points, "FAULTS", faults)
    return come_by


def test_nothing_happens_where_nothing_is_named(struck: list[int]) -> None:
    for point in CrashPoint:
        reached(point)
    assert struck == []
    assert crash_points.passed == dict.fromkeys(CrashPoint, 1)


@pytest.mark.parametrize(
    ("place", "at"), [("letters-claimed", [2]), ("letters-claimed:3", [6]), ("okänd", [])]
)
def test_a_fault_strikes_at_the_named_place_the_named_time(
    struck: list[int], monkeypatch: pytest.MonkeyPatch, place: str, at: list[int]
) -> None:
    monkeypatch.setenv("ARSHJUL_TEST_AT", place)
    for _ in range(4):
        reached(CrashPoint.LETTERS_GATHERED)
        reached(CrashPoint.LETTERS_CLAIMED)
    assert struck == at
