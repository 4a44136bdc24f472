"""The goals of a report: whose text stands where, status, what is shortened."""

from dataclasses import replace

import pytest

from arshjul.answers import State
from arshjul.config.settings import Shown, SubunitTexts
from arshjul.cycle_data import Judged
from arshjul.plan import Attainment, Level
from arshjul.report.blocks import Figure, Status
from arshjul.report.goal_part import listed, shorten
from tests.unit.reading_blocks import paragraphs, under, words
from tests.unit.report_built import BOARD_ONLY, CHAIN, TITLE, report
from tests.unit.small_cycle import (
    HUMLAN,
    HYVELN,
    KIND,
    LARKAN,
    goal,
)


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
