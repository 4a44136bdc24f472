"""Word documents (.docx): paragraphs with their styles and real tables, in the order they are printed.

Read from the document's own elements, so that contents, text boxes and inserted words are not missed.
Called by `documents`.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import count, takewhile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from arshjul.errors import BadInput
from arshjul.plan_reader import Line
from arshjul.plan_reader.lines import cell_lines

_LARGEST = 400_000_000  # bytes unpacked, most of them pictures
_LARGEST_TEXTS = 25_000_000  # a report of a hundred pages has some five
_HEADING_STYLES = ("heading", "rubrik", "title", "titel", "subtitle", "underrubrik")
_LIST_STYLES = ("list bullet", "punktlista", "list number", "numrerad lista", "list paragraph", "liststycke")
_NOTE_STYLES = ("anmärkning", "note", "fotnot", "footnote")
_HIDDEN = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"), qn("w:txbxContent")}
_LEVEL = re.compile(r"\d")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def lines_of_docx(data: bytes, where: str) -> list[Line]:
    """The lines of a Word document: one for each paragraph and table row. BadInput for what is none."""
    try:
        _check(data, where)
        document = Document(io.BytesIO(data))
        reader = _Reader(document)
        lines = [*reader.margins("header"), *reader.block(document.element.body), *reader.footnotes()]
        return [*lines, *reader.margins("footer")]
    except BadInput:
        raise
    except Exception as error:  # a damaged package fails anywhere in zipfile, lxml and python-docx
        sentence = "Word-filen är skadad och går inte att läsa. Spara den på nytt i Word."
        raise BadInput(sentence, where) from error


def _check(data: bytes, where: str) -> None:
    """Refuse a package that is no Word document or that would fill the memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "word/document.xml" not in package.namelist():
            raise BadInput("Filen är inget Word-dokument. Läs in en PDF-, Word- eller textfil.", where)
        texts = sum(entry.file_size for entry in package.infolist() if entry.filename.endswith(".xml"))
        if texts > _LARGEST_TEXTS or sum(entry.file_size for entry in package.infolist()) > _LARGEST:
            raise BadInput("Word-filen är orimligt stor när den packas upp.", where)


class _Reader:
    """Walks the document's elements and numbers its paragraphs and rows."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._numbers = count(1)
        self._rows = count(1)
        styles = document.styles.element
        self._style_names = {
            style.get(qn("w:styleId")): (style.find(qn("w:name")).get(qn("w:val")) or "").casefold()
            for style in styles.iter(qn("w:style"))
            if style.find(qn("w:name")) is not None
        }
        used = {element.get(qn("w:val")) for element in document.element.body.iter(qn("w:pStyle"))}
        self._styled = any(self._is(style, _HEADING_STYLES) for style in used)

    def block(self, parent: BaseOxmlElement) -> Iterator[Line]:
        """The lines of a body, a content control or a text box."""
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:sdt"):
                content = element.find(qn("w:sdtContent"))
                if content is not None:
                    yield from self.block(content)
            elif element.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")):
                yield from self.block(element)

    def margins(self, kind: str) -> Iterator[Line]:
        """The heads or feet of the pages, which are no content; each text once."""
        seen: set[str] = set()
        for section in self._document.sections:
            for name in (kind, f"first_page_{kind}", f"even_page_{kind}"):
                part = getattr(section, name)
                if part.is_linked_to_previous:
                    continue
                for element in part._element.iter(qn("w:p")):
                    text = _text(element)
                    if text.strip() and text not in seen:
                        seen.add(text)
                        yield Line(next(self._numbers), text, furniture="sidhuvud eller sidfot", whole=True)

    def footnotes(self) -> Iterator[Line]:
        """The notes at the feet of pages, after the text."""
        for relation in self._document.part.rels.values():
            if relation.reltype.endswith("/footnotes") and not relation.is_external:
                for element in parse_xml(relation.target_part.blob).iter(qn("w:p")):
                    yield from self._paragraph(element)

    def _paragraph(self, element: BaseOxmlElement) -> Iterator[Line]:
        """A paragraph's lines (line breaks part them), then those of text boxes that hang on it."""
        number = next(self._numbers)
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val")) if style is not None else None
        heading = self._is(name, _HEADING_STYLES) if self._styled else None
        rank = self._rank(name) if heading else None
        lead, aside = _has_lead(element), self._is(name, _NOTE_STYLES)
        listed = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None or self._is(name, _LIST_STYLES)
        text = _text(element)
        if not text.strip():
            yield Line(number, "")
        for position, part in enumerate(text.split("\n")):
            if part.strip():
                bullet = "• " if listed and not heading and not position else ""
                yield Line(
                    number, bullet + part, heading=heading, whole=True, rank=rank, lead=lead, aside=aside
                )
                lead = False
        for box in element.iter(qn("w:txbxContent")):
            if not any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
                yield from self.block(box)

    def _table(self, table: BaseOxmlElement) -> Iterator[Line]:
        """The lines of a table, row by row, with a blank line around it."""
        yield Line(next(self._numbers), "")
        for row in table.iter(qn("w:tr")):
            if next(row.iterancestors(qn("w:tbl"))) is not table:
                continue
            cells: list[tuple[int, int, list[str]]] = []
            start = 0
            for cell in row.iter(qn("w:tc")):
                if next(cell.iterancestors(qn("w:tr"))) is not row:
                    continue
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                wide = _whole_number(span.get(qn("w:val"))) if span is not None else 1
                texts = [part for paragraph in cell.iter(qn("w:p")) for part in _text(paragraph).split("\n")]
                cells.append((start, wide, texts))
                start += wide
            if cells:
                yield from cell_lines(cells, next(self._numbers), next(self._rows))
        yield Line(next(self._numbers), "")

    def _rank(self, style: str | None) -> float | None:
        """The level in the name of a heading's style ("heading 2", "Rubrik 2"); a title is above all."""
        found = _LEVEL.search(self._style_names.get(style or "", ""))
        return float(found[0]) if found else 0.0

    def _is(self, style: str | None, names: tuple[str, ...]) -> bool:
        """Whether a style is one of those whose names begin so."""
        return self._style_names.get(style or "", "").startswith(names)


def _has_lead(paragraph: BaseOxmlElement) -> bool:
    """Whether the paragraph begins with a run in bold that ends in a colon, and goes on in another."""
    runs = [run for run in paragraph.iter(qn("w:r")) if _text(run).strip()]
    label = list(takewhile(_is_bold, runs))
    return 0 < len(label) < len(runs) and _text(label[-1]).rstrip().endswith(":")


def _is_bold(run: BaseOxmlElement) -> bool:
    """Whether a run is set in bold by its own properties."""
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return bold is not None and bold.get(qn("w:val")) not in ("0", "false", "off")


def _text(paragraph: BaseOxmlElement) -> str:
    """The printed text of a paragraph, without what is struck out, hidden codes and text boxes."""
    pieces: list[str] = []

    def walk(element: BaseOxmlElement) -> None:
        for child in element:
            if child.tag == qn("w:t"):
                pieces.append(child.text or "")
            elif child.tag in _BREAKS:
                pieces.append(_BREAKS[child.tag])
            elif child.tag not in _HIDDEN and child.tag != _FALLBACK:
                walk(child)

    walk(paragraph)
    return "".join(pieces)


def _whole_number(text: str | None) -> int:
    """A span as Word writes it; one where it is none."""
    return min(int(text), 63) if text and text.isdigit() and int(text) > 0 else 1
