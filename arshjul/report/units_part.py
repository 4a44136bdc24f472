"""A department's units (an administration's departments): what each decided, and its manager's words.

Called by `arshjul.report.parts`. Pure.
"""

from collections.abc import Iterator

from arshjul.compilation import Compiled
from arshjul.cycle_data import Child
from arshjul.plan import Attainment
from arshjul.report.blocks import Align, Block, Cell, Column, Origin, OriginKind, Paragraph, Table, Voice
from arshjul.report.goal_part import listed, shorten

_COUNTED = ((Attainment.FULL, "Helt"), (Attainment.PARTIAL, "Delvis"), (Attainment.NOT_MET, "Inte"))
WORDS = 80  # of each manager's summary; the whole stands in the unit's own report


def units_blocks(compiled: Compiled) -> Iterator[Block]:
    """A table of the approved reports, who has none, and the summaries, those with most unmet goals first."""
    within = compiled.data.within
    if within is None:
        return
    decided = [child for child in within.children if child.version]
    if decided:
        columns = (
            Column("Enhet", width=2.2),
            Column("Diarienummer", width=1.2),
            *(Column(words, Align.RIGHT) for _, words in _COUNTED),
        )
        yield Table(
            "Godkända rapporter och hur många mål som uppfylls",
            columns,
            tuple(_row(child) for child in decided),
        )
    missing = [child.name for child in within.children if not child.version]
    if missing:
        verb = "har ingen godkänd rapport och ingår inte."
        yield Paragraph(f"{listed(missing)} {verb}", Voice.NOTE)
    for child in sorted(decided, key=_unmet, reverse=True):
        for number, text in enumerate(_lines(child)):
            yield Paragraph(
                text, Voice.SUBUNIT, label=child.name if number == 0 else None, origin=_origin(child)
            )


def _row(child: Child) -> tuple[Cell, ...]:
    name = f"{child.name}, version {child.version}" if child.version > 1 else child.name
    counts = (str(child.attainments.count(attainment)) for attainment, _ in _COUNTED)
    origin = _origin(child)
    return (Cell(name), Cell(child.registry_number, origin), *(Cell(count, origin) for count in counts))


def _unmet(child: Child) -> tuple[int, int]:
    return child.attainments.count(Attainment.NOT_MET), child.attainments.count(Attainment.PARTIAL)


def _lines(child: Child) -> list[str]:
    text = shorten(child.summary, WORDS)
    return [line.strip() for line in text.split("\n") if line.strip()]


def _origin(child: Child) -> Origin:
    return Origin(OriginKind.SUBMISSION, f"{child.code} v{child.version}", "Enhetens godkända rapport")
