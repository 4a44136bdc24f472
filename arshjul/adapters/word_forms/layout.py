"""How a form lies in a Word document: the marks by which an answer is known again, and our own sentences.

An answer's place is said twice, by a mark in small print beside the question and by a bookmark in the box,
so that either may be lost. Called by the writing and the reading of Word forms.
"""

import re
from dataclasses import dataclass

from arshjul.cycle import CycleKey
from arshjul.form import Form

CHOOSE = "Välj ett svar"  # what stands in a list before anything is chosen
_MARK = re.compile(r"⟨([^⟨⟩:\s]{1,40}):([^⟨⟩:\s]{1,80})⟩")
_BOOKMARK = re.compile(r"svar_(?P<scope>.+?)__(?P<group>.+)__(?P<part>.+)")
_LONGEST_BOOKMARK = 40  # Word's own limit
_CODE = re.compile(
    r"Underlag (?P<unit>\S{1,40}) (?P<cycle>(?:VP|T1|T2|VB|MR) \d{4}(?:-\d{2})?) (?P<person>\S{1,40}), "
    r"version (?P<number>\d{1,6})"
)
KEEP = "Raden behövs när svaret läses in. Låt den stå kvar."


@dataclass(frozen=True, slots=True)
class FormCode:
    """What a document says that it is."""

    key: CycleKey
    person: str
    number: int


def mark(scope: str, field: str) -> str:
    """The small print beside a question: "⟨HUMLAN:G04.analysis⟩"."""
    return f"⟨{scope}:{field}⟩"


def marked(text: str) -> tuple[str, str] | None:
    """The scope and field that a text bears the mark of."""
    found = _MARK.search(text)
    return (found[1], found[2]) if found else None


def bookmark(scope: str, field: str) -> str | None:
    """The name of the bookmark in an answer's box; None where it would be too long for Word."""
    group, _, part = field.rpartition(".")
    name = f"svar_{scope}__{group}__{part}"
    return name if len(name) <= _LONGEST_BOOKMARK else None


def bookmarked(name: str) -> tuple[str, str] | None:
    """The scope and field of a bookmark of ours."""
    found = _BOOKMARK.fullmatch(name)
    return (found["scope"], f"{found['group']}.{found['part']}") if found else None


def code_line(form: Form) -> str:
    """The line that says which form it is."""
    return f"Underlag {form.unit_code} {form.cycle} {form.person}, version {form.number}"


def read_code(text: str) -> FormCode | None:
    """What a line of that kind says."""
    found = _CODE.search(" ".join(text.split()))
    if found is None:
        return None
    try:
        key = CycleKey.named(found["unit"], found["cycle"])
    except ValueError:
        return None
    return FormCode(key, found["person"], int(found["number"]))
