"""Plans and reports to be read."""

from collections.abc import Callable, Iterator

from tests.hostile.made.material import BODY, ENTITIES, LONE, OUTSIDE, OUTSIDE_NET, TEXTS, Hostile, Material
from tests.unit.workbook_parts import packed


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
