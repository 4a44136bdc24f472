"""Compiling: a draft of today's data in three forms, findings that live on, managers told of new answers."""

import re

import pytest

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.compilation import compile_cycle
from arshjul.cycle_data import Judged
from arshjul.letters import Review
from arshjul.review.finding import Finding, Severity
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.figures.gathering import gather
from arshjul.steps.report import compiling, deciding
from arshjul.steps.report.compiling import keep_findings
from tests.example import at
from tests.play import MANAGER, Play, answers_of
from tests.stages import PlayFrom

THURSDAY = at("2026-09-17 08:00")


def findings(play: Play) -> dict[str, str]:
    return {f"{row.code} {row.evidence.get('goal')}": row.state for row in play.rows(tables.Finding)}


def test_a_draft_is_three_files_for_people_and_in_the_store(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    [draft] = play.rows(tables.Draft)
    names = ["T2-2026-SOL.docx", "T2-2026-SOL.html", "T2-2026-SOL.pdf"]
    assert sorted(draft.files) == names
    folder = play.home.data / "rapporter" / "SOL" / "T2-2026" / "utkast"
    with play.office.database.reading() as session:
        for name in names:
            assert (folder / name).read_bytes() == file_content(session, draft.files[name])
    assert (folder / "T2-2026-SOL.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_a_character_that_cannot_be_printed_is_told_where_it_stands(play_from: PlayFrom) -> None:
    play = play_from("opened")
    hers = answers_of("anna")["LARKAN"]
    play.hand_in("anna", {"LARKAN": {**hers, "G04.analysis": f"{hers['G04.analysis']} \U0001f600"}})
    play.morning(THURSDAY)
    [found] = [row for row in play.rows(tables.Finding) if row.code == "character-lost"]
    assert "\U0001f600 går inte att skriva ut" in found.message
    assert "Ateljé Lärkan" in found.place


def test_the_same_data_make_no_new_draft(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    assert play.steps_taken(at("2026-09-18 08:00")) == []
    assert len(play.rows(tables.Draft)) == 1


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("wheel.yaml", "apt_by: {day: 10-16}", "apt_by: {day: 10-20}"),
        ("settings.yaml", "subunit_texts: short\n", "subunit_texts: appendix\n"),
    ],
)
def test_a_changed_configuration_makes_a_new_draft_of_the_same_answers(
    play_from: PlayFrom, file: str, before: str, after: str
) -> None:
    play = play_from("compiled")
    changed = play.home.config / file
    assert before in changed.read_text("utf-8")
    changed.write_text(changed.read_text("utf-8").replace(before, after), "utf-8")
    with play.home.office() as office:
        later = Play(play.home, office, play.outbox)
        assert later.steps_taken(at("2026-09-18 08:00")) == ["compile"]
        assert later.steps_taken(at("2026-09-19 08:00")) == []


def test_a_draft_that_is_put_down_has_its_files(play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch) -> None:
    play = play_from("answered")

    def dies(*_: object, **__: object) -> None:
        raise RuntimeError("avbrott")

    with monkeypatch.context() as broken:
        broken.setattr(compiling, "record_step", dies)
        with pytest.raises(RuntimeError):
            play.morning(THURSDAY)
    assert play.rows(tables.Draft) == play.rows(tables.Finding) == []
    assert play.steps_taken(THURSDAY) == ["compile"]
    folder = play.home.data / "rapporter" / "SOL" / "T2-2026" / "utkast"
    assert len(list(folder.iterdir())) == 3


def test_the_managers_hear_of_a_draft_on_new_answers_and_not_of_their_own_writing(
    play_from: PlayFrom,
) -> None:
    play = play_from("compiled")
    assert [len(matters) for matters in play.told("review").values()] == [1]
    play.judge(0)
    assert play.steps_taken(at("2026-09-22 10:05")) == ["compile"]
    assert [len(matters) for matters in play.told("review").values()] == [1]
    play.hand_in("johan", {"RETUREN": answers_of("johan")["HYVELN"]}, name="returen.xlsx")
    play.morning(at("2026-09-22 11:00"))
    [reviews] = play.told("review").values()
    assert len(reviews) == 2
    assert isinstance(reviews[0], Review)
    assert reviews[0].unanswered == ("Returen",)


def test_who_never_answered_is_a_finding_and_not_a_zero(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    [missing] = [row for row in play.rows(tables.Finding) if row.code == "missing-answer"]
    assert missing.place == "Returen"
    with play.office.database.reading() as session:
        data, _ = gather(play.office, play.key, session)
    assert data.missing == ("RETUREN",)
    figures = [result for result in compile_cycle(data).goals.values() if result is not None]
    assert figures


def test_what_was_mended_is_closed_and_what_was_explained_stays_so(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    states = findings(play)
    assert states["full-over-missed-target G17"] == "explained"
    assert "mended" in states.values()
    errors = [row for row in play.rows(tables.Finding) if row.severity == "error" and row.state == "open"]
    assert errors == []
    for row in play.rows(tables.Finding):
        assert (row.closed_at is None) == (row.state == "open")
        assert (row.decision_id is not None) == (row.state == "explained")


def test_a_finding_that_comes_back_is_open_again_and_an_explained_one_is_not(play_from: PlayFrom) -> None:
    play = play_from("opened")
    one = Finding("sum-mismatch", Severity.ERROR, "Mål 1", "Summan stämmer inte.", {"total": 7})
    two = Finding("full-over-missed-target", Severity.ERROR, "Mål 2", "Målet nås inte.", {"goal": "G01"})
    with play.office.database.writing() as session:
        cycle = find_cycle(session, play.key)
        assert cycle is not None
        assert keep_findings(session, cycle, [one, two], THURSDAY) == 2
        second = session.query(tables.Finding).filter_by(code=two.code).one()
        number = second.id
    deciding.close_finding(play.office, play.key, MANAGER, number, "Det är känt sedan länge.", THURSDAY)
    with play.office.database.writing() as session:
        cycle = find_cycle(session, play.key)
        assert cycle is not None
        assert keep_findings(session, cycle, [], THURSDAY) == 0
    assert findings(play) == {"sum-mismatch None": "mended", "full-over-missed-target G01": "explained"}
    with play.office.database.writing() as session:
        cycle = find_cycle(session, play.key)
        assert cycle is not None
        assert keep_findings(session, cycle, [one, two], THURSDAY) == 1
    assert findings(play) == {"sum-mismatch None": "open", "full-over-missed-target G01": "explained"}


def test_a_finding_on_other_figures_is_another_finding() -> None:
    one = Finding("sum-mismatch", Severity.ERROR, "Mål 1", "…", {"total": 7})
    other = Finding("sum-mismatch", Severity.ERROR, "Mål 1", "…", {"total": 8})
    assert one.key != other.key
    assert one.key == Finding("sum-mismatch", Severity.ERROR, "Mål 1", "andra ord", {"total": 7}).key


def test_findings_are_never_in_the_report(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    folder = play.home.data / "rapporter" / "SOL" / "T2-2026" / "utkast"
    report = re.sub(r"\s+", " ", (folder / "T2-2026-SOL.html").read_text("utf-8"))
    messages = [row.message for row in play.rows(tables.Finding)]
    assert messages
    assert not any(message in report for message in messages)
    assert "iakttagelse" not in report.casefold()


def test_a_judgement_changes_the_next_draft(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    sentence = "Vi håller det vi har lovat om inflytande."
    now = at("2026-09-18 09:00")
    deciding.judge(play.office, play.key, MANAGER, {"G04": Judged(None, sentence)}, now)
    assert play.steps_taken(now) == ["compile"]
    folder = play.home.data / "rapporter" / "SOL" / "T2-2026" / "utkast"
    assert sentence in (folder / "T2-2026-SOL.html").read_text("utf-8")
