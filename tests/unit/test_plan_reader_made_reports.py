"""A report that the product builds and renders is read back from what a person sees, whatever stands in it.

The reports are generated, with all their parts; what is compared is what the plan, the answers and the
manager gave. A report may say more than that: what is added to it changes nothing here.
"""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from arshjul.adapters.documents.reading import lines_of_document
from arshjul.adapters.reports.docx import render_docx
from arshjul.adapters.reports.html import render_html
from arshjul.adapters.reports.pdf import render_pdf
from arshjul.plan import Goal, Kind
from arshjul.plan_reader import Reading, read
from arshjul.report.blocks import Bullets, Heading, Paragraph, Report, Table
from arshjul.report.goal_part import shows_status
from tests.unit.demo_cycle import installation
from tests.unit.plan_reports import UNIT, YEAR, Made, made_reports, rows_of
from tests.unit.test_plan_reader_round_trip import words_of, words_of_reading

RENDER: dict[str, Callable[[Report], bytes]] = {
    "report.pdf": render_pdf,
    "report.docx": render_docx,
    "report.html": render_html,
}
KINDS = [Kind.T1, Kind.T2, Kind.VB]
_settings = settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # making a long report smaller takes minutes and tells no more
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read_back(made: Made, form: str) -> Reading:
    return read(lines_of_document(RENDER[form](made.report), form))


def plain(text: str | None) -> str | None:
    """A printed value as the reader keeps it: None for an empty cell, plain spaces."""
    return None if text in (None, "", "–") else " ".join(text.split())


def flat(text: str) -> str:
    """A text without its line breaks: where a page ends in print, the end of a paragraph is not seen."""
    return " ".join(text.split())


def meant(made: Made) -> list[tuple[object, ...]]:
    """Level, number, title and attainment of every goal, as given."""
    compiled = made.compiled
    return [
        (
            goal.level,
            goal.number,
            goal.title,
            result.decided
            if (result := compiled.goals.get(goal.id)) and shows_status(compiled, result)
            else None,
        )
        for goal in made.plan.walk()
    ]


def texts_meant(made: Made, goal: Goal) -> dict[str, str]:
    """The texts that a report prints under a goal: its promise and the unit's own analysis."""
    result = made.compiled.goals.get(goal.id)
    if result is None:
        return {}
    texts = {key: goal.sections[key] for key in made.compiled.data.kind.report_texts if key in goal.sections}
    return {**texts, **({"analysis": result.synthesis} if result.synthesis else {})}


@pytest.mark.parametrize("form", RENDER)
@pytest.mark.parametrize("kind", KINDS)
def test_a_made_report_is_read_back_as_it_was_meant(form: str, kind: Kind) -> None:
    @_settings
    @given(made_reports(kind))
    def check(made: Made) -> None:
        plan = read_back(made, form).plan
        assert (plan.kind, plan.year, plan.unit) == (kind, YEAR, installation().unit(UNIT).name)
        assert [(g.level, g.number, g.title, g.attainment) for g in plan.walk()] == meant(made)
        _check_texts(made, list(plan.walk()))
        _check_tables(made, list(plan.walk()))

    check()


def _check_texts(made: Made, goals: list[Goal]) -> None:
    for given_goal, goal in zip(made.plan.walk(), goals, strict=True):
        found = {key: flat(text) for key, text in goal.sections.items()}
        for key, text in texts_meant(made, given_goal).items():
            told = found[key] == flat(text) if key != "analysis" else found[key].startswith(flat(text))
            assert told, (key, text, found[key])
        result = made.compiled.goals.get(given_goal.id)
        for text in result.texts if result else ():
            if text.applicable and text.text:
                said = f"{made.compiled.data.scope_name(text.scope)}: {text.text}"
                assert any(flat(said) in one for one in found.values())


def _check_tables(made: Made, goals: list[Goal]) -> None:
    rows = [row for goal in goals for row in goal.indicators]
    period = made.compiled.data.kind.compared_periods(YEAR)[0]
    printed = rows_of(made.report, "Indikator")
    assert [
        (r.name, r.outcome, r.outcome_women, r.outcome_men, r.previous, r.target, r.council_target)
        for r in rows
    ] == [
        tuple(
            plain(row.get(key))
            for key in ("Indikator", "Utfall", "Kvinnor", "Män", period, "Årsmål", "KF:s årsmål")
        )
        for row in printed
    ]
    assert not any(row.columns_uncertain for row in rows)
    activities = [activity for goal in goals for activity in goal.activities]
    assert [
        (a.title, str(a.start), str(a.end), a.deviation, a.analysis and flat(a.analysis)) for a in activities
    ] == [
        (
            row["Aktivitet"],
            row["Start"],
            row["Slut"],
            row["Avvikelse"] == "Ja",
            plain(row["Kommentar till avvikelse"]),
        )
        for row in rows_of(made.report, "Aktivitet")
    ]


@pytest.mark.parametrize("form", RENDER)
def test_no_word_of_a_made_report_is_lost_and_none_comes_twice(form: str) -> None:
    @_settings
    @given(made_reports(Kind.T2))
    def check(made: Made) -> None:
        reading = read_back(made, form)
        printed, told = words_of_report(made.report), words_of_reading(reading)
        assert not printed - told
        doubled = told - words_of_reading_lines(reading, form, made)
        assert not doubled

    check()


def words_of_report(report: Report) -> Counter[str]:
    """The words of the report's running text, tables and headings."""
    texts: list[str] = []
    for block in report.blocks:
        match block:
            case Heading():
                texts += [block.kicker or "", block.text]
            case Paragraph():
                texts += [block.label or "", block.text]
            case Bullets():
                texts += block.items
            case Table():
                texts += [block.caption, *(column.title for column in block.columns)]
                texts += [cell.text for row in block.rows for cell in row]
    return words_of(*texts)


def words_of_reading_lines(reading: Reading, form: str, made: Made) -> Counter[str]:
    """The words of the lines that the file gave."""
    return words_of(*(line.text for line in lines_of_document(RENDER[form](made.report), form)))
