"""The contract of `simulate --json`: every field, what it holds, and nothing missing.

What outside checks use. More fields may stand beside these.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

Check = Callable[[object], bool]
KINDS = {
    *("request", "reminder", "escalation", "digest", "receipt", "returned"),
    *("review", "report", "apt", "duty", "failure", "link"),
}


def words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def texts(value: object) -> bool:
    return isinstance(value, list) and all(map(words, value))


def moment(value: object) -> bool:
    """An aware time: "2026-05-12T08:00:00+02:00"."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def matching(pattern: str) -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def flag(value: object) -> bool:
    return isinstance(value, bool)


def one_of_the_kinds(value: object) -> bool:
    return value in KINDS


NAME = matching(r"(VP|T1|T2|VB) 20\d\d|MR 20\d\d-(0[1-9]|1[0-2])")
CONTRACT: dict[str, dict[str, Check]] = {
    "letters": {
        "at": moment,
        "to": matching(r"[^@\s]+@[^@\s]+"),
        "role": words,
        "message_id": matching(r"<[^<>\s]+@[^<>\s]+>"),
        "immediate": flag,
    },
    "letters.matters": {"kind": one_of_the_kinds, "cycle": or_none(NAME), "subunits": texts, "reason": words},
    "cycles": {
        "cycle": NAME,
        "unit": words,
        "opens": day,
        "due": day,
        "approved_at": or_none(moment),
        "distributed_at": or_none(moment),
        "archived_at": or_none(moment),
        "missing": texts,
    },
    "cycles.submissions": {"subunit": words, "at": moment, "version": number},
    "packages": {"path": words, "sha256": matching(r"[0-9a-f]{64}")},
}


def off_contract(year: dict[str, Any]) -> Iterator[str]:
    """A sentence for every field that is not there, or does not hold what it should."""
    for path, fields in CONTRACT.items():
        found = 0
        for row in _rows(year, path):
            found += 1
            for name, holds in fields.items():
                if name not in row:
                    yield f"{path} has no {name}: {row}"
                elif not holds(row[name]):
                    yield f"{path}.{name} is {row[name]!r}"
        if not found:
            yield f"there are no {path}"


def _rows(year: dict[str, Any], path: str) -> Iterator[dict[str, Any]]:
    first, _, inner = path.partition(".")
    for row in year[first]:
        yield from row[inner] if inner else (row,)
