"""The cells that leave the unit with a report: which figure of whom is printed, by a name that lasts.

Recorded at approval; later reports give way to what has been released when they suppress. Pure.
"""

from arshjul.compilation import Compiled
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import format_quantity


def released_cells(compiled: Compiled) -> dict[str, str]:
    """Cell ("I03|unit|women|T2 2026") to printed value, for every value that the report may show."""
    cells: dict[str, str] = {}
    for result in compiled.indicators.values():
        period = str(compiled.data.key)
        shown = [(WHOLE_UNIT, result.figures)]
        if not result.measure.people:  # sub-units' own values on people are not printed
            shown += [(part.scope, part.figures) for part in result.parts]
        for scope, figures in shown:
            for sex, figure in figures.items():
                if not figure.withheld:
                    printed = format_quantity(figure.number, result.measure.unit, result.measure.decimals)
                    cells[f"{result.indicator.id}|{scope}|{sex}|{period}"] = printed
    return cells
