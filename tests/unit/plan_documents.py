"""Plans as PDF, Word and HTML documents of the city's form, for tests that read them back.

Headings of sections, real tables with rules, analyses across the table; printed by Typst, python-docx and
by hand. What stands in them is decided in `generated_plans`.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

import typst
from docx import Document
from docx.oxml import OxmlElement

from arshjul.plan import ATTAINMENT_SWEDISH, Goal, Kind, Level, Plan
from tests.unit.plan_texts import (
    ACTIVITY_HEAD,
    LEVEL_WORDS,
    SECTION_WORDS,
    head_of,
)

_DEPTH = {Level.DIRECTION: 1, Level.COUNCIL: 2, Level.BOARD: 3, Level.UNIT: 4}
_TYPST = """
#let blocks = json(bytes(sys.inputs.model))
#set page(paper: "a4", margin: 25mm, header: [Tjänsteutlåtande], footer: context [
  Sid #counter(page).display("1 (1)", both: true)
])
#set text(size: 11pt, lang: "sv", hyphenate: false)
#show heading: set text(size: 14pt)
#for block in blocks {
  if block.kind == "heading" { heading(level: block.level, block.text) }
  if block.kind == "text" { par(block.text) }
  if block.kind == "table" {
    set text(size: 8pt)
    table(
      columns: block.head.enumerate().map(((n, _)) => if n == 0 { 2.4fr } else { 1fr }),
      align: left + if block.middle { horizon } else { top },
      stroke: 0.5pt,
      table.header(..block.head.map(name => strong(name))),
      ..block.rows.map(row => if row.len() > 1 { row } else {
        (table.cell(colspan: block.head.len(), [*Analys* \\ #row.first()]),)
      }).flatten(),
    )
  }
}
"""


@dataclass(frozen=True)
class Block:
    """A heading (level from 1), a text, or a table; an analysis is a row of one cell."""

    kind: str
    text: str = ""
    level: int = 0
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def blocks_of(plan: Plan) -> Iterator[Block]:
    """The document of a plan, block by block."""
    yield from _matter(plan.front)
    for goal in plan.walk():
        number = f"{goal.number} " if goal.number else ""
        yield Block("heading", f"{LEVEL_WORDS[goal.level]}: {number}{goal.title}", _DEPTH[goal.level])
        if goal.attainment:
            yield Block("text", f"● {ATTAINMENT_SWEDISH[goal.attainment]}")
        for key, text in goal.sections.items():
            yield Block("heading", SECTION_WORDS[key], 5)
            yield from (Block("text", paragraph) for paragraph in text.split("\n"))
        yield from _tables(goal, plan.kind)
    yield from _matter(plan.back)


def _matter(texts: Mapping[str, str]) -> Iterator[Block]:
    for heading, text in texts.items():
        yield Block("heading", heading, 1)
        yield from (Block("text", paragraph) for paragraph in text.split("\n"))


def _tables(goal: Goal, kind: Kind | None) -> Iterator[Block]:
    head, keys = head_of(kind)
    rows: list[tuple[str, ...]] = []
    for row in goal.indicators:
        rows.append(tuple(getattr(row, key) or "" for key in keys))
        rows += [(row.analysis,)] if row.analysis else []
    if rows:
        yield Block("table", head=tuple(head), rows=tuple(rows))
    rows = []
    for activity in goal.activities:
        deviation = "X" if activity.deviation else ""
        rows.append((activity.title, str(activity.start), str(activity.end), deviation))
        rows += [(activity.analysis,)] if activity.analysis else []
    if rows:
        yield Block("table", head=tuple(ACTIVITY_HEAD), rows=tuple(rows))


def as_pdf(plan: Plan) -> bytes:
    """The document as PDF, cells of its rows in the middle when the plan has a report's columns."""
    middle = plan.kind is not Kind.VP
    model = [{**_plain(block), "middle": middle} for block in blocks_of(plan)]
    made = typst.compile(
        _TYPST.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"model": json.dumps(model)},
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _plain(block: Block) -> dict[str, object]:
    return {name: getattr(block, name) for name in ("kind", "text", "level", "head", "rows")}


def as_docx(plan: Plan) -> bytes:
    """The document as Word writes it: heading styles, a grid, the head repeated, analyses in merged cells."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Tjänsteutlåtande"
    for block in blocks_of(plan):
        if block.kind == "heading":
            document.add_heading(block.text, block.level)
        elif block.kind == "text":
            document.add_paragraph(block.text)
        else:
            table = document.add_table(1, len(block.head), "Table Grid")
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            for cell, name in zip(table.rows[0].cells, block.head, strict=True):
                cell.text = name
            for row in block.rows:
                cells = table.add_row().cells
                if len(row) == 1:
                    merged = cells[0].merge(cells[-1])
                    merged.text = "Analys"
                    merged.add_paragraph(row[0])
                    continue
                for cell, text in zip(cells, row, strict=True):
                    cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_html(plan: Plan) -> bytes:
    """The document as HTML."""
    parts = ["<!doctype html><html lang='sv'><head><title>X</title></head><body>"]
    for block in blocks_of(plan):
        if block.kind == "heading":
            parts.append(f"<h{block.level}>{escape(block.text)}</h{block.level}>")
        elif block.kind == "text":
            parts.append(f"<p>{escape(block.text)}</p>")
        else:
            parts.append("<table><thead><tr>")
            parts += [f"<th>{escape(name)}</th>" for name in block.head]
            parts.append("</tr></thead>\n")
            for row in block.rows:
                if len(row) == 1:
                    parts.append(
                        f"<tr><td colspan='{len(block.head)}'><b>Analys</b><br>{escape(row[0])}</td></tr>\n"
                    )
                else:
                    parts.append("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>\n")
            parts.append("</table>\n")
    return "".join([*parts, "</body></html>"]).encode()


FORMS: dict[str, Callable[[Plan], bytes]] = {"plan.pdf": as_pdf, "plan.docx": as_docx, "plan.html": as_html}
