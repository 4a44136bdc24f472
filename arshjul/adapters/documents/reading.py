"""Documents from disk: a plan or report as a file -> the lines that the reader reads.

What kind of file it is, is seen in its bytes, not in its name. Text is here; the other forms have a module
each (`pdf`, `docx`, `html`). What the lines mean is in `arshjul.plan_reader`.
Called by the commands and by the start of a new installation.
"""

import re
from pathlib import Path

from arshjul import plan_reader
from arshjul.adapters.documents.html import lines_of_html
from arshjul.errors import BadInput, NotAPlan
from arshjul.plan import Plan
from arshjul.plan_file import load_plan
from arshjul.plan_reader import Line, Reading, lines_of_text
from arshjul.plan_reader.reader import MOST_LINES, TOO_LONG

_LARGEST = 100_000_000  # bytes
_LONGEST = 20_000  # characters of a line; a paragraph of a real report has at most some five thousand
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_OLD_WORD = b"\xd0\xcf\x11\xe0"
# What cannot stand in a text: control characters other than tab, newline, form feed, return, escape.
_BINARY = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})


def read_document(path: Path) -> list[Line]:
    """The lines of a document in text, PDF, Word or HTML. BadInput for what cannot be read as any of them."""
    return lines_of_document(_bytes_of(path), path.name)


def lines_of_document(data: bytes, where: str) -> list[Line]:
    """The lines of a document that is at hand as bytes; `where` names it in errors."""
    lines = _lines(data, where)
    endless = next((line for line in lines if len(line.text) > _LONGEST), None)
    if endless is not None:
        raise BadInput(
            f"Raden är längre än {_LONGEST} tecken. Dela upp den i stycken, eller läs in originalet i Word "
            "eller PDF.",
            f"{where}, rad {endless.number}",
        )
    return lines


def _lines(data: bytes, where: str) -> list[Line]:
    if data.startswith(_OLD_WORD):
        raise BadInput("Filen är ett äldre Word-dokument (.doc). Spara den som .docx eller PDF.", where)
    if data.lstrip()[:5] == b"%PDF-":
        # pypdfium2 and python-docx take time to import: text and saved plans do without them.
        from arshjul.adapters.documents.pdf import lines_of_pdf

        return lines_of_pdf(data, where)
    if data.startswith(b"PK\x03\x04"):
        from arshjul.adapters.documents.docx import lines_of_docx

        return lines_of_docx(data, where)
    if data.count(b"\n") > MOST_LINES:  # before there is an object for each
        raise BadInput(TOO_LONG, where)
    text = decode(data, where)
    return lines_of_html(text) if _HTML.match(text) else lines_of_text(text)


def read_document_file(path: Path) -> Reading:
    """The plan in a document, with the account of the words that are not in it; the error names the file."""
    try:
        return plan_reader.read(read_document(path))
    except BadInput as error:
        if error.where is not None:
            raise
        raise type(error)(error.sentence, path.name) from error


def read_plan_file(path: Path) -> Plan:
    """The plan in a file of any form: a document, or the `plan.yaml` that was made of one."""
    if path.suffix.lower() in (".yaml", ".yml"):
        return load_plan(decode(_bytes_of(path), path.name), path.name)
    return read_document_file(path).plan


def decode(data: bytes, where: str) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, whichever it is. BadInput for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    utf16 = _utf16_without_mark(data)
    if utf16 is not None:
        return data.decode(utf16, errors="replace")
    if len(data.translate(None, _BINARY)) < len(data) * 0.99 or b"\0" in data:
        raise BadInput("Filen är inte ett textdokument. Läs in en PDF-, Word- eller textfil.", where)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        mostly = data.decode("utf-8", errors="replace")
    # A file cut in the middle of a letter is still UTF-8; one full of broken letters is not.
    letters = sum(not character.isascii() for character in mostly)
    if mostly.count("\N{REPLACEMENT CHARACTER}") <= letters * 0.1:
        return mostly
    return data.decode("cp1252", errors="replace")


def _utf16_without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: every other byte of Swedish text is then zero."""
    sample = data[:4000]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.4 and even < len(sample) * 0.05:
        return "utf-16-le"
    if even > len(sample) * 0.4 and odd < len(sample) * 0.05:
        return "utf-16-be"
    return None


def _bytes_of(path: Path) -> bytes:
    """The file's bytes. BadInput where there is no such file, it is empty or far too large."""
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise BadInput("Filen är större än 100 MB och kan inte vara en verksamhetsplan.", path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput("Filen finns inte. Kontrollera sökvägen.", str(path)) from error
    except IsADirectoryError as error:
        raise BadInput("Det är en mapp. Ange en fil.", str(path)) from error
    except OSError as error:
        raise BadInput(
            "Filen går inte att öppna. Kontrollera att du har rätt att läsa den.", str(path)
        ) from error
    if not data.strip():
        raise BadInput("Filen är tom.", path.name)
    return data


__all__ = ["NotAPlan", "decode", "lines_of_document", "read_document", "read_document_file", "read_plan_file"]
