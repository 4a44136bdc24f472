"""The reports that others' tools try: the golden set, and generated ones that are made to be difficult."""

from dataclasses import replace
from datetime import date
from functools import cache

from arshjul.config.settings import Shown
from arshjul.plan import Kind
from arshjul.report.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    FrontPage,
    Heading,
    Paragraph,
    Report,
    Table,
    Voice,
)
from tests.report.cycles import year_report
from tests.report.sample import LONG_TITLE, sample_report

GOLDEN = (Kind.VP, Kind.T1, Kind.T2, Kind.VB)
_ODD = (
    'Å ä ö é ß ł ½ ² € → ≤ “citat” \U0001f600 \ue000 a\u030a \x07 <b>&amp; {{x}} #read("x") $y$ \u200b\u00ad'
)


def _report(*blocks: Block, title: str = "Rapport", facts: tuple[tuple[str, str], ...] = ()) -> Report:
    front = FrontPage(title, "Enheten", ("Förvaltningen", "Enheten"), facts, "Rapporten godkänns.")
    return Report(front, "Enheten · 2026/1", date(2026, 9, 14), "sv", blocks)


def _long_table() -> Table:
    columns = (Column("Verksamhet", width=2), Column("Antal", Align.RIGHT), Column("Kommentar", width=3))
    rows = tuple(
        (
            Cell(f"Rad {number}"),
            Cell(f"{number}\N{NO-BREAK SPACE}000,5"),
            Cell(LONG_TITLE if number % 9 == 0 else "–"),
        )
        for number in range(200)
    )
    return Table("Tvåhundra rader", columns, rows, note="Sista raden är rad 199.")


@cache
def reports() -> dict[str, Report]:
    """Every report by a name; those whose name ends with "-data" have their data in them."""
    made = {str(kind): year_report(kind) for kind in GOLDEN}
    made["T2-data"] = year_report(Kind.T2, Shown(attach_data=True, sources_appended=True))
    made["sample"] = sample_report()
    made["one-sheet"] = replace(sample_report(), brief=True)  # as a month's report is
    made["long-titles"] = _report(
        Heading(1, LONG_TITLE, "a"),
        *(Heading(level, f"{LONG_TITLE} {level}", f"a{level}", LONG_TITLE) for level in range(2, 7)),
        Paragraph("Text.", label=LONG_TITLE),
        title=LONG_TITLE,
        facts=((LONG_TITLE, LONG_TITLE),),
    )
    made["empty-sections"] = _report(
        Heading(1, "Tomt", "a"),
        Heading(2, "Också tomt", "b"),
        Heading(1, "En tom tabell", "c"),
        Table("Utan rader", (Column("Namn"), Column("Antal")), ()),
        Bullets(()),
    )
    made["nothing"] = _report()
    made["long-table"] = _report(Heading(1, "Tabell", "a"), _long_table())
    made["odd"] = _report(
        Heading(1, _ODD, "a"),
        Paragraph(_ODD, Voice.SUBUNIT, label=_ODD),
        Table(_ODD, (Column(_ODD),), ((Cell(_ODD),),), note=_ODD),
        title=_ODD,
    )
    t1 = year_report(Kind.T1)
    made["no-charts"] = replace(t1, blocks=tuple(b for b in t1.blocks if not isinstance(b, Figure)))
    return made
