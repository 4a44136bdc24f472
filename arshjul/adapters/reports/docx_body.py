"""The block model as WordprocessingML: paragraphs, tables and pictures as text, parsed once.

Only names of styles and structure are here; how they look is in `docx_styles`. Called by `docx`.
Ten times quicker than building a table cell by cell, and the same to Word.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from arshjul.adapters.reports.docx_styles import TABLE_STYLE, TEXT_WIDTH, TINT
from arshjul.plan import Attainment
from arshjul.report.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Figure,
    FrontPage,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Status,
    Table,
    Voice,
)
from arshjul.report.columns import shares
from arshjul.report.printable import CONTENTS, CONTENTS_DEPTH, PROPOSED_DECISION, lead_in, printable
from arshjul.report.symbols import COLOURS, LETTERS

_TWIPS = TEXT_WIDTH.twips
_LISTS = {
    Voice.BODY: "List Bullet",
    Voice.UNIT: "List Bullet",
    Voice.SUBUNIT: "Verksamhetens lista",
    Voice.NOTE: "Lista i anmärkning",
}
_ALIGN = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTER: "center"}
_STYLES = {
    Voice.BODY: "Normal",
    Voice.UNIT: "Normal",
    Voice.SUBUNIT: "Verksamhetens text",
    Voice.NOTE: "Anmärkning",
}

# No page holds only the last row of a table.
_TOGETHER_AT_END = 2

# A sign that no text has; it becomes a property of the paragraph that follows it.
_PAGE_BREAK = "\f"
_BEFORE_PARAGRAPH = re.compile('\f+(<w:p><w:pPr><w:pStyle w:val="[^"]*"/>)(?:<w:spacing [^>]*>)?')


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is already a part of the document, by its relation; sizes in English metric units."""

    relation: str
    width: int
    height: int


def body(report: Report, styles: Mapping[str, str], pictures: Mapping[int, Picture]) -> str:
    """What stands in the document: `styles` are ids by name, `pictures` by the place of their block."""
    writer = _Writer(styles, pictures, [block for block in report.blocks if isinstance(block, Heading)])
    parts = [*writer.front(report.front), *(() if report.brief else (_PAGE_BREAK,))]
    if writer.headings and not report.brief:
        parts += [*writer.contents(), _PAGE_BREAK]
    for place, block in enumerate(report.blocks):
        parts += writer.block(place, block)
    return _BEFORE_PARAGRAPH.sub(r'\1<w:pageBreakBefore/><w:spacing w:before="0"/>', "".join(parts)).replace(
        _PAGE_BREAK, ""
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    styles: Mapping[str, str]
    pictures: Mapping[int, Picture]
    headings: list[Heading]

    def front(self, front: FrontPage) -> Iterator[str]:
        for place, name in enumerate(front.organisation):
            yield self.paragraph("Organisation", _run(name, bold=place == 0))
        yield self.paragraph("Title", _run(front.title))
        for line in front.subtitle.split("\n"):
            yield self.paragraph("Subtitle", _run(line))
        yield self.paragraph("Normal", "", before=500)
        for name, value in front.facts:
            yield self.paragraph("Faktarad", _run(name) + "<w:r><w:tab/></w:r>" + _run(value))
        if front.proposed_decision:
            yield self.paragraph("Normal", "", before=200)
            yield self.paragraph("Förslag till beslut", _run(PROPOSED_DECISION, bold=True))
            yield self.paragraph("Förslag till beslut", _run(front.proposed_decision))

    def contents(self) -> Iterator[str]:
        """The list of contents as Word's own field, already filled in with links.

        Page numbers come when a person updates the field: only the program that lays out the pages knows
        them, and a document that asks for it when opened greets everybody with a question.
        """
        yield self.paragraph("TOC Heading", _run(CONTENTS))
        listed = [(n, heading) for n, heading in enumerate(self.headings) if heading.level <= CONTENTS_DEPTH]
        for place, (number, heading) in enumerate(listed):
            begin = _field_begin(f'TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u') if place == 0 else ""
            end = _FIELD_END if place == len(listed) - 1 else ""
            link = (
                f'<w:hyperlink w:anchor="{_anchor(number)}" w:history="1">{_run(heading.text)}</w:hyperlink>'
            )
            yield self.paragraph(f"toc {heading.level}", begin + link + end)

    def block(self, place: int, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield from self.heading(block)
            case Paragraph():
                label = _run(lead_in(block.label), bold=True) + _run(" ") if block.label else ""
                yield self.paragraph(_STYLES[block.voice], label + _run(block.text))
            case Bullets():
                for item in block.items:
                    yield self.paragraph(_LISTS[block.voice], _run(item))
            case Status():
                words = _symbol(block.attainment) + _run(" ") + _run(block.text, bold=True)
                yield self.paragraph("Måluppfyllelse", words)
            case Table():
                yield from self.table(block)
            case Figure():
                yield self.paragraph("Figur", _drawing(place, self.pictures[place], block))
                yield self.paragraph("Figurtext", _run(block.caption))
            case PageBreak():
                yield _PAGE_BREAK

    def heading(self, heading: Heading) -> Iterator[str]:
        if heading.kicker:
            yield self.paragraph("Mållinje", _run(heading.kicker))
        number = next(place for place, other in enumerate(self.headings) if other is heading)
        mark = f'<w:bookmarkStart w:id="{number}" w:name="{_anchor(number)}"/>'
        text = f'{mark}{_run(heading.text)}<w:bookmarkEnd w:id="{number}"/>'
        # The kicker has the air above the two of them.
        yield self.paragraph(f"Heading {heading.level}", text, before=0 if heading.kicker else None)

    def table(self, table: Table) -> Iterator[str]:
        yield self.paragraph("Caption", _run(table.caption))
        widths = [round(_TWIPS * share) for share in shares(table)]
        aligns = [_ALIGN[column.align] for column in table.columns]
        heads = "".join(
            self.cell(width, _run(column.title, bold=True), align, keep=True)
            for width, column, align in zip(widths, table.columns, aligns, strict=True)
        )
        rows = "".join(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + "".join(
                self.cell(width, _words(cell), align, shaded=row[0].strong, keep=left == _TOGETHER_AT_END)
                for width, cell, align in zip(widths, row, aligns, strict=True)
            )
            + "</w:tr>"
            for left, row in zip(range(len(table.rows), 0, -1), table.rows, strict=True)
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" '
            'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{_text(table.caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>{rows}</w:tbl>"
        )
        if table.note:
            yield self.paragraph("Anmärkning", _run(table.note), before=80)
        else:  # two tables after one another would grow together
            yield self.paragraph("Tabelltext", "", before=120)

    def cell(self, width: int, words: str, align: str, *, shaded: bool = False, keep: bool = False) -> str:
        """A cell; `keep` its row on the page of the next one."""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>' if shaded else ""
        style = f'<w:pStyle w:val="{self.styles["Tabelltext"]}"/>{"<w:keepNext/>" if keep else ""}'
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
            f'<w:p><w:pPr>{style}<w:jc w:val="{align}"/></w:pPr>{words}</w:p></w:tc>'
        )

    def paragraph(self, style: str, content: str, *, before: int | None = None) -> str:
        air = f'<w:spacing w:before="{before}"/>' if before is not None else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{self.styles[style]}"/>{air}</w:pPr>{content}</w:p>'


def _text(text: str) -> str:
    return escape(printable(text))


def _run(text: str, *, bold: bool = False) -> str:
    """A run of text; a newline in it is a line break."""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = [f'<w:t xml:space="preserve">{line}</w:t>' for line in _text(text).split("\n")]
    return f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>"


def _words(cell: Cell) -> str:
    words = _run(cell.text, bold=cell.strong)
    return f"{_symbol(cell.attainment)}{_run(' ')}{words}" if cell.attainment else words


def _symbol(attainment: Attainment) -> str:
    font = " ".join(f'w:{kind}="Segoe UI Symbol"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    look = f'<w:rPr><w:rFonts {font}/><w:color w:val="{COLOURS[attainment][1:]}"/></w:rPr>'
    return f"<w:r>{look}<w:t>{LETTERS[attainment]}</w:t></w:r>"


_FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _field_begin(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _anchor(number: int) -> str:
    return f"_Toc{number + 1:08d}"


def _drawing(place: int, picture: Picture, figure: Figure) -> str:
    size = f'cx="{picture.width}" cy="{picture.height}"'
    number = place + 1
    about = f'id="{number}" name="Figur {number}" descr="{_text(figure.alt)}"'
    picture_format = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/><wp:docPr {about}/>"
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{picture_format}"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{picture.relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
