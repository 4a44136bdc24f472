"""Reads a rendered report back as its words in order: what stands in the text, without page furniture."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pypdfium2
from docx import Document
from docx.oxml.ns import qn

from arshjul.report.blocks import Bullets, Figure, Heading, Paragraph, Report, Status, Table
from arshjul.report.printable import PROPOSED_DECISION, lead_in, printable

_WORDLESS = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" role="img"><title>Bild</title></svg>'
)
_SIGNS = set("–•●◐⊗□")  # marks of lists and states, and cells without a value
_VOID = {"meta", "br", "input", "link", "col"}


def words(text: str) -> list[str]:
    """The words of a text; characters that PDF cannot show count as the square that stands for them."""
    seen = (re.sub("[\U00010000-\U0010ffff\ue000-\uf8ff]", "□", word) for word in text.split())
    return [word for word in seen if word not in _SIGNS]


def without_drawings(report: Report) -> Report:
    """The report with figures that hold no text: what a drawing says is no part of the running text."""
    blocks = tuple(
        replace(block, svg=_WORDLESS) if isinstance(block, Figure) else block for block in report.blocks
    )
    return replace(report, blocks=blocks)


def words_of_model(report: Report) -> list[str]:
    """What every form must say."""
    return words(printable(" ".join(_texts(report))))


def _texts(report: Report) -> Iterator[str]:
    front = report.front
    yield from (*front.organisation, front.title, front.subtitle)
    for name, value in front.facts:
        yield from (name, value)
    if front.proposed_decision:
        yield from (PROPOSED_DECISION, front.proposed_decision)
    for block in report.blocks:
        match block:
            case Heading():
                yield from (block.kicker or "", block.text)
            case Paragraph():
                yield from (lead_in(block.label) if block.label else "", block.text)
            case Bullets():
                yield from block.items
            case Status():
                yield block.text
            case Table():
                yield block.caption
                yield from (column.title for column in block.columns)
                yield from (cell.text for row in block.rows for cell in row)
                yield block.note or ""
            case Figure():
                yield block.caption


def words_of_html(page: bytes) -> list[str]:
    """The words of the page's front and main part."""
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    return words(" ".join(reader.texts))


class _Reader(HTMLParser):
    """Skips what is beside the text: contents, sources, the words of figures, what is never shown."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        names = (dict(attrs).get("class") or "").split()
        aside = tag in ("head", "nav", "svg", "details", "footer", "label")
        self._open.append(aside or bool({"skip", "source", "sources"} & set(names)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open):
            self.texts.append(data)


_CONTENTS = ("toc", "contents")  # the styles of a list of contents: Word's names, and LibreOffice's


def words_of_docx(file: bytes) -> list[str]:
    """The words of the document's body but for its list of contents."""
    texts = []
    for paragraph in Document(BytesIO(file)).element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val"), "").lower().startswith(_CONTENTS):
            continue
        for part in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
            texts.append(part.text if part.tag == qn("w:t") and part.text else " ")
        texts.append("\n")
    return words("".join(texts))


def words_of_pdf(file: bytes, report: Report) -> list[str]:
    """The words of the pages but for running heads, page numbers, contents and repeated heads of tables."""
    document = pypdfium2.PdfDocument(file)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    heads = [words(" ".join(column.title for column in table.columns)) for table in _tables(report)]
    found: list[str] = []
    for number, text in enumerate(pages, start=1):
        if number == 2 and any(report.headings()):
            continue
        joined = text.replace("\x02", "").replace(f"Sid\xa0{number}\xa0({len(pages)})", "")
        shown = words(re.sub(rf"Sid\s{number}\s\({len(pages)}\)", "", joined))
        if number > 1:
            running = words(report.running_head)
            assert shown[: len(running)] == running, f"page {number} begins with {shown[:9]}"
            shown = shown[len(running) :]
        for head in heads:
            if shown[: len(head)] == head:
                shown = shown[len(head) :]
        found += shown
    return found


def _tables(report: Report) -> list[Table]:
    return [block for block in report.blocks if isinstance(block, Table)]
