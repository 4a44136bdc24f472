"""The parts of a report that rest on the kind's own questions: complaints, economy, APT dates and the like.

Numbers, choices and days become a table (with a total of what adds up), texts become paragraphs under the
name of whoever wrote them. Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Iterator
from decimal import Decimal

from arshjul.answers import State
from arshjul.compilation import Compiled
from arshjul.form import FieldKind
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import format_quantity
from arshjul.report.blocks import Align, Block, Cell, Column, Origin, OriginKind, Paragraph, Table, Voice
from arshjul.report.indicator_tables import STATE_WORDS, UNKNOWN, WITHHELD, WITHHELD_NOTE
from arshjul.report_kinds import SUBUNIT, Question, SectionHeading
from arshjul.suppression.marking import adds_up


def section_blocks(compiled: Compiled, section: str) -> Iterator[Block]:
    """A section's answers; where nobody gave any a sentence says so, or nothing where all was voluntary."""
    heading = compiled.data.kind.heading(section)
    questions = [q for q in compiled.data.kind.asks if q.section == section]
    scopes = asked_scopes(compiled, questions)
    short = [q for q in questions if q.kind is not FieldKind.TEXT]
    if not any(compiled.data.answer(scope, q.id) for scope in scopes for q in questions):
        if any(question.required for question in questions):
            yield Paragraph("Inga uppgifter lämnade.", Voice.NOTE)
        return
    if short:
        yield _table(compiled, heading, short, scopes)
    yield from text_blocks(compiled, questions, scopes)


def other_answers(
    compiled: Compiled, section: str, questions: list[Question], scopes: list[str]
) -> Iterator[Block]:
    """A table of the numbers, choices and days among these questions, where anybody gave one."""
    short = [q for q in questions if q.kind is not FieldKind.TEXT]
    if any(compiled.data.answer(scope, q.id) for scope in scopes for q in short):
        yield _table(compiled, compiled.data.kind.heading(section), short, scopes)


def text_blocks(compiled: Compiled, questions: list[Question], scopes: list[str]) -> Iterator[Paragraph]:
    """What was written in the section, question by question."""
    for question in questions:
        if question.kind is FieldKind.TEXT:
            yield from _texts(compiled, question, scopes)


def asked_scopes(compiled: Compiled, questions: list[Question]) -> list[str]:
    """Who is asked these questions, in the unit's order."""
    asked = {question.scope for question in questions}
    subunits = {subunit.code for subunit in compiled.data.unit.subunits}
    return [s for s in compiled.data.expected if (SUBUNIT in asked if s in subunits else s in asked)]


def _table(
    compiled: Compiled, heading: SectionHeading, questions: list[Question], scopes: list[str]
) -> Table:
    """One row a sub-unit; for a section that one person answers, one row a question."""
    if len(scopes) == 1:
        answers = tuple((Cell(q.label), _value(compiled, scopes[0], q)) for q in questions)
        return Table(heading.title, (Column("Uppgift", width=2), Column("Värde", Align.RIGHT)), answers)
    columns = (
        Column(compiled.data.part_words[0].capitalize(), width=2),
        *(Column(q.label, _align(q)) for q in questions),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Cell(compiled.data.scope_name(scope)), *(_value(compiled, scope, q) for q in questions))
        for scope in scopes
    )
    if any(adds_up(question) for question in questions):
        total = (
            Cell(compiled.data.whole_words, strong=True),
            *(_total(compiled, scopes, q) for q in questions),
        )
        rows = (*rows, total)
    withheld = any(cell.text == WITHHELD for row in rows for cell in row)
    return Table(heading.title, columns, rows, WITHHELD_NOTE if withheld else None)


def _align(question: Question) -> Align:
    return Align.RIGHT if question.kind is FieldKind.NUMBER else Align.LEFT


def _value(compiled: Compiled, scope: str, question: Question) -> Cell:
    answer = compiled.data.answer(scope, question.id)
    if compiled.suppressed.hides(question.id, scope, str(compiled.data.key)):
        return Cell(WITHHELD)
    if answer is None or answer.state is not State.VALUE:
        answered = scope in compiled.data.submissions
        state = answer.state if answer else (State.NO_DATA if answered else State.NOT_ANSWERED)
        return Cell(STATE_WORDS[state])
    words = answer.text or "" if answer.number is None else _printed(answer.number, question)
    known = compiled.data.given.value(scope, question.id) is not None
    kind = OriginKind.SOURCE if known else OriginKind.SUBMISSION
    return Cell(words, Origin(kind, compiled.data.ref(scope, question.id)))


def _total(compiled: Compiled, scopes: list[str], question: Question) -> Cell:
    if not adds_up(question):
        return Cell(UNKNOWN)
    numbers = [
        a.number for s in scopes if (a := compiled.data.answer(s, question.id)) and a.number is not None
    ]
    if not numbers:
        return Cell(STATE_WORDS[State.NO_DATA], strong=True)
    if compiled.suppressed.hides(question.id, WHOLE_UNIT, str(compiled.data.key)):
        return Cell(WITHHELD, strong=True)
    origin = Origin(OriginKind.RULE, question.id, f"Summan av {len(numbers)} {compiled.data.part_words[1]}")
    return Cell(_printed(sum(numbers, Decimal(0)), question), origin, strong=True)


def _printed(number: Decimal, question: Question) -> str:
    return format_quantity(number, question.unit, question.decimals)


def _texts(compiled: Compiled, question: Question, scopes: list[str]) -> Iterator[Paragraph]:
    for scope in scopes:
        answer = compiled.data.answer(scope, question.id)
        if answer and answer.text:
            one_voice = len(scopes) == 1
            yield Paragraph(
                answer.text,
                Voice.BODY if one_voice else Voice.SUBUNIT,
                label=None if one_voice else compiled.data.scope_name(scope),
                origin=Origin(OriginKind.SUBMISSION, compiled.data.submissions[scope].ref),
            )


def apt_blocks(compiled: Compiled) -> Iterator[Block]:
    """When each workplace takes the report up at its meeting (APT), as planned."""
    data = compiled.data
    if not data.asked_subunits:
        return
    rows = []
    for subunit in data.asked_subunits:
        day = data.apt_dates.get(subunit.code)
        counted = data.submissions.get(subunit.code)
        origin = Origin(OriginKind.SUBMISSION, counted.ref) if counted and day else None
        missing = STATE_WORDS[State.NOT_ANSWERED] if counted is None else STATE_WORDS[State.NO_DATA]
        rows.append((Cell(subunit.name), Cell(day.isoformat() if day else missing, origin)))
    columns = (Column("Verksamhet", width=2), Column("Planerad APT"))
    yield Paragraph("Rapporten tas upp på varje arbetsplats. Så här har verksamheterna planerat.")
    yield Table("Planerade arbetsplatsträffar", columns, tuple(rows))
