"""Indicators and activities in a report: values, targets, sexes, what is withheld, charts."""

from dataclasses import replace
from datetime import date

import pytest

from arshjul.answers import State
from arshjul.catalogue import Direction
from arshjul.numbers import NBSP
from arshjul.plan import Activity, Indicator
from arshjul.report.blocks import Figure, Table
from tests.unit.reading_blocks import paragraphs, tables, words
from tests.unit.report_built import JUDGED, SHARED, built, report
from tests.unit.small_cycle import (
    COUNT,
    HUMLAN,
    HYVELN,
    LARKAN,
    SHARE,
    SURVEY,
    cycle,
    earlier_value,
    goal,
    survey,
)

HEADS = ["Indikator", "Utfall", "T2 2025", "Årsmål", "KF:s årsmål", "Når målet"]


def test_values_are_printed_in_swedish_beside_their_targets_and_last_year() -> None:
    counted = Indicator("I1", "Antal steg", target="1 000 st")
    found = report(
        goal(counted),
        {LARKAN: {"I1.total": 1200}, HUMLAN: {"I1.total": 34}},
        measures={"I1": COUNT},
        earlier=(earlier_value(900),),
    )
    steps = [f"1{NBSP}234{NBSP}st", f"900{NBSP}st", f"1{NBSP}000{NBSP}st"]
    assert tables(found.blocks, "Indikatorer") == [[HEADS, ["Antal steg", *steps, "–", "Ja"]]]


def test_a_target_keeps_its_decimals_and_the_value_has_as_many() -> None:
    answers = {LARKAN: {"I1.total": 80}, HUMLAN: {"I1.total": 77}}
    (table,) = tables(report(goal(SHARED), answers).blocks, "Indikatorer")
    assert table[1] == [SHARED.name, f"78,5{NBSP}%", "–", f"80{NBSP}%", f"78,5{NBSP}%", "Nej"]


def test_a_target_in_words_stands_as_the_plan_has_it() -> None:
    (table,) = tables(report(goal(replace(SHARED, target="75–80 %")), {}).blocks, "Indikatorer")
    assert table[1][3:] == ["75–80 %", f"78,5{NBSP}%", "–"]


def test_the_sexes_have_columns_only_where_some_indicator_is_by_sex() -> None:
    answers = {LARKAN: {**survey((90, 8), (70, 8)), "I2.total": 3}}
    measures = {"I1": SURVEY, "I2": COUNT}
    both = goal(SHARED, Indicator("I2", "Antal"))
    (table,) = tables(report(both, answers, measures=measures).blocks, "Indikatorer")
    assert table[0][1:4] == ["Utfall", "Kvinnor", "Män"]
    assert [row[1:4] for row in table[1:]] == [
        [f"80,0{NBSP}%", f"90,0{NBSP}%", f"70,0{NBSP}%"],
        [f"3{NBSP}st", "–", "–"],
    ]


@pytest.mark.parametrize(
    ("state", "printed"),
    [
        (State.NO_DATA, "inga data"),
        (State.NOT_MEASURED, "mäts inte nu"),
        (State.NOT_APPLICABLE, "berör inte"),
    ],
)
def test_why_there_is_no_value_is_printed_and_never_a_zero(state: State, printed: str) -> None:
    found = report(goal(SHARED), {LARKAN: {"I1.state": state}, HUMLAN: {"I1.state": state}})
    assert tables(found.blocks, "Indikatorer")[0][1][1] == printed


def test_what_is_withheld_is_in_no_word_of_the_report_and_the_table_says_why() -> None:
    """Neither as figure nor through the target it meets, the chart, the method or last year's value."""
    answers = {LARKAN: survey((97, 2), (91, 2)), HUMLAN: {"I1.state": State.NO_DATA}}
    found = report(
        goal(SHARED), answers, measures={"I1": SURVEY}, earlier=(earlier_value(93, respondents=3),)
    )
    assert tables(found.blocks, "Indikatorer")[0][1] == [
        SHARED.name, "‥", "‥", "‥", "‥", f"80{NBSP}%", f"78,5{NBSP}%", "–",
    ]  # fmt: skip
    (table,) = [b for b in found.blocks if isinstance(b, Table) and b.caption == "Indikatorer"]
    assert table.note is not None
    assert table.note.startswith("‥ betyder att uppgiften inte visas")
    said = " ".join(words(found.blocks))
    assert not any(figure in said for figure in ("97", "91", "93", "94"))


def test_one_withheld_sex_is_not_in_the_chart_of_the_sexes() -> None:
    answers = {LARKAN: survey((97, 3), (81, 9)), HUMLAN: {}}
    found = report(goal(SHARED), answers, measures={"I1": SURVEY})
    assert not any(isinstance(b, Figure) and "kvinnor" in b.alt for b in found.blocks)
    assert not any(figure in " ".join(words(found.blocks)) for figure in ("97", "81"))
    enough = report(goal(SHARED), {LARKAN: survey((97, 5), (81, 9))}, measures={"I1": SURVEY})
    assert any(isinstance(b, Figure) and f"kvinnor 97{NBSP}%" in b.alt for b in enough.blocks)


def test_no_chart_shows_sub_units_own_values_on_people() -> None:
    everybody = {
        code: survey((91 + place, 9), (71, 9)) for place, code in enumerate((LARKAN, HUMLAN, HYVELN))
    }
    found = report(goal(SHARED), everybody, measures={"I1": SURVEY}, asked=tuple(everybody))
    assert not any("per verksamhet" in text for text in words(found.blocks))


def test_a_chart_writes_why_a_bar_is_missing_and_agrees_with_the_table() -> None:
    asked = (LARKAN, HUMLAN, HYVELN, "RETUREN")
    data = cycle(
        goal(replace(SHARED, council_target=None)),
        {
            LARKAN: {"I1.total": 80},
            HUMLAN: {"I1.total": 79},
            HYVELN: {"I1.state": State.NOT_APPLICABLE},
        },
        asked=(LARKAN, HUMLAN, HYVELN),
        measures={"I1": SHARE},
        judgements=JUDGED,
    )
    assert not any("per verksamhet" in text for text in words(built(data).blocks))  # too few bars
    more = replace(
        data,
        unit=replace(
            data.unit, subunits=(*data.unit.subunits, replace(data.unit.subunits[0], code="RETUREN"))
        ),
        expected=asked,
        submissions={**data.submissions, "RETUREN": data.submissions[LARKAN]},
    )
    chart = next(b for b in built(more).blocks if isinstance(b, Figure) and "per verksamhet" in b.caption)
    assert f"Ateljé Lärkan 80{NBSP}%; Humlan 79{NBSP}%; Snickeriet Hyveln berör inte" in chart.alt
    assert f"Hela enheten 80{NBSP}%" in chart.alt  # 79.67


def test_a_low_value_is_the_good_one_in_the_chart_when_the_target_is_at_most() -> None:
    low = replace(SHARED, target="högst 8 %", council_target=None)
    values = {code: {"I1.total": 7 + place} for place, code in enumerate((LARKAN, HUMLAN, HYVELN))}
    measure = replace(SHARE, direction=Direction.AT_MOST)
    found = report(goal(low), values, measures={"I1": measure}, asked=(LARKAN, HUMLAN, HYVELN))
    chart = next(b for b in found.blocks if isinstance(b, Figure) and "per verksamhet" in b.caption)
    assert "2 av 3 når målet" in chart.alt


def test_an_activity_prints_the_comments_of_those_who_deviate() -> None:
    planned = Activity("A1", "Öppet hus", date(2026, 3, 16), None)
    answers = {
        LARKAN: {"A1.deviation": "Ja", "A1.comment": "Inställt."},
        HUMLAN: {"A1.deviation": "Nej", "A1.comment": "Gick bra."},
    }
    found = report(goal(activities=(planned,)), answers)
    assert tables(found.blocks, "Aktiviteter")[0][1] == [
        "Öppet hus",
        "2026-03-16",
        "–",
        "Ja",
        "Ateljé Lärkan: Inställt.",
    ]


def test_a_comment_on_a_value_is_printed_with_its_sub_unit_and_indicator() -> None:
    found = report(goal(SHARED), {LARKAN: {"I1.total": 80, "I1.comment": "Ett schema återstår."}})
    assert f"Ateljé Lärkan om {SHARED.name}: Ett schema återstår." in paragraphs(found.blocks)


def test_the_comments_of_several_on_one_value_stand_under_its_name() -> None:
    answers = {code: {"I1.total": 80, "I1.comment": f"Så i {code}."} for code in (LARKAN, HUMLAN)}
    printed = paragraphs(report(goal(SHARED), answers).blocks)
    first = printed.index(f"{SHARED.name}: verksamheternas kommentarer.")
    said = printed[first + 1 : first + 3]
    assert [words.partition(": ")[2] for words in said] == [f"Så i {LARKAN}.", f"Så i {HUMLAN}."]
    assert not any(SHARED.name in words for words in said)
