"""Exports from other systems."""

from collections.abc import Callable, Iterator

from tests.hostile.made.material import ENTITIES, TEXTS, Hostile, Material


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
