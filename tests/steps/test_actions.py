"""Actions through a cycle: made when it opens, asked about by name, closed by its approval, opened again."""

import pytest

from arshjul.actions import Action, Source, Status
from arshjul.adapters.store import tables
from arshjul.errors import Refused
from arshjul.form_file import load_form
from arshjul.steps.duties import actions as steps
from tests.example import at
from tests.play import MANAGER, Play
from tests.stages import PlayFrom

NOW = at("2026-08-20 09:00")


def actions(play: Play) -> dict[str, Action]:
    with play.office.database.reading() as session:
        return {action.id: action for action in steps.actions_in(session, "SOL")}


def add(play: Play, subunit: str = "HYVELN") -> str:
    unit = play.office.installation.unit("SOL")
    with play.office.database.writing() as session:
        session.merge(tables.Unit(code="SOL", name=unit.name))
        return steps.add_action(
            session,
            unit,
            "johan",
            NOW,
            source=Source.SAFETY_ROUND,
            text="Flytta hyllan vid nödutgången",
            subunit=subunit,
            owner="johan",
            goal="G07",
        )


def test_the_opening_breaks_the_plan_down_to_each_sub_unit_with_an_owner(play_from: PlayFrom) -> None:
    play = play_from("opened")
    made = actions(play)
    assert made["2026-A01-HUMLAN"].owner == "mehmet"
    assert made["2026-A01-HUMLAN"].cycles == ("T2 2026",)
    assert made["2026-G04-LARKAN"].source is Source.EXPECTED_RESULT
    assert len([a for a in made.values() if a.source is Source.PLAN]) == 15 * 9
    play.morning(play.dates.opens)
    assert actions(play) == made


def test_an_action_made_by_hand_is_asked_about_in_the_next_form(play_from: PlayFrom) -> None:
    play = play_from("fresh")
    assert add(play) == "L1"
    assert add(play, "RETUREN") == "L2"
    play.morning(play.dates.opens)
    [row] = [row for row in play.rows(tables.Form) if row.person == "johan"]
    fields = {sheet.scope: {f.id for f in sheet.fields()} for sheet in load_form(row.content).sheets}
    assert {"L1.outcome", "L1.how"} <= fields["HYVELN"]
    assert "L1.outcome" not in fields["RETUREN"]


def test_the_approval_closes_what_went_as_planned_and_leaves_what_did_not(play_from: PlayFrom) -> None:
    after = actions(play_from("approved"))
    assert after["2026-A04-LARKAN"].status is Status.DONE
    assert after["2026-A04-LARKAN"].note == "Genomförd enligt planen, enligt T2 2026."
    assert after["2026-A01-HUMLAN"].is_open  # it deviated
    assert after["2026-A01-HUMLAN"].note.startswith("Odlingsstarten tog all tid i april.")
    assert after["2026-A02-LARKAN"].is_open  # until the end of October
    assert after["2026-A01-RETUREN"].is_open  # nobody answered


def test_an_action_is_closed_once_with_a_word_and_can_be_opened_again(play_from: PlayFrom) -> None:
    play = play_from("fresh")
    number = add(play)
    with play.office.database.writing() as session:
        steps.close_action(session, "SOL", number, MANAGER, Status.DONE, "Hyllan är flyttad.", NOW)
    with play.office.database.writing() as session, pytest.raises(Refused, match="är redan stängd"):
        steps.close_action(session, "SOL", number, MANAGER, Status.DONE, "Hyllan är flyttad.", NOW)
    with play.office.database.writing() as session:
        steps.reopen_action(session, "SOL", number, MANAGER, "Den står där igen.", NOW)
    assert actions(play)[number].is_open
    assert [row.kind for row in play.rows(tables.ActionEvent)] == ["made", "closed", "reopened"]
    with play.office.database.writing() as session, pytest.raises(Refused, match="ingen åtgärd L9"):
        steps.reopen_action(session, "SOL", "L9", MANAGER, "Den står där igen.", NOW)
