"""The empty Word document that every report begins as: page, styles, language, header.

Made once in a process by python-docx, then used as parts of a package. Called by `docx`.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement, serialize_for_reading
from docx.shared import Mm

from arshjul.adapters.reports.docx_styles import (
    RULE,
    SOFT,
    TABLE_STYLE,
    TEXT_WIDTH,
    paragraph_style,
    set_styles,
)

RUNNING_HEAD = "@@running head@@"


@dataclass(frozen=True, slots=True)
class Base:
    """The parts of the empty document by name, and what a body needs to know of it."""

    parts: Mapping[str, bytes]
    styles: Mapping[str, str]  # ids by name
    section: str  # the set-up of the page, last in a body
    headers: tuple[str, ...]  # the parts in which `RUNNING_HEAD` stands


@lru_cache(maxsize=1)
def styled_base() -> Base:
    """The empty document."""
    document = Document()
    _page(document)
    set_styles(document)
    _settings(document)
    _header(document)
    _without_ballast(document)
    section = serialize_for_reading(document.element.body.find(qn("w:sectPr")))
    styles = {style.name: style.style_id for style in document.styles if style.name}
    file = BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    png = b'<Default Extension="png" ContentType="image/png"/>'
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"<Default ", png + b"<Default ", 1)
    headers = tuple(name for name, content in parts.items() if RUNNING_HEAD.encode() in content)
    return Base(parts, styles, section, headers)


def _without_ballast(document: Word) -> None:
    """Take away what no report uses of the template: it would be most of what is packed in each.

    A picture of its author's screen, the styles once more for Word 2010, a hundred looks of tables (Word has
    them itself).
    """
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                del relations[key]
    styles = document.styles
    used = {TABLE_STYLE, styles.default(WD_STYLE_TYPE.TABLE).name}
    for style in list(styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in used:
            style.delete()


def _page(document: Word) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(30)
    section.top_margin, section.bottom_margin = Mm(33), Mm(26)
    section.header_distance = Mm(15)
    section.different_first_page_header_footer = True


def _settings(document: Word) -> None:
    """Swedish throughout, and the layout of today's Word, not of the one the template was made in."""
    for language in document.styles.element.iter(qn("w:lang")):
        for kind in ("w:val", "w:eastAsia"):
            language.set(qn(kind), "sv-SE")
    settings = document.settings.element
    for name, value in (("w:themeFontLang", "sv-SE"), ("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        for setting in settings.iter(qn(name)):
            setting.set(qn("w:val"), value)
    compatibility = settings.find(qn("w:compat"))
    for setting in list(compatibility):
        compatibility.remove(setting)
    mode = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    compatibility.append(parse_xml(f"<w:compatSetting {nsdecls('w')} {mode}/>"))


def _header(document: Word) -> None:
    """The running head and "Sid x (y)"; the first page has only its number."""
    section = document.sections[0]
    style = paragraph_style(document, "Header", 9, SOFT, 0, 0)
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    first = section.first_page_header
    for header in (first, section.header):
        header.is_linked_to_previous = False
        header.paragraphs[0].style = style
        words = RUNNING_HEAD if header is not first else ""
        for part in (
            _run(words),
            _TAB,
            _run("Sid "),
            _field("PAGE"),
            _run(" ("),
            _field("NUMPAGES"),
            _run(")"),
        ):
            for element in parse_xml(f"<w:p {nsdecls('w')}>{part}</w:p>"):
                header.paragraphs[0]._p.append(element)
    border = f'<w:bottom w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/>'
    properties: BaseOxmlElement = section.header.paragraphs[0]._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"))


_TAB = "<w:r><w:tab/></w:r>"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(name: str) -> str:
    """A number that Word counts itself."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
