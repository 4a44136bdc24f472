"""Sub-units' figures in the unit's texts against what they have reported. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from arshjul.cycle_data import SUMMARY
from arshjul.numbers import format_quantity
from arshjul.review.cycle.reported import reported, rows_near
from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.figures import figures_in
from arshjul.review.finding import Finding, Severity

_PARTS_OF_LIST = 3  # sub-units of a list that make it a table


def parts_in_lists(reviewed: Reviewed) -> Iterator[Finding]:
    """A sub-unit's figure in the unit's text that is not what the sub-unit has reported."""
    data = reviewed.data
    for text in reviewed.texts:
        if not text.is_units:
            continue
        told = _of_subunits(reviewed, text.text)
        if len(told) < _PARTS_OF_LIST:
            continue
        ids = (
            set(reviewed.below)
            if text.about == SUMMARY
            else {row.indicator.id for row in rows_near(reviewed, text)}
        )
        rows = [r for r in reviewed.compiled.indicators.values() if r.indicator.id in ids]
        best = max(rows, key=lambda r: sum(reported(r, s) == n for s, n, _ in told), default=None)
        if best is None or 2 * sum(reported(best, s) == n for s, n, _ in told) < len(told):
            continue
        for scope, number, line in told:
            has = reported(best, scope)
            if has is None or has == number:
                continue
            unit, decimals = best.measure.unit, best.measure.decimals
            name = data.scope_name(scope)
            yield Finding(
                "part-against-figures",
                Severity.ERROR,
                text.where,
                f"Enhetens text säger {format_quantity(number, unit, decimals)} för {name}, men {name} har "
                f"lämnat {format_quantity(has, unit, decimals)} ({best.indicator.name}).",
                {
                    "text": format_quantity(number, unit, decimals),
                    "value": format_quantity(has, unit, decimals),
                    "indicator": best.indicator.id,
                    "sentence": line,
                    "origin": data.submissions[scope].ref,
                },
                mend=f"Skriv det tal som {name} har lämnat, eller be om ett rättat underlag.",
            )


def _of_subunits(reviewed: Reviewed, text: str) -> list[tuple[str, Decimal, str]]:
    """Sub-units with the one figure that a list gives each: lines "Humlan: 3" or "Humlan 3, Pixeln 2"."""
    found = []
    for piece in re.split(r"\n|[,;]\s|\s(?:och|samt)\s(?=[A-ZÅÄÖ])", text):
        named = reviewed.named_in(piece)
        figures = figures_in(piece)
        if len(named) == 1 and len(figures) == 1 and len(piece.split()) <= 8:
            found.append((named[0], figures[0].number, piece.strip()))
    return found
