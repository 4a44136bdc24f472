"""A form (underlag) as data: what one person is asked about, scope by scope, field by field.

One description serves every way in: the workbook today, other documents and the portal later. Field ids are
"<goal, indicator or activity id>.<part>" ("G12.status", "I03.men") or "<section>.<part>"; they come from
the plan and never from a row number. Making a form from a plan is `arshjul.form_making`, reading what
came back is `arshjul.answers`. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from arshjul.plan import ATTAINMENT_SWEDISH, Kind


class FieldKind(StrEnum):
    """What may be written in a field."""

    CHOICE = "choice"  # one of `choices`
    NUMBER = "number"  # a number, zero or more unless `minimum` says otherwise
    TEXT = "text"  # free text, several lines
    DATE = "date"  # a day, YYYY-MM-DD or a date cell


NOT_APPLICABLE = "Berör inte oss"
NOT_MEASURED = "Mäts inte nu"
NO_DATA = "Inga data"
YES, NO = "Ja", "Nej"
STATUS_CHOICES = (*ATTAINMENT_SWEDISH.values(), NOT_APPLICABLE)
STATE_CHOICES = (NOT_MEASURED, NOT_APPLICABLE, NO_DATA)
YES_NO = (YES, NO)
READY = "form.ready"  # the field that marks a sheet ready (klarmarkera)


@dataclass(frozen=True, slots=True)
class Prefill:
    """What was known before: shown beside the field, locked. `source` says where from ("T2 2025")."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One answer to give. `instruction` stands beside the field, in Swedish.

    `required`: the sheet cannot be handed in without it, save where its group is set aside by a state
    ("Berör inte oss"). `unit` is the number's unit ("%", "st"); `minimum`/`maximum` bound a number.
    """

    id: str
    kind: FieldKind
    label: str
    instruction: str
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    minimum: int | None = 0
    maximum: int | None = None
    earlier: Prefill | None = None
    secret: bool = False  # given and seen only by somebody who has shown who she is beyond a mail link

    @property
    def group(self) -> str:
        """The goal, indicator, activity or section that the field belongs to ("G12")."""
        return self.id.rpartition(".")[0]

    @property
    def part(self) -> str:
        """Which answer of its group it is ("status")."""
        return self.id.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading among the rows; `level` 1 for a part of the form, 2 for a goal, 3 for what hangs on it."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Info:
    """Something to read: a target, an expected result, an instruction for the whole part."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Given(Info):
    """A value that another system knows: shown, locked, not asked for; `field` is what it answers.

    `text` is the value as printed, `origin` where it comes from and its month ("HR-systemet per 2026-08").
    Whoever answers may say that it is wrong in the field "<group>.dispute", not write another.
    """

    field: str
    origin: str


Row = Heading | Given | Info | Field


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is asked about one scope: a sub-unit (its code) or a section ("economy")."""

    scope: str
    title: str
    rows: tuple[Row, ...]

    def fields(self) -> Iterator[Field]:
        """The fields, in the order of the sheet."""
        return (row for row in self.rows if isinstance(row, Field))


@dataclass(frozen=True, slots=True)
class Form:
    """All sheets of one person in one cycle. `number` counts versions of the form, from 1."""

    cycle: str  # "T2 2026"
    kind: Kind
    year: int
    unit_code: str
    unit_name: str
    person: str
    number: int
    due: date
    sheets: tuple[Sheet, ...]

    def sheet(self, scope: str) -> Sheet | None:
        """The sheet of a sub-unit or section; None where the form has none."""
        return next((sheet for sheet in self.sheets if sheet.scope == scope), None)

    @property
    def id(self) -> str:
        """The same for every version of the form: "SOL T2 2026 anna"."""
        return f"{self.unit_code} {self.cycle} {self.person}"
