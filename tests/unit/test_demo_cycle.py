"""The example's T2 2026 from answers to report, held against a reckoning by hand."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from arshjul.catalogue import Sex
from arshjul.compilation import Compiled, compile_cycle
from arshjul.numbers import NBSP
from arshjul.report.blocks import Report, Table
from arshjul.report.building import build_report
from arshjul.review.cycle_review import review_cycle
from arshjul.wheel import year_entries
from tests.unit.demo_cycle import KEY, demo_data, installation, mended_data
from tests.unit.reading_blocks import tables, words


@cache
def compiled() -> Compiled:
    return compile_cycle(demo_data())


@cache
def report() -> Report:
    here = installation()
    entries = year_entries(here.wheel, KEY.unit_code, KEY.year)
    return build_report(compiled(), here.settings.reports, entries, date(2026, 9, 23))


# Summed on paper from the answers of the eight sub-units: for a weighted mean value times respondents.
@pytest.mark.parametrize(
    ("indicator", "total", "women", "men"),
    [
        ("I03", Fraction(8808, 109), Fraction(4008, 48), Fraction(4800, 61)),
        ("I04", Fraction(10810, 113), Fraction(100), Fraction(5810, 63)),
        ("I05", Fraction(715, 8), None, None),
        ("I06", Fraction(10113, 109), Fraction(4506, 48), Fraction(5607, 61)),
        ("I08", Fraction(25), Fraction(12), Fraction(13)),
        ("I09", Fraction(26), None, None),
        ("I10", Fraction(86), None, None),
        ("I11", Fraction(46, 30), None, None),
        ("I12", Fraction(55, 127), None, None),
        ("I13", Fraction(205, 7), None, None),
        ("I14", Fraction(3947, 50), None, None),
        ("I15", Fraction(4354, 510), None, None),
    ],
)
def test_the_units_figures_are_those_of_a_hand_calculation(
    indicator: str, total: Fraction, women: Fraction | None, men: Fraction | None
) -> None:
    result = compiled().indicators[indicator]
    for sex, expected in ((Sex.TOTAL, total), (Sex.WOMEN, women), (Sex.MEN, men)):
        number = result.shown(sex)
        assert (number is None) is (expected is None)
        if number is not None and expected is not None:
            assert abs(Fraction(number) - expected) < Fraction(1, 10**20)


def test_indicators_are_met_and_missed_as_the_targets_say() -> None:
    met = {result.indicator.id: result.met for result in compiled().indicators.values()}
    assert {id for id, one in met.items() if one} == {"I03", "I06", "I08", "I09", "I10", "I11", "I14"}
    assert {id for id, one in met.items() if one is False} == {"I04", "I05", "I12", "I15"}


def test_the_review_finds_what_the_demonstration_plants_and_nothing_else() -> None:
    found = review_cycle(compiled())
    assert [(one.code, one.evidence) for one in found] == [
        (
            "full-over-missed-target",
            {
                "goal": "G17",
                "indicator": "I12",
                "value": f"0,43{NBSP}kg per person mot högst 0,40{NBSP}kg per person",
            },
        ),
        (
            "sum-mismatch",
            {"total": "28", "sum": "26", "sentence": "Totalt 28 studiebesök till och med augusti."},
        ),
        (
            "total-against-figures",
            {
                "goal": "G10",
                "indicator": "I09",
                "text": "28",
                "value": f"26{NBSP}st",
                "sentence": "Totalt 28 studiebesök till och med augusti.",
            },
        ),
        ("missing-answer", {"scope": "RETUREN"}),
    ]


def test_a_mended_text_leaves_no_finding_about_it() -> None:
    found = review_cycle(compile_cycle(mended_data()))
    assert [one.code for one in found] == ["full-over-missed-target", "missing-answer"]


def test_the_corrected_hand_in_counts_and_the_faulty_one_does_not() -> None:
    data = demo_data()
    assert data.submissions["HUMLAN"].version == 2
    assert data.submissions["KAJUTAN"].received_at.day == 8
    assert data.missing == ("RETUREN",)


def test_the_order_in_which_answers_came_changes_nothing() -> None:
    data = demo_data()
    turned = replace(data, submissions=dict(reversed(data.submissions.items())))
    assert compile_cycle(turned).indicators == compiled().indicators


def test_headings_never_skip_a_level() -> None:
    levels = [0, *(heading.level for heading in report().headings())]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_table_rows_are_as_wide_as_their_columns() -> None:
    found = [block for block in report().blocks if isinstance(block, Table)]
    assert len(found) > 20
    assert all(len(row) == len(table.columns) for table in found for row in table.rows)


def test_numbers_are_printed_in_swedish_everywhere() -> None:
    found = [block for block in report().blocks if isinstance(block, Table)]
    said = " ".join(cell.text for table in found for row in table.rows for cell in row)
    assert "8,5" in said
    assert re.findall(r"\d+\.\d", said) == []
    assert re.findall(r"\d (?:\d{3}\b|%|st\b|tkr\b)", said) == []


def test_the_economy_and_the_complaints_stand_with_their_sums() -> None:
    (complaints,) = tables(report().blocks, "Synpunkter och klagomål")
    assert [row[1] for row in complaints[1:]] == [
        *(f"{count}{NBSP}st" for count in (3, 1, 6, 2, 2, 4, 0, 1)),
        "inga uppgifter lämnade",
        f"19{NBSP}st",
    ]
    assert f"41{NBSP}600" in [row[1] for row in tables(report().blocks, "Budget, utfall och prognos")[0]]


def test_the_one_who_never_answered_is_named_where_figures_are_explained() -> None:
    assert "Returen har inte lämnat några uppgifter och ingår inte i enhetens värden." in list(
        words(report().blocks)
    )


def test_no_person_is_named_but_the_one_who_handles_the_case() -> None:
    people = {person.name for person in installation().organisation.people} - {"Systemförvaltningen"}
    said = " ".join(words(report().blocks))
    assert not any(name in said for name in people)
    assert dict(report().front.facts)["Handläggare"] == "Karin Ekdahl"
