"""The other parts of a report: sections, who has answered, how figures were made."""

from dataclasses import replace

from arshjul.numbers import NBSP
from arshjul.plan import Activity, Indicator
from arshjul.report.blocks import Heading, Table
from tests.unit.reading_blocks import paragraphs, tables, under, words
from tests.unit.report_built import CHAIN, SHARED, report
from tests.unit.small_cycle import (
    HUMLAN,
    HYVELN,
    KIND,
    LARKAN,
    SHARE,
    SURVEY,
    goal,
    survey,
)


def test_a_section_of_sub_units_is_a_table_with_a_total_of_what_adds_up() -> None:
    answers = {
        LARKAN: {"complaints.count": 3, "complaints.share": 50, "complaints.form": "Brev"},
        HUMLAN: {"complaints.count": 0},
    }
    found = report(goal(), answers, asked=(LARKAN, HUMLAN, HYVELN))
    assert tables(found.blocks, "Synpunkter") == [
        [
            ["Verksamhet", "Antal", "Besvarade i tid", "Vanligaste vägen"],
            ["Ateljé Lärkan", f"3{NBSP}st", f"50{NBSP}%", "Brev"],
            ["Humlan", f"0{NBSP}st", "inga data", "inga data"],
            ["Snickeriet Hyveln", *["inga uppgifter lämnade"] * 3],
            ["Hela enheten", f"3{NBSP}st", "–", "–"],
        ]
    ]


def test_a_section_of_one_person_is_a_table_of_questions_and_her_text() -> None:
    answers = {"economy": {"economy.tkr": 27985, "economy.analysis": "Vi håller budget."}}
    found = report(goal(), answers, sections=("economy",))
    blocks = under(found, "Ekonomi")
    assert tables(blocks, "Ekonomi") == [[["Uppgift", "Värde"], ["Utfall", f"27{NBSP}985{NBSP}tkr"]]]
    assert paragraphs(blocks) == ["Vi håller budget."]


def test_a_section_that_nobody_answered_is_one_sentence() -> None:
    asked = replace(KIND, asks=tuple(replace(question, required=True) for question in KIND.asks))
    assert paragraphs(under(report(goal(), {}, kind=asked), "Synpunkter")) == ["Inga uppgifter lämnade."]


def test_a_voluntary_section_that_nobody_answered_is_not_printed() -> None:
    assert "Synpunkter" not in [
        block.text for block in report(goal(), {}).blocks if isinstance(block, Heading)
    ]


def test_who_has_answered_which_version_and_who_has_not_stands_in_a_table() -> None:
    found = report(goal(), {LARKAN: {"G1.analysis": "Ja."}})
    assert tables(found.blocks, "Svar som rapporten bygger på")[0][1:] == [
        ["Ateljé Lärkan", "2026-09-04, version 1"],
        ["Humlan", "Inga uppgifter lämnade"],
    ]


def test_how_each_figure_was_made_is_said_in_a_phrase() -> None:
    answers = {LARKAN: {"I1.total": 80}, HUMLAN: {}}
    bullets = list(words(under(report(goal(SHARED), answers), "Så är siffrorna framtagna")))
    assert bullets[0] == f"{SHARED.name}: värdet från den enda verksamhet som har lämnat något."
    answers[HUMLAN] = {"I1.total": 70}
    bullets = list(words(under(report(goal(SHARED), answers), "Så är siffrorna framtagna")))
    assert bullets[0] == f"{SHARED.name}: medelvärde av 2 verksamheter, alla lika mycket värda."


def test_an_indicator_of_another_report_is_said_to_come_later() -> None:
    later = {"I1": replace(SHARE, asked_in=())}
    found = report(goal(SHARED), {LARKAN: {}, HUMLAN: {}}, measures=later)
    assert f"Följs upp i en annan rapport under året: {SHARED.name}." in list(words(found.blocks))
    assert tables(found.blocks, "Indikatorer")[0][1][1] == "mäts senare"


def test_a_unit_without_sub_units_has_a_report_all_the_same() -> None:
    found = report(CHAIN, {"economy": {"economy.tkr": 1}}, asked=(), sections=("economy",))
    assert all(len(row) == len(b.columns) for b in found.blocks if isinstance(b, Table) for row in b.rows)
    said = " ".join(words(found.blocks))
    assert "0 verksamheter" not in said
    assert tables(found.blocks, "Indikatorer")[0][1][1] == "inga data"


def test_nothing_answered_at_all_is_a_report_that_says_so() -> None:
    found = report(CHAIN, {}, judgements={})
    assert not any(isinstance(block, Heading) and block.text == "Sammanfattning" for block in found.blocks)
    assert tables(found.blocks, "Indikatorer")[0][1][1] == "inga uppgifter lämnade"


def test_tables_are_as_wide_in_every_row_as_in_their_head() -> None:
    answers = {LARKAN: {**survey((90, 8), (70, 8)), "complaints.count": 1}, "economy": {"economy.tkr": 1}}
    wide = goal(SHARED, Indicator("I2", "Antal", target="öka"), activities=(Activity("A1", "Öppet hus"),))
    found = report(wide, answers, measures={"I1": SURVEY}, sections=("economy",))
    widths = [(len(b.columns), {len(row) for row in b.rows}) for b in found.blocks if isinstance(b, Table)]
    assert all(rows <= {columns} for columns, rows in widths)
    assert len(widths) == 6
