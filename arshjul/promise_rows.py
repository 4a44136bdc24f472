"""Promises in a form: each stands beside the goal that it belongs to, with a field for what became of it.

The rest of the form is made by `arshjul.form_making`; which promises a period has to answer for is said by
`arshjul.actions`. Called when a cycle opens. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from arshjul.actions import OUTCOME_CHOICES, Action
from arshjul.form import Field, FieldKind, Form, Heading, Info, Row, Sheet

_LONGEST = 70  # letters of a promise in the field's own label; the whole of it stands above


def with_promises(forms: Iterable[Form], promises: Sequence[Action], cycle: str) -> tuple[Form, ...]:
    """The forms with the open promises of each sub-unit that the period asks for by name."""
    asked = [promise for promise in promises if promise.is_open and promise.is_asked_in(cycle)]

    def of(sheet: Sheet) -> Sheet:
        return _sheet(sheet, [promise for promise in asked if promise.subunit == sheet.scope])

    return tuple(replace(form, sheets=tuple(map(of, form.sheets))) for form in forms)


def _sheet(sheet: Sheet, promises: Sequence[Action]) -> Sheet:
    rows = list(sheet.rows)
    left = []
    for promise in reversed(promises):  # the first of two under one goal comes to stand first
        place = _after_goal(rows, promise.goal)
        if place is None:
            left.append(promise)
        else:
            rows[place:place] = promise_rows(promise)
    if left:
        rows.append(Heading("Löften och åtgärder", 1))
        rows += [row for promise in reversed(left) for row in promise_rows(promise)]
    return replace(sheet, rows=tuple(rows)) if promises else sheet


def _after_goal(rows: Sequence[Row], goal: str) -> int | None:
    """Where the goal's part of the sheet ends; None where the sheet does not ask about the goal."""
    begins = next((i for i, row in enumerate(rows) if isinstance(row, Field) and row.group == goal), None)
    if not goal or begins is None:
        return None
    after = (i for i in range(begins, len(rows)) if _is_heading(rows[i]))
    return next(after, len(rows))


def _is_heading(row: Row) -> bool:
    return isinstance(row, Heading) and row.level <= 2


def promise_rows(promise: Action) -> Iterator[Row]:
    """Heading, the promise in full with where it comes from, what became of it, and how."""
    yield Heading("Löfte", 3)
    due = f" Skulle vara klart {promise.due.isoformat()}." if promise.due else ""
    note = f" Senast: {promise.note}" if promise.note else ""
    yield Info("Det som lovades", f"{promise.text} (Från {promise.origin_words}.{due}{note})")
    yield Field(
        id=promise.outcome_field,
        kind=FieldKind.CHOICE,
        label=f"Löfte: {_short(promise.text)} – vad blev det?",
        instruction="Välj det som stämmer. Det som pågår kommer tillbaka i nästa underlag.",
        choices=OUTCOME_CHOICES,
    )
    yield Field(
        id=promise.how_field,
        kind=FieldKind.TEXT,
        label="Hur gick det?",
        instruction="Behövs om det är klart eller inte blir av: skriv med några ord hur det gick.",
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
