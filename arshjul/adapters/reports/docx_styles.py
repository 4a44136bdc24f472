"""The styles of a Word document: what headings, texts, tables and lists of a report look like.

Names are Word's own where it has them, so that a manager finds them in her menu. Called by `docx_base`.
"""

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from arshjul.report.printable import CONTENTS_DEPTH

FONT = "Calibri"
INK, SOFT, PETROL, RULE, TINT = "1D2A30", "51606A", "1F5566", "D3DBDF", "EEF3F4"

TEXT_WIDTH: Length = Mm(150)
TABLE_STYLE = "Rapporttabell"

# Size, colour and the air above, in points, by level.
_HEADINGS = (
    (19, PETROL, 26), (15, PETROL, 20), (13, PETROL, 16), (12, INK, 14), (11, INK, 12), (11, INK, 12),
)  # fmt: skip

# Size, colour, air above and below.
_TEXTS: dict[str, tuple[float, str, float, float]] = {
    "Organisation": (11, SOFT, 0, 0),
    "Faktarad": (11, INK, 0, 3),
    "Förslag till beslut": (11, INK, 0, 0),
    "Mållinje": (9.5, SOFT, 14, 2),
    "Måluppfyllelse": (11, INK, 0, 7),
    "Verksamhetens text": (10.5, INK, 0, 6),
    "Anmärkning": (9.5, SOFT, 0, 6),
    "Figur": (11, INK, 14, 0),
    "Figurtext": (10, SOFT, 3, 14),
    "Tabelltext": (9.5, INK, 0, 0),
}

# A table's first row is known as its head by Word's tools and by screen readers.
_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="55" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>
      <w:bottom w:w="55" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{PETROL}"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="bottom"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>"""


def set_styles(document: Word) -> None:
    """Every style that `docx_body` names."""
    normal = _of(document, "Normal")
    _letter(normal, 11, INK)
    _air(normal, 0, 7, line=1.12)
    _headings(document)
    for name, (size, colour, before, after) in _TEXTS.items():
        paragraph_style(document, name, size, colour, before, after)
    _lists(document)
    for name in ("Mållinje", "Måluppfyllelse", "Figur"):
        _of(document, name).paragraph_format.keep_with_next = True
    for name in ("Tabelltext", "Figur"):
        _of(document, name).paragraph_format.line_spacing = 1.0
    _of(document, "Mållinje").font.bold = True
    facts = _of(document, "Faktarad")
    facts.paragraph_format.tab_stops.add_tab_stop(Mm(42))
    facts.paragraph_format.left_indent, facts.paragraph_format.first_line_indent = Mm(42), Mm(-42)
    edges = "".join(_edge(side, 4, RULE) for side in ("top", "bottom"))
    _before_spacing(facts, f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>")
    _beside(_of(document, "Verksamhetens text"), RULE, 12, Mm(4))
    _beside(_of(document, "Förslag till beslut"), PETROL, 18, Mm(3), shade=TINT)
    document.styles.element.append(parse_xml(_TABLE))


def paragraph_style(
    document: Word, name: str, size: float, colour: str, before: float, after: float,
    *, bold: bool = False, keep: bool = False, line: float | None = None, base: str = "Normal",
) -> ParagraphStyle:  # fmt: skip
    """A paragraph style, Word's own changed or a new one."""
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    style = _of(document, name)
    if style.base_style is None:
        style.base_style = document.styles[base]
    style.quick_style, style.hidden = True, False
    _letter(style, size, colour)
    style.font.bold, style.font.italic = bold, False
    _air(style, before, after, line=line)
    style.paragraph_format.keep_with_next = keep or None
    return style


def _headings(document: Word) -> None:
    for level, (size, colour, before) in enumerate(_HEADINGS, start=1):
        paragraph_style(document, f"Heading {level}", size, colour, before, 5, bold=True, keep=True, line=1.0)
    title = paragraph_style(document, "Title", 32, PETROL, 130, 4, bold=True, line=0.95)
    _drop(title.element.get_or_add_pPr(), "w:pBdr")
    subtitle = paragraph_style(document, "Subtitle", 15, SOFT, 0, 0, line=1.1)
    _drop(subtitle.element.get_or_add_rPr(), "w:spacing")
    paragraph_style(document, "Caption", 10.5, INK, 14, 5, bold=True, keep=True)
    paragraph_style(document, "TOC Heading", 19, PETROL, 0, 8, bold=True, keep=True)
    for level in range(1, CONTENTS_DEPTH + 1):
        # Close, so that the contents of the longest report stand on one page.
        above = 2 if level == 1 else 0
        entry = paragraph_style(document, f"toc {level}", 9.5, INK, above, 0, bold=level == 1, line=1.0)
        entry.paragraph_format.left_indent, entry.paragraph_format.right_indent = Mm(5 * (level - 1)), Mm(10)
        entry.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _lists(document: Word) -> None:
    for name, size, colour, indent in (
        ("List Bullet", 11, INK, 6),
        ("Verksamhetens lista", 10.5, INK, 10),
        ("Lista i anmärkning", 9.5, SOFT, 6),
    ):
        style = paragraph_style(document, name, size, colour, 0, 3, base="List Bullet")
        style.paragraph_format.left_indent = Mm(indent)


def _of(document: Word, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _letter(style: ParagraphStyle, size: float, colour: str) -> None:
    """Word's template names fonts by its theme; ours by their names."""
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)


def _air(style: ParagraphStyle, before: float, after: float, *, line: float | None = None) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.widow_control = True
    if line:
        style.paragraph_format.line_spacing = line


def _beside(
    style: ParagraphStyle, colour: str, eighths: int, indent: Length, *, shade: str | None = None
) -> None:
    """A line to the left of the text; with `shade` a tint behind it, and room above and below."""
    style.paragraph_format.left_indent = indent
    sides = [_edge("left", eighths, colour, space=8)]
    if shade:
        sides = [_edge("top", 4, shade), *sides, _edge("bottom", 4, shade)]
    _before_spacing(style, f"<w:pBdr {nsdecls('w')}>{''.join(sides)}</w:pBdr>")
    if shade:
        _before_spacing(style, f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{shade}"/>')


def _edge(side: str, eighths: int, colour: str, *, space: int = 6) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def _before_spacing(style: ParagraphStyle, part: str) -> None:
    """Where the schema wants borders and then shading: before tabs, spacing and indents."""
    later = {qn(name) for name in ("w:tabs", "w:spacing", "w:ind", "w:jc")}
    properties = style.element.get_or_add_pPr()
    next(element for element in properties if element.tag in later).addprevious(parse_xml(part))


def _drop(properties: BaseOxmlElement, name: str) -> None:
    for element in properties.findall(qn(name)):
        properties.remove(element)
