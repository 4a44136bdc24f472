"""Where the figures and paragraphs of a report come from: numbered once each, and as an appendix on request.

In HTML every part links to its number (`arshjul.adapters.reports.html`); PDF and DOCX get the appendix. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from arshjul.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Origin,
    OriginKind,
    PageBreak,
    Paragraph,
    Report,
    Status,
    Table,
)

TITLE = "Var uppgifterna kommer från"
HEADING_ID = "kallor"


_KINDS = {
    OriginKind.SUBMISSION: "Underlag",
    OriginKind.SOURCE: "Inläst uppgift",
    OriginKind.RULE: "Beräkning",
    OriginKind.PLAN: "Plan",
    OriginKind.MANAGER: "Enhetens bedömning",
    OriginKind.EARLIER: "Tidigare rapport",
}


def origin_text(origin: Origin) -> str:
    """What a person reads of an origin: its kind, what it is, and the id by which it is found again."""
    words = f"{_KINDS[origin.kind]}: {origin.note or origin.ref}"
    return f"{words} [{origin.ref}]" if origin.note and origin.ref not in origin.note else words


def with_notes(report: Report, notes: Mapping[str, str]) -> Report:
    """The report with `notes` (by reference) on the origins that say nothing yet but their reference."""

    def noted(origin: Origin | None) -> Origin | None:
        if origin is None or origin.note:
            return origin
        said = [notes[ref] for ref in (origin.ref, *origin.ref.split(", ")) if ref in notes]
        return replace(origin, note="; ".join(dict.fromkeys(said))) if said else origin

    def told(block: Block) -> Block:
        match block:
            case Paragraph() | Bullets() | Status():
                return replace(block, origin=noted(block.origin))
            case Table():
                rows = tuple(
                    tuple(replace(cell, origin=noted(cell.origin)) if cell.origin else cell for cell in row)
                    for row in block.rows
                )
                return replace(block, rows=rows)
            case _:
                return block

    return replace(report, blocks=tuple(told(block) for block in report.blocks))


def numbered(report: Report) -> dict[Origin, int]:
    """Every origin of the report with its number, from 1, in the order of first use."""
    numbers: dict[Origin, int] = {}
    for _, origin in _uses(report):
        numbers.setdefault(origin, len(numbers) + 1)
    return numbers


def with_appendix(report: Report) -> Report:
    """The report with a table of its origins at the end: which source, and where in the report it is used."""
    places: dict[Origin, list[str]] = {}
    for heading, origin in _uses(report):
        used = places.setdefault(origin, [])
        if heading not in used:
            used.append(heading)
    if not places:
        return report
    rows = tuple(
        (Cell(str(number)), Cell(origin_text(origin)), Cell("; ".join(used)))
        for number, (origin, used) in enumerate(places.items(), start=1)
    )
    columns = (Column("Nr", width=0.35), Column("Källa", width=2.2), Column("Används under", width=2.2))
    appendix = (PageBreak(), Heading(1, TITLE, HEADING_ID), Table("Källor", columns, rows))
    return replace(report, blocks=(*report.blocks, *appendix))


def _uses(report: Report) -> Iterator[tuple[str, Origin]]:
    """Every use of an origin with the heading it stands under."""
    heading = report.front.title
    for block in report.blocks:
        if isinstance(block, Heading):
            heading = block.text
        for origin in _origins(block):
            yield heading, origin


def _origins(block: Block) -> Iterator[Origin]:
    match block:
        case Paragraph() | Bullets() | Status():
            if block.origin:
                yield block.origin
        case Table():
            for row in block.rows:
                yield from (cell.origin for cell in row if cell.origin)
        case _:
            return
