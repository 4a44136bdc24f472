"""Names of known people in a text: first and last name together, in either order. Pure.

A first name alone is everybody's, and many last names are words and places.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_NEVER = re.compile(r"(?!)")


def names_in(text: str, names: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where in the text any of the names stands, in order."""
    return tuple(match.span() for match in _pattern(tuple(names)).finditer(text))


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    written = set()
    for name in names:
        words = [re.escape(word) for word in name.split()]
        if len(words) > 1:
            first, last = words[0], words[-1]
            written |= {r"\s+".join(words), rf"{first}\s+{last}", rf"{last},?\s+{first}"}
    if not written:
        return _NEVER
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(sorted(written, key=len, reverse=True))})s?(?!\w)", re.IGNORECASE
    )
