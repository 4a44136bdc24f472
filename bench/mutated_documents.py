"""Thousands of damaged documents are read: each must end in a plan or in one clear line, no traceback.

    nice python -m bench.mutated_documents [--seed N] [COUNT [FILE…]]

Mutates generated texts, PDF, Word and HTML documents, the product's own reports and the FILEs given, in the
lines, the cells, the encoding and the bytes. Prints how each kind ended and what took longest; exit status 1
where anything else than a plan or a sentence came, or one reading took more than five seconds.
"""

import argparse
import io
import random
import sys
import time
import traceback
import unicodedata
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pypdfium2

from arshjul.adapters.documents.reading import lines_of_document
from arshjul.adapters.reports.docx import render_docx
from arshjul.adapters.reports.html import render_html
from arshjul.adapters.reports.pdf import render_pdf
from arshjul.errors import BadInput
from arshjul.plan_file import load_plan
from arshjul.plan_reader import read
from tests.report.sample import sample_report
from tests.unit.plan_documents import FORMS
from tests.unit.plan_texts import Layout, write

EXAMPLE = Path(__file__).resolve().parents[1] / "config" / "plans" / "SOL-2026.yaml"
SLOWEST_S = 5.0
ODD = [
    "",
    "Sid 3 (9)",
    "Indikator Årsmål Period",
    "Indikator\tPeriodens utfall\tÅrsmål\tPeriod",
    "Aktivitet  Startdatum  Slutdatum  Avvikelse",
    "Analys",
    "1 000 1 000 År",
    "KF:s mål:",
    "Enhetsmål:",
    "\f",
    "\x00",
    "\ufffe",
    "Övrigt",
    "Innehåll",
    "<table><tr><td>",
    "9" * 400,
    "(" * 300,
]
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp437"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Mutate and read; print the count of each outcome."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("count", nargs="?", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("files", nargs="*", type=Path)
    asked = options.parse_args(arguments)
    warnings.simplefilter("ignore")  # of python-docx, about duplicate names in damaged packages
    chance = random.Random(asked.seed)
    sources = {**dict(originals()), **{file.name: file.read_bytes() for file in asked.files}}
    ends: Counter[tuple[str, str]] = Counter()
    failures, slowest = 0, (0.0, "")
    for number in range(asked.count):
        name = chance.choice(sorted(sources))
        data = mutated(sources[name], chance)
        start = time.process_time()
        try:
            end = outcome(data)
        except Exception:
            failures += 1
            end = "FEL"
            print(f"{number} {name}\n{traceback.format_exc()}", file=sys.stderr)
        seconds = time.process_time() - start
        slowest = max(slowest, (seconds, f"{number} {name}"))
        ends[name, end] += 1
    for (name, end), times in sorted(ends.items()):
        print(f"{times:6}  {name:<28} {end}")
    print(f"{asked.count} dokument, {failures} fel, längst {slowest[0]:.2f} s ({slowest[1]})")
    return 1 if failures or slowest[0] > SLOWEST_S else 0


def outcome(data: bytes) -> str:
    """What becomes of a document: "plan", or the sentence it is refused with. ValueError for many lines."""
    try:
        read(lines_of_document(data, "dokument"))
    except BadInput as error:
        if "\n" in str(error):
            raise ValueError("the sentence has several lines") from error
        return error.sentence
    return "plan"


@cache
def originals() -> tuple[tuple[str, bytes], ...]:
    """Whole documents by name: the example's plan in every layout and form, a rendered report."""
    return tuple(_originals())


def _originals() -> Iterator[tuple[str, bytes]]:
    plan = load_plan(EXAMPLE.read_text(encoding="utf-8"))
    for style in ("export", "tabs", "aligned", "gaps", "lost"):
        layout = Layout(style, page="letter", contents=True)
        yield f"text {style}", write(plan, layout).encode()
    for form, make in FORMS.items():
        yield form, make(plan)
    report = sample_report()
    yield "rapport.html", render_html(report)
    yield "rapport.docx", render_docx(report)
    yield "rapport.pdf", render_pdf(report)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The document with one or a few things done to it."""
    if data.startswith(b"%PDF"):
        how = chance.choice([_bytes_changed, _pieces_moved, _cut_short, _pages_moved, _pages_moved])
        return how(data, chance)
    if data.startswith(b"PK"):
        how = chance.choice([_bytes_changed, _cut_short, _in_package, _in_package, _in_package])
        return how(data, chance)
    text = data.decode()
    for _ in range(chance.randrange(1, 4)):
        text = chance.choice(_OF_TEXT)(text, chance)
    return _encoded(text, chance)


def _encoded(text: str, chance: random.Random) -> bytes:
    """The text in some encoding, sometimes decomposed, sometimes read in a wrong one before."""
    if chance.random() < 0.2:
        text = unicodedata.normalize("NFD", text)
    if chance.random() < 0.1:
        text = text.encode("utf-8", "replace").decode("cp1252", "replace")
    data = text.encode(chance.choice(ENCODINGS), "replace")
    return _bytes_changed(data, chance) if chance.random() < 0.1 else data


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)] if text else text


def _lines_cut(text: str, chance: random.Random) -> str:
    return "\n".join(line[: chance.randrange(len(line) + 1)] for line in text.split("\n"))


def _doubled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    start, end = sorted(chance.randrange(len(lines)) for _ in range(2))
    return "\n".join([*lines[:end], *lines[start:]])


def _shuffled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def _blocks_shuffled(text: str, chance: random.Random) -> str:
    blocks = text.split("\n\n")
    chance.shuffle(blocks)
    return "\n\n".join(blocks)


def _joined(text: str, chance: random.Random) -> str:
    return text.replace("\n", chance.choice([" ", "", "  ", "\t"]))


def _broken(text: str, chance: random.Random) -> str:
    return text.replace(" ", chance.choice(["\n", "  ", "\t", "\u00a0", "\r", " \n"]))


def _inserted(text: str, chance: random.Random) -> str:
    share = chance.choice([0.02, 0.1, 0.5])
    return "\n".join(
        part
        for line in text.split("\n")
        for part in ([line, chance.choice(ODD)] if chance.random() < share else [line])
    )


def _characters_changed(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(chance.randrange(1, 200)):
        if letters:
            letters[chance.randrange(len(letters))] = chance.choice("\t\n  :.-–●0(%<>&\x0c\x1f\u2028\ue000😀")
    return "".join(letters)


_OF_TEXT: list[Callable[[str, random.Random], str]] = [
    _cut, _lines_cut, _doubled, _shuffled, _blocks_shuffled, _joined, _broken, _inserted, _characters_changed,
]  # fmt: skip


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 80) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut_short(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _pieces_moved(data: bytes, chance: random.Random) -> bytes:
    """Pieces of the file doubled or in another order."""
    marks = sorted(chance.randrange(len(data)) for _ in range(chance.randrange(2, 8)))
    pieces = [data[start:end] for start, end in zip([0, *marks], [*marks, len(data)], strict=True)]
    chance.shuffle(pieces[1:])
    return b"".join([*pieces, *pieces[: chance.randrange(3)]])


def _pages_moved(data: bytes, chance: random.Random) -> bytes:
    """Some of the pages in another order, some of them twice."""
    document = pypdfium2.PdfDocument(data)
    made = pypdfium2.PdfDocument.new()
    pages = [chance.randrange(len(document)) for _ in range(chance.randrange(1, len(document) + 3))]
    for page in pages:
        made.import_pages(document, [page])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _in_package(data: bytes, chance: random.Random) -> bytes:
    """The Word document with its text or tags changed: a package that opens, with something else in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as written:
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename == "word/document.xml":
                content = _xml_changed(content.decode(), chance).encode("utf-8", "replace")
            if entry.filename != "word/document.xml" and chance.random() < 0.03:
                continue
            written.writestr(entry.filename, content)
    return made.getvalue()


def _xml_changed(text: str, chance: random.Random) -> str:
    """The XML with paragraphs and rows cut, doubled or in another order, or with other words in it."""
    mark = chance.choice(["</w:p>", "</w:tr>", "</w:tc>", "<w:t "])
    parts = text.split(mark)
    how = chance.randrange(4)
    if how == 0:
        middle = parts[1:-1]
        chance.shuffle(middle)
        parts = [parts[0], *middle, parts[-1]]
    elif how == 1:
        start, end = sorted(chance.randrange(len(parts)) for _ in range(2))
        parts = [*parts[:end], *parts[start:]]
    elif how == 2:
        start, end = sorted(chance.randrange(len(parts)) for _ in range(2))
        parts = [*parts[: start + 1], *parts[end:]]
    else:
        text = mark.join(parts)
        for _ in range(chance.randrange(1, 30)):
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice(["<", ">", "&", " ", "x", "0", "</w:p>"]) + text[place + 1 :]
        return text
    return mark.join(parts)


if __name__ == "__main__":
    sys.exit(main())
