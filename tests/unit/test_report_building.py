"""What a built report says, and what it keeps to itself."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from arshjul.answers import State
from arshjul.catalogue import Direction
from arshjul.compilation import compile_cycle
from arshjul.config.settings import Shown, SubunitTexts
from arshjul.cycle_data import SUMMARY, CycleData, Judged
from arshjul.numbers import NBSP
from arshjul.plan import Activity, Attainment, Goal, Indicator, Level
from arshjul.report.blocks import Figure, Heading, Report, Status, Table
from arshjul.report.building import build_report
from arshjul.report.goal_part import listed, shorten
from tests.unit.reading_blocks import paragraphs, tables, under, words
from tests.unit.small_cycle import (
    COUNT,
    HUMLAN,
    HYVELN,
    KIND,
    LARKAN,
    SHARE,
    SURVEY,
    Answers,
    cycle,
    earlier_value,
    goal,
    survey,
)

JUDGED = {"G1": Judged(Attainment.PARTIAL, "Vi är på väg.\n\nMer återstår."), SUMMARY: Judged(None, "Gott.")}
SHARED = Indicator("I1", "Andel scheman med bildstöd", target="80 %", council_target="78,5 %")
TITLE = "Deltagarna väljer"


def built(data: CycleData, shown: Shown | None = None) -> Report:
    return build_report(compile_cycle(data), shown or Shown(), (), date(2026, 9, 23))


def report(
    goals: Goal | tuple[Goal, ...], answers: Answers, shown: Shown | None = None, **more: Any
) -> Report:
    return built(cycle(goals, answers, **{"measures": {"I1": SHARE}, "judgements": JUDGED, **more}), shown)


CHAIN = goal(
    id="D1",
    level=Level.DIRECTION,
    title="En stad för alla",
    number="1",
    goals=(
        goal(
            id="C1",
            level=Level.COUNCIL,
            title="Stödet utgår från den enskilde",
            number="1.3",
            goals=(goal(id="B1", level=Level.BOARD, title="Inflytande", goals=(goal(SHARED),)),),
        ),
    ),
)
BOARD_ONLY = goal(
    SHARED, id="B1", level=Level.BOARD, title="Inflytande", sections={"expected_result": "Val."}
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


def test_the_same_cycle_gives_the_same_blocks() -> None:
    assert report(CHAIN, {}) == report(CHAIN, {})


def test_findings_and_proposals_are_never_in_the_report() -> None:
    said = " ".join(words(report(goal(SHARED), {LARKAN: {"I1.total": 10}}).blocks))
    assert "indikatorer når" not in said
    assert "mot minst" not in said


# Goals


def test_the_units_own_text_stands_before_the_sub_units_under_the_status() -> None:
    answers = {LARKAN: {"G1.analysis": "Vi valde."}, HUMLAN: {"G1.status": State.NOT_APPLICABLE}}
    blocks = under(report(goal(), answers, asked=(LARKAN, HUMLAN, HYVELN)), TITLE)
    assert [type(block) for block in blocks[:1]] == [Status]
    assert paragraphs(blocks) == [
        "Analys: Vi är på väg.",
        "Mer återstår.",
        "Ateljé Lärkan: Vi valde.",
        "Målet berör inte Humlan.",
        "Snickeriet Hyveln: Inga uppgifter lämnade.",
    ]


def test_a_goal_that_nobody_has_judged_has_no_status() -> None:
    assert not any(isinstance(block, Status) for block in report(goal(), {}, judgements={}).blocks)


def test_goals_above_the_units_have_a_status_only_where_the_kind_says_so() -> None:
    judged = {"B1": Judged(Attainment.FULL, ""), "G1": Judged(Attainment.FULL, "")}
    wide = replace(KIND, goal_levels=(Level.BOARD, Level.UNIT))
    for kind, expected in ((wide, 1), (replace(wide, status_levels=(Level.BOARD, Level.UNIT)), 2)):
        found = report(CHAIN, {}, judgements=judged, kind=kind)
        assert sum(isinstance(block, Status) for block in found.blocks) == expected
        overview = next(block for block in found.blocks if isinstance(block, Figure))
        assert f"Av {expected} mål" in overview.alt


def test_a_plan_of_board_goals_only_shows_their_status_texts_and_expected_results() -> None:
    answers = {LARKAN: {"B1.analysis": "Så gick det.", "I1.total": 90}, HUMLAN: {"I1.total": 80}}
    judged = {"B1": Judged(Attainment.FULL, "Vi är framme.")}
    blocks = under(report(BOARD_ONLY, answers, judgements=judged), "Inflytande")
    assert any(isinstance(block, Status) for block in blocks)
    assert paragraphs(blocks) == [
        "Förväntat resultat: Val.",
        "Analys: Vi är framme.",
        "Ateljé Lärkan: Så gick det.",
    ]


LONG = "Vi valde tillsammans, bl.a. varje måndag. " + "Det gick bra. " * 30


def test_a_long_text_is_shortened_under_the_goal_and_whole_in_the_appendix() -> None:
    found = report(goal(), {LARKAN: {"G1.analysis": LONG}}, Shown(short_text_words=10))
    short = paragraphs(under(found, TITLE))[2]
    assert short == "Ateljé Lärkan: Vi valde tillsammans, bl.a. varje måndag. Det gick bra. …"
    headings = [heading.text for heading in found.headings()]
    assert headings.count(TITLE) == 2
    assert LONG in next(words(found.blocks[-1:]))


def test_by_setting_all_texts_stand_in_the_appendix_only() -> None:
    found = report(goal(), {LARKAN: {"G1.analysis": "Kort."}}, Shown(SubunitTexts.APPENDIX))
    assert "Ateljé Lärkan: Kort." not in paragraphs(under(found, TITLE))
    assert paragraphs(found.blocks[-1:]) == ["Ateljé Lärkan: Kort."]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Ett två tre.", "Ett två tre."),
        ("Ett två. Tre fyra fem.", "Ett två. …"),
        ("Ett två tre fyra fem.", "Ett två tre fyra fem."),
        ("Vi har t.ex. sett fem saker. Slut nu.", "Vi har t.ex. sett fem saker. …"),
        ("Ett två.\nTre fyra fem sex.", "Ett två. …"),
    ],
)
def test_a_text_is_shortened_between_sentences_and_says_so_only_when_it_was(text: str, short: str) -> None:
    assert shorten(text, 4) == short


def test_names_are_listed_as_in_speech() -> None:
    assert [listed(names) for names in (["A"], ["A", "B"], ["A", "B", "C"])] == ["A", "A och B", "A, B och C"]


# Indicators and activities

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


# The other parts


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
