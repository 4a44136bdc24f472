"""HTML, PDF and DOCX say the same, in the same order, and the same again tomorrow."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from arshjul.adapters.reports.docx import render_docx
from arshjul.adapters.reports.html import render_html
from arshjul.adapters.reports.pdf import render_pdf
from arshjul.config.settings import Shown
from arshjul.plan import Kind
from arshjul.released import released_cells
from arshjul.report.blocks import Report
from arshjul.report.origins import with_appendix
from tests.report.cycles import compiled_cycle, year_report
from tests.report.reading_back import (
    without_drawings,
    words_of_docx,
    words_of_html,
    words_of_model,
    words_of_pdf,
)
from tests.report.sample import sample_report

RENDERERS = {"html": render_html, "pdf": render_pdf, "docx": render_docx}


@pytest.fixture(scope="module")
def report() -> Report:
    return without_drawings(sample_report())


def test_html_has_every_word_of_the_report_in_order(report: Report) -> None:
    assert words_of_html(render_html(report)) == words_of_model(report)


def test_docx_has_every_word_of_the_report_in_order(report: Report) -> None:
    assert words_of_docx(render_docx(report)) == words_of_model(report)


def test_pdf_has_every_word_of_the_report_in_order(report: Report) -> None:
    assert words_of_pdf(render_pdf(report), report) == words_of_model(report)


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_the_same_report_gives_the_same_bytes(render: Callable[[Report], bytes]) -> None:
    assert render(sample_report()) == render(sample_report())


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_another_date_gives_other_bytes(render: Callable[[Report], bytes]) -> None:
    report = sample_report()
    later = replace(report, dated=report.dated.replace(day=15))
    assert render(report) != render(later)


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_a_report_without_blocks_or_facts_is_still_a_report(render: Callable[[Report], bytes]) -> None:
    report = sample_report()
    front = replace(report.front, facts=(), proposed_decision=None, organisation=())
    assert render(replace(report, front=front, blocks=()))


def test_another_process_with_another_hash_seed_gives_the_same_bytes() -> None:
    script = (
        "import hashlib; from tests.report.sample import sample_report as report;"
        "from tests.report.test_three_forms import RENDERERS;"
        "print({name: hashlib.sha256(render(report())).hexdigest() for name, render in RENDERERS.items()})"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(path for path in sys.path if path) or "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize("kind", [Kind.VP, Kind.T1, Kind.T2, Kind.VB])
def test_a_made_report_says_the_same_in_all_three_with_its_sources(kind: Kind) -> None:
    made = replace(without_drawings(year_report(kind)), sources_appended=True)
    shown = with_appendix(made)
    assert words_of_html(render_html(made)) == words_of_model(made)
    assert words_of_docx(render_docx(made)) == words_of_model(shown)
    assert words_of_pdf(render_pdf(made), shown) == words_of_model(shown)


def test_the_data_lies_in_the_pdf_as_it_was_released() -> None:
    made = year_report(Kind.T2, Shown(attach_data=True))
    document = pypdfium2.PdfDocument(render_pdf(made))
    (file,) = made.attached
    assert document.count_attachments() == 1
    assert bytes(document.get_attachment(0).get_data()).decode() == file.content
    assert file.content.count("\n") == len(released_cells(compiled_cycle(Kind.T2))) + 1
