"""What a file of ours says, by paragraphs or cells, so that it can be scanned before it leaves.

Called before mail and before approval. What is scanned for is in `arshjul.secrecy`.
"""

import io
import zipfile
from collections.abc import Iterator

import pypdfium2
from lxml import etree

from arshjul.adapters.store.files import DOCX, HTML, PDF, XLSX
from arshjul.errors import BadInput
from arshjul.secrecy import Likeness, identity_numbers

_PARTS = {
    DOCX: (("word/",), ("{*}p",)),
    XLSX: (("xl/sharedStrings", "xl/worksheets/", "xl/comments"), ("{*}si", "{*}is", "{*}text")),
}
# Hundreds of kilobytes in every Word file, and nothing that is read.
_NO_TEXT = ("word/styles", "word/theme/", "word/numbering", "word/fontTable")
_ANSWERED: dict[str, bool] = {}  # a report goes to many
_REMEMBERED = 1_000
_UNREADABLE = (pypdfium2.PdfiumError, zipfile.BadZipFile, etree.XMLSyntaxError)
_INLINE = {"a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "u"}


def texts_of_file(content: bytes, media_type: str) -> Iterator[str]:
    """The texts of the file; none of one whose kind is not known here."""
    if media_type in _PARTS:
        folders, elements = _PARTS[media_type]
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                if name.startswith(folders) and name.endswith(".xml") and not name.startswith(_NO_TEXT):
                    root = etree.fromstring(packed.read(name), etree.XMLParser(resolve_entities=False))
                    for element in root.iter(*elements):
                        yield "".join(t.text or "" for t in element.iter("{*}t"))
    elif media_type == PDF:
        document = pypdfium2.PdfDocument(content)
        try:
            for page in document:
                yield page.get_textpage().get_text_bounded()
        finally:
            document.close()
    elif media_type == HTML:
        yield from etree.fromstring(
            content, etree.HTMLParser(encoding="utf-8", huge_tree=True, target=_Paragraphs())
        )


def holds_identity_number(sha256: str, content: bytes, media_type: str) -> bool:
    """Whether anything in the file is certainly an identity number; the same bytes are read once.

    BadInput where the file cannot be read: what nobody can look through does not leave.
    """
    if sha256 not in _ANSWERED:
        if len(_ANSWERED) >= _REMEMBERED:
            _ANSWERED.clear()
        try:
            _ANSWERED[sha256] = any(
                number.likeness is Likeness.CERTAIN
                for text in set(texts_of_file(content, media_type))  # a table says "–" hundreds of times
                for number in identity_numbers(text)
            )
        except _UNREADABLE:
            raise BadInput(
                "en bifogad fil går inte att läsa, så ingen kan se om det står personnummer i den. Gör om "
                "utkastet eller underlaget som den hör till"
            ) from None
    return _ANSWERED[sha256]


class _Paragraphs:
    """The texts of a page, one for each block: what stands in two cells is not one number."""

    def __init__(self) -> None:
        self._texts: list[list[str]] = [[]]

    def start(self, tag: str, _attributes: object) -> None:
        if tag == "br":
            self._texts[-1].append("\n")
        elif tag not in _INLINE:
            self._texts.append([])

    def end(self, tag: str) -> None:
        if tag != "br" and tag not in _INLINE:
            self._texts.append([])

    def data(self, data: str) -> None:
        self._texts[-1].append(data)

    def close(self) -> list[str]:
        return ["".join(parts) for parts in self._texts if parts]
