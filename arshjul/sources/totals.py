"""What must add up in an export: along each row, and in rows of totals. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from arshjul.numbers import format_number
from arshjul.sources.declared import ColumnKind
from arshjul.sources.recognition import Recognised
from arshjul.sources.rows import Record, Rows
from arshjul.sources.table import LineFault


def wrong_totals(found: Recognised, rows: Rows) -> Iterator[LineFault]:
    """Every row that does not add up, and every total that its rows do not make."""
    for record in rows.records:
        yield from _wrong_balances(found, record)
    if not rows.faults and not rows.skipped:  # a total over rows that were left out says nothing
        yield from _wrong_total_rows(found, rows)


def _wrong_balances(found: Recognised, record: Record) -> Iterator[LineFault]:
    for balance in found.spec.balances:
        wanted = [record.number(column) for column in (*balance.adds, *balance.takes, balance.makes)]
        if any(number is None for number in wanted):
            continue
        adds = sum((record.number(column) or Decimal(0) for column in balance.adds), Decimal(0))
        takes = sum((record.number(column) or Decimal(0) for column in balance.takes), Decimal(0))
        makes = record.number(balance.makes)
        if makes is not None and adds - takes != makes:
            parts = " + ".join(found.heading(column) for column in balance.adds)
            parts += "".join(f" − {found.heading(column)}" for column in balance.takes)
            yield LineFault(
                record.line,
                found.heading(balance.makes),
                f"{parts} blir {format_number(adds - takes)}, men här står {format_number(makes)}.",
            )


def _wrong_total_rows(found: Recognised, rows: Rows) -> Iterator[LineFault]:
    """A total is of the rows since the last one, or of all rows so far."""
    summed = [
        key
        for key, column in found.spec.columns.items()
        if column.kind in (ColumnKind.NUMBER, ColumnKind.WHOLE)
        and any(key in (give.of, give.per) for give in found.spec.gives)
    ]
    since = 0
    for total in rows.total_rows:
        above, own = rows.records[: total.before], rows.records[since : total.before]
        since = total.before
        for column in summed:
            said = total.values.get(column)
            if not isinstance(said, Decimal):
                continue
            made = [sum((r.number(column) or Decimal(0) for r in part), Decimal(0)) for part in (own, above)]
            if said not in made:
                yield LineFault(
                    total.line,
                    found.heading(column),
                    f"summan säger {format_number(said)}, men raderna ovanför blir {format_number(made[1])}.",
                )
