"""A workbook that comes when the report has been decided: kept, outside it, and counted by a correction."""

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.history import History
from arshjul.plan import Kind
from arshjul.steps.cycle.standing import scope_standing
from arshjul.steps.figures.earlier import history_of
from arshjul.steps.figures.gathering import gather
from arshjul.steps.report import deciding
from tests.example import T2, at
from tests.play import MANAGER, Play, answers_of
from tests.stages import PlayFrom
from tests.steps.posted import read, text_of

LATE = at("2026-09-25 10:00")
CHANGES = "Returens svar har kommit och tas med."


def late(play_from: PlayFrom) -> Play:
    """The report is approved without Returen; a day later Johan sends his workbook."""
    play = play_from("approved")
    play.hand_in("johan", {"RETUREN": answers_of("johan")["HYVELN"]}, name="returen.xlsx")
    play.morning(LATE)
    return play


def test_the_sender_is_told_that_it_belongs_to_no_decided_report(play_from: PlayFrom) -> None:
    play = late(play_from)
    [receipt] = [n for n in play.rows(tables.Notice) if n.kind == "receipt" and n.created_at == LATE]
    assert receipt.content["decided"]
    [came] = [letter for letter in read(play.outbox) if "Kom efter beslutet" in letter["Subject"]]
    text = text_of(came).replace("\r\n", "\n")
    assert "men då var T2 2026 redan godkänd" in text
    assert "Svaret för Returen är sparat, men det ingår inte i rapporten som är godkänd." in text
    assert "räknas som ditt svar" not in text


def test_it_is_kept_and_shown_as_late(play_from: PlayFrom) -> None:
    play = late(play_from)
    [returen] = [row for row in scope_standing(play.office, T2) if row.scope == "RETUREN"]
    assert returen.words == "inkom 2026-09-25, efter beslutet"


def test_later_reports_compare_with_what_was_decided(play_from: PlayFrom) -> None:
    play = late(play_from)
    with play.office.database.reading() as session:
        known = history_of(session, CycleKey("SOL", Kind.T2, 2027), History())
    assert not [text for text in known.texts if text.scope == "RETUREN" and text.period == "T2 2026"]


def test_a_correction_takes_it_in(play_from: PlayFrom) -> None:
    play = late(play_from)
    deciding.begin_correction(play.office, T2, MANAGER, CHANGES, LATE)
    with play.office.database.reading() as session:
        data, _ = gather(play.office, T2, session)
    assert "RETUREN" in data.submissions
    [returen] = [row for row in scope_standing(play.office, T2) if row.scope == "RETUREN"]
    assert returen.words == "inkom 2026-09-25"
