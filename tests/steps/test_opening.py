"""Opening a cycle: a form for each who answers, once, with everything in its place."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.adapters.workbooks.reading import read_workbook
from arshjul.cycle import OPEN, CycleKey, Due
from arshjul.plan import Kind
from arshjul.plan_file import load_plan
from arshjul.steps.cycle import opening
from arshjul.steps.cycle.opening import open_cycle
from arshjul.steps.cycle.settled import settled
from tests.example import T2, Home
from tests.play import Play
from tests.stages import PlayFrom

ANSWERING = {
    "anna": ["LARKAN", "TALTRASTEN", "PIXELN"],
    "mehmet": ["HUMLAN"],
    "sofia": ["KAJUTAN"],
    "johan": ["HYVELN", "RETUREN"],
    "fatima": ["PRAKTIKSTEGET"],
    "elin": ["MANSKENET"],
    "peter": ["economy"],
}


def step(play: Play) -> Due:
    return Due(OPEN, play.dates.opens, late=False)


def test_everybody_who_answers_for_something_gets_one_form_with_her_sheets(play_from: PlayFrom) -> None:
    play = play_from("opened")
    assert {form.person: form.scopes for form in play.rows(tables.Form)} == ANSWERING


def test_the_letter_carries_the_workbook_that_is_kept(play_from: PlayFrom) -> None:
    play = play_from("fresh")
    play.morning(play.dates.opens)
    letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.outbox.letters()]
    sent = {
        str(letter["To"].addresses[0].username): part.get_content()
        for letter in letters
        for part in letter.iter_attachments()
        if str(part.get_filename()).endswith(".xlsx")
    }
    assert len(letters) == len(sent) == len(ANSWERING)
    assert sent["anna.lindqvist"] == play.workbook("anna")
    returned = read_workbook(sent["anna.lindqvist"], "anna.xlsx")
    assert (returned.cycle, returned.unit_code, returned.person) == ("T2 2026", "SOL", "anna")


def test_opening_twice_makes_nothing_the_second_time(play_from: PlayFrom) -> None:
    play = play_from("fresh")
    assert open_cycle(play.office, play.key, step(play), play.dates.opens) == len(ANSWERING)
    before = play.everything()
    later = play.dates.opens + timedelta(days=1)
    assert open_cycle(play.office, play.key, step(play), later) == 0
    assert play.everything() == before


def test_a_cycle_is_opened_with_everything_or_not_at_all(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("fresh")

    def breaks(*_: object) -> None:
        raise RuntimeError("avbrott när allt utom stegets egen rad är gjort")

    with monkeypatch.context() as broken:
        broken.setattr(opening, "record_step", breaks)
        with pytest.raises(RuntimeError):
            open_cycle(play.office, play.key, step(play), play.dates.opens)
    assert all(rows == [] for rows in play.everything().values())
    assert open_cycle(play.office, play.key, step(play), play.dates.opens) == len(ANSWERING)
    assert play.rows(tables.Cycle)[0].registry_number == "SOL 2026/1"


def test_each_cycle_of_the_year_gets_the_next_register_number(play_from: PlayFrom) -> None:
    play = play_from("opened")
    t1 = Play(play.home, play.office, play.outbox, CycleKey("SOL", Kind.T1, 2026))
    open_cycle(play.office, t1.key, step(t1), t1.dates.opens)
    assert {row.kind: row.registry_number for row in play.rows(tables.Cycle)} == {
        "T2": "SOL 2026/1",
        "T1": "SOL 2026/2",
    }


def test_two_cycles_rest_on_one_version_of_a_plan_that_has_not_changed(play_from: PlayFrom) -> None:
    play = play_from("opened")
    t1 = Play(play.home, play.office, play.outbox, CycleKey("SOL", Kind.T1, 2026))
    open_cycle(play.office, t1.key, step(t1), t1.dates.opens)
    [version] = play.rows(tables.PlanVersion)
    assert load_plan(version.content, "plan") == play.office.installation.plans["SOL", 2026]


def test_a_changed_plan_is_a_new_version_and_the_old_cycle_keeps_its_own(play_from: PlayFrom) -> None:
    play = play_from("opened")
    path = play.home.config / "plans" / "SOL-2026.yaml"
    path.write_text(path.read_text("utf-8").replace("brukare", "deltagare") + "\n", "utf-8")
    text = path.read_text("utf-8")
    title = next(goal.title for goal in play.office.installation.plans["SOL", 2026].walk())
    path.write_text(text.replace(title, f"{title} i år"), "utf-8")
    with play.home.office() as office:
        t1 = Play(play.home, office, play.outbox, CycleKey("SOL", Kind.T1, 2026))
        open_cycle(office, t1.key, step(t1), t1.dates.opens)
        assert [version.number for version in t1.rows(tables.PlanVersion)] == [1, 2]
        assert {row.kind: row.plan_version_id for row in t1.rows(tables.Cycle)} == {"T2": 1, "T1": 2}


def test_the_form_goes_out_as_a_word_document_too_where_the_settings_say_so(home: Home) -> None:
    settings = home.config / "settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("word: false", "word: true"), "utf-8")
    with home.office() as office:
        opens = settled(office, T2).milestones.opens
        open_cycle(office, T2, Due(OPEN, opens, late=False), opens)
        with office.database.reading() as session:
            [request] = session.scalars(select(tables.Notice).where(tables.Notice.receiver == "mehmet"))
    assert [each["name"].rpartition(".")[2] for each in request.content["attachments"]] == ["xlsx", "docx"]
