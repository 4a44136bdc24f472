"""What a report rests on is gathered anew when anything of it has changed, and only then."""

from collections.abc import Callable

import pytest

from arshjul.actions import Source
from arshjul.adapters.store import tables
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.plan import Kind
from arshjul.steps.archive.purging import purge
from arshjul.steps.cycle import unchanged
from arshjul.steps.cycle.behind import cycles_behind
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.directing import return_answer
from arshjul.steps.duties.actions import add_action
from arshjul.steps.duties.duty_words import confirm_duty, occurrences_of
from arshjul.steps.figures.gathering import gather
from arshjul.steps.report import deciding
from tests.example import T2, at
from tests.play import MANAGER, Play, answers_of
from tests.stages import PlayFrom

NOW = at("2026-09-21 10:00")


def known(play: Play) -> str:
    """The hash as it is asked for."""
    with play.office.database.reading() as session:
        cycle = find_cycle(session, T2)
        assert cycle is not None
        return unchanged.inputs_of(play.office, session, T2, cycle).sha256


def true(play: Play) -> str:
    """The hash as it is when everything is read."""
    with play.office.database.reading() as session:
        return gather(play.office, T2, session)[1]


def a_new_answer(play: Play) -> None:
    play.hand_in("johan", {"RETUREN": answers_of("johan")["HYVELN"]}, name="returen.xlsx")
    play.morning(NOW)


def a_text_of_the_manager(play: Play) -> None:
    deciding.judge(play.office, T2, MANAGER, {SUMMARY: Judged(None, "En ny mening om året.")}, NOW)


def a_promise_made_by_hand(play: Play) -> None:
    with play.office.database.writing() as session:
        unit = play.office.installation.unit("SOL")
        words = {"text": "Byt låset i verkstaden.", "subunit": "HYVELN", "owner": "johan"}
        add_action(session, unit, MANAGER, NOW, source=Source.SAFETY_ROUND, **words)


def an_answer_sent_back(play: Play) -> None:
    return_answer(play.office, T2, "HUMLAN", MANAGER, "Skriv vad ni gör åt det.", NOW)


def a_purged_text(play: Play) -> None:
    purge(play.office, T2, "HUMLAN", "G10.analysis", MANAGER, "Texten pekar ut en person.", NOW)


def a_self_check_that_is_noted(play: Play) -> None:
    confirm_duty(play.office, "SOL-egenkontroll-2026-08-HUMLAN", "mehmet", "Två brister.", NOW)


CHANGES = (
    a_new_answer,
    a_text_of_the_manager,
    a_promise_made_by_hand,
    an_answer_sent_back,
    a_purged_text,
    a_self_check_that_is_noted,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_a_change_the_hash_is_the_new_one(play_from: PlayFrom, change: Callable[[Play], None]) -> None:
    play = play_from("compiled")
    assert known(play) == true(play)
    change(play)
    assert known(play) == true(play)


def test_a_correction_that_is_begun_is_seen(play_from: PlayFrom) -> None:
    play = play_from("approved")
    assert known(play) == true(play)
    deciding.begin_correction(play.office, T2, MANAGER, "En siffra var fel och rättas.", NOW)
    assert known(play) == true(play)


def test_while_nothing_changes_it_is_gathered_once(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("compiled")
    first = known(play)
    monkeypatch.setattr(unchanged, "gather", lambda *_: pytest.fail("gathered again"))
    assert known(play) == first


def test_a_word_on_a_duty_that_the_report_says_nothing_of_gathers_nothing_anew(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("compiled")
    first = known(play)
    installation = play.office.installation
    other = next(
        duty
        for duty in occurrences_of(installation, "SOL", range(2026, 2027))
        if Kind.T2 not in duty.duty.report_into and duty.duty.confirm
    )
    confirm_duty(play.office, other.id, MANAGER, "Det är gjort.", NOW)
    monkeypatch.setattr(unchanged, "gather", lambda *_: pytest.fail("gathered again"))
    assert known(play) == first


def test_a_report_that_is_over_is_at_work_again_when_its_correction_is_begun(play_from: PlayFrom) -> None:
    play = play_from("archived")
    later = at("2026-11-03 09:00")
    for _ in range(2):  # the first time what is over is found, the second it is remembered
        assert T2 not in cycles_behind(play.office, later)
    deciding.begin_correction(play.office, T2, MANAGER, "En siffra var fel och rättas.", later)
    assert T2 in cycles_behind(play.office, later)


def test_a_quiet_morning_writes_nothing(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    play.morning(NOW)
    before = play.everything()
    assert play.morning(NOW).changes == 0
    assert play.everything() == before
    assert play.rows(tables.Draft)
