"""Returned workbooks, in the inbox."""

from collections.abc import Callable, Iterator

from tests.hostile.made.material import (
    BOOK,
    ENTITIES,
    OUTSIDE,
    OUTSIDE_NET,
    RIGHT_TO_LEFT,
    STRINGS,
    TEXTS,
    Hostile,
    Material,
    encrypted,
    inline,
    method,
    twice,
)
from tests.unit.workbook_parts import about, changed, packed


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
    yield one("one part twice", lambda m: twice(m.books))
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
    yield one("a part that is encrypted", lambda m: encrypted(m.book))
    yield one("an unknown way of packing", lambda m: method(m.book, 99))
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
        yield one(f"{key} is {value!a}", lambda m, k=key, v=value: about(m.book, k, v))
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
