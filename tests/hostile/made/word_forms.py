"""Returned Word documents, in the inbox."""

from collections.abc import Callable, Iterator

from tests.hostile.made.material import BODY, ENTITIES, OUTSIDE, OUTSIDE_NET, TEXTS, Hostile, Material
from tests.unit.workbook_parts import packed


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
