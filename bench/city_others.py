"""What a city's close is held against: what an office would script, and the bare libraries on the same files.

Both run in a process of their own, so that nothing which ours has typeset, drawn or imported is known there.
The first unit of each warms it up and is not counted. Called by `bench.city_close`.
"""

import hashlib
import io
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from docx import Document
from docx.shared import Pt

from arshjul.adapters.reports import pdf, typesetting
from arshjul.adapters.reports.docx_styles import TEXT_WIDTH
from arshjul.report.blocks import Figure, Heading, Paragraph, Report, Table

READ, MADE, DECIDED = "read and store", "compile, review, render", "decide and archive"


@dataclass
class Clock:
    """Seconds by the name of what was done: of the processor (with what was started for it), of the clock."""

    worked: dict[str, float] = field(default_factory=dict)
    passed: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Add the time of the block."""
        worked, passed = _worked(), time.perf_counter()
        yield
        self.worked[name] = self.worked.get(name, 0.0) + _worked() - worked
        self.passed[name] = self.passed.get(name, 0.0) + time.perf_counter() - passed


def _worked() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@dataclass(frozen=True)
class Sample:
    """A unit as the others are given it: its returned workbooks, how many answers, its report."""

    workbooks: list[Path]
    answers: int
    report: Report


def by_the_office(folder: Path, samples: Sequence[Sample]) -> Clock:
    """The office's script: pandas reads, docxtpl writes, LibreOffice prints."""
    return _after_the_first(samples, lambda sample, clock: _script(folder, sample.workbooks, clock))


def by_the_bare_libraries(_folder: Path, samples: Sequence[Sample]) -> Clock:
    """calamine, executemany, typst, python-docx and sha256, and nothing between them."""
    return _after_the_first(samples, _floor)


def _after_the_first(samples: Sequence[Sample], work: Callable[[Sample, Clock], None]) -> Clock:
    work(samples[0], Clock())
    clock = Clock()
    for sample in samples[1:]:
        work(sample, clock)
    return clock


def _script(folder: Path, workbooks: Sequence[Path], clock: Clock) -> None:
    from docxtpl import DocxTemplate

    template = folder / "mall.docx"
    document = Document()
    document.add_heading("Tertialrapport 2", 0)
    for line in ("{%p for row in rows %}", "{{ row.label }}", "{{ row.value }}", "{%p endfor %}"):
        document.add_paragraph(line)
    document.save(str(template))
    with clock.of(READ):
        rows = [
            {"label": str(label), "value": str(value)}
            for path in workbooks
            for sheet in pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl").values()
            for label, value in zip(sheet.iloc[:, 0], sheet.iloc[:, -1], strict=True)
            if pd.notna(label)
        ]
    with clock.of(MADE):
        made = DocxTemplate(template)
        made.render({"rows": rows}, autoescape=True)
        report = folder / "rapport.docx"
        made.save(report)
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(report)],
            check=True,
            capture_output=True,
        )


def _floor(sample: Sample, clock: Clock) -> None:
    from python_calamine import load_workbook

    model = typesetting.replace_unprintable(pdf._model(sample.report))
    with clock.of(READ):
        for path in sample.workbooks:
            book = load_workbook(str(path))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()
        with sqlite3.connect(":memory:") as store:
            store.execute("create table answer (scope text, field text, value text)")
            store.executemany(
                "insert into answer values (?, ?, ?)", [("A", "I1.total", "12")] * sample.answers
            )
    with clock.of(MADE):
        printed = typesetting.pdf("report.typ", model, pdf.STANDARDS)
        written = _bare_docx(sample.report)
    with clock.of(DECIDED):
        for content in (printed, written, *(path.read_bytes() for path in sample.workbooks)):
            hashlib.sha256(content).hexdigest()


def _bare_docx(report: Report) -> bytes:
    document = Document()
    figures = [block for block in report.blocks if isinstance(block, Figure)]
    widths = [TEXT_WIDTH.pt * figure.width for figure in figures]
    drawn = iter(typesetting.pictures([figure.svg for figure in figures], widths))
    for block in report.blocks:
        match block:
            case Heading():
                document.add_heading(block.text, min(block.level, 9))
            case Paragraph():
                document.add_paragraph(block.text)
            case Figure():
                document.add_picture(io.BytesIO(next(drawn)), width=Pt(TEXT_WIDTH.pt * block.width))
            case Table():
                table = document.add_table(0, len(block.columns))
                for row in block.rows:
                    cells = table.add_row().cells
                    for cell, content in zip(cells, row, strict=True):
                        cell.text = content.text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
