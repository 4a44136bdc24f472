"""Inputs that somebody made to do harm, or that a broken program made: each with what it is, by kind.

Made of the sound files of the example (`Material`), so that the harm comes as far in as it can. What is
large or slow to make is `heavy`. Called by the tests, which send them to `tests.hostile.taker`.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from arshjul.adapters.workbooks.filling import fill_workbook
from tests.unit.workbook_parts import changed, packed, parts_of

BOOK, STRINGS, SHEET = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"
BODY = "word/document.xml"
RIGHT_TO_LEFT, ZERO_WIDTH = "\u202etxt.exe\u202c", "\u200b\u200d\ufeff"
LONE = "\ud800"  # a surrogate by itself: no UTF-8 has it
ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
OUTSIDE_NET = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'
FORMULAS = (
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+SUM(1)",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "\t=1",
    "\r=1",
)
TEXTS = (
    "",
    "\0",
    "a\0b",
    RIGHT_TO_LEFT,
    ZERO_WIDTH,
    "\ufffe\uffff",
    "\U0001f4a9" * 50,
    "e\u0301" * 2000,
    "Z\u0335\u0336\u0337" * 500,
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% for a in b %}",
    '#read("/etc/passwd")',
    "%s%n%d{0.__class__}",
    "'; DROP TABLE answer; --",
    "../../etc/passwd",
    "19121212-1212",
    "9" * 5000,
    "1e999999",
    "-0",
    "NaN",
    "Infinity",
    "٣٤",
    "½",
    "\x1b[2J\x07",
    *FORMULAS,
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """One input. `name` is what the file is called, or the title of a request."""

    kind: str
    title: str
    name: str
    make: Callable[["Material"], bytes | Mapping[str, Any]]
    heavy: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind}: {self.title}"


@dataclass(frozen=True)
class Material:
    """Sound files to begin with."""

    folder: Path

    @cached_property
    def book(self) -> bytes:
        return (self.folder / "svar.xlsx").read_bytes()

    @cached_property
    def blank(self) -> bytes:
        """As it was sent: the texts are a part of their own."""
        return (self.folder / "tom.xlsx").read_bytes()

    @cached_property
    def word(self) -> bytes:
        return (self.folder / "svar.docx").read_bytes()

    @cached_property
    def books(self) -> dict[str, bytes]:
        return parts_of(self.book)

    @cached_property
    def words(self) -> dict[str, bytes]:
        return parts_of(self.word)

    def config(self, name: str) -> bytes:
        return (self.folder / "config" / name).read_bytes()

    def sheet(self, change: Callable[[bytes], bytes]) -> bytes:
        return changed(self.book, SHEET, change)

    def cells(self, xml: str) -> bytes:
        """The workbook with more cells at the end of a sheet."""
        return self.sheet(
            lambda sheet: sheet.replace(
                b"</sheetData>", xml.encode("utf-8", "surrogatepass") + b"</sheetData>"
            )
        )

    def body(self, change: Callable[[bytes], bytes]) -> bytes:
        return changed(self.word, BODY, change)

    def written(self, text: str) -> bytes:
        """The workbook with a text in every answer, as if somebody had typed it."""
        return fill_workbook(self.blank, {"HUMLAN": dict.fromkeys(self.fields, text) | {"form.ready": "Ja"}})

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of the sheet."""
        return tuple((self.folder / "fields.txt").read_text("utf-8").split())


def inline(text: bytes, row: int = 900) -> str:
    return f'<row r="{row}"><c r="D{row}" t="inlineStr"><is><t>{text.decode("latin-1")}</t></is></c></row>'


def workbooks() -> Iterator[Hostile]:
    """Returned workbooks, by the inbox."""

    def one(
        title: str, make: Callable[[Material], bytes], *, heavy: bool = False, name: str = "svar.xlsx"
    ) -> Hostile:
        return Hostile("form", title, name, make, heavy)

    yield one(
        "a zip bomb in a sheet",
        lambda m: m.sheet(lambda x: x.replace(b"</sheetData>", b" " * 190_000_000 + b"</sheetData>")),
        heavy=True,
    )
    yield one(
        "a zip bomb beside the sheets",
        lambda m: packed({**m.books, "xl/media/a.png": bytes(150_000_000)}),
        heavy=True,
    )
    yield one(
        "a zip in a zip", lambda m: packed({"a.zip": packed({"b.zip": packed({"c": bytes(10_000_000)})})})
    )
    yield one(
        "ten thousand parts",
        lambda m: packed({**m.books, **{f"xl/worksheets/s{n}.xml": b"<a/>" for n in range(10_000)}}),
        heavy=True,
    )
    yield one("one part twice", lambda m: _twice(m.books))
    yield one("a part with an absolute path", lambda m: packed({**m.books, "/etc/cron.d/a": b"x"}))
    yield one("a part that climbs out", lambda m: packed({**m.books, "../../../../tmp/arshjul-ute": b"x"}))
    yield one("a part named with NUL", lambda m: packed({**m.books, "xl/a\0b.xml": b"x"}))
    for title, doctype in (
        ("entities that expand", ENTITIES),
        ("an entity from a file", OUTSIDE),
        ("a DTD from the net", OUTSIDE_NET),
    ):
        yield one(
            f"{title}, in a sheet",
            lambda m, d=doctype: m.sheet(lambda x: x.replace(b"<worksheet", d + b"<worksheet", 1)),
        )
        yield one(
            f"{title}, in the texts",
            lambda m, d=doctype: changed(m.blank, STRINGS, lambda x: x.replace(b"<sst", d + b"<sst", 1)),
        )
        yield one(
            f"{title}, in the book",
            lambda m, d=doctype: changed(
                m.book, BOOK, lambda x: x.replace(b"<workbook", d + b"<workbook", 1)
            ),
        )
    yield one(
        "a link to another workbook",
        lambda m: packed({**m.books, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
    )
    yield one("a macro", lambda m: packed({**m.books, "xl/vbaProject.bin": bytes(5000)}))
    yield one(
        "a million rows",
        lambda m: m.cells(
            "".join(f'<row r="{n}"><c r="D{n}"><v>1</v></c></row>' for n in range(500, 1_000_500))
        ),
        heavy=True,
    )
    yield one(
        "a hundred thousand columns",
        lambda m: m.cells('<row r="900">' + '<c r="ZZZ900"><v>1</v></c>' * 100_000 + "</row>"),
        heavy=True,
    )
    yield one(
        "ten thousand sheets",
        lambda m: changed(
            m.book,
            BOOK,
            lambda x: x.replace(
                b"</sheets>",
                b"".join(b'<sheet name="b%d" sheetId="%d" r:id="rId2"/>' % (n, n + 50) for n in range(10_000))
                + b"</sheets>",
            ),
        ),
        heavy=True,
    )
    yield one(
        "elements in elements",
        lambda m: m.sheet(
            lambda x: x.replace(b"</sheetData>", b"<a>" * 100_000 + b"</a>" * 100_000 + b"</sheetData>")
        ),
    )
    yield one(
        "an element that never ends",
        lambda m: m.sheet(lambda x: x.replace(b"</sheetData>", b"<a " + b'b="c" ' * 50_000)),
    )
    yield one("a cell of a megabyte", lambda m: m.cells(inline(b"x" * 1_000_000)))
    yield one("a cell of ten megabytes", lambda m: m.cells(inline(b"x" * 10_000_000)), heavy=True)
    yield one("a sheet in UTF-16 that says UTF-8", lambda m: m.sheet(lambda x: x.decode().encode("utf-16")))
    yield one(
        "a sheet with half a letter",
        lambda m: m.sheet(lambda x: x.replace(b"</sheetData>", b"\xc3</sheetData>")),
    )
    yield one(
        "no sheets", lambda m: changed(m.book, BOOK, lambda x: x[: x.index(b"<sheets>")] + b"</workbook>")
    )
    yield one(
        "sheets that point nowhere",
        lambda m: changed(
            m.book, "xl/_rels/workbook.xml.rels", lambda x: x.replace(b"worksheets/", b"../../")
        ),
    )
    yield one("a part that is encrypted", lambda m: _encrypted(m.book))
    yield one("an unknown way of packing", lambda m: _method(m.book, 99))
    yield one("half a file", lambda m: m.book[: len(m.book) // 2])
    yield one("nothing but zeros", lambda m: bytes(200_000))
    yield one("zeros after the end", lambda m: m.book + bytes(100_000))
    yield one("another file before it", lambda m: b"MZ" + bytes(1000) + m.book)
    yield one("nine megabytes of noise", lambda m: b"PK\x03\x04" + bytes(range(256)) * 36_000)
    yield one("fifty megabytes", lambda m: bytes(50_000_000), heavy=True)
    yield one("an empty file", lambda m: b"")
    yield one("a web page called .xlsx", lambda m: b"<html><script>alert(1)</script></html>")
    for key, value in (
        ("unit_code", "../../HAM"),
        ("cycle", "T2 9999"),
        ("person", "' OR 1=1 --"),
        ("number", "99999999"),
        ("form_id", "\u202e"),
        ("year", "٢٠٢٦"),
        ("kind", "T2 "),
    ):
        yield one(f"{key} is {value!a}", lambda m, k=key, v=value: _about(m.book, k, v))
    for number, text in enumerate(TEXTS):
        if not set(text) & {"\0", "\x1b", "\x07"}:  # these cannot be typed into a workbook
            yield one(f"every answer is {text[:20]!a}", lambda m, t=text: m.written(t), heavy=number > 8)
    for value in ("1e999", "-1", "NaN", "0x10", "", "999999999999999999999", "1,5", "true"):
        yield one(
            f"a number is {value!a}",
            lambda m, v=value: m.cells(f'<row r="900"><c r="D900"><v>{v}</v></c></row>'),
        )
    yield one(
        "a text that is not there", lambda m: m.cells('<row r="900"><c r="D900" t="s"><v>-7</v></c></row>')
    )
    yield one("a cell of no place", lambda m: m.cells('<row r="0"><c r="@@-1"><v>1</v></c></row>'))
    for name in (
        "svar\n\rBcc: a@b.xlsx",
        f"{RIGHT_TO_LEFT}.xlsx",
        "å" * 120 + ".xlsx",
        "CON.xlsx",
        " .xlsx",
        "-rf.xlsx",
        "a;rm -rf;.xlsx",
        "%2e%2e%2f.xlsx",
        "svar.xlsx.exe",
        "\udcff\udcfe.xlsx",
        "<b>svar<b>.xlsx",
        "19121212-1212.xlsx",
        "{{7*7}}.xlsx",
        "svar",
    ):
        yield one(f"called {name[:30]!a}", lambda m, n=name: ascii(n).encode(), name=name)


def word_forms() -> Iterator[Hostile]:
    """Returned Word documents, by the inbox."""

    def one(title: str, make: Callable[[Material], bytes], *, heavy: bool = False) -> Hostile:
        return Hostile("form", f"Word: {title}", "svar.docx", make, heavy)

    yield one(
        "a bomb",
        lambda m: m.body(lambda x: x.replace(b"</w:body>", b" " * 150_000_000 + b"</w:body>")),
        heavy=True,
    )
    for title, doctype in (
        ("entities that expand", ENTITIES),
        ("an entity from a file", OUTSIDE),
        ("a DTD from the net", OUTSIDE_NET),
    ):
        yield one(
            title, lambda m, d=doctype: m.body(lambda x: x.replace(b"<w:document", d + b"<w:document", 1))
        )
    yield one(
        "elements in elements",
        lambda m: m.body(
            lambda x: x.replace(b"</w:body>", b"<w:p>" * 50_000 + b"</w:p>" * 50_000 + b"</w:body>")
        ),
    )
    yield one(
        "tables in tables",
        lambda m: m.body(
            lambda x: x.replace(
                b"</w:body>",
                b"<w:tbl><w:tr><w:tc>" * 3_000 + b"</w:tc></w:tr></w:tbl>" * 3_000 + b"</w:body>",
            )
        ),
    )
    yield one("half the body", lambda m: m.body(lambda x: x[: len(x) // 2]))
    yield one(
        "no body", lambda m: packed({k: v for k, v in m.words.items() if k != BODY} | {"word/x.xml": b""})
    )
    yield one(
        "a picture from the net",
        lambda m: packed(
            {
                **m.words,
                "word/_rels/document.xml.rels": b'<Relationships><Relationship TargetMode="External" Target="http://127.0.0.1:9/a.png"/></Relationships>',
            }
        ),
    )
    yield one(
        "a million paragraphs",
        lambda m: m.body(
            lambda x: x.replace(b"</w:body>", b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 800_000 + b"</w:body>")
        ),
        heavy=True,
    )
    yield one(
        "bookmarks everywhere",
        lambda m: m.body(lambda x: x.replace(b"<w:p>", b'<w:p><w:bookmarkStart w:id="1" w:name="_x"/>')),
    )
    for text in TEXTS[3:14]:
        yield one(
            f"it says {text[:16]!a}",
            lambda m, t=text: (
                m.body(
                    lambda x: x.replace(
                        b"</w:body>",
                        b"<w:p><w:r><w:t>" + t.replace("<", "&lt;").encode() + b"</w:t></w:r></w:p></w:body>",
                    )
                )
                if t.isprintable() or "\u202e" in t
                else m.word[:-100]
            ),
        )


def documents() -> Iterator[Hostile]:
    """Plans and reports in all four forms, by `plan read` and by `review`."""

    def one(
        title: str, name: str, make: Callable[[Material], bytes], *, heavy: bool = False
    ) -> Iterator[Hostile]:
        for kind in ("document", "reviewed"):
            yield Hostile(kind, f"{name}: {title}", name, make, heavy)

    report = (
        "Enhetsmål: Fler väljer själva\nUppfylls helt\nIndikator Årsmål Period\nNöjda 70 % 2026\nAnalys\n"
    ).encode()
    for text in TEXTS:
        yield from one(
            f"{text[:16]!a}", "plan.txt", lambda m, t=text: report + t.encode("utf-8", "replace") * 3
        )
    yield from one(
        "one line of ten million letters", "plan.txt", lambda m: report + b"a" * 10_000_000, heavy=True
    )
    yield from one("a million lines", "plan.txt", lambda m: report + b"rad\n" * 1_000_000, heavy=True)
    yield from one(
        "a hundred thousand goals",
        "plan.txt",
        lambda m: "Enhetsmål: Ett mål\nAnalys\nText.\n".encode() * 100_000,
        heavy=True,
    )
    yield from one("a table of columns", "plan.txt", lambda m: report + b"Indikator" + b"   70 %" * 20_000)
    yield from one("numbers without end", "plan.txt", lambda m: report + b"1 000 " * 50_000)
    yield from one("parentheses without end", "plan.txt", lambda m: report + b"(" * 50_000)
    yield from one("hyphens at every line", "plan.txt", lambda m: report + b"till-\n" * 30_000)
    yield from one("all control characters", "plan.txt", lambda m: report + bytes(range(1, 32)) * 10)
    yield from one("NUL between", "plan.txt", lambda m: b"\0".join(report.split()))
    yield from one("broken UTF-8", "plan.txt", lambda m: report + b"\xc3\x28\xa0\xa1\xe2\x28\xa1" * 100)
    yield from one(
        "lone surrogates", "plan.txt", lambda m: report + LONE.encode("utf-8", "surrogatepass") * 50
    )
    yield from one(
        "UTF-16 with half a pair", "plan.txt", lambda m: "Enhetsmål: x\n".encode("utf-16") + b"\x00\xd8" * 9
    )
    page = "<html><body>{}</body></html>"
    for title, inner in (
        ("a script", "<script>while(1);</script>"),
        ("tags in tags", "<div>" * 20_000),
        ("tables in tables", "<table><tr><td>" * 3_000),
        ("a cell over a million columns", "<table><tr><td colspan=1000000 rowspan=65000>a</td></tr></table>"),
        ("an entity without end", "&" + "a" * 100_000),
        ("an attribute without end", '<a href="' + "b" * 500_000),
        ("a comment without end", "<!-- " * 20_000),
        ("a frame from the net", '<iframe src="http://127.0.0.1:9/"></iframe><img src="file:///etc/passwd">'),
        ("a charset that is not", '<meta charset="rot13">'),
    ):
        yield from one(title, "plan.html", lambda m, i=inner: page.format(i).encode())
    yield from one(
        "expanding entities", "plan.html", lambda m: b"<?xml version='1.0'?>" + ENTITIES + b"<html>&j;</html>"
    )
    pdf = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[{}]/Count 1>>endobj\ntrailer<</Root 1 0 R>>"
    )
    for title, body in (
        ("nothing more", b"%PDF-1.7"),
        ("pages that are their own parents", pdf.replace(b"{}", b"2 0 R")),
        ("a million pages", pdf.replace(b"{}", b"3 0 R").replace(b"/Count 1", b"/Count 1000000")),
        ("nesting", b"%PDF-1.7\n1 0 obj" + b"[" * 100_000),
        ("a stream without end", b"%PDF-1.4\n1 0 obj<</Length 999999999>>stream\n" + b"a" * 10_000),
        (
            "a page of no size",
            pdf.replace(b"{}", b"3 0 R")
            + b"\n3 0 obj<</Type/Page/MediaBox[0 0 1e30 1e30]/Parent 2 0 R>>endobj",
        ),
        ("noise", b"%PDF-1.7\n" + bytes(range(256)) * 2000),
    ):
        yield from one(title, "plan.pdf", lambda m, b=body: b)
    docx = lambda m: m.words  # noqa: E731
    for title, doctype in (
        ("entities that expand", ENTITIES),
        ("an entity from a file", OUTSIDE),
        ("a DTD from the net", OUTSIDE_NET),
    ):
        yield from one(
            title,
            "plan.docx",
            lambda m, d=doctype: packed(
                {**docx(m), BODY: m.words[BODY].replace(b"<w:document", d + b"<w:document", 1)}
            ),
        )
    yield from one(
        "a bomb",
        "plan.docx",
        lambda m: m.body(lambda x: x.replace(b"</w:body>", b" " * 300_000_000 + b"</w:body>")),
        heavy=True,
    )
    yield from one(
        "elements in elements",
        "plan.docx",
        lambda m: m.body(
            lambda x: x.replace(b"</w:body>", b"<w:p>" * 20_000 + b"</w:p>" * 20_000 + b"</w:body>")
        ),
    )
    yield from one(
        "a cell over a million columns",
        "plan.docx",
        lambda m: m.body(
            lambda x: x.replace(
                b"</w:body>",
                b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p/></w:tc>'
                b"</w:tr></w:tbl></w:body>",
            )
        ),
    )
    yield from one(
        "a part that climbs out", "plan.docx", lambda m: packed({**docx(m), "../../../tmp/arshjul-ute": b"x"})
    )
    yield from one(
        "relations that go round",
        "plan.docx",
        lambda m: packed(
            {**docx(m), "_rels/.rels": docx(m)["_rels/.rels"].replace(b"word/document.xml", b"_rels/.rels")}
        ),
    )
    yield from one(
        "no types",
        "plan.docx",
        lambda m: packed({k: v for k, v in docx(m).items() if k != "[Content_Types].xml"}),
    )
    yield from one(
        "a million paragraphs",
        "plan.docx",
        lambda m: m.body(
            lambda x: x.replace(
                b"</w:body>", b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_000_000 + b"</w:body>"
            )
        ),
        heavy=True,
    )
    yield from one("the old format", "plan.doc", lambda m: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5000))


def sources() -> Iterator[Hostile]:
    """Exports of other systems, by `sources load`."""

    def one(title: str, name: str, make: Callable[[Material], bytes], *, heavy: bool = False) -> Hostile:
        return Hostile("source", title, name, make, heavy)

    head = "Verksamhet;Kategori;Månad;Inkomna;Pågående;Avslutade\n".encode()
    row = "Trädgårdsgruppen Humlan;Klagomål;2026-03;1;0;1\n".encode()
    for text in TEXTS:
        cell = text.encode("utf-8", "replace")
        yield one(
            f"a sub-unit called {text[:16]!a}",
            "synpunkter.csv",
            lambda m, c=cell: head + c + b";Klagom\xc3\xa5l;2026-03;1;0;1\n",
        )
        yield one(
            f"a number is {text[:16]!a}",
            "synpunkter.csv",
            lambda m, c=cell: head + row.replace(b";1;0;", b";" + c + b";0;"),
        )
    yield one(
        "a million rows",
        "synpunkter.csv",
        lambda m: head + row[:28] * 1 + b"\n" + b"a;b;2026-03;1;0;1\n" * 1_000_000,
        heavy=True,
    )
    yield one("half a million known rows", "synpunkter.csv", lambda m: head + row * 499_000, heavy=True)
    yield one(
        "thirty megabytes of separators",
        "synpunkter.csv",
        lambda m: head + (b";" * 400 + b"\n") * 70_000,
        heavy=True,
    )
    yield one("one row of a million columns", "synpunkter.csv", lambda m: head + b"a;" * 1_000_000)
    yield one("a quote that never ends", "synpunkter.csv", lambda m: head + b'"' + row * 10_000)
    yield one(
        "a field of a megabyte", "synpunkter.csv", lambda m: head + b'"' + b"a" * 1_000_000 + b'";b;c\n'
    )
    yield one("quotes in quotes", "synpunkter.csv", lambda m: head + b'"' * 200_000)
    yield one("only a head", "synpunkter.csv", lambda m: head)
    yield one("no head", "synpunkter.csv", lambda m: row * 5)
    yield one("the head twice", "synpunkter.csv", lambda m: head + head + row)
    yield one("half a byte order mark", "synpunkter.csv", lambda m: b"\xff\xfe\x00" + head)
    yield one(
        "UTF-16 with a lone surrogate",
        "synpunkter.csv",
        lambda m: head.decode().encode("utf-16") + b"\x00\xd8;\x00",
    )
    yield one("UTF-32", "synpunkter.csv", lambda m: head.decode().encode("utf-32"))
    yield one("a month of no year", "synpunkter.csv", lambda m: head + row.replace(b"2026-03", b"9999-99"))
    yield one("the year nought", "synpunkter.csv", lambda m: head + row.replace(b"2026-03", b"0000-01"))
    yield one("a program", "synpunkter.csv", lambda m: b"\x7fELF" + bytes(20_000))
    yield one(
        "a bomb",
        "ekonomi.xlsx",
        lambda m: m.sheet(lambda x: x.replace(b"</sheetData>", b" " * 190_000_000 + b"</sheetData>")),
        heavy=True,
    )
    yield one(
        "a million rows in a workbook",
        "ekonomi.xlsx",
        lambda m: m.cells(
            "".join(f'<row r="{n}"><c r="D{n}"><v>1</v></c></row>' for n in range(500, 1_000_500))
        ),
        heavy=True,
    )
    yield one("a form instead", "ekonomi.xlsx", lambda m: m.book)
    yield one(
        "expanding entities",
        "ekonomi.xlsx",
        lambda m: m.sheet(lambda x: x.replace(b"<worksheet", ENTITIES + b"<worksheet", 1)),
    )
    yield one(
        "formulas",
        "ekonomi.xlsx",
        lambda m: m.cells('<row r="900"><c r="A900"><f>cmd|a!A0</f><v>7</v></c></row>'),
    )


def configs() -> Iterator[Hostile]:
    """Files of the configuration, of a plan and of judgements."""
    laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )
    texts: dict[str, bytes] = {
        "aliases of aliases": laughs.encode(),
        "an alias of itself": b"a: &a [*a]\n",
        "a mapping that is its own key": b"? &a {*a : b}\n: c\n",
        "lists in lists": b"[" * 100_000,
        "mappings in mappings": b"{a: " * 50_000,
        "steps to the right": b"".join(b" " * n + b"a:\n" for n in range(3000)),
        "an object of Python's": b"!!python/object/apply:os.system ['touch /tmp/arshjul-ute']\n",
        "a key twice": b"year: 2026\nyear: 2027\n",
        "a key of ten million letters": b"a" * 10_000_000 + b": 1\n",
        "a value of ten million letters": b"units: '" + b"a" * 10_000_000 + b"'\n",
        "a million keys": b"".join(b"a%d: 1\n" % n for n in range(200_000)),
        "NUL": b"year: 20\x0026\n",
        "no text": bytes(range(256)),
        "UTF-16": "year: 2026\n".encode("utf-16"),
        "lone surrogates": b'year: "\\ud800"\n',
        "right to left": f"year: '{RIGHT_TO_LEFT}'\n".encode(),
        "tabs": b"a:\n\t- b\n",
        "nothing": b"",
        "only a comment": b"# hej\n",
        "a list": b"- a\n- b\n",
        "a number": b"7\n",
        "many documents": b"---\na: 1\n" * 1000,
        "a merge of itself": b"a: &a\n  <<: *a\n",
        "an enormous number": b"year: " + b"9" * 10_000 + b"\n",
        "sixty": b"year: 190:20:30\n",
        "a date that is none": b"year: 2026-13-45\n",
    }
    for name in (
        "organisation.yaml",
        "wheel.yaml",
        "settings.yaml",
        "indicators.yaml",
        "sources.yaml",
        "review.yaml",
        "report_kinds.yaml",
    ):
        for title, text in texts.items():
            heavy = len(text) > 1_000_000 and name != "wheel.yaml"
            yield Hostile("config", f"{name}: {title}", name, lambda m, t=text: t, heavy)
        yield Hostile(
            "config", f"{name}: the last key hostile", name, lambda m, n=name: m.config(n) + laughs.encode()
        )
    for title, text in texts.items():
        yield Hostile("plan", title, "plan.yaml", lambda m, t=text: t)
        yield Hostile("judgement", title, "bedomning.yaml", lambda m, t=text: t)
    for title, text in (
        ("aliases under a goal", laughs + "G04: {attainment: *i, text: b}\n"),
        ("an attainment of its own", "G04: {attainment: [FULL], text: b}\n"),
        ("a text of its own", "G04: {attainment: FULL, text: {a: b}}\n"),
        ("an identity number", "G04: {attainment: FULL, text: '19121212-1212'}\n"),
        ("NUL in a text", 'G04: {attainment: FULL, text: "a\\0b"}\n'),
        ("a lone surrogate in a text", 'G04: {attainment: FULL, text: "a\\ud800b"}\n'),
        ("a megabyte", "G04: {attainment: FULL, text: " + "a" * 1_000_000 + "}\n"),
        ("right to left", "G04: {attainment: FULL, text: '" + RIGHT_TO_LEFT + "'}\n"),
        ("a goal of no plan", "'../../G99': {attainment: FULL, text: a}\n"),
        ("a goal that is a list", "? [a, b]\n: {attainment: FULL, text: a}\n"),
    ):
        yield Hostile("judgement", title, "bedomning.yaml", lambda m, t=text: t.encode())
    for name, field, value in (
        ("settings.yaml", b"port:", b"port: 99999999 #"),
        ("settings.yaml", b"host:", b"host: '../../x' #"),
        ("organisation.yaml", b"email:", b"email: 'a\nBcc: x@y' #"),
    ):
        yield Hostile(
            "config",
            f"{name}: {value.decode()!a}",
            name,
            lambda m, n=name, f=field, v=value: m.config(n).replace(f, v, 1),
        )


def posts() -> Iterator[Hostile]:
    """What is sent to the portal by somebody who is logged in."""
    form = "/underlag/SOL/T2-2026/mehmet"

    def one(title: str, path: str, *, heavy: bool = False, **asked: Any) -> Hostile:
        return Hostile("post", title, title, lambda m: {"path": path, **asked}, heavy)

    for text in TEXTS:
        shown = f"{text[:16]!a}"
        yield one(
            f"an answer is {shown}",
            f"{form}/HUMLAN/1",
            fields={"I09.total": text, "G10.analysis": text, "risks.text": text},
        )
        yield one(f"a link is asked for by {shown}", "/logga-in", fields={"address": text, "email": text})
    for path in (
        f"{form}/HUMLAN/99999999999999999999",
        f"{form}/..%2f..%2fetc/1",
        f"{form}/%00/1",
        "/underlag/SOL/T2-2026/%ed%a0%80",
        "/underlag/SOL/T2-99999999999/mehmet",
        "/underlag/%3Cscript%3E/T2-2026/mehmet",
        "/underlag/SOL/MR-2026-99/mehmet",
        "/rapport/SOL/T2-2026/utkast/..%2f..%2farshjul.sqlite",
        "/rapport/SOL/T2-2026/version/-1/a",
        "/ar/SOL/99999",
        "/ar/SOL/-1",
        "/ar/SOL/0",
        "/l/" + "a" * 5000,
        "/" + "a/" * 2000,
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/app.py",
        "/" + "%ff" * 50,
    ):
        yield one(f"GET {path[:40]}", path, method="GET")
        yield one(f"POST {path[:40]}", path, fields={"a": "b"})
    yield one("five thousand fields", f"{form}/HUMLAN/1", fields={f"a{n}": "b" for n in range(5000)})
    yield one("a field of a megabyte", f"{form}/HUMLAN/1", fields={"G10.analysis": "a" * 1_000_000})
    yield one(
        "a field of ten megabytes", f"{form}/HUMLAN/1", fields={"G10.analysis": "a" * 10_000_000}, heavy=True
    )
    yield one(
        "based on a number of no kind",
        f"{form}/HUMLAN/1",
        fields={"G10.analysis": "a", "G10.analysis#": "x", "based_on": "9" * 400},
    )
    for name in ("../../x.xlsx", "a\0.xlsx", "a\r\nX: y.xlsx", RIGHT_TO_LEFT, "å" * 3000 + ".xlsx", ""):
        yield one(
            f"a file called {name[:20]!a}", f"{form}/fil", files={"file": {"name": name, "hex": "504b0304"}}
        )
    yield one(
        "a file of twelve megabytes",
        f"{form}/fil",
        files={"file": {"name": "a.xlsx", "zeros": 12_000_000}},
        heavy=True,
    )
    yield one(
        "a file of thirty megabytes",
        f"{form}/fil",
        files={"file": {"name": "a.xlsx", "zeros": 30_000_000}},
        heavy=True,
    )
    yield one("ten files", f"{form}/fil", files={f"f{n}": {"name": "a", "hex": "00"} for n in range(10)})
    multipart = {"content-type": "multipart/form-data; boundary=x"}
    for title, body in (
        ("a part without a head", b"--x\r\n\r\n\r\n--x--"),
        ("a part without an end", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'),
        ("another boundary", b"--y\r\n\r\n"),
        ("a head of a megabyte", b"--x\r\nA: " + b"a" * 1_000_000),
        ("a name of bytes", b'--x\r\nContent-Disposition: form-data; name="\xff\xfe"\r\n\r\nb\r\n--x--'),
        (
            "a charset that is not",
            b'--x\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\nrot13\r\n--x--',
        ),
    ):
        yield one(title, f"{form}/HUMLAN/1", headers=multipart, body=body.hex())
    yield one(
        "a boundary that is missing",
        f"{form}/fil",
        headers={"content-type": "multipart/form-data"},
        body="00",
    )
    yield one(
        "a form of bytes",
        f"{form}/HUMLAN/1",
        headers={"content-type": "application/x-www-form-urlencoded"},
        body=(b"a=%ff%fe&%00=b&" * 20).hex(),
    )
    answers = "/api/v1/cycles/SOL/T2-2026/forms/mehmet"
    for title, text in (
        ("lists in lists", "[" * 50_000),
        ("objects in objects", '{"a":' * 50_000),
        ("a number without end", "9" * 100_000),
        ("NaN", '{"answers": {"a": NaN}}'),
        ("a lone surrogate", '{"answers": {"G10.analysis": "\\ud800"}}'),
        ("NUL", '{"answers": {"G10.analysis": "a\\u0000b"}}'),
        ("a key twice", '{"answers": {}, "answers": []}'),
        ("no JSON", "hej"),
        ("nothing", ""),
    ):
        headers = {"content-type": "application/json", "accept": "application/json"}
        yield one(
            f"the API is sent {title}", answers, method="PUT", headers=headers, body=text.encode().hex()
        )
        yield one(
            f"the API is posted {title}", f"{answers}/HUMLAN", headers=headers, body=text.encode().hex()
        )
        yield one(
            f"a page is sent JSON: {title}", f"{form}/HUMLAN/1", headers=headers, body=text.encode().hex()
        )
    for header, value in (
        ("cookie", "arshjul=" + "a" * 7000),
        ("cookie", "arshjul=%ff; arshjul=../../"),
        ("host", "elak.example"),
        ("origin", "https://elak.example"),
        ("accept-language", "a" * 5000),
        ("content-length", "-1"),
        ("range", "bytes=0-,1-,2-,3-"),
        ("x-forwarded-for", "' OR 1=1"),
    ):
        yield one(f"the head {header} is {value[:20]}", "/", method="GET", headers={header: value})


def everything() -> tuple[Hostile, ...]:
    """All that has been made."""
    return (*workbooks(), *word_forms(), *documents(), *sources(), *configs(), *posts())


def _twice(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in (*parts.items(), *parts.items()):
            package.writestr(name, content)
    return target.getvalue()


def _encrypted(data: bytes) -> bytes:
    """Every part says that it is locked with a password."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


def _method(data: bytes, number: int) -> bytes:
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] = number
            place = changed.find(mark, place + 4)
    return bytes(changed)


def _about(data: bytes, key: str, value: str) -> bytes:
    """The workbook with another fact about itself."""
    import openpyxl

    from arshjul.adapters.workbooks.layout import ABOUT_SHEET

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[ABOUT_SHEET]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)
    sheet.cell(row, 2).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_bytes(content: bytes | Mapping[str, Any]) -> bytes:
    """What is sent to the taker."""
    return content if isinstance(content, bytes) else json.dumps(content).encode()
