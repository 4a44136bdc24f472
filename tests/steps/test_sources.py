"""Loading exports: whole or not at all, twice is once, the newest counts, an undone load gives way."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.catalogue import Sex
from arshjul.compilation import compile_cycle
from arshjul.errors import BadInput, Refused
from arshjul.form_file import load_form
from arshjul.office import Office
from arshjul.steps.figures.gathering import gather
from arshjul.steps.figures.sources import Loaded, list_loads, load_export, undo_load
from tests.example import T2, at
from tests.stages import PlayFrom

NOW = at("2026-09-10 09:00")
INDEX = "Arbetsgrupp;Mätning;Index;Antal svar\n"
SICK = "Kostnadsställe;Anställningsform;Kön;Månad;Antal anställda;Ordinarie timmar;Sjuktimmar\n"


def load(office: Office, text: str, *, dry_run: bool = False) -> Loaded:
    return load_export(office, text.encode(), "export.csv", NOW, dry_run=dry_run)


def counting(office: Office) -> dict[str, str]:
    """Which load counts for which value, by the list that people see."""
    return {str(row.id): f"{row.counts}/{row.values}" for row in list_loads(office)}


def test_the_same_export_twice_is_loaded_once(office: Office) -> None:
    assert load(office, INDEX + "Humlan;mars 2026;74;6\n").load == 1
    again = load(office, INDEX + "Humlan;mars 2026;74,0;6\n")
    assert (again.load, again.changes.nothing) == (None, True)
    assert counting(office) == {"1": "1/1"}


def test_a_trial_says_what_would_change_and_changes_nothing(office: Office) -> None:
    trial = load(office, INDEX + "Humlan;mars 2026;74;6\n", dry_run=True)
    assert (len(trial.changes.added), trial.load) == (1, None)
    assert list_loads(office) == []


def test_an_export_with_a_fault_is_not_loaded_at_all(office: Office) -> None:
    wrong = load(office, INDEX + "Humlan;mars 2026;74;6\nLerkan;mars 2026;80;6\n")
    assert (len(wrong.read.faults), wrong.load) == (1, None)
    assert list_loads(office) == []


def test_the_newest_load_counts_and_undone_gives_way_to_the_one_before(office: Office) -> None:
    load(office, INDEX + "Humlan;mars 2026;74;6\nLärkan;mars 2026;80;7\n")
    second = load(office, INDEX + "Humlan;mars 2026;75;6\n")
    assert [(old.value, new.value) for old, new in second.changes.changed] == [(74, 75)]
    assert counting(office) == {"1": "1/2", "2": "1/1"}, "the other workplace stays as it was"
    undone = undo_load(office, 2, NOW)
    assert [(old.value, new.value) for old, new in undone.changed] == [(75, 74)]
    assert counting(office) == {"1": "2/2", "2": "0/1"}
    with pytest.raises(Refused, match="redan ångrad"):
        undo_load(office, 2, NOW)
    with pytest.raises(BadInput, match="ingen inläsning 9"):
        undo_load(office, 9, NOW)


def test_nothing_of_an_export_is_kept_but_its_values_name_and_hash(office: Office) -> None:
    survey = (
        "Svarsdatum;Verksamhet;Kön;Jag kan påverka innehållet i min dag;Jag känner mig trygg här;Övrigt\n"
    )
    load(office, survey + "2026-08-20;Humlan;Kvinna;Ja;Ja;hemligt\n2026-08-21;Humlan;Man;Nej;Ja;hemligt\n")
    with office.database.reading() as session:
        rows = session.scalars(select(tables.SourceValue)).all()
        assert {(row.field, row.sex, row.number, row.respondents) for row in rows if row.field == "I03"} == {
            ("I03", "women", Decimal(100), 1),
            ("I03", "men", Decimal(0), 1),
            ("I03", "total", Decimal(100), 2),
        }
        assert session.scalars(select(tables.StoredFile)).all() == []


def test_a_load_is_in_the_next_draft_and_gone_when_it_is_undone(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    with play.office.database.reading() as session:
        before, inputs = gather(play.office, T2, session)
    answered = compile_cycle(before).indicators["I15"]
    rows = (
        f"410{n}0;Tillsvidare;Alla;2026-0{month};9;1000,0;120,0\n" for n in range(1, 10) for month in (7, 8)
    )
    load(play.office, SICK + "".join(rows))
    with play.office.database.reading() as session:
        data, changed = gather(play.office, T2, session)
    result = compile_cycle(data).indicators["I15"]
    assert changed != inputs
    assert (result.number, result.groups, result.as_of) == (12, 9, "2026-08")
    assert result.parts[0].figures[Sex.TOTAL].number == 12
    undo_load(play.office, 1, NOW)
    with play.office.database.reading() as session:
        after, back = gather(play.office, T2, session)
    assert back == inputs
    assert compile_cycle(after).indicators["I15"].number == answered.number


def test_what_was_loaded_before_the_form_went_out_is_not_asked_for(play_from: PlayFrom) -> None:
    """The stage before opening: the form then has the value locked."""
    play = play_from("compiled")
    with play.office.database.reading() as session:
        forms = session.scalars(select(tables.Form)).all()
    assert all("HR-systemet per" not in form.content for form in forms), (
        "nothing was loaded when they went out"
    )
    assert any("väntas från HR-systemet" in form.content for form in forms)
    sick_leave = [
        field
        for form in forms
        for sheet in load_form(form.content).sheets
        for field in sheet.fields()
        if field.group == "I15"
    ]
    assert sick_leave
    assert not any(field.required for field in sick_leave), "it is not asked for while it is waited for"
