"""The styled, empty Word document that every report begins as: styles, language, header, page.

Names of styles are Word's own where it has them, so that a manager finds them in her menu.
Called by `docx`; what stands in the document is written by `docx_body`.
"""

from functools import lru_cache
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Calibri"
INK, SOFT, PETROL, RULE, TINT = "1D2A30", "51606A", "1F5566", "D3DBDF", "EEF3F4"

TEXT_WIDTH: Length = Mm(157)
TABLE_STYLE = "Rapporttabell"

_HEADINGS = {1: (19, PETROL, 26), 2: (15, PETROL, 20), 3: (13, PETROL, 16), 4: (12, INK, 14), 5: (11, INK, 12), 6: (11, INK, 12)}  # fmt: skip


# Named conditional formats: Word's table tools, and screen readers, know the first row as a head.
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


@lru_cache(maxsize=1)
def styled_base() -> bytes:
    """The empty document as a file."""
    document = Document()
    body = document.element.body
    for paragraph in list(body.iterchildren(qn("w:p"))):
        body.remove(paragraph)
    _page(document)
    _styles(document)
    _language(document)
    _header(document)
    # The template carries a picture of its author's screen.
    for key, relation in list(document.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del document.part.package.rels[key]
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _page(document: Word) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(25)
    section.top_margin, section.bottom_margin = Mm(33), Mm(26)
    section.header_distance = Mm(15)
    section.different_first_page_header_footer = True


def _styles(document: Word) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _letter(normal, 11, INK)
    _air(normal, 0, 7, line=1.12)
    for level, (size, colour, before) in _HEADINGS.items():
        heading = _style(document, f"Heading {level}", size, colour, before, 5, bold=True, keep=True)
        heading.paragraph_format.line_spacing = 1.0
        heading.font.italic = False
    title = _style(document, "Title", 32, PETROL, 130, 4, bold=True)
    title.paragraph_format.line_spacing = 0.95
    _no_border(title)
    _style(document, "Subtitle", 15, SOFT, 0, 0, line=1.1).font.italic = False
    _style(document, "Caption", 10.5, INK, 14, 5, bold=True, keep=True)
    _style(document, "TOC Heading", 19, PETROL, 0, 12, bold=True, keep=True)
    bullets = _style(document, "List Bullet", 11, INK, 0, 3)
    bullets.paragraph_format.left_indent = Mm(6)
    for name, size, colour, before, after in (
        ("Organisation", 11, SOFT, 0, 0), ("Faktarad", 11, INK, 0, 3), ("Mållinje", 9.5, SOFT, 14, 2),
        ("Måluppfyllelse", 11, INK, 0, 7), ("Verksamhetens text", 10.5, INK, 0, 6), ("Anmärkning", 9.5, SOFT, 0, 6),
        ("Figurtext", 10, SOFT, 3, 14), ("Figur", 11, INK, 14, 0), ("Tabelltext", 9.5, INK, 0, 0),
        ("Förslag till beslut", 11, INK, 0, 0),
    ):  # fmt: skip
        _style(document, name, size, colour, before, after)
    for name in ("Mållinje", "Måluppfyllelse", "Figur"):
        _of(document, name).paragraph_format.keep_with_next = True
    _of(document, "Mållinje").font.bold = True
    _of(document, "Tabelltext").paragraph_format.line_spacing = 1.0
    _of(document, "Faktarad").paragraph_format.tab_stops.add_tab_stop(Mm(42))
    _of(document, "Faktarad").paragraph_format.left_indent = Mm(42)
    _of(document, "Faktarad").paragraph_format.first_line_indent = -Mm(42)
    _beside(_of(document, "Verksamhetens text"), RULE, 12, Mm(4))
    _beside(_of(document, "Förslag till beslut"), PETROL, 18, Mm(3), shade=TINT)
    for level in range(1, 5):
        entry = _style(document, f"toc {level}", 11, INK, 6 if level == 1 else 0, 3, bold=level == 1)
        entry.paragraph_format.left_indent = Mm(5 * (level - 1))
        entry.paragraph_format.right_indent = Mm(10)
        entry.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    document.styles.element.append(parse_xml(_TABLE))


def _of(document: Word, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _style(
    document: Word, name: str, size: float, colour: str, before: float, after: float,
    *, bold: bool = False, keep: bool = False, line: float | None = None,
) -> ParagraphStyle:  # fmt: skip
    """A paragraph style, Word's own changed or a new one."""
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    style = _of(document, name)
    if style.base_style is None:
        style.base_style = document.styles["Normal"]
    style.quick_style, style.hidden = True, False
    _letter(style, size, colour)
    style.font.bold = bold
    _air(style, before, after, line=line)
    style.paragraph_format.keep_with_next = keep or None
    return style


def _letter(style: ParagraphStyle, size: float, colour: str) -> None:
    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if str(name).endswith("Theme"):
            del fonts.attrib[name]
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)


def _air(style: ParagraphStyle, before: float, after: float, *, line: float | None = None) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.widow_control = True
    if line:
        style.paragraph_format.line_spacing = line


def _no_border(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _beside(style: ParagraphStyle, colour: str, eighths: int, indent: Length, *, shade: str | None = None) -> None:
    """A line to the left of the text, and a tint behind it."""
    style.paragraph_format.left_indent = indent
    spacing = style.element.get_or_add_pPr().find(qn("w:spacing"))
    parts = [f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="{eighths}" w:space="8" w:color="{colour}"/></w:pBdr>']
    if shade:
        parts.append(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{shade}"/>')
    for part in parts:  # the order is the schema's: borders, shading, spacing
        spacing.addprevious(parse_xml(part))


def _language(document: Word) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        for kind in ("w:val", "w:eastAsia"):
            language.set(qn(kind), "sv-SE")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "sv-SE")


def _header(document: Word) -> None:
    """The running head is put in by `docx`; "Sid x (y)" stands on the first page as well."""
    section = document.sections[0]
    style = _style(document, "Header", 9, SOFT, 0, 0)
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for header in (section.first_page_header, section.header):
        header.is_linked_to_previous = False
        header.paragraphs[0].style = style
        paragraph = header.paragraphs[0]._p
        for part in (_run(""), _run("\t"), _run("Sid "), *_field("PAGE"), _run(" ("), *_field("NUMPAGES"), _run(")")):
            paragraph.append(part)
    border = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/></w:pBdr>'
    properties = section.header.paragraphs[0]._p.get_or_add_pPr()
    properties.append(parse_xml(border))


def _run(text: str) -> BaseOxmlElement:
    inner = "<w:tab/>" if text == "\t" else f'<w:t xml:space="preserve">{text}</w:t>'
    return parse_xml(f'<w:r {nsdecls("w")}>{inner}</w:r>')


def _field(name: str) -> list[BaseOxmlElement]:
    """A number that Word counts itself."""
    return [
        parse_xml(f'<w:r {nsdecls("w")}>{part}</w:r>')
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> {name} </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    ]
