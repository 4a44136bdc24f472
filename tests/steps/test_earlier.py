"""A unit's own approved reports are earlier periods for the reports that follow."""

from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.cycle import CycleKey
from arshjul.history import History
from arshjul.plan import Kind
from arshjul.steps.figures.earlier import history_of
from tests.play import answers_of
from tests.stages import PlayFrom

VB = CycleKey("SOL", Kind.VB, 2026)


def test_the_answers_of_an_approved_report_are_known_to_the_next_one(play_from: PlayFrom) -> None:
    play = play_from("archived")
    with play.office.database.reading() as session:
        history = history_of(session, VB, History())
    written = answers_of("mehmet")["HUMLAN"]
    value = history.value(["T2 2026"], "HUMLAN", "I03", Sex.WOMEN)
    assert value is not None
    assert value.number == Decimal(str(written["I03.women"]))
    assert value.respondents == written["I03.women_respondents"]
    text = history.text(["T2 2026"], "HUMLAN", "G10.analysis")
    assert text is not None
    assert text.text.split() == str(written["G10.analysis"]).split()


def test_a_report_is_no_earlier_period_to_itself(play_from: PlayFrom) -> None:
    play = play_from("archived")
    with play.office.database.reading() as session:
        assert history_of(session, play.key, History()).values == ()


def test_what_is_not_approved_is_known_to_nobody(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    with play.office.database.reading() as session:
        assert history_of(session, VB, History()).values == ()
