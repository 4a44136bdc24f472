"""Two processes on the same cycle: one does the work, the other says who is at it; nothing is done twice.

The first is stopped where it matters, the second is started, and then the first goes on.
"""

import re
import time
from socket import gethostname

import pytest

from arshjul.crash_points import CrashPoint
from tests.faults.conftest import DATABASES, UNTIL, StageOn, Undisturbed
from tests.faults.outcome import differences
from tests.faults.stage import TAKEN

OPENING = "2026-08-24T08:00:00+02:00"  # only what two processes may do at once


@pytest.mark.parametrize("database", DATABASES)
def test_while_one_works_on_the_cycle_the_other_says_who_is_at_it(
    database: str, stage_on: StageOn, undisturbed: Undisturbed
) -> None:
    with stage_on(database, until=UNTIL) as stage:
        with stage.stopped_at(CrashPoint.LEASE_TAKEN) as first:
            second = stage.run()
        assert second.code == 2
        assert re.fullmatch(
            rf"T2 2026 för SOL bearbetas just nu av ett annat program \({re.escape(gethostname())}, "
            rf"process {first.pid}\)\. Inget ändrades; försök igen om en stund\.\n",
            second.trouble,
        )
        verdict = differences(undisturbed(until=UNTIL), stage.outcome(), letters_twice=0)
    assert str(verdict) == "ok", repr(verdict)


@pytest.mark.faults
@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("place", [CrashPoint.LETTERS_CLAIMED, f"{CrashPoint.LETTER_HANDED_OVER}:2"])
def test_while_one_sends_what_it_has_claimed_the_other_leaves_it_alone(
    place: str, database: str, stage_on: StageOn, undisturbed: Undisturbed
) -> None:
    with stage_on(database, until=OPENING) as stage:
        with stage.stopped_at(place):
            second = stage.run()
        assert second.code == 0, second.trouble
        verdict = differences(undisturbed(until=OPENING), stage.outcome(), letters_twice=0)
    assert str(verdict) == "ok", repr(verdict)


@pytest.mark.faults
@pytest.mark.parametrize("database", DATABASES)
def test_the_same_file_in_two_hands_is_one_answer(
    database: str, stage_on: StageOn, undisturbed: Undisturbed
) -> None:
    with stage_on(database, until=UNTIL) as stage:
        with stage.stopped_at(CrashPoint.FILE_READ):
            second = stage.run()
        assert second.code == 0, second.trouble
        verdict = differences(undisturbed(until=UNTIL), stage.outcome(), letters_twice=0)
    assert str(verdict) == "ok", repr(verdict)


@pytest.mark.faults
@pytest.mark.parametrize("database", DATABASES)
def test_a_store_that_one_holds_is_waited_for_and_then_the_other_says_so_in_one_line(
    database: str, stage_on: StageOn, undisturbed: Undisturbed
) -> None:
    with stage_on(database, until=OPENING, lock_wait_seconds=1) as stage:
        with stage.stopped_at(CrashPoint.TRANSACTION_WRITTEN):
            second = stage.run()
        assert second.code == 2
        assert second.trouble == (
            "Databasen är upptagen av ett annat program. Inget ändrades; försök igen om en stund.\n"
        )
        verdict = differences(undisturbed(until=OPENING), stage.outcome(), letters_twice=0)
    assert str(verdict) == "ok", repr(verdict)


@pytest.mark.faults
@pytest.mark.parametrize("database", DATABASES)
def test_while_one_makes_the_tables_the_other_waits(
    database: str, stage_on: StageOn, undisturbed: Undisturbed
) -> None:
    with stage_on(database, bare=True, until=OPENING) as stage:
        # Once the tables are there the two race for the cycle: either may be told that the other has it.
        with stage.stopped_at(CrashPoint.SCHEMA_CHANGED, may_meet=True):
            second = stage.start()
            time.sleep(5)  # by then it waits for its turn
            assert second.poll() is None
        ended = stage.ended(second)
        assert ended.code == 0 or TAKEN in ended.trouble
        verdict = differences(undisturbed(until=OPENING), stage.outcome(), letters_twice=0)
    assert str(verdict) == "ok", repr(verdict)
