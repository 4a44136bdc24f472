"""What a file of ours says, by paragraphs or cells, so that it can be scanned before it leaves.

Called before mail and before approval. What is scanned for is in `arshjul.secrecy`.
"""

import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

import pypdfium2
from lxml import etree

from arshjul.adapters.store.files import DOCX, HTML, PDF, XLSX
from arshjul.secrecy import Likeness, identity_numbers

_PARTS = {
    DOCX: (("word/",), ("}p",)),
    XLSX: (("xl/sharedStrings", "xl/worksheets/", "xl/comments"), ("}si", "}is", "}text")),
}
_ANSWERED: dict[str, bool] = {}  # a report goes to many
_REMEMBERED = 1_000
_INLINE = {"a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "u"}


def texts_of_file(content: bytes, media_type: str) -> Iterator[str]:
    """The texts of the file; none of one whose kind is not known here."""
    if media_type in _PARTS:
        folders, elements = _PARTS[media_type]
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                if name.startswith(folders) and name.endswith(".xml"):
                    root = etree.fromstring(packed.read(name), etree.XMLParser(resolve_entities=False))
                    for element in root.iter():
                        if isinstance(element.tag, str) and element.tag.endswith(elements):
                            yield "".join(t.text or "" for t in element.iter() if str(t.tag).endswith("}t"))
    elif media_type == PDF:
        document = pypdfium2.PdfDocument(content)
        try:
            for page in document:
                yield page.get_textpage().get_text_bounded()
        finally:
            document.close()
    elif media_type == HTML:
        reader = _Paragraphs()
        reader.feed(content.decode("utf-8"))
        yield from reader.texts


def holds_identity_number(sha256: str, content: bytes, media_type: str) -> bool:
    """Whether anything in the file is certainly an identity number; the same bytes are read once."""
    if sha256 not in _ANSWERED:
        if len(_ANSWERED) >= _REMEMBERED:
            _ANSWERED.clear()
        _ANSWERED[sha256] = any(
            number.likeness is Likeness.CERTAIN
            for text in texts_of_file(content, media_type)
            for number in identity_numbers(text)
        )
    return _ANSWERED[sha256]


class _Paragraphs(HTMLParser):
    """The texts of a page, one for each block: what stands in two cells is not one number."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = [""]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            self.texts[-1] += "\n"
        elif tag not in _INLINE:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        self.texts[-1] += data
