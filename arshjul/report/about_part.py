"""What a report rests on: the unit and who answered, first; how its figures were made, last.

Called by `arshjul.report.parts`. Pure.
"""

from collections.abc import Iterator

from arshjul.compilation import Compiled
from arshjul.plan import Kind
from arshjul.report.blocks import Block, Bullets, Cell, Column, Origin, OriginKind, Paragraph, Table
from arshjul.report.goal_part import listed
from arshjul.report.indicator_tables import WITHHELD_NOTE, method_words
from arshjul.wheel import local_day


def about_blocks(compiled: Compiled) -> Iterator[Block]:
    """The unit, and whose answers the report is made of."""
    data = compiled.data
    period = f"{data.milestones.period_start} – {data.milestones.period_end}"
    count = len(data.asked_subunits)
    one, several = data.part_words
    parts = f"en {one}" if count == 1 else f"{count} {several}"
    name = "Planen" if data.key.kind is Kind.VP else "Rapporten"
    what = "godkända rapporter" if data.within else "egna svar"
    own = f"{data.unit.name} består av {parts}. {name} bygger på deras {what} för perioden {period}."
    yield Paragraph(own if count else f"{name} gäller perioden {period}.")
    if not data.expected:
        return
    rows = []
    for scope in data.expected:
        counted = data.submissions.get(scope)
        words = (
            f"{local_day(counted.received_at)}, version {counted.version}"
            if counted
            else "Ingen godkänd rapport"
            if data.within
            else "Inga uppgifter lämnade"
        )
        origin = Origin(OriginKind.SUBMISSION, counted.ref) if counted else None
        rows.append((Cell(data.scope_name(scope)), Cell(words, origin)))
    yield Table(
        "Rapporter som den bygger på" if data.within else "Svar som rapporten bygger på",
        (
            Column("Enhet" if data.within else "Verksamhet eller avsnitt", width=2),
            Column("Godkänd" if data.within else "Svar"),
        ),
        tuple(rows),
    )


def method_blocks(compiled: Compiled) -> Iterator[Block]:
    """How each figure was made, and what is missing."""
    data = compiled.data
    items = [
        f"{r.indicator.name}: {method_words(r)[0].lower()}{method_words(r)[1:]}."
        for r in compiled.indicators.values()
        if r.groups
    ]
    later = [r.indicator.name for r in compiled.indicators.values() if not r.asked]
    if later:
        items.append(f"Följs upp i en annan rapport under året: {'; '.join(later)}.")
    if data.missing:
        names = listed([data.scope_name(scope) for scope in data.missing])
        lacks = "har ingen godkänd rapport" if data.within else "har inte lämnat några uppgifter"
        whole = "värdena" if data.within else "enhetens värden"
        items.append(f"{names} {lacks} och ingår inte i {whole}.")
    items.append(WITHHELD_NOTE)
    items.append("Värden avrundas i sista ledet; en halv avrundas uppåt.")
    yield Bullets(tuple(items))
