"""Who came and who left: the unit's numbers, and the sub-units' where they may be told.

What may be told is `arshjul.compilation.movements`. Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Iterator

from arshjul.compilation import Compiled
from arshjul.compilation.movements import SMALLEST, Movement, movements
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import count_word
from arshjul.report.blocks import Align, Block, Cell, Column, Origin, OriginKind, Paragraph, Table, Voice
from arshjul.report.charts import Pair, pairs
from arshjul.report.indicator_tables import WITHHELD

_NOT_SHOWN = "visas inte"


def movements_blocks(compiled: Compiled) -> Iterator[Block]:
    """A figure, the same as a table, and a note where something is not told."""
    data = compiled.data
    found = movements(data)
    if found is None:
        return
    rows = (*found.subunits, found.unit)
    title = f"{data.unit.people.capitalize()} som började och slutade {data.key.year}"

    def name(one: Movement) -> str:
        return data.whole_words if one.scope == WHOLE_UNIT else data.scope_name(one.scope)

    if found.unit.came is not None or found.unit.left is not None:
        # The unit's own bars are as long as all the others together: those would be too short to compare.
        told = any(one.came is not None or one.left is not None for one in found.subunits)
        drawn = found.subunits if told else rows
        shown = [Pair(name(one), one.came, one.left, _NOT_SHOWN) for one in drawn]
        yield pairs(title, shown, ("Började", "Slutade"), "", decimals=0)
    origin = Origin(OriginKind.SOURCE, found.origin)
    yield Table(
        title,
        (
            Column(data.part_words[0].capitalize(), width=2),
            Column("Började", Align.RIGHT),
            Column("Slutade", Align.RIGHT),
        ),
        tuple(
            (
                Cell(name(one), strong=one is found.unit),
                *(
                    Cell(WITHHELD) if number is None else Cell(str(number.to_integral_value()), origin)
                    for number in (one.came, one.left)
                ),
            )
            for one in rows
        ),
    )
    if found.withheld:
        words = (
            f"Antal under {count_word(SMALLEST)} visas inte, och inte heller det som skulle avslöja dem. "
            "Därför kan verksamheternas egna tal saknas här."
        )
        yield Paragraph(words, Voice.NOTE)
