"""Reading a built report in tests: its tables as rows of text, its words, its headings."""

import re
from collections.abc import Iterator

from arshjul.report.blocks import Block, Bullets, Figure, Heading, Paragraph, Report, Table

Blocks = tuple[Block, ...]


def tables(blocks: Blocks, caption: str) -> list[list[list[str]]]:
    """Every table of that caption: its column titles, then its rows."""
    return [
        [[column.title for column in block.columns], *([cell.text for cell in row] for row in block.rows)]
        for block in blocks
        if isinstance(block, Table) and block.caption == caption
    ]


def under(report: Report, heading: str) -> Blocks:
    """The blocks between a heading and the next."""
    places = [place for place, block in enumerate(report.blocks) if isinstance(block, Heading)]
    start = next(p for p in places if report.blocks[p].text == heading)  # type: ignore[union-attr]
    end = next((place for place in places if place > start), len(report.blocks))
    return report.blocks[start + 1 : end]


def paragraphs(blocks: Blocks) -> list[str]:
    """The paragraphs, with the label that stands before them."""
    return [
        f"{block.label}: {block.text}" if block.label else block.text
        for block in blocks
        if isinstance(block, Paragraph)
    ]


def words(blocks: Blocks) -> Iterator[str]:
    """Every text that is printed, alternative texts and the words in drawings too."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Bullets():
                yield from block.items
            case Figure():
                yield block.alt
                yield from re.findall(r">([^<>]+)<", block.svg)
            case Table():
                yield block.caption
                yield from (column.title for column in block.columns)
                yield from (cell.text for row in block.rows for cell in row)
