"""A crash and a start again give what an undisturbed run gives: a few places, on both databases.

Every place is in `test_matrix`, run by `make faults`.
"""

import pytest

from arshjul.crash_points import CrashPoint
from tests.faults.conftest import UNTIL, StageOn, Undisturbed
from tests.faults.outcome import differences


@pytest.mark.parametrize(
    ("place", "database"),
    [
        (CrashPoint.TRANSACTION_WRITTEN, "postgresql"),
        (CrashPoint.FILE_KEPT, "sqlite"),
    ],
)
def test_after_a_crash_nothing_is_lost_and_nothing_comes_twice(
    place: str, database: str, stage_on: StageOn, undisturbed: Undisturbed
) -> None:
    with stage_on(database, until=UNTIL) as stage:
        stage.struck_at(place)
        verdict = differences(undisturbed(until=UNTIL), stage.finished(), letters_twice=0)
    assert str(verdict) == "ok", verdict


def test_the_one_letter_in_flight_comes_twice_with_one_message_id_and_that_is_told(
    stage_on: StageOn, undisturbed: Undisturbed
) -> None:
    with stage_on("sqlite", until=UNTIL) as stage:
        stage.struck_at(f"{CrashPoint.LETTER_HANDED_OVER}:3")
        outcome = stage.finished()
    before = undisturbed(until=UNTIL)
    message_id = before.letters[2][0]
    assert [one for one, _ in outcome.letters].count(message_id) == 2
    assert outcome.uncertain == outcome.told == {message_id}
    assert str(differences(before, outcome, letters_twice=1)) == "ok"
