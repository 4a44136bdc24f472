"""Complaints and deviations through the year: a row a category, a column a third of the year, and the total.

The numbers are `arshjul.compilation.complaints`'. Events are counted, not people; but where a question says
how small a count may be shown (`smallest_count`), categories and thirds give way to the year's total. What
was written stands in the sections' own parts. Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Iterator
from decimal import Decimal

from arshjul.compilation import Compiled
from arshjul.compilation.complaints import SECTIONS, ComplaintRow, ComplaintsResult, complaints_result
from arshjul.numbers import format_number
from arshjul.plan import Kind
from arshjul.report.blocks import Align, Block, Cell, Column, Origin, OriginKind, Paragraph, Table, Voice
from arshjul.report.indicator_tables import UNKNOWN, WITHHELD, WITHHELD_NOTE

_MONTHS = {Kind.T1: "Jan–apr", Kind.T2: "Maj–aug", Kind.VB: "Sep–dec"}
_CAPTION = "Synpunkter, klagomål och avvikelser"


def incidents_blocks(compiled: Compiled) -> Iterator[Block]:
    """The table; one sentence where nothing has been told."""
    result = complaints_result(compiled.data)
    if result is None or all(row.total is None for row in result.rows):
        yield Paragraph("Inga uppgifter lämnade.", Voice.NOTE)
        return
    guarded = any(q.smallest_count for q in compiled.data.kind.asks if q.section in SECTIONS)
    yield _guarded(compiled, result) if guarded else _open(compiled, result)


def _origin(compiled: Compiled, result: ComplaintsResult) -> Origin:
    if result.origin:
        return Origin(OriginKind.SOURCE, result.origin)
    return Origin(OriginKind.RULE, f"synpunkter {compiled.data.key}", "Summan av verksamheternas svar")


def _open(compiled: Compiled, result: ComplaintsResult) -> Table:
    origin = _origin(compiled, result)
    standing = any(row.open is not None or row.closed is not None for row in result.rows)
    columns = [Column("Slag", width=2.4), *(Column(_MONTHS[kind], Align.RIGHT) for kind in result.periods)]
    columns.append(Column("Totalt", Align.RIGHT))
    if standing:
        columns += [Column("Öppna nu", Align.RIGHT), Column("Avslutade", Align.RIGHT)]

    def row(one: ComplaintRow, *, strong: bool = False) -> tuple[Cell, ...]:
        numbers = [*(one.by_period[kind] for kind in result.periods), one.total]
        if standing:
            numbers += [one.open, one.closed]
        return (
            Cell(one.category, strong=strong),
            *(_cell(number, origin, strong=strong) for number in numbers),
        )

    rows = [row(one) for one in result.rows]
    # Complaints and deviations are not one thing; categories of one system are.
    if result.origin and len(rows) > 1:
        rows.append(row(result.total, strong=True))
    unknown = any(one.by_period[kind] is None for one in result.rows for kind in result.periods)
    parts = compiled.data.part_words[1]
    note = f"{UNKNOWN} betyder att inte alla {parts}s uppgifter är kända för den delen av året."
    return Table(_CAPTION, tuple(columns), tuple(rows), note if unknown else None)


def _guarded(compiled: Compiled, result: ComplaintsResult) -> Table:
    """The year's totals of the questions alone, where they may be shown: parts would tell the rest."""
    data = compiled.data
    origin = _origin(compiled, result)
    rows = []
    for question in data.kind.asks:
        if question.section not in SECTIONS or question.unit == "" or question.kind != "number":
            continue
        told = [answer.number for scope in data.expected if (answer := data.answer(scope, question.id))]
        known = [number for number in told if number is not None]
        hidden = compiled.suppressed.hides(question.id, "unit", str(data.key))
        number = sum(known, Decimal(0)) if known else None
        cell = Cell(WITHHELD) if hidden and known else _cell(number, origin, strong=False)
        rows.append((Cell(data.kind.heading(question.section).title), cell))
    columns = (Column("Slag", width=2.4), Column("Sedan årets början", Align.RIGHT))
    return Table(_CAPTION, columns, tuple(rows), WITHHELD_NOTE)


def _cell(number: Decimal | None, origin: Origin, *, strong: bool) -> Cell:
    if number is None:
        return Cell(UNKNOWN, strong=strong)
    return Cell(format_number(number, 0), origin, strong=strong)
