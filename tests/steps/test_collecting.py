"""What comes back is read once, kept whatever it is, and answered; one file's trouble is no other's."""

import io
import shutil
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest

from arshjul.adapters.store import tables
from arshjul.answers import State
from arshjul.letters import Digest, from_json
from arshjul.steps.answers import collecting
from arshjul.steps.answers.collecting import collect_file
from arshjul.steps.cycle.digesting import BESIDE
from arshjul.steps.cycle.standing import scope_standing, written_beside
from arshjul.steps.figures.gathering import gather
from arshjul.submission import from_canonical_json
from tests.example import at
from tests.play import answers_of, filled
from tests.stages import PlayFrom
from tests.steps.collected import NOW, collect, names, receipts, returned, versions


def test_a_filled_in_form_becomes_a_version_of_each_sheet_and_a_receipt(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.hand_in("anna")
    assert collect(play).accepted == ["Ateljé Lärkan", "Musikhuset Taltrasten", "Mediegruppen Pixeln"]
    for scope in ("LARKAN", "TALTRASTEN", "PIXELN"):
        assert versions(play, scope) == [(1, "accepted")]
    [receipt] = receipts(play, "anna")
    assert receipt.subunits == ("Ateljé Lärkan", "Musikhuset Taltrasten", "Mediegruppen Pixeln")
    assert receipt.missing == ()
    assert names(play.home.inbox) == []
    assert names(play.home.data / "mottaget") == ["anna.xlsx"]


def test_a_submission_and_its_projection_say_the_same(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.hand_in("elin")
    collect(play)
    [row] = play.rows(tables.Submission)
    kept = from_canonical_json(row.content)
    assert kept.fingerprint == row.sha256
    projected = {a.field: (a.state, a.number, a.text) for a in play.rows(tables.Answer)}
    assert projected == {f: (a.state.value, a.number, a.text) for f, a in kept.answers.items()}
    assert kept.answers["G10.status"].state is State.NOT_APPLICABLE
    assert kept.answers["I08.state"].state is State.NOT_APPLICABLE
    assert kept.answers["I11.total"].number == Decimal("1.8")


def test_a_corrected_version_counts_and_both_are_kept(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for number in (0, 1):
        play.hand_in("mehmet", answers_of("mehmet", number))
        collect(play)
    assert versions(play, "HUMLAN") == [(1, "accepted"), (2, "accepted")]
    visits = [
        from_canonical_json(row.content).answers["I09.total"].number for row in play.rows(tables.Submission)
    ]
    assert visits == [5, 3]
    with play.office.database.reading() as session:
        data, _ = gather(play.office, play.key, session)
    assert data.submissions["HUMLAN"].version == 2
    answer = data.answer("HUMLAN", "I09.total")
    assert answer is not None
    assert answer.number == 3
    assert [receipt.version for receipt in receipts(play, "mehmet")] == [1, 2]


def test_a_faulty_sheet_is_kept_as_rejected_and_the_letter_names_the_cell(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.hand_in("sofia", answers_of("sofia", 0))
    assert collect(play).rejected == ["Café Kajutan"]
    assert versions(play, "KAJUTAN") == [(1, "rejected")]
    [row] = play.rows(tables.Submission)
    assert "drygt ett halvt kilo" in row.content
    assert play.rows(tables.Answer) == []
    [letter] = returned(play, "sofia")
    faults = {fault.field: fault for fault in letter.faults}
    assert set(faults) == {"I12.total", "G13.analysis"}
    assert faults["I12.total"].place.startswith("bladet Café Kajutan, cell D")
    assert "Skriv bara talet" in faults["I12.total"].message
    assert receipts(play, "sofia") == []
    [standing] = [s for s in scope_standing(play.office, play.key) if s.scope == "KAJUTAN"]
    assert (standing.state, standing.words) == ("returned", "återsänd, väntar på rättelse")


def test_the_mended_version_counts_and_the_rejected_is_still_there(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for number in (0, 1):
        play.hand_in("sofia", answers_of("sofia", number))
        collect(play)
    assert versions(play, "KAJUTAN") == [(1, "rejected"), (2, "accepted")]


def test_a_faulty_version_after_a_good_one_does_not_replace_it(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for number in (1, 0):
        play.hand_in("sofia", answers_of("sofia", number))
        collect(play)
    assert versions(play, "KAJUTAN") == [(1, "accepted"), (2, "rejected")]
    with play.office.database.reading() as session:
        data, _ = gather(play.office, play.key, session)
    assert data.submissions["KAJUTAN"].version == 1


def test_good_sheets_of_a_form_count_although_another_is_faulty(play_from: PlayFrom) -> None:
    play = play_from("opened")
    sheets = dict(answers_of("anna"))
    sheets["PIXELN"] = {**sheets["PIXELN"], "I13.total": "många"}
    play.hand_in("anna", sheets)
    outcome = collect(play)
    assert outcome.accepted == ["Ateljé Lärkan", "Musikhuset Taltrasten"]
    assert outcome.rejected == ["Mediegruppen Pixeln"]
    [letter] = returned(play, "anna")
    assert letter.subunits == ("Mediegruppen Pixeln",)
    assert letter.accepted == ("Ateljé Lärkan", "Musikhuset Taltrasten")


def test_a_sheet_that_is_not_marked_ready_does_not_count(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for mark in ("Nej", None):
        answers = dict(answers_of("elin")["MANSKENET"])
        answers.pop("form.ready")
        play.hand_in("elin", {"MANSKENET": answers if mark is None else {**answers, "form.ready": mark}})
        collect(play)
    assert versions(play, "MANSKENET") == [(1, "rejected"), (2, "rejected")]
    assert [(letter.unmarked, letter.faults) for letter in returned(play, "elin")] == [
        (("Sinnesrummet Månskenet",), ())
    ] * 2


def test_an_untouched_sheet_is_no_answer_and_no_fault(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.hand_in("johan")
    assert collect(play).rejected == []
    assert versions(play, "RETUREN") == []
    [receipt] = receipts(play, "johan")
    assert [missing.scope for missing in receipt.missing] == ["Returen"]


def test_a_form_sent_back_untouched_is_returned_to_its_sender(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.put_in_inbox("johan.xlsx", play.workbook("johan"))
    assert collect(play).rejected == ["Snickeriet Hyveln", "Returen"]
    assert play.rows(tables.Submission) == []
    [letter] = returned(play, "johan")
    assert letter.unmarked == ("Snickeriet Hyveln", "Returen")


def test_the_same_file_twice_is_read_once(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.hand_in("elin")
    play.hand_in("elin", name="elin (kopia).xlsx")
    outcome = collect(play)
    assert len(outcome.accepted) == len(outcome.seen_before) == 1
    assert versions(play, "MANSKENET") == [(1, "accepted")]
    assert len(receipts(play, "elin")) == 1
    assert names(play.home.data / "mottaget") == ["elin (kopia).xlsx", "elin.xlsx"]


def test_a_crash_before_the_file_was_put_away_does_no_harm(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("opened")
    path = play.hand_in("elin")

    def dies(*_: object) -> None:
        raise RuntimeError("avbrott")

    with monkeypatch.context() as broken:
        broken.setattr(collecting, "_put_away", dies)
        with pytest.raises(RuntimeError):
            collect_file(play.office, path, NOW)
    assert path.exists()
    assert collect(play).seen_before == ["elin.xlsx"]
    assert versions(play, "MANSKENET") == [(1, "accepted")]
    assert names(play.home.inbox) == []


def test_the_same_answers_saved_anew_are_no_new_version_but_get_a_receipt(play_from: PlayFrom) -> None:
    play = play_from("opened")
    path = play.hand_in("elin")
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    collect(play)
    saved = io.BytesIO()
    book.save(saved)
    play.put_in_inbox("elin igen.xlsx", saved.getvalue())
    outcome = collect(play)
    assert outcome.unchanged == ["Sinnesrummet Månskenet"]
    assert versions(play, "MANSKENET") == [(1, "accepted")]
    assert [(receipt.file, receipt.version) for receipt in receipts(play, "elin")] == [
        ("elin.xlsx", 1),
        ("elin igen.xlsx", 1),
    ]


def test_a_corrected_sheet_among_three_is_the_only_new_version(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.hand_in("anna")
    collect(play)
    sheets = dict(answers_of("anna"))
    sheets["LARKAN"] = {**sheets["LARKAN"], "I09.total": 6}
    play.hand_in("anna", sheets, name="anna rättat.xlsx")
    outcome = collect(play)
    assert (outcome.accepted, outcome.unchanged) == (
        ["Ateljé Lärkan"],
        ["Musikhuset Taltrasten", "Mediegruppen Pixeln"],
    )
    assert versions(play, "TALTRASTEN") == [(1, "accepted")]


def test_what_is_written_beside_the_fields_is_kept_and_noted(play_from: PlayFrom) -> None:
    play = play_from("opened")
    book = openpyxl.load_workbook(io.BytesIO(filled(play.workbook("elin"), answers_of("elin"))))
    sheet = next(sheet for sheet in book.worksheets if "Månskenet" in sheet.title)
    sheet.protection.sheet = False
    sheet.cell(sheet.max_row + 3, 4).value = "Ring mig om det här"
    saved = io.BytesIO()
    book.save(saved)
    play.put_in_inbox("elin.xlsx", saved.getvalue())
    assert collect(play).accepted == ["Sinnesrummet Månskenet"]
    [file] = play.rows(tables.InboxFile)
    assert "Ring mig om det här" in file.note
    [(name, words)] = written_beside(play.office, play.key)
    assert (name, "Ring mig om det här" in words) == ("elin.xlsx", True)
    play.morning(at("2026-09-07 08:00"))
    told = [from_json(row.content) for row in play.rows(tables.Notice) if row.kind == "digest"]
    assert isinstance(told[0], Digest)
    assert [(one.file, one.note) for one in told[0].quarantined] == [("elin.xlsx", BESIDE)]


def test_an_answer_after_the_last_day_still_counts_until_the_report_is_approved(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    play.hand_in("johan", {"RETUREN": answers_of("johan")["HYVELN"]}, name="returen.xlsx")
    done = play.morning(at("2026-09-21 09:00"))
    assert done.collected.accepted == ["Returen"]
    assert "compile" in done.done.steps
    assert [row.number for row in play.rows(tables.Draft)] == [1, 2]


def test_two_offices_reading_the_same_inbox_keep_each_file_once(play_from: PlayFrom) -> None:
    play = play_from("opened")
    path = play.hand_in("elin")
    twin = shutil.copyfile(path, path.with_name("tvilling.xlsx"))
    with play.home.office("provet:0:b") as other:
        first = collect_file(other, path, NOW)
        second = collect_file(play.office, twin, NOW + timedelta(seconds=1))
    assert (len(first.accepted), second.seen_before) == (1, ["tvilling.xlsx"])
