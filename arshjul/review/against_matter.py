"""The texts before and after the goals of an export against those of the approved report.

They are paired by their headings. The title page is nobody's text. Where a page's layout made headings
of paragraphs these are joined again to their text, and a table's cells may be told in another order.
Called by `against`. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterator

from arshjul.plan import Plan
from arshjul.review.departures import Fields
from arshjul.review.same_value import words_of
from arshjul.review.source_lines import letters

_UNTITLED = "(utan rubrik)"
_NUMBERED = re.compile(
    r"^\s*(?:\d+(?:\.\d+)*\.?|[IVX]+\.?)\s+(?=\S)|\s\(\d\)$"
)  # chapters; the second of a name
_TITLE = re.compile(
    r"\b(?:tertialrapport|verksamhetsberättelse|verksamhetsplan|månadsrapport)\b.*\b20\d\d", re.I
)


def compare_matter(approved: Plan, exported: Plan, fields: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Compare what has the same heading; the headings that only one of the two has."""
    here, there = dict(_texts(approved)), list(_texts(exported))
    met: set[str] = set()
    alone: list[str] = []
    place = 0
    while place < len(there):
        words, (heading, text) = there[place]
        place += 1
        if words not in here:
            alone.append(heading)
            continue
        wanted = here[words][1]
        while place < len(there) and len(letters(text)) < len(letters(wanted)):
            other, (following, more) = there[place]
            if other in here and other != words:
                break
            text = f"{text}\n{following}\n{more}"
            place += 1
        met.add(words)
        fields.text(here[words][0], "text", wanted, wanted if _is_alike(wanted, text) else text, "")
    return tuple(heading for words, (heading, _) in here.items() if words not in met), tuple(alone)


def _is_alike(wanted: str, text: str) -> bool:
    """Whether the words are the same in whatever order."""
    return Counter(words_of(wanted).split()) == Counter(words_of(text).split())


def _texts(plan: Plan) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each text with its heading, by the words of the heading; an empty one belongs to what follows."""
    for heading, text in (*plan.front.items(), *plan.back.items()):
        plain = _NUMBERED.sub("", heading)
        if heading != _UNTITLED and not _TITLE.search(plain):
            yield words_of(plain), (plain, text)
