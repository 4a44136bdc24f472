"""A report that the product has rendered is read back from what a person sees, alike in its three forms."""

from collections.abc import Callable

import pytest

from arshjul.adapters.documents.reading import lines_of_document
from arshjul.adapters.reports.docx import render_docx
from arshjul.adapters.reports.html import render_html
from arshjul.adapters.reports.pdf import render_pdf
from arshjul.plan import Kind, Plan
from arshjul.plan_reader import read_plan
from arshjul.report.blocks import Heading, Report, Status
from tests.report.sample import sample_report

RENDER: dict[str, Callable[[Report], bytes | str]] = {
    "report.pdf": render_pdf,
    "report.docx": render_docx,
    "report.html": render_html,
}


@pytest.fixture(params=RENDER, scope="module")
def plan(request: pytest.FixtureRequest) -> Plan:
    form = str(request.param)
    rendered = RENDER[form](sample_report())
    return read_plan(lines_of_document(rendered if isinstance(rendered, bytes) else rendered.encode(), form))


def test_the_goals_stand_in_the_chain_with_their_titles(plan: Plan) -> None:
    labelled = [block for block in sample_report().blocks if isinstance(block, Heading) and block.kicker]
    titles = [goal.title for goal in plan.walk()]
    assert titles == [heading.text for heading in labelled]
    assert [goal.level for goal in plan.walk()] == ["direction", "council", "board", "unit"]


def test_the_attainments_are_those_that_were_rendered(plan: Plan) -> None:
    given = [block.attainment for block in sample_report().blocks if isinstance(block, Status)]
    assert [goal.attainment for goal in plan.walk() if goal.attainment] == given


def test_the_values_of_indicators_are_in_their_columns(plan: Plan) -> None:
    _, first = plan.indicators()[0]
    assert (first.outcome, first.outcome_men, first.outcome_women) == ("91,3 %", "90,8 %", "91,9 %")
    assert (first.previous, first.target, first.council_target) == ("88,0 %", "90 %", "88 %")
    assert len(plan.indicators()) == 5


def test_kind_year_and_unit_are_found(plan: Plan) -> None:
    assert (plan.kind, plan.year, plan.unit) == (Kind.T2, 2026, "Solgläntans dagliga verksamhet")
