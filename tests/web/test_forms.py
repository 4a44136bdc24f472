"""A deputy answers in the portal: saves, sees what is wrong, hands in; and nobody's words are lost."""

import re

import pytest
from sqlalchemy import delete, select

from arshjul.adapters.store import tables
from arshjul.steps.answers.answering import persons_form, standing
from arshjul.steps.answers.saving import save, saved_answers
from tests.example import T2
from tests.play import Play, story
from tests.stages import PlayFrom
from tests.web.visiting import Visit, figures_open

FORM = "/underlag/SOL/T2-2026/mehmet"


@pytest.fixture
def play(play_from: PlayFrom) -> Play:
    return play_from("opened")


def fill(play: Play, person: str, scope: str) -> None:
    """Everything that the story lets her answer, saved as by the portal."""
    mine = persons_form(play.office, T2, person)
    assert mine is not None
    [answers] = [
        sheets[scope]
        for d in story().deliveries
        if d.person == person
        for sheets in [d.sheets]
        if scope in sheets
    ][:1]
    with play.office.database.writing() as session:
        for field, value in answers.items():
            if field != "form.ready":
                save(
                    session,
                    mine.cycle_id,
                    scope,
                    field,
                    str(value),
                    based_on=0,
                    person=person,
                    now=figures_open(play),
                )


def test_the_form_shows_its_parts_and_how_far_each_has_come(play: Play) -> None:
    visit = Visit(play.office, figures_open(play), "mehmet")
    page = visit.get(FORM)
    assert "Trädgårdsgruppen Humlan" in page
    assert "inte påbörjad" in page
    assert "Se vad som är kvar" in page


def test_what_is_saved_stands_there_and_a_slip_is_said_beside_the_field(play: Play) -> None:
    visit = Visit(play.office, figures_open(play), "mehmet")
    page = visit.post(f"{FORM}/HUMLAN/1", **{"I03.women": "många", "I03.men": "83", "then": "stay"})
    assert "Här ska det stå ett tal" in page
    assert 'aria-invalid="true"' in page
    again = visit.get(f"{FORM}/HUMLAN/1")
    assert 'value="många"' in again
    assert 'value="83"' in again


def test_two_windows_do_not_overwrite_each_other_unseen(play: Play) -> None:
    first = Visit(play.office, figures_open(play), "mehmet")
    second = Visit(play.office, figures_open(play), "mehmet")
    path, field = f"{FORM}/HUMLAN/2", "G04.analysis"
    first.post(path, **{field: "Vi har prövat två former.", f"seen.{field}": "0"})
    page = second.post(path, **{field: "Veckomötet leds av deltagarna.", f"seen.{field}": "0"})
    assert "Två har skrivit här samtidigt" in page
    assert "Vi har prövat två former." in page
    settled = second.post(path, **{field: "Båda texterna ihop.", f"seen.{field}": "2"})
    assert "Två har skrivit" not in settled


def test_everything_right_is_handed_in_and_counts(play: Play) -> None:
    fill(play, "mehmet", "HUMLAN")
    visit = Visit(play.office, figures_open(play), "mehmet")
    assert "är klara" in visit.get(f"{FORM}/lamna")
    page = visit.post(f"{FORM}/lamna")
    assert "Trädgårdsgruppen Humlan är inlämnat" in page
    with play.office.database.reading() as session:
        row = session.scalars(select(tables.Submission).where(tables.Submission.scope == "HUMLAN")).one()
    assert (row.state, row.version, row.inbox_file_id) == ("accepted", 1, None)


def test_what_is_missing_stops_the_handing_in_with_links_to_it(play: Play) -> None:
    visit = Visit(play.office, figures_open(play), "mehmet")
    page = visit.get(f"{FORM}/lamna")
    assert "återstår innan" in page
    assert f'href="{FORM}/HUMLAN/1' in page
    assert "Inget lämnades in" in visit.post(f"{FORM}/lamna")


def test_the_text_of_last_time_is_a_start_and_is_marked_until_it_is_changed(play: Play) -> None:
    visit = Visit(play.office, figures_open(play), "mehmet")
    mine = persons_form(play.office, T2, "mehmet")
    assert mine is not None
    sheet = mine.form.sheets[0]
    number, field = next(
        (part.page.number, field)
        for part in standing(play.office, mine, sheet).pages
        for field in part.page.fields()
        if field.earlier and field.kind == "text"
    )
    path = f"{FORM}/HUMLAN/{number}"
    taken = visit.post(path, **{field.id: "", "take": field.id})
    assert "tagen från förra gången" in taken
    changed = visit.post(path, **{field.id: "Egen text.", f"seen.{field.id}": "1"})
    assert "tagen från förra gången" not in changed
    visit.post(path, **{field.id: "Egen text.", "take": field.id, f"seen.{field.id}": "2"})
    assert field.earlier is not None
    with play.office.database.reading() as session:
        kept = saved_answers(session, mine.cycle_id, sheet.scope)[field.id]
    assert kept.value == f"Egen text.\n\n{field.earlier.text}"  # nothing that she wrote is lost


def test_the_manager_sees_how_far_a_part_has_come_and_nothing_that_was_written_is_remembered(
    play: Play,
) -> None:
    now, cycle = figures_open(play), "/rapport/SOL/T2-2026"
    karin, visit = Visit(play.office, now, "karin"), Visit(play.office, now, "mehmet")
    assert "0 av 16 delar klara" in karin.get(cycle)
    visit.post(f"{FORM}/HUMLAN/2", **{"G04.status": "Uppfylls helt", "G04.analysis": "Veckomötena bär."})
    first = re.search(r"(\d+) av 16 delar klara", karin.get(cycle))
    assert first is not None
    assert int(first[1]) > 0
    assert "Veckomötena bär" not in str(play.office.memory)
    with play.office.database.writing() as session:
        session.execute(delete(tables.SavedAnswer))
    assert "0 av 16 delar klara" in karin.get(cycle)


def test_nobody_writes_in_anothers_form(play: Play) -> None:
    visit = Visit(play.office, figures_open(play), "anna")
    assert visit.status(FORM) == 400
    manager = Visit(play.office, figures_open(play), "karin")
    assert "Humlan" in manager.get(FORM)
    answer = manager.client.post(f"{FORM}/HUMLAN/1", data={"csrf": manager.csrf(), "I03.men": "1"})
    assert answer.status_code == 409
    with play.office.database.reading() as session:
        assert saved_answers(session, 1, "HUMLAN") == {}


def test_figures_are_asked_for_when_the_period_is_out(play: Play) -> None:
    early = Visit(play.office, play.dates.opens, "mehmet")
    assert "Siffrorna fylls i från" in early.get(FORM)
    assert 'name="I03.men"' not in early.get(f"{FORM}/HUMLAN/1")
    assert 'name="I03.men"' in Visit(play.office, figures_open(play), "mehmet").get(f"{FORM}/HUMLAN/1")


def test_going_on_leads_to_what_is_left_and_from_the_last_page_to_handing_in(play: Play) -> None:
    fill(play, "mehmet", "HUMLAN")
    visit = Visit(play.office, figures_open(play), "mehmet")
    visit.post(f"{FORM}/HUMLAN/2", **{"G04.analysis": "", "seen.G04.analysis": "1"})
    assert f'href="{FORM}/HUMLAN/2">Fortsätt' in visit.get(FORM)
    mended = {"G04.analysis": "Veckomötena fungerar.", "seen.G04.analysis": "2", "then": "next"}
    assert "<h1>Övrigt</h1>" in visit.post(f"{FORM}/HUMLAN/2", **mended)  # which she has not come to yet
    assert "<h1>Lämna in</h1>" in visit.post(f"{FORM}/HUMLAN/16", then="next")
