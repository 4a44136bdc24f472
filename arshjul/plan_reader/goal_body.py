"""What stands under one goal's heading: its attainment, its texts by section, its tables.

Called by `reader` for every goal; the ids are given there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from arshjul.plan import PlanWarning
from arshjul.plan_reader.headings import AttainmentMark, attainment_mark, section_key, section_lead_in
from arshjul.plan_reader.lines import Line, squash
from arshjul.plan_reader.paragraphs import text_of
from arshjul.plan_reader.reading import Noted
from arshjul.plan_reader.table_head import is_caption, table_head
from arshjul.plan_reader.tables import Manner, Table, TableRow, read_table, without_repeated_heads

TEXT_KEY = "text"  # text under a goal without a heading of its own


@dataclass(slots=True)
class GoalBody:
    """The parts of a goal, before ids are given."""

    attainment: AttainmentMark | None = None
    sections: dict[str, str] = field(default_factory=dict)
    section_lines: dict[str, int] = field(default_factory=dict)
    indicators: list[TableRow] = field(default_factory=list)
    activities: list[TableRow] = field(default_factory=list)
    furniture: list[Noted] = field(default_factory=list)
    form: list[Noted] = field(default_factory=list)
    warnings: list[PlanWarning] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)  # what comes after the last goal
    head_text: str = ""  # the printed table heads, in which a year or a kind may stand


def read_goal_body(
    lines: Sequence[Line], attainment: AttainmentMark | None, manner: Manner, *, last: bool = False
) -> GoalBody:
    """Read the lines between a goal's heading and the next goal.

    Under the `last` goal a heading after a table, though nobody knows it, begins what comes after the goals.
    """
    body = GoalBody(attainment)
    content, body.furniture = without_repeated_heads(lines, manner)
    key, texts = TEXT_KEY, list[Line]()
    index = 0
    led_in = False  # the section's heading stood before its text, so that its end is not seen either
    while index < len(content):
        line = content[index]
        if line.blank:
            texts.append(line)
            index += 1
            continue
        mark = attainment_mark(line.text, manner.words) if _awaits_mark(body, texts) else None
        if mark is not None:
            body.attainment = mark
            body.form.append(Noted(line.number, line.words, "måluppfyllelse"))
            index += 1
            continue
        head = table_head(content, index, manner.words)
        if head is not None:
            _keep_text(body, key, texts, manner)
            key, texts = TEXT_KEY, []
            table = read_table(head, content, index, manner, last=last)
            _keep_table(body, table)
            index = table.end
            if table.before_heading:
                body.rest = content[index:]
                break
            continue
        section = section_key(line, manner.words)
        lead_in = None if section else section_lead_in(line, manner.words)
        if section is not None:
            _keep_text(body, key, texts, manner)
            key, texts, led_in = section, [], False
            _open_section(body, section, line)
        elif lead_in is not None and lead_in.key not in body.sections and _begins_paragraph(line, texts):
            _keep_text(body, key, texts, manner)
            key, texts, led_in = lead_in.key, [lead_in.rest], True
            _open_section(body, key, lead_in.heading)
        elif is_caption(content, index, manner.words):
            body.form.append(Noted(line.number, line.words, "tabellrubrik"))
        else:
            if led_in and key != "analysis" and (line.lead or line.aside):
                _keep_text(body, key, texts, manner)
                key, texts, led_in = TEXT_KEY, [], False
            texts.append(line)
        index += 1
    _keep_text(body, key, texts, manner)
    return body


def _awaits_mark(body: GoalBody, texts: Sequence[Line]) -> bool:
    """Whether an attainment can still come: none yet, and the goal's texts and tables not begun."""
    started = body.sections or body.indicators or body.activities
    return body.attainment is None and not started and all(line.blank for line in texts)


def _begins_paragraph(line: Line, texts: Sequence[Line]) -> bool:
    """Whether the line begins a paragraph for certain."""
    return line.lead or line.whole or not texts or texts[-1].blank


def _open_section(body: GoalBody, key: str, line: Line) -> None:
    """Begin a section; an empty one is kept too, a second one of the same name is told."""
    body.form.append(Noted(line.number, line.words, "rubrik"))
    if key in body.sections:
        body.warnings.append(
            PlanWarning(line.number, f"Rubriken ”{line.words.rstrip(':')}” står två gånger under målet.")
        )
    body.sections.setdefault(key, "")
    body.section_lines.setdefault(key, line.number)


def _keep_text(body: GoalBody, key: str, lines: Sequence[Line], manner: Manner) -> None:
    """Add the lines to their section."""
    text = text_of(lines, manner.flow)
    if not text:
        return
    before = body.sections.get(key)
    body.sections[key] = f"{before}\n{text}" if before else text
    body.section_lines.setdefault(key, next(line.number for line in lines if not line.blank))


def _keep_table(body: GoalBody, table: Table) -> None:
    """Add a table's rows; a line that fits nowhere is told."""
    body.form += table.form
    body.head_text += " " + " ".join(noted.text for noted in table.form)
    (body.activities if table.table == "activity" else body.indicators).extend(table.rows)
    for line in table.unplaced:
        body.warnings.append(
            PlanWarning(line.number, f"Hör inte till någon rad i tabellen: {squash(line.text)}")
        )
