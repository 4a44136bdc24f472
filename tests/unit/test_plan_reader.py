"""Reading a plan: what a document of another layout may look like, one behaviour each."""

import pytest

from arshjul.plan import Attainment, Level
from tests.unit.plan_reading import only_goal, plan_of


@pytest.mark.parametrize(
    ("heading", "level", "number", "title"),
    [
        ("KF:s inriktningsmål: 1. En stad", Level.DIRECTION, "1", "En stad"),
        ("Kommunfullmäktiges inriktningsmål: 2 En stad", Level.DIRECTION, "2", "En stad"),
        ("KF:s mål för verksamhetsområdet: 1.4. Stöd i tid", Level.COUNCIL, "1.4", "Stöd i tid"),
        ("KF:s mål för verksamhetsområdet 2.5 Stöd i tid", Level.COUNCIL, "2.5", "Stöd i tid"),
        ("KF:s mål för verksamhetsområdet:\n1.3 Stöd i tid", Level.COUNCIL, "1.3", "Stöd i tid"),
        ("NÄMNDMÅL:\n\nStöd i tid", Level.BOARD, None, "Stöd i tid"),
        ("Nämndmål\nStöd i tid", Level.BOARD, None, "Stöd i tid"),
        ("2.1.1 Nämndmål: Stöd i tid", Level.BOARD, "2.1.1", "Stöd i tid"),
        ("● Enhetsmål: Stöd i tid", Level.UNIT, None, "Stöd i tid"),
        ("Enhetsmål 3: Stöd i tid", Level.UNIT, "3", "Stöd i tid"),
        ("Enhetsmål – Stöd i tid", Level.UNIT, None, "Stöd i tid"),
        ("Enhetsmål: 9 av 10 trivs", Level.UNIT, None, "9 av 10 trivs"),
        ("Enhetsmål: 2030 är vi fossilfria", Level.UNIT, None, "2030 är vi fossilfria"),
    ],
)
def test_a_goal_is_known_by_its_level_however_it_is_printed(
    heading: str, level: Level, number: str | None, title: str
) -> None:
    goal = only_goal(f"{heading}\n\nBeskrivning\n\nVi hjälps åt.\n")
    assert (goal.level, goal.number, goal.title) == (level, number, title)
    assert goal.sections == {"description": "Vi hjälps åt."}


def test_a_level_in_running_text_is_no_goal() -> None:
    goal = only_goal("Enhetsmål: Trygghet\n\nAnalys\n\nVi ser att\nEnhetens mål anses uppfyllt i år.\n")
    assert goal.sections == {"analysis": "Vi ser att\nEnhetens mål anses uppfyllt i år."}


def test_a_title_goes_on_over_a_page_break() -> None:
    goal = only_goal("Enhetsmål: Alla är med och\n\n\nSid 3 (9)\n\nbestämmer\n\nAnalys\nDet går bra.\n")
    assert goal.title == "Alla är med och bestämmer"


@pytest.mark.parametrize(
    ("printed", "attainment"),
    [
        (" Uppfylls helt ", Attainment.FULL),
        ("● Uppfylls delvis", Attainment.PARTIAL),
        ("— Uppfylls inte", Attainment.NOT_MET),
        ("\uf06e Uppfylls ej", Attainment.NOT_MET),
        ("Måluppfyllelse: Uppfylls helt", Attainment.FULL),
        ("Måluppfyllelse: ● Inga data", Attainment.NO_DATA),
    ],
)
def test_an_attainment_is_read_with_any_mark_before_it(printed: str, attainment: Attainment) -> None:
    goal = only_goal(f"Enhetsmål: Trygghet\n\n{printed}\n\nAnalys\n\nVi följer upp.\n")
    assert goal.attainment is attainment
    assert goal.title == "Trygghet"


def test_an_attainment_on_the_line_of_the_title_is_no_part_of_it() -> None:
    goal = only_goal("Enhetsmål: Trygghet ● Uppfylls delvis\n")
    assert (goal.title, goal.attainment) == ("Trygghet", Attainment.PARTIAL)


def test_an_attainment_in_a_text_stays_text() -> None:
    goal = only_goal("Enhetsmål: Trygghet\n\nAnalys\n\nMålet i sin helhet:\nUppfylls helt\n")
    assert goal.attainment is None
    assert "Uppfylls helt" in goal.sections["analysis"]


def test_goals_hang_on_the_nearest_higher_one() -> None:
    plan = plan_of(
        "KF:s inriktningsmål: 1. Ett\n\nKF:s mål: 1.1 Två\n\n"
        "Enhetsmål: Tre\n\nNämndmål: Fyra\n\nEnhetsmål: Fem\n"
    )
    (top,) = plan.goals
    (council,) = top.goals
    assert [(goal.id, goal.title) for goal in council.goals] == [("G03", "Tre"), ("G04", "Fyra")]
    assert council.goals[1].goals[0].id == "G05"


def test_wrapped_lines_are_joined_and_paragraphs_and_bullets_kept() -> None:
    goal = only_goal(
        "Enhetsmål: Trygghet\n\nArbetssätt\n\n"
        "Vi planerar veckan tillsammans med deltagarna i grupp- och service-\nbostäder, på kort- \n"
        "och lång sikt, varje måndag klockan nio i det stora rummet på andra våningen\nsom vi brukar.\n"
        "Kort rad.\nNästa stycke börjar här.\n- en punkt\n-en annan\n\uf0b7 en tredje\n"
    )
    assert goal.sections["approach"].split("\n") == [
        (
            "Vi planerar veckan tillsammans med deltagarna i grupp- och service-bostäder, på kort- och "
            "lång sikt, varje måndag klockan nio i det stora rummet på andra våningen som vi brukar."
        ),
        "Kort rad.",
        "Nästa stycke börjar här.",
        "- en punkt",
        "-en annan",
        "• en tredje",
    ]


def test_where_spaces_at_line_ends_are_kept_a_line_without_one_broke_a_word() -> None:
    goal = only_goal(
        "Enhetsmål: Trygghet \n \nAnalys \n \n"
        "Totalt har ett 10-\ntal platser i Hägersten-\nÄlvsjö \nfyllts. \nDet är bra. \n"
    )
    assert goal.sections["analysis"].startswith("Totalt har ett 10-tal platser i Hägersten-Älvsjö fyllts.")


def test_a_section_may_stand_without_blank_lines() -> None:
    goal = only_goal("Enhetsmål: Trygghet\nFörväntat resultat:\nAlla trivs.\nUppföljning\nVi frågar.\n")
    assert goal.sections == {"expected_result": "Alla trivs.", "follow_up": "Vi frågar."}


def test_a_section_that_comes_twice_is_joined_and_told() -> None:
    plan = plan_of("Enhetsmål: Trygghet\n\nAnalys\n\nFörst.\n\nAnalys\n\nSedan.\n")
    assert plan.goals[0].sections == {"analysis": "Först.\nSedan."}
    assert [warning.line for warning in plan.warnings] == [7]
