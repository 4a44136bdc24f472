"""The economy of the year: by sub-unit, by account and in all, as a table and a figure; then the texts.

The amounts are `arshjul.compilation.economy`'s. At the end of the year the outcome is held against the
budget, before that the forecast is. Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from arshjul.compilation import Compiled
from arshjul.compilation.economy import EconomyResult, EconomyRow, economy_result
from arshjul.numbers import format_quantity, round_half_up
from arshjul.plan import Kind
from arshjul.report.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Figure,
    Origin,
    OriginKind,
    Paragraph,
    Table,
    Voice,
)
from arshjul.report.charts import Bar, differences
from arshjul.report.indicator_tables import UNKNOWN
from arshjul.report.section_part import asked_scopes, other_answers, text_blocks

_MONEY = ("budget_tkr", "outcome_tkr", "forecast_tkr")


def economy_blocks(compiled: Compiled, section: str) -> Iterator[Block]:
    """The amounts, what else was asked for, and the analysis; one sentence where nobody has told."""
    questions = [q for q in compiled.data.kind.asks if q.section == section]
    scopes = asked_scopes(compiled, questions)
    result = economy_result(compiled.data)
    rest = [q for q in questions if q.id.rpartition(".")[2] not in _MONEY]
    texts = [*other_answers(compiled, section, rest, scopes), *text_blocks(compiled, rest, scopes)]
    if result is None and not texts:
        yield Paragraph("Inga uppgifter lämnade.", Voice.NOTE)
        return
    if result is not None:
        yield from _amounts(compiled, result)
    yield from texts


def _amounts(compiled: Compiled, result: EconomyResult) -> Iterator[Block]:
    closed = compiled.data.key.kind is Kind.VB
    kind = OriginKind.SOURCE if result.from_source else OriginKind.SUBMISSION
    origin = Origin(kind, result.origin)
    known = [row for row in result.rows if _deviation(row, closed=closed) is not None]
    if len(known) > 1:
        yield _figure(result, known, compiled.data.part_words[0], closed=closed)
    alone = EconomyRow(compiled.data.unit.short_name, "", *_of(result.total)) if not result.rows else None
    title = "Årets resultat" if closed else "Budget, utfall och prognos"
    rows = [_row(row, origin, closed=closed) for row in result.rows]
    rows.append(_row(alone or result.total, origin, closed=closed, strong=alone is None))
    against = "utfall" if closed else "prognos"
    sign = "ett underskott" if closed else "ett befarat underskott"
    note = f"Avvikelsen är budget minus {against}: ett minus är {sign}."
    if compiled.data.within is not None:
        note += " Beloppen är summor av enheternas egna, den största avvikelsen först."
    elif result.from_source:
        note += f" Beloppen gäller till och med {result.as_of}."
    yield Table(title, _columns("Belopp i tkr", closed=closed), tuple(rows), note)
    if result.accounts:
        yield Table(
            f"{title} per konto",
            _columns("Konto, belopp i tkr", closed=closed),
            tuple(_row(row, origin, closed=closed) for row in result.accounts),
        )
    if result.dispute:
        yield Paragraph(result.dispute, Voice.NOTE, label="Den som svarar för ekonomin ifrågasätter beloppen")


def _of(row: EconomyRow) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return row.budget, row.outcome, row.forecast


def _figure(result: EconomyResult, rows: Sequence[EconomyRow], part: str, *, closed: bool) -> Figure:
    def rounded(row: EconomyRow) -> Decimal | None:
        deviation = _deviation(row, closed=closed)
        return None if deviation is None else round_half_up(deviation)

    bars = [Bar(row.name, rounded(row)) for row in rows]
    bars.append(Bar(result.total.name, rounded(result.total), total=True))
    what = "Avvikelse mot budget" if closed else "Prognosens avvikelse mot budget"
    return differences(f"{what} per {part}", bars, "tkr", 0)


def _deviation(row: EconomyRow, *, closed: bool) -> Decimal | None:
    if not closed:
        return row.deviation
    return None if row.budget is None or row.outcome is None else row.budget - row.outcome


def _columns(first: str, *, closed: bool) -> tuple[Column, ...]:
    amounts = (
        ("Budget för året", "Utfall")
        if closed
        else ("Budget för året", "Utfall hittills", "Prognos för helåret")
    )
    return (
        Column(first, width=1.6),
        *(Column(name, Align.RIGHT) for name in (*amounts, "Avvikelse", "Avvikelse, %")),
    )


def _row(row: EconomyRow, origin: Origin, *, closed: bool, strong: bool = False) -> tuple[Cell, ...]:
    deviation = _deviation(row, closed=closed)
    share = 100 * deviation / abs(row.budget) if deviation is not None and row.budget else None
    amounts = [row.budget, row.outcome, *(() if closed else (row.forecast,)), deviation]
    printed = [UNKNOWN if number is None else format_quantity(number, "", 0) for number in amounts]
    printed.append(UNKNOWN if share is None else format_quantity(round_half_up(share, 1), "%", 1))
    return (
        Cell(row.name, strong=strong),
        *(Cell(words, origin if words != UNKNOWN else None, strong=strong) for words in printed),
    )
