"""Every named place where a crash matters, on both databases: `make faults`, not `make test`."""

from collections.abc import Callable
from typing import Any

import pytest

from arshjul.crash_points import CrashPoint
from tests.faults.conftest import DATABASES, StageOn, Undisturbed
from tests.faults.outcome import Outcome, differences
from tests.faults.stage import KILLED

pytestmark = pytest.mark.faults

UNDISTURBED = "(inget avbrott)"
ONE_AFTER_ANOTHER = "(alla, ett efter ett)"
# What is passed often is struck later on, too; a transaction may be any.
ALSO = (
    *(f"{CrashPoint.TRANSACTION_WRITTEN}:{number}" for number in (23, 41, 67, 89, 101)),
    *(f"{CrashPoint.TRANSACTION_COMMITTED}:{number}" for number in (31, 73)),
    f"{CrashPoint.LEASE_TAKEN}:9",
    f"{CrashPoint.EXPORT_HALF_WRITTEN}:3",
    f"{CrashPoint.PACKAGE_HALF_WRITTEN}:12",
    f"{CrashPoint.LETTER_CLAIMED}:4",
    f"{CrashPoint.LETTER_HANDED_OVER}:4",
    f"{CrashPoint.LETTER_HANDED_OVER}:13",
)
IN_A_CORRECTION = (
    str(CrashPoint.CORRECTION_BEGUN),
    f"{CrashPoint.JUDGED}:2",
    f"{CrashPoint.PACKAGE_MOVED}:2",
)
# Where a letter that has left may not have been marked as sent; a transaction may be the one that marks it.
IN_FLIGHT = (CrashPoint.LETTER_HANDED_OVER, CrashPoint.TRANSACTION_WRITTEN, ONE_AFTER_ANOTHER)
PLACES = [str(place) for place in CrashPoint if place not in IN_A_CORRECTION]

Judge = Callable[[Outcome, Outcome], None]


@pytest.fixture
def judge(place: str, database: str, record_property: Callable[[str, Any], None]) -> Judge:
    """Compare a struck play with the undisturbed one, put the verdict into the table, and hold to it."""
    record_property("place", place)
    record_property("database", database)
    in_flight = place.startswith(IN_FLIGHT)

    def compare(undisturbed: Outcome, struck: Outcome) -> None:
        verdict = differences(undisturbed, struck, letters_twice=int(in_flight))
        twice = len(struck.letters) - len(dict(struck.letters))
        record_property("verdict", f"{verdict}{f', {twice} brev två gånger' if twice else ''}")
        assert str(verdict) == "ok", repr(verdict)
        if place != ONE_AFTER_ANOTHER:  # where the next crash may silence what the one before would have said
            assert struck.told == struck.uncertain

    return compare


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("place", [UNDISTURBED, *PLACES, *ALSO])
def test_struck_and_started_again_it_ends_as_if_nothing_had_happened(
    place: str, database: str, stage_on: StageOn, undisturbed: Undisturbed, judge: Judge
) -> None:
    with stage_on(database, bare=place == CrashPoint.SCHEMA_CHANGED) as stage:
        if place != UNDISTURBED:
            stage.struck_at(place)
        judge(undisturbed(), stage.finished())


@pytest.mark.xdist_group("correction")  # one process plays the longer play undisturbed
@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("place", IN_A_CORRECTION)
def test_struck_in_a_correction_it_ends_as_if_nothing_had_happened(
    place: str, database: str, stage_on: StageOn, undisturbed: Undisturbed, judge: Judge
) -> None:
    with stage_on(database, corrected=True) as stage:
        stage.struck_at(place)
        judge(undisturbed(corrected=True), stage.finished())


@pytest.mark.xdist_group("correction")
def test_the_play_comes_by_every_named_place(undisturbed: Undisturbed) -> None:
    assert {*undisturbed(corrected=True).passed} == {*CrashPoint}


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("place", [ONE_AFTER_ANOTHER])
def test_struck_at_one_place_after_another_it_ends_as_if_nothing_had_happened(
    place: str, database: str, stage_on: StageOn, undisturbed: Undisturbed, judge: Judge
) -> None:
    places = undisturbed().passed
    struck = set()
    with stage_on(database, bare=True) as stage:
        for each in places:
            if stage.run({"ARSHJUL_KILL_AT": each}).code == KILLED:
                struck.add(each)
        judge(undisturbed(), stage.finished())
    assert {*places} == struck
