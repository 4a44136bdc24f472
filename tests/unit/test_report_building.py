"""What a built report says, and what it keeps to itself."""

from dataclasses import replace
from itertools import pairwise

import pytest

from arshjul.compilation import compile_cycle
from arshjul.numbers import NBSP
from arshjul.plan import Goal, Indicator
from arshjul.released import released_cells
from arshjul.report.blocks import Table
from arshjul.suppression.register import Release
from tests.unit.reading_blocks import paragraphs, words
from tests.unit.report_built import BOARD_ONLY, CHAIN, SHARED, TITLE, built, report
from tests.unit.small_cycle import (
    COUNT,
    HUMLAN,
    LARKAN,
    cycle,
    goal,
)


@pytest.mark.parametrize("goals", [CHAIN, BOARD_ONLY, (goal(), CHAIN.goals[0]), ()])
def test_headings_begin_at_one_and_never_skip_a_level(goals: Goal | tuple[Goal, ...]) -> None:
    levels = [0, *(heading.level for heading in report(goals, {}).headings())]
    assert all(0 < after <= before + 1 for before, after in pairwise(levels))


def test_the_chain_of_goals_stands_with_numbers_and_levels() -> None:
    headings = [
        (one.level, one.kicker, one.text) for one in report(CHAIN, {}).headings() if one.kicker is not None
    ]
    assert headings == [
        (2, "KF:s inriktningsmål", "1 En stad för alla"),
        (3, "KF:s mål för verksamhetsområdet", "1.3 Stödet utgår från den enskilde"),
        (4, "Nämndmål", "Inflytande"),
        (5, "Enhetsmål", TITLE),
    ]


def test_every_heading_has_an_id_of_its_own() -> None:
    ids = [heading.id for heading in report(CHAIN, {LARKAN: {"G1.analysis": "Vi valde. " * 40}}).headings()]
    assert len(ids) == len(set(ids))


def test_the_first_page_says_whose_report_it_is_and_what_is_to_be_decided() -> None:
    front = report(goal(), {}).front
    assert (front.title, front.subtitle) == ("Tertialrapport 2 2026", "Solgläntan")
    assert dict(front.facts) == {
        "Diarienummer": "SOL 2026/14",
        "Datum": "2026-09-23",
        "Period": "2026-01-01 – 2026-08-31",
        "Handläggare": "Karin Ekdahl",
    }
    assert front.proposed_decision is not None
    assert "Solgläntans fortsatta arbete" in front.proposed_decision


def test_a_name_that_ends_in_s_gets_no_other_s() -> None:
    data = cycle(goal(), {})
    named = built(replace(data, unit=replace(data.unit, name="Solgläntans dagliga rytm och dans"))).front
    assert named.proposed_decision is not None
    assert "dans fortsatta arbete" in named.proposed_decision


def test_a_corrected_version_says_first_of_all_what_it_changes() -> None:
    corrected = report(goal(), {}, version=2, changes="Summan av studiebesök är rättad.")
    assert ("Version", "2") in corrected.front.facts
    assert paragraphs(corrected.blocks)[0] == "Rättat i version 2: Summan av studiebesök är rättad."


def test_a_corrected_version_lists_every_figure_that_is_another_than_it_was() -> None:
    indicator = Indicator("I1", "Antal studiebesök")
    told = (("LARKAN", 3), ("HUMLAN", 4), ("unit", 7))
    cells = {f"I1|{scope}|total|T2 2026": f"{number}{NBSP}st" for scope, number in told}
    older, newer = Release("T2 2026", 1, {}), Release("T2 2026", 2, cells)
    data = cycle(
        goal(indicator),
        {LARKAN: {"I1.total": 2}, HUMLAN: {"I1.total": 4}},
        measures={"I1": COUNT},
        version=3,
        changes="Antalet är rättat.",
        released=(older, newer, Release("T2 2025", 1, cells)),
    )
    table = next(block for block in built(data).blocks if isinstance(block, Table))
    assert table.caption == "Siffror som är ändrade sedan version 2"
    assert [[cell.text.replace(NBSP, " ") for cell in row] for row in table.rows] == [
        ["Antal studiebesök", "Ateljé Lärkan", "3 st", "2 st"],
        ["Antal studiebesök", "Solgläntan", "7 st", "6 st"],
    ]
    same = replace(data, released=(Release("T2 2026", 2, released_cells(compile_cycle(data))),))
    assert "Siffror" not in next(b for b in built(same).blocks if isinstance(b, Table)).caption


def test_the_same_cycle_gives_the_same_blocks() -> None:
    assert report(CHAIN, {}) == report(CHAIN, {})


def test_findings_and_proposals_are_never_in_the_report() -> None:
    said = " ".join(words(report(goal(SHARED), {LARKAN: {"I1.total": 10}}).blocks))
    assert "indikatorer når" not in said
    assert "mot minst" not in said
