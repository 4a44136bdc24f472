"""What a browser or another system sends to the portal."""

from collections.abc import Iterator
from typing import Any

from tests.hostile.made.material import RIGHT_TO_LEFT, TEXTS, Hostile


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
