"""An export of the city's system held against what was approved: what differs, is missing or was added."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from arshjul import plan_reader
from arshjul.plan import Activity, Attainment, Goal, Indicator, Kind, Level, Plan
from arshjul.plan_reader import lines_of_text
from arshjul.review.against import compare
from arshjul.review.departures import Comparison
from arshjul.review.same_value import same_text, same_value, stretches
from arshjul.review.source_lines import SourceLines
from tests.unit.plan_texts import Layout, write

CONTENT = Indicator(
    "I01",
    "Andel deltagare som är nöjda med sin dagliga verksamhet",
    outcome="84 %",
    outcome_men="86 %",
    outcome_women="81 %",
    previous="79 %",
    target="80 %",
    council_target="78 %",
    period="VB 2031",
    analysis="Andelen nöjda är högre än målet. Alla verksamheter har arbetat med veckomöten.",
)
VISITS = Indicator(
    "I02", "Antal studiebesök", outcome="1 050 st", previous="980 st", target="1 000 st", period="VB 2031"
)
MEETINGS = Activity(
    "A01", "Veckomöten prövas", date(2031, 1, 1), date(2031, 6, 30), True, "Två möten ställdes in."
)
GOAL = Goal(
    "G03",
    Level.UNIT,
    "Alla får ett gott stöd",
    attainment=Attainment.PARTIAL,
    sections={
        "expected_result": "Deltagarna bestämmer innehållet i sin dag.",
        "analysis": "Målet bedöms som delvis uppnått. Stödet har utvecklats under våren och hösten.",
    },
    indicators=(CONTENT, VISITS),
    activities=(MEETINGS,),
)
SECOND = Goal("G04", Level.UNIT, "Medarbetarna trivs", attainment=Attainment.FULL)
BOARD = Goal("G02", Level.BOARD, "Stödet har hög kvalitet", goals=(GOAL, SECOND))
APPROVED = Plan(
    Kind.VB,
    2031,
    "Solgläntan",
    (Goal("G01", Level.DIRECTION, "Ett Björkviken för alla", "1", goals=(BOARD,)),),
    front={"Sammanfattning": "Året har präglats av flytten till nya lokaler."},
)
REAL_LAYOUTS = [  # columns lost with an analysis under its row; level and title on two lines; tabs
    Layout("export", symbol="● ", page_heads=True),
    Layout("export", level_on_own_line=True, symbol="— ", narrow=True),
    Layout("tabs", point_after_number=True),
    Layout("aligned", level_on_own_line=True),
]


def with_goal(goal: Goal, *others: Goal) -> Plan:
    top = APPROVED.goals[0]
    return replace(APPROVED, goals=(replace(top, goals=(replace(BOARD, goals=(goal, *others)),)),))


def exported(plan: Plan, layout: Layout = REAL_LAYOUTS[2]) -> Comparison:
    """The plan printed by another system, read again and compared with what was approved."""
    lines = lines_of_text(write(plan, layout))
    reading = plan_reader.read(lines)
    return compare(APPROVED, reading.plan, SourceLines.of(lines, reading.places))


def told(comparison: Comparison) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(d.difference.value, d.field, d.approved, d.exported) for d in comparison.departures]


@pytest.mark.parametrize("layout", REAL_LAYOUTS, ids=lambda layout: f"{layout.style} {layout.symbol}")
def test_what_was_entered_as_approved_has_no_differences_in_any_layout(layout: Layout) -> None:
    comparison = exported(APPROVED, layout)
    assert told(comparison) == []
    assert comparison.compared >= 20


def change_row(**cells: str | None) -> Callable[[], Plan]:
    return lambda: with_goal(replace(GOAL, indicators=(replace(CONTENT, **cells), VISITS)), SECOND)


def change_activity(**fields: object) -> Callable[[], Plan]:
    return lambda: with_goal(replace(GOAL, activities=(replace(MEETINGS, **fields),)), SECOND)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (change_row(outcome="48 %"), ("differs", "utfall", "84 %", "48 %")),
        (change_row(outcome_women="82 %"), ("differs", "utfall kvinnor/flickor", "81 %", "82 %")),
        (change_row(target="85 %"), ("differs", "årsmål", "80 %", "85 %")),
        (change_row(analysis=None), ("missing", "analys", CONTENT.analysis, None)),
        (
            change_row(
                analysis="Andelen nöjda är lägre än målet. Alla verksamheter har arbetat med veckomöten."
            ),
            (
                "differs",
                "analys",
                "Andelen nöjda är högre än målet. Alla …",
                "Andelen nöjda är lägre än målet. Alla …",
            ),
        ),
        (
            lambda: with_goal(replace(GOAL, attainment=Attainment.FULL), SECOND),
            ("differs", "måluppfyllelse", "Uppfylls delvis", "Uppfylls helt"),
        ),
        (change_activity(end=date(2031, 12, 31)), ("differs", "slutdatum", "2031-06-30", "2031-12-31")),
        (change_activity(deviation=False), ("differs", "avvikelse", "Ja", "Nej")),
        (
            lambda: with_goal(replace(GOAL, indicators=(CONTENT,)), SECOND),
            ("missing", None, "Antal studiebesök", None),
        ),
        (
            lambda: with_goal(replace(GOAL, activities=()), SECOND),
            ("missing", None, "Veckomöten prövas", None),
        ),
        (lambda: with_goal(GOAL), ("missing", None, "Medarbetarna trivs", None)),
        (
            lambda: with_goal(GOAL, SECOND, replace(SECOND, id="G05", title="Ekonomin är i balans")),
            ("added", None, None, "Ekonomin är i balans"),
        ),
        (
            lambda: replace(APPROVED, front={"Sammanfattning": "Året har präglats av flytten till lokaler."}),
            (
                "differs",
                "text",
                "… av flytten till nya lokaler.",
                "… av flytten till lokaler.",
            ),
        ),
    ],
)
def test_a_field_that_was_entered_otherwise_is_the_one_difference(
    change: Callable[[], Plan], difference: tuple[str, str | None, str | None, str | None]
) -> None:
    assert told(exported(change())) == [difference]


def test_a_difference_names_the_line_of_the_export_on_which_it_stands() -> None:
    analysis = GOAL.sections["analysis"].replace("utvecklats", "avvecklats")
    plan = with_goal(replace(GOAL, sections={**GOAL.sections, "analysis": analysis}), SECOND)
    [departure] = exported(plan).departures
    printed = write(plan, REAL_LAYOUTS[2]).splitlines()
    assert departure.line is not None
    assert "avvecklats" in printed[departure.line - 1]


def test_sections_and_columns_that_only_one_of_them_prints_are_named_once_and_not_compared() -> None:
    longer = replace(GOAL, sections={**GOAL.sections, "approach": "Vi arbetar i par."})
    comparison = exported(replace(with_goal(longer, SECOND), back={"Agenda 2030": "Vi bidrar till två mål."}))
    assert told(comparison) == []
    assert comparison.only_exported == ("Arbetssätt", "Agenda 2030")


def test_an_export_may_say_the_same_row_twice_but_not_with_another_value() -> None:
    again = replace(VISITS, id="I03")
    assert told(exported(with_goal(replace(GOAL, indicators=(CONTENT, VISITS, again)), SECOND))) == []
    other = replace(again, outcome="1 150 st")
    assert told(exported(with_goal(replace(GOAL, indicators=(CONTENT, VISITS, other)), SECOND))) == [
        ("added", None, None, "Antal studiebesök")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 050 st", "1050 st"),
        ("58,84 %", "58.84%"),
        ("50 %", "50,0 procent"),
        ("\N{MINUS SIGN}120 tkr", "-120 tkr"),
        ("öka", " öka "),
    ],
)
def test_a_value_may_be_printed_in_another_way(one: str, other: str) -> None:
    assert same_value(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("84 %", "48 %"), ("84 %", "84"), ("-120 tkr", "120 tkr"), ("öka", "minska")]
)
def test_another_value_is_another_value(one: str, other: str) -> None:
    assert not same_value(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("”Vi vill”, sa hon – och gick.", '"Vi vill", sa hon - och gick.'),
        ("Brukar-\nundersökningen gjordes", "Brukarundersökningen gjordes"),
        ("• Ett\n• Två", "- Ett\n- Två"),
        ("Cafe\N{COMBINING ACUTE ACCENT}et", "Caféet"),
    ],
)
def test_a_text_may_be_broken_and_quoted_in_another_way(one: str, other: str) -> None:
    assert same_text(one, other)
    assert list(stretches(one, other)) == []
