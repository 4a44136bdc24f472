"""Actions: what events make of them, what a plan promises whom, and where a form asks about them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from arshjul.actions import (
    Action,
    Event,
    EventKind,
    Promised,
    Source,
    Status,
    actions_of,
    as_asked,
    closing_words,
    lines_to_carry,
    promised_by,
)
from arshjul.answers import RawCell
from arshjul.errors import Refused
from arshjul.form import Field, FieldKind, Form, Heading, Info, Sheet
from arshjul.form_checking import check_sheet
from arshjul.plan import Activity, Goal, Kind, Level, Plan
from arshjul.promise_rows import with_promises

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
MADE = {"source": "safety_round", "text": "Flytta hyllan", "subunit": "HYVELN", "due": "2026-06-30"}


def event(kind: EventKind, cycle: str = "", **content: str) -> Event:
    return Event("L1", kind, NOW, "johan", cycle, content)


def told(*events: Event) -> Action:
    made = Event("L1", EventKind.MADE, NOW, "johan", "", MADE)
    (action,) = actions_of([made, *events])
    return action


def test_an_action_is_what_its_events_make_of_it() -> None:
    action = told(event(EventKind.CHANGED, owner="johan", note="Väktaren har nyckeln."))
    assert (action.source, action.text, action.owner) == (Source.SAFETY_ROUND, "Flytta hyllan", "johan")
    assert (action.due, action.is_open) == (date(2026, 6, 30), True)


def test_closing_and_reopening_undo_each_other() -> None:
    closed = event(EventKind.CLOSED, status="done", how="Hyllan är flyttad.")
    assert told(closed).status is Status.DONE
    again = told(closed, event(EventKind.REOPENED, how="Den står där igen."))
    assert (again.is_open, again.note) == (True, "Den står där igen.")


def test_an_action_is_carried_into_a_period_once() -> None:
    carried = event(EventKind.CARRIED, "T2 2026")
    assert told(carried, carried).cycles == ("T2 2026",)


def test_what_a_period_itself_closed_stood_open_in_its_form() -> None:
    carried = event(EventKind.CARRIED, "T2 2026")
    closed = event(EventKind.CLOSED, "T2 2026", status="done", how="Hyllan är flyttad.")
    (asked,) = as_asked([told(carried, closed)], "T2 2026")
    assert asked.is_open
    assert as_asked([told(carried, closed)], "VB 2026") == ()


def test_an_action_is_closed_with_more_than_a_word() -> None:
    assert closing_words(" Hyllan  är flyttad. ") == "Hyllan är flyttad."
    with pytest.raises(Refused, match="med minst några ord"):
        closing_words("Klart.")


PLAN = Plan(
    Kind.VP,
    2026,
    "Solgläntan",
    (
        Goal(
            "G1",
            Level.UNIT,
            "Deltagarna väljer",
            sections={"expected_result": "Alla väljer varje dag."},
            activities=(
                Activity("A1", "Lärkans vägg prövas", end=date(2026, 6, 12)),
                Activity("A2", "Ny form för veckomötet"),
            ),
        ),
    ),
)
SUBUNITS = [("LARKAN", ("Ateljé Lärkan", "Lärkan")), ("HYVELN", ("Snickeriet Hyveln",))]


def test_a_plan_promises_for_those_it_names_and_else_for_everybody() -> None:
    promised = list(promised_by(PLAN, SUBUNITS, ["G1"], 2026))
    assert [one.id for one in promised] == ["G1-LARKAN", "G1-HYVELN", "A1-LARKAN", "A2-LARKAN", "A2-HYVELN"]
    assert promised[0] == Promised(
        "G1-LARKAN", Source.EXPECTED_RESULT, "Alla väljer varje dag.", "LARKAN", "G1", date(2026, 12, 31)
    )


def test_what_the_plan_promised_is_asked_by_name_first_when_its_year_is_over() -> None:
    action = Action(
        "2026-A1-LARKAN",
        Source.PLAN,
        "Lärkans vägg prövas",
        "LARKAN",
        made_in="T1 2026",
        cycles=("T1 2026", "T2 2026", "T1 2027"),
    )
    assert [action.is_asked_in(cycle) for cycle in ("T1 2026", "T2 2026", "T1 2027")] == [False, False, True]
    assert replace(action, source=Source.COMPLAINT).is_asked_in("T1 2026")
    assert action.plan_id == "A1"


def test_a_line_is_a_thing_to_carry() -> None:
    assert lines_to_carry("- Fler praktikplatser\n\n• Mäta ljudet igen") == [
        "Fler praktikplatser",
        "Mäta ljudet igen",
    ]


def form(*goals: str) -> Form:
    rows = []
    for goal in goals:
        rows += [Heading(goal, 2), Field(f"{goal}.status", FieldKind.CHOICE, "Bedömning", "Välj.")]
    sheet = Sheet("HYVELN", "Snickeriet Hyveln", tuple(rows))
    return Form("T2 2026", Kind.T2, 2026, "SOL", "Solgläntan", "johan", 1, date(2026, 9, 11), (sheet,))


def promise(goal: str = "G1") -> Action:
    return replace(told(event(EventKind.CARRIED, "T2 2026")), goal=goal)


def test_a_promise_stands_under_its_goal_with_what_was_said_and_a_field() -> None:
    (asked,) = with_promises([form("G1", "G2")], [promise()], "T2 2026")
    rows = asked.sheets[0].rows
    assert [type(row) for row in rows[2:4]] == [Heading, Info]
    info, outcome, how = rows[3:6]
    assert isinstance(info, Info)
    assert info.text == "Flytta hyllan (Från skyddsrond. Skulle vara klart 2026-06-30.)"
    assert isinstance(outcome, Field)
    assert outcome.label == "Löfte: Flytta hyllan – vad blev det?"
    assert outcome.choices == ("Pågår", "Klart", "Blir inte av")
    assert isinstance(how, Field)
    assert (how.id, rows[6]) == ("L1.how", Heading("G2", 2))


def test_a_promise_without_a_goal_stands_last() -> None:
    (asked,) = with_promises([form("G1")], [promise("")], "T2 2026")
    assert Heading("Löften och åtgärder", 1) in asked.sheets[0].rows[2:]


def test_a_closed_promise_or_another_sub_units_is_not_asked_about() -> None:
    closed = replace(promise(), status=Status.DONE)
    assert with_promises([form("G1")], [closed, replace(promise(), subunit="LARKAN")], "T2 2026") == (
        form("G1"),
    )


@pytest.mark.parametrize(
    ("outcome", "how", "faults"),
    [("Klart", None, 1), ("Blir inte av", None, 1), ("Klart", "Hyllan är flyttad.", 0), ("Pågår", None, 0)],
)
def test_a_promise_is_answered_with_a_word_on_how(outcome: str, how: str | None, faults: int) -> None:
    (asked,) = with_promises([form("G1")], [promise()], "T2 2026")
    cells = {"L1.outcome": RawCell(outcome, "cell C9"), "L1.how": RawCell(how, "cell C10")}
    reading = check_sheet(asked.sheets[0], cells)
    assert len(reading.faults) == faults
    if faults:
        assert (
            reading.faults[0].message == f"Löftet är markerat ”{outcome}”. Skriv med några ord hur det gick."
        )
