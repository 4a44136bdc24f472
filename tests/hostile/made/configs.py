"""The installation's own files."""

from collections.abc import Iterator

from tests.hostile.made.material import RIGHT_TO_LEFT, Hostile


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
