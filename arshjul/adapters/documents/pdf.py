"""PDF files: words and ruling lines by pypdfium2, put into lines by `page_layout` and `page_numbering`.

Only what is printed is read: no attachments, metadata or tags. Called by `documents`.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import hypot

import pypdfium2
import pypdfium2.raw as pdfium

from arshjul.adapters.documents.page_layout import Rules, Word, lines_of_page
from arshjul.adapters.documents.page_numbering import numbered
from arshjul.errors import BadInput
from arshjul.plan_reader import Line

_MOST_PAGES = 400
_WORD_GAP = 0.16  # of the type's size
_THIN = 1.6  # points: a rule is no thicker
_BOLD = 600
_UNSCALED = 0.02
_TURNED = 0.05  # radians: letters on an arc belong to a figure


def lines_of_pdf(data: bytes, where: str) -> list[Line]:
    """The lines of a PDF. BadInput for one that is locked, damaged, scanned or far too long."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BadInput("PDF-filen är låst med lösenord. Spara den utan lösenord.", where) from error
        raise BadInput("PDF-filen är skadad och går inte att öppna. Exportera den på nytt.", where) from error
    try:
        if len(document) > _MOST_PAGES:
            raise BadInput(f"PDF-filen har fler än {_MOST_PAGES} sidor. Dela den.", where)
        found = [_words_and_rules(document, number) for number in range(len(document))]
    finally:
        document.close()
    scale = _usual_scale([word for words, _ in found for word in words])
    pages = [lines_of_page(_without_drawn(words, scale), rules) for words, rules in found]
    if not any(pages):
        raise BadInput(
            "PDF-filen innehåller ingen text, bara bilder (inskannad?). Exportera den från Word eller "
            "från systemet i stället.",
            where,
        )
    return numbered(pages)


def _words_and_rules(document: pypdfium2.PdfDocument, number: int) -> tuple[list[Word], Rules]:
    """What is printed on one page; a damaged page has nothing."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return [], Rules()
    try:
        return list(_words(text.raw)), _rules(page)
    finally:
        text.close()
        page.close()


def _words(text: ctypes.c_void_p) -> Iterator[Word]:
    """Every printed word of a page in the order of the file; letters that are turned together as one."""
    box = pdfium.FS_RECTF()  # as wide as the letter's advance: no gaps within words
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    letters: list[str] = []
    turned: list[str] = []
    left = right = baseline = size = 0.0
    scale = 1.0
    bold = False
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        character = _character(code)
        placed = not character.isspace() and pdfium.FPDFText_GetLooseCharBox(text, index, box)
        if placed:
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        apart = abs(y.value - baseline) > 0.5 * size or not -size < box.left - right < _WORD_GAP * size
        if letters and (not placed or apart):
            yield Word(left, right, baseline, size, "".join(letters), bold, scale=scale)
            letters = []
        if not placed:
            continue
        if not letters:
            if abs(pdfium.FPDFText_GetCharAngle(text, index)) > _TURNED:
                turned.append(character)
                continue
            size = max(1.0, pdfium.FPDFText_GetFontSize(text, index))
            bold = pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD
            left, baseline = box.left, y.value
            scale = hypot(matrix.a, matrix.b) if pdfium.FPDFText_GetMatrix(text, index, matrix) else 1.0
        letters.append(character)
        right = box.right
    if letters:
        yield Word(left, right, baseline, size, "".join(letters), bold, scale=scale)
    if turned:
        yield Word(0.0, 0.0, 0.0, 1.0, "".join(turned), figure=True)


def _usual_scale(words: Sequence[Word]) -> float:
    """How much the type of most letters is scaled."""
    letters = Counter[float]()
    for word in words:
        letters[round(word.scale, 2)] += len(word.text)
    return letters.most_common(1)[0][0] if letters else 1.0


def _without_drawn(words: Sequence[Word], scale: float) -> Iterator[Word]:
    """The words, those of drawings marked as such: a drawing is scaled, with its type, to fit the page.

    A program that gives every size of type by its scale tells nothing of drawings.
    """
    if abs(scale - 1) > _UNSCALED:
        yield from words
        return
    for word in words:
        yield replace(word, figure=True) if abs(word.scale - 1) > _UNSCALED else word


def _character(code: int) -> str:
    """The character that pdfium gives; a hyphen that ends a line has a code of its own."""
    if code in (0, 0xFFFE) or not code < 0x110000 or 0xD800 <= code < 0xE000:
        return "-" if code == 0xFFFE else " "
    return "-" if code == 2 else chr(code)


def _rules(page: pypdfium2.PdfPage) -> Rules:
    """The page's ruling lines: thin shapes, and the edges of boxes (cells drawn as rectangles)."""
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = shape.get_bounds()
        width, height = right - left, top - bottom
        if width <= _THIN and height >= 6:
            upright.append(((left + right) / 2, bottom, top))
        elif height <= _THIN and width >= 12:
            level.append(((top + bottom) / 2, left, right))
        elif width >= 15 and height >= 8 and pdfium.FPDFPath_CountSegments(shape.raw) <= 6:
            upright += [(left, bottom, top), (right, bottom, top)]
            level += [(bottom, left, right), (top, left, right)]
    return Rules(tuple(upright), tuple(level))
