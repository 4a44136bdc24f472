"""The money of a month: budget, outcome and forecast, with the deviation that follows from them.

The answers' ids end in `budget_tkr`, `outcome_tkr` and `forecast_tkr`; any other question of the section is
printed below as `arshjul.report.section_part` prints it. Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Iterator
from decimal import Decimal

from arshjul.compilation import Compiled
from arshjul.numbers import format_quantity, round_half_up
from arshjul.report.blocks import Align, Block, Cell, Column, Origin, OriginKind, Paragraph, Table, Voice
from arshjul.report.indicator_tables import UNKNOWN
from arshjul.report.section_part import asked_scopes, text_blocks

BUDGET, OUTCOME, FORECAST = "budget_tkr", "outcome_tkr", "forecast_tkr"


def forecast_blocks(compiled: Compiled, section: str) -> Iterator[Block]:
    """The table, one row for each who answers (and their sum), then what was written."""
    questions = [q for q in compiled.data.kind.asks if q.section == section]
    scopes = asked_scopes(compiled, questions)
    answered = [scope for scope in scopes if scope in compiled.data.submissions]
    if not answered:
        yield Paragraph("Inga uppgifter lämnade.", Voice.NOTE)
        return
    money = {scope: {part: _number(compiled, scope, section, part) for part in _PARTS} for scope in scopes}
    rows = [
        _row(_named(compiled, scope, alone=len(scopes) == 1), found, _origin(compiled, scope))
        for scope, found in money.items()
    ]
    if len(scopes) > 1:
        together = {part: _sum([money[scope][part] for scope in answered]) for part in _PARTS}
        words = f"Summan av {len(answered)} verksamheter"
        rows.append(_row("Hela enheten", together, Origin(OriginKind.RULE, section, words), strong=True))
    columns = (
        Column("Belopp i tkr", width=1.6),
        *(Column(name, Align.RIGHT) for name in _PARTS.values()),
        Column("Avvikelse", Align.RIGHT),
        Column("Avvikelse, %", Align.RIGHT),
    )
    note = "Avvikelsen är budget minus prognos: ett minus är ett befarat underskott."
    yield Table(compiled.data.kind.heading(section).title, columns, tuple(rows), note)
    yield from text_blocks(compiled, questions, scopes)


_PARTS = {BUDGET: "Budget för året", OUTCOME: "Utfall hittills", FORECAST: "Prognos för helåret"}


def _named(compiled: Compiled, scope: str, *, alone: bool) -> str:
    return compiled.data.unit.short_name if alone else compiled.data.scope_name(scope)


def _origin(compiled: Compiled, scope: str) -> Origin | None:
    counted = compiled.data.submissions.get(scope)
    return Origin(OriginKind.SUBMISSION, counted.ref) if counted else None


def _number(compiled: Compiled, scope: str, section: str, part: str) -> Decimal | None:
    answer = compiled.data.answer(scope, f"{section}.{part}")
    return answer.number if answer else None


def _sum(numbers: list[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None


def _row(
    name: str, found: dict[str, Decimal | None], origin: Origin | None, *, strong: bool = False
) -> tuple[Cell, ...]:
    budget, forecast = found[BUDGET], found[FORECAST]
    deviation = budget - forecast if budget is not None and forecast is not None else None
    share = 100 * deviation / budget if deviation is not None and budget else None
    amounts = [_printed(number) for number in (*found.values(), deviation)]
    percent = UNKNOWN if share is None else format_quantity(round_half_up(share, 1), "%", 1)
    return (
        Cell(name, strong=strong),
        *(Cell(words, origin if words != UNKNOWN else None, strong=strong) for words in (*amounts, percent)),
    )


def _printed(number: Decimal | None) -> str:
    return UNKNOWN if number is None else format_quantity(number, "", 0)
