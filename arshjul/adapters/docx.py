"""A report as a Word document: the styled base, the body of `docx_body`, and the drawings as pictures.

True headings, head rows that are repeated, alt texts, Swedish as its language and a list of contents.
Called where a report is rendered; the same report gives the same bytes.
"""

import zipfile
from datetime import datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from arshjul.adapters import typesetting
from arshjul.adapters.docx_base import TEXT_WIDTH, styled_base
from arshjul.adapters.docx_body import Picture, body
from arshjul.report.blocks import Figure, Report
from arshjul.report.printable import printable

# A zip file dates its entries; ours have the first date that the format knows.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def render_docx(report: Report) -> bytes:
    """The report as a .docx file."""
    document = Document(BytesIO(styled_base()))
    _properties(document, report)
    for part in document.sections[0].header.paragraphs[0].runs[:1]:
        part.text = printable(report.running_head)
    styles = {style.name: style.style_id for style in document.styles if style.name}
    made = parse_xml(body(report, styles, _pictures(document, report)))
    section = document.element.body.find(qn("w:sectPr"))
    for element in list(made):
        section.addprevious(element)
    file = BytesIO()
    document.save(file)
    return _without_times(file)


def _properties(document: Word, report: Report) -> None:
    about = document.core_properties
    moment = datetime.combine(report.dated, time())
    about.title = printable(report.front.title)
    about.subject = printable(report.running_head)
    about.author = about.last_modified_by = printable(", ".join(report.front.organisation))
    about.language = "sv-SE"
    about.comments = about.keywords = about.category = ""
    about.created = about.modified = moment
    about.revision = 1


def _pictures(document: Word, report: Report) -> dict[int, Picture]:
    """The figures drawn as pictures and taken into the document, by the place of their block."""
    figures = [(place, block) for place, block in enumerate(report.blocks) if isinstance(block, Figure)]
    made: dict[int, Picture] = {}
    drawings = typesetting.pictures([figure.svg for _, figure in figures])
    for (place, figure), drawing in zip(figures, drawings, strict=True):
        relation, image = document.part.get_or_add_image(BytesIO(drawing))
        width = round(TEXT_WIDTH * figure.width)
        made[place] = Picture(relation, width, round(width * image.px_height / image.px_width))
    return made


def _without_times(file: BytesIO) -> bytes:
    """The same package with no time of its own in it."""
    clean = BytesIO()
    with zipfile.ZipFile(file) as given, zipfile.ZipFile(clean, "w") as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return clean.getvalue()
