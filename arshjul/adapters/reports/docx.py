"""A report as a Word document: the styled base, the body of `docx_body`, and the drawings as pictures.

True headings, head rows that are repeated, alt texts, Swedish as its language and a list of contents.
Called where a report is rendered; the same report gives the same bytes.
"""

import struct
import zipfile
from html import escape
from io import BytesIO

from docx.oxml.ns import nsdecls

from arshjul.adapters.reports import typesetting
from arshjul.adapters.reports.docx_base import RUNNING_HEAD, styled_base
from arshjul.adapters.reports.docx_body import Picture, body
from arshjul.adapters.reports.docx_styles import TEXT_WIDTH
from arshjul.report.blocks import Figure, Report
from arshjul.report.origins import with_appendix
from arshjul.report.printable import printable

_RELATIONS = "word/_rels/document.xml.rels"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# A zip file dates its entries; ours have the first date that the format knows.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def render_docx(report: Report) -> bytes:
    """The report as a .docx file."""
    if report.sources_appended:
        report = with_appendix(report)
    base = styled_base()
    parts = dict(base.parts)
    pictures = _take_in_pictures(parts, report)
    names = nsdecls("w", "r", "wp", "a", "pic")
    written = body(report, base.styles, pictures)
    parts["word/document.xml"] = (
        f"{_XML}<w:document {names}><w:body>{written}{base.section}</w:body></w:document>".encode()
    )
    head = escape(printable(report.running_head)).encode()
    for name in base.headers:
        parts[name] = parts[name].replace(RUNNING_HEAD.encode(), head)
    parts["docProps/core.xml"] = _properties(report)
    return package_of(parts)


def _properties(report: Report) -> bytes:
    """Title, author, language and date: read out by screen readers, shown in lists of files."""
    moment = f"{report.dated.isoformat()}T00:00:00Z"
    author = escape(printable(", ".join(report.front.organisation)))
    return (
        f"{_XML}<cp:coreProperties {nsdecls('cp', 'dc', 'dcterms', 'xsi')}>"
        f"<dc:title>{escape(printable(report.front.title))}</dc:title>"
        f"<dc:subject>{escape(printable(report.running_head))}</dc:subject><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "<dc:language>sv-SE</dc:language></cp:coreProperties>"
    ).encode()


def _take_in_pictures(parts: dict[str, bytes], report: Report) -> dict[int, Picture]:
    """The figures drawn as pictures and put into `parts`, by the place of their block."""
    figures = [(place, block) for place, block in enumerate(report.blocks) if isinstance(block, Figure)]
    widths = [TEXT_WIDTH.pt * figure.width for _, figure in figures]
    drawings = typesetting.pictures([figure.svg for _, figure in figures], widths)
    made: dict[int, Picture] = {}
    relations = []
    for number, ((place, figure), drawing) in enumerate(zip(figures, drawings, strict=True), start=1):
        name = f"media/figur{number}.png"
        parts[f"word/{name}"] = drawing
        relations.append(f'<Relationship Id="figur{number}" Type="{_IMAGE}" Target="{name}"/>')
        across, down = struct.unpack(">II", drawing[16:24])  # the head of a PNG
        width = round(TEXT_WIDTH * figure.width)
        made[place] = Picture(f"figur{number}", width, round(width * down / across))
    known = parts[_RELATIONS]
    parts[_RELATIONS] = known.replace(b"</Relationships>", "".join(relations).encode() + b"</Relationships>")
    return made


def package_of(parts: dict[str, bytes]) -> bytes:
    """The parts as one file; the same parts give the same bytes."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return file.getvalue()
