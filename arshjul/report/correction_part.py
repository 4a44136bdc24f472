"""What a corrected version changes: the manager's words, and every figure that is another than it was.

The figures are compared with those that the version before released, so none that was withheld is told here.
Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Iterator

from arshjul.catalogue import Sex
from arshjul.compilation import Compiled
from arshjul.released import released_cells
from arshjul.report.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Origin,
    OriginKind,
    Paragraph,
    Table,
    Voice,
)
from arshjul.report.cell_words import SEX_WORDS, place_names, subject_names
from arshjul.report.indicator_tables import UNKNOWN
from arshjul.suppression.register import cell_parts


def correction_blocks(compiled: Compiled) -> Iterator[Block]:
    """Nothing where the report is no correction; no table where no figure has changed."""
    data = compiled.data
    if not data.changes:
        return
    origin = Origin(OriginKind.MANAGER, f"version {data.version}")
    yield Paragraph(data.changes, Voice.NOTE, label=f"Rättat i version {data.version}", origin=origin)
    earlier = [one for one in data.released if one.period == str(data.key) and one.version < data.version]
    if not earlier:
        return
    before = max(earlier, key=lambda one: one.version)
    now = released_cells(compiled)
    changed = [cell for cell in before.cells.keys() | now.keys() if before.cells.get(cell) != now.get(cell)]
    if not changed:
        return
    names, places = subject_names(compiled), place_names(compiled)
    order = {name: place for place, name in enumerate(names)}
    rows = []
    for cell in sorted(changed, key=lambda cell: (order.get(cell_parts(cell)[0], len(order)), cell)):
        subject, scope, sex, period = cell_parts(cell)
        name, whose = names.get(subject, subject), places.get(scope, scope)
        rows.append(
            (
                Cell(name if period == str(data.key) else f"{name}, {period}"),
                Cell(whose if sex is Sex.TOTAL else f"{whose}, {SEX_WORDS[sex]}"),
                Cell(before.cells.get(cell, UNKNOWN)),
                Cell(now.get(cell, UNKNOWN), origin),
            )
        )
    columns = (
        Column("Uppgift", width=2.4),
        Column("Gäller", width=2),
        Column(f"Version {before.version}", Align.RIGHT),
        Column(f"Version {data.version}", Align.RIGHT),
    )
    yield Table(f"Siffror som är ändrade sedan version {before.version}", columns, tuple(rows))
