"""What an outsider reads in the files: the printed figures of the indicator, by column, from each form."""

import re
from io import BytesIO

import pypdfium2
from docx import Document
from lxml import html as lxml_html

from tests.suppression.reports import NAME

WITHHELD = "‥"
_VALUE = re.compile(r"\d[\d\s]*(?:,\d+)?\s(?:%|st)|‥|–|inga data|inga uppgifter lämnade|mäts senare")


def figures_in_html(page: bytes) -> dict[str, str]:
    """Column title -> printed value in the indicator's row."""
    document = lxml_html.fromstring(page.decode())
    for element in document.xpath("//*[contains(@class, 'source')]"):
        element.drop_tree()
    for table in document.iter("table"):
        rows = [
            ["".join(cell.itertext()).strip() for cell in row.iter("th", "td")] for row in table.iter("tr")
        ]
        found = _row(rows)
        if found:
            return found
    return {}


def figures_in_docx(file: bytes) -> dict[str, str]:
    """The same of a Word file."""
    for table in Document(BytesIO(file)).tables:
        found = _row([[cell.text.strip() for cell in row.cells] for row in table.rows])
        if found:
            return found
    return {}


def figures_in_pdf(file: bytes) -> dict[str, str]:
    """The same of a PDF: the values that follow the indicator's name, in the order of the columns."""
    text = " ".join(text_of_pdf(file).split())
    start = text.rindex("Indikator Utfall")
    head = text[start : text.index(NAME, start)]
    columns = [
        "Utfall",
        *(c for c in ("Kvinnor", "Män") if c in head),
        *re.findall(r"(?:T1|T2|VB) 2025", head),
    ]
    values = _VALUE.findall(text[text.index(NAME, start) + len(NAME) :])
    return dict(zip(columns, (value.replace(" ", "\N{NO-BREAK SPACE}") for value in values), strict=False))


def text_of_pdf(file: bytes) -> str:
    """All that stands on the pages."""
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file))


def text_of_html(page: bytes) -> str:
    """All that stands in the page, in drawings and alternative texts too."""
    document = lxml_html.fromstring(page.decode())
    said = [
        value
        for element in document.iter()
        for value in (element.get("alt"), element.get("aria-label"))
        if value
    ]
    return " ".join([document.text_content(), *said])


def text_of_docx(file: bytes) -> str:
    """All that stands in the body."""
    return " ".join(Document(BytesIO(file)).element.body.itertext())


def _row(rows: list[list[str]]) -> dict[str, str]:
    if rows and rows[0][:1] == ["Indikator"]:
        for row in rows[1:]:
            if row[0] == NAME:
                return dict(zip(rows[0][1:], row[1:], strict=True))
    return {}
