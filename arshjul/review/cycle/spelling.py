"""Names of the unit's own sub-units spelt wrong. Pure."""

import re
from collections import Counter
from collections.abc import Iterator

from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.finding import Finding, Severity
from arshjul.review.slips import is_slip

_NAME = re.compile(r"(?<![\w-])[A-ZÅÄÖ][a-zåäöé]{4,}")


def names_spelt_wrong(reviewed: Reviewed) -> Iterator[Finding]:
    """A word a letter or two from a sub-unit's name, that is no name of its own; told once each."""
    known = sorted(
        {
            word
            for subunit in reviewed.data.unit.subunits
            for name in (subunit.name, *subunit.aliases)
            for word in name.split()
            if _NAME.fullmatch(word)
        }
    )
    small = Counter(w for text in reviewed.texts for w in re.findall(r"\b[a-zåäöé]{5,}\b", text.text))
    told: set[str] = set()
    right_of: dict[str, str | None] = {}  # odd word -> the name that it is a slip of
    for text in reviewed.texts:
        for match in _NAME.finditer(text.text):
            word = match[0]
            base = word.removesuffix("s")
            if word in known or base in known or word.lower() in small or base in told:
                continue
            if base not in right_of:
                right_of[base] = next((name for name in known if is_slip(base, name)), None)
            right = right_of[base]
            if right is None:
                continue
            told.add(base)
            yield Finding(
                "name-spelt-two-ways",
                Severity.WARNING,
                text.where,
                f"Här står ”{word}”. Verksamheten heter {right}.",
                {"here": word, "elsewhere": right, "origin": "organisationen"},
                mend=f"Skriv {right}.",
            )
