"""Every named place where it matters, struck in every way, on both databases: `make faults`, not `make test`.

A struck moment is played again to its end and compared with the same moment undisturbed
(`tests.faults.scenes`); the whole play, struck at one place after another, is at the end.
"""

import os
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from arshjul.crash_points import CrashPoint
from tests.faults.blows import Blow, strike
from tests.faults.conftest import DATABASES, KillServer, ScenesOn, StageOn, Undisturbed
from tests.faults.lived_twice import differences_in_time
from tests.faults.outcome import Outcome, differences
from tests.faults.stage import KILLED

pytestmark = pytest.mark.faults

SHORT = os.environ.get("ARSHJUL_FAULTS") == "short"
ONE_IN = 5  # has no factor in common with the blows and databases: in short, every place meets some of them
UNDISTURBED = "(inget avbrott)"
ONE_AFTER_ANOTHER = "(alla, ett efter ett)"
PLACES = tuple(str(place) for place in CrashPoint)
# What is passed often is struck later on, too; a transaction may be any.
ALSO = (
    *(f"{CrashPoint.TRANSACTION_WRITTEN}:{number}" for number in (23, 41, 67, 89, 101, 139, 163)),
    *(f"{CrashPoint.TRANSACTION_COMMITTED}:{number}" for number in (31, 73)),
    f"{CrashPoint.LEASE_TAKEN}:9",
    f"{CrashPoint.EXPORT_HALF_WRITTEN}:3",
    f"{CrashPoint.PACKAGE_HALF_WRITTEN}:12",
    f"{CrashPoint.COPY_HALF_SENT}:12",
    f"{CrashPoint.LETTERS_CLAIMED}:4",
    f"{CrashPoint.LETTER_NOTED}:4",
    f"{CrashPoint.LETTER_HANDED_OVER}:4",
    f"{CrashPoint.LETTER_HANDED_OVER}:13",
    f"{CrashPoint.JUDGED}:2",
    f"{CrashPoint.PACKAGE_MOVED}:2",
)
# Where the program holds the database itself: nobody else can lock it.
HOLDS_THE_DATABASE = {
    CrashPoint.SCHEMA_CHANGED,
    CrashPoint.TRANSACTION_WRITTEN,
    CrashPoint.LETTERS_GATHERED,
    CrashPoint.PURGED,
}
WRITES_FILES = {
    CrashPoint.FILE_KEPT,
    CrashPoint.QUARANTINE_KEPT,
    CrashPoint.DRAFT_MADE,
    CrashPoint.EXPORT_HALF_WRITTEN,
    CrashPoint.APPROVED,
    CrashPoint.PACKAGE_HALF_WRITTEN,
    CrashPoint.PACKAGE_MOVED,
    CrashPoint.COPY_HALF_SENT,
}
# Where a letter is on its way or may be: one can come twice, with one Message-ID, and people are told.
IN_FLIGHT = (
    CrashPoint.LETTER_NOTED,
    CrashPoint.LETTER_HANDED_OVER,
    CrashPoint.TRANSACTION_WRITTEN,
    CrashPoint.TRANSACTION_COMMITTED,
    ONE_AFTER_ANOTHER,
)

EACH_IN_ITS_PROCESS = [pytest.param(one, marks=pytest.mark.xdist_group(one)) for one in DATABASES]

Judge = Callable[[Outcome, Outcome], None]


def _matrix() -> list[Any]:
    """Every place killed and locked on both databases; a disk can be full for files alone on PostgreSQL; what
    has nothing to do with the database is struck on SQLite. Tests of one database go to one process.

    In short, every place meets the blows in turn: its own number and the blow's say which.
    """
    found = []
    for turn, (database, blow) in enumerate(product(DATABASES, Blow)):
        places = (*PLACES, *ALSO) if blow is Blow.KILL else PLACES
        for number, place in enumerate(places):
            sqlite = database == "sqlite"
            if (
                (SHORT and (number + turn) % ONE_IN)
                or (blow is Blow.LOCK and place in HOLDS_THE_DATABASE)
                or (blow is Blow.DISK and not sqlite and place not in WRITES_FILES)
                or (blow in (Blow.MAIL, Blow.CLOCK) and not sqlite)
                or (blow is Blow.SERVER and sqlite)
            ):
                continue
            group, name = pytest.mark.xdist_group(database), f"{place}-{blow.name}-{database}"
            found.append(pytest.param(place, blow, database, marks=group, id=name))
    return found


@pytest.fixture
def judge(place: str, blow: Blow, database: str, record_property: Callable[[str, Any], None]) -> Judge:
    """Compare a struck play with the undisturbed one, put the verdict into the table, and hold to it."""
    record_property("place", place)
    record_property("blow", blow.value)
    record_property("database", database)
    in_flight = place.startswith(IN_FLIGHT)

    def compare(undisturbed: Outcome, struck: Outcome) -> None:
        compared = differences_in_time if blow is Blow.CLOCK else differences
        verdict = compared(undisturbed, struck, letters_twice=int(in_flight))
        twice = len(struck.letters) - len(dict(struck.letters))
        record_property("verdict", f"{verdict}{f', {twice} brev två gånger' if twice else ''}")
        assert str(verdict) == "ok", repr(verdict)
        if place != ONE_AFTER_ANOTHER:  # where the next crash may silence what the one before would have said
            assert struck.told == struck.uncertain

    return compare


@pytest.mark.parametrize(("place", "blow", "database"), _matrix())
def test_struck_and_started_again_it_ends_as_if_nothing_had_happened(
    place: str, blow: Blow, database: str, scenes_on: ScenesOn, kill_server: KillServer, judge: Judge
) -> None:
    scenes = scenes_on(database)
    if blow is Blow.DISK and not scenes.disk:
        pytest.skip("no small disk can be mounted here")
    with scenes.before(place, the_next_too=blow is Blow.CLOCK) as (stage, here, undisturbed):
        strike(blow, stage, here, kill_server)
        judge(undisturbed, stage.finished())


@pytest.mark.parametrize("database", EACH_IN_ITS_PROCESS)
def test_the_play_comes_by_every_named_place(database: str, scenes_on: ScenesOn) -> None:
    assert {*scenes_on(database).places()} == {*PLACES}


@pytest.mark.parametrize("blow", [Blow.KILL])
@pytest.mark.parametrize("place", [UNDISTURBED, ONE_AFTER_ANOTHER])
@pytest.mark.parametrize("database", EACH_IN_ITS_PROCESS)
def test_struck_at_one_place_after_another_it_ends_as_if_nothing_had_happened(
    place: str, blow: Blow, database: str, stage_on: StageOn, undisturbed: Undisturbed, judge: Judge
) -> None:
    peace = undisturbed(corrected=True)
    struck = set()
    with stage_on(database, bare=True, corrected=True) as stage:
        for each in peace.passed if place == ONE_AFTER_ANOTHER else ():
            if stage.run({"ARSHJUL_KILL_AT": each}).code == KILLED:
                struck.add(each)
        judge(peace, stage.finished())
    assert struck == ({*peace.passed} if place == ONE_AFTER_ANOTHER else set())
