"""Answers: what came back in a form, checked field by field, with an explicit state for each value.

Zero is a value and never the same as no data. Faults are sentences for the one who answered, with the
place; they never stop anybody else. Reading cells out of a workbook is in
`arshjul.adapters.workbooks.reading`, the checking in `arshjul.cell_checking` (one field) and
`arshjul.form_checking` (a sheet). Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from arshjul.plan import Kind


class State(StrEnum):
    """What an answer is. Not answered and suppressed never come from a deputy's cell.

    DISPUTED: a value from another system that she says is wrong; her text says why, the value stands.
    """

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"
    NOT_MEASURED = "not_measured"
    NO_DATA = "no_data"
    NOT_ANSWERED = "not_answered"
    SUPPRESSED = "suppressed"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class RawCell:
    """What stood in the field, and where: `place` is for people ("bladet Solrosen, cell D14")."""

    value: str | int | float | bool | date | datetime | None
    place: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One field's answer. Exactly one of `number` and `text` is set when the state is VALUE or DISPUTED."""

    field: str
    state: State
    number: Decimal | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a field cannot be taken: place and one sentence in Swedish that says what to do."""

    field: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one sheet says. `ready` is its own mark; a sheet with nothing written at all is `empty`."""

    scope: str
    answers: Mapping[str, Answer]
    faults: tuple[Fault, ...]
    ready: bool
    empty: bool


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """What a returned file says it is, and what stood in it: scope -> field id -> cell.

    `number` is the version of the form that was filled in; it may be older than the newest. `stray` is
    what was written beside the fields: it belongs to nothing, is kept and shown.
    """

    name: str
    form_id: str
    number: int
    unit_code: str
    cycle: str
    kind: Kind
    year: int
    person: str
    scopes: Mapping[str, Mapping[str, RawCell]]
    stray: tuple[RawCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something written in a form of an older version that the newest form has no field for."""

    scope: str
    field: str
    cell: RawCell
