"""What a letter can be about: one small class per kind, with exactly what its words need.

A matter is the data of a notice (what has to be told): it is stored as JSON when its cause happens and put
into words later, perhaps by another process. It holds no figures and no free text about people; names of
sub-units, dates and places in a form are what it is made of. Wording is in `arshjul.letters.wording`, the
envelope in `arshjul.letters.compose`. Called by the steps that have something to tell. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from arshjul.answers import Fault
from arshjul.letters.particulars import (
    Attachment,
    Late,
    MatterKind,
    Missing,
    Quarantined,
    Stage,
    Unanswered,
    WayOn,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What every matter says: the unit, the cycle ("T2 2026") if any, and which parts of the unit.

    `subunits` and `sections` are names as people know them ("Solgläntan", "Ekonomi").
    """

    unit_code: str
    unit_name: str
    cycle: str | None = None
    subunits: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def scopes(self) -> tuple[str, ...]:
        """Sub-units and sections together, in that order."""
        return self.subunits + self.sections

    @property
    def thread(self) -> str | None:
        """The key that holds a cycle's letters together; None outside a cycle."""
        return f"{self.unit_code} {self.cycle}" if self.cycle else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(About):
    """The form to fill in; the workbook is the first attachment.

    `number` counts versions of the form. `reminders` are the days on which a late one will be reminded.
    Before `figures_from` texts can be written, and no figures.
    """

    due: date
    number: int = 1
    reminders: tuple[date, ...] = ()
    figures_from: date | None = None
    delegated_by: str | None = None
    kind: Literal[MatterKind.REQUEST] = MatterKind.REQUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(About):
    """What is still missing from one person. `next_on` is the day of the next reminder, if any."""

    stage: Stage
    due: date
    missing: tuple[Missing, ...]
    requested_on: date | None = None
    next_on: date | None = None
    kind: Literal[MatterKind.REMINDER] = MatterKind.REMINDER

    def __post_init__(self) -> None:
        if not self.missing:
            raise ValueError("nobody is reminded of what is done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(About):
    """Who is late, to the manager; or, with `as_delegator`, to the one who handed the task on."""

    due: date
    late: tuple[Late, ...]
    compile_on: date | None = None
    as_delegator: bool = False
    kind: Literal[MatterKind.ESCALATION] = MatterKind.ESCALATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(About):
    """Where a cycle stands, to the manager. `waiting` are sentences on what waits for her.

    `decide_by` is the day by which she decides, where a draft is on the table; `quarantined` are files that
    she has not been told of, `unread_before` how many she has been told of that could not be read.
    """

    due: date
    decide_by: date | None = None
    answered: tuple[str, ...] = ()
    missing: tuple[Unanswered, ...] = ()
    waiting: tuple[str, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    unread_before: int = 0
    kind: Literal[MatterKind.DIGEST] = MatterKind.DIGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(About):
    """What was received (`subunits`, `sections`) and what is still missing from the same person.

    `decided`: it came when the report had been decided, and is kept without being part of it.
    """

    received_at: datetime
    file: str
    version: int = 1
    missing: tuple[Missing, ...] = ()
    due: date | None = None
    decided: bool = False
    kind: Literal[MatterKind.RECEIPT] = MatterKind.RECEIPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(About):
    """A hand-in that cannot count as it is: faults by place, or sheets that are not marked ready.

    `accepted` are the sheets of the same file that did count. `comment` is the manager's own sentence
    when it is she who returns it. `decided`: it came when the report had been decided.
    """

    file: str
    due: date
    faults: tuple[Fault, ...] = ()
    unmarked: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    comment: str = ""
    decided: bool = False
    kind: Literal[MatterKind.RETURNED] = MatterKind.RETURNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(About):
    """A compiled report to review; the draft is attached.

    `blocking` are short names of the findings that stop an approval, `undecided` the goals that wait for
    the manager's own judgement. `ways_on` has the command that she can begin with where there is no portal.
    `again`: she has had a draft that was made of other answers.
    """

    findings: int
    undecided: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    ways_on: tuple[WayOn, ...] = ()
    approve_by: date | None = None
    again: bool = False
    kind: Literal[MatterKind.REVIEW] = MatterKind.REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOut(About):
    """The approved report, for the workplace meeting; the PDF is the first attachment.

    `version` above 1 is a correction that replaces the one before. `apt_by` None: it is for the leadership,
    and taken up at no meeting.
    """

    approved_by: str
    approved_on: date
    apt_by: date | None
    version: int = 1
    registry_number: str | None = None
    kind: Literal[MatterKind.REPORT] = MatterKind.REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Apt(About):
    """The workplace meeting on the report has not been reported yet."""

    apt_by: date
    planned: date | None = None
    kind: Literal[MatterKind.APT] = MatterKind.APT


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(About):
    """A recurring duty of the year. `how` is one sentence on what it takes.

    `start` is the first day of what goes on until `due` without anybody being asked whether it was done: a
    planning day, a survey. Without it `due` is a last day.

    `ways_on` are how to say that it is done: a page of the portal, where there is one, or a command. Without
    any the receiver answers the letter. `again` is the reminder of one that nobody has confirmed.
    """

    title: str
    due: date
    start: date | None = None
    how: str = ""
    confirm: bool = True  # whether somebody has to say that it was done
    again: bool = False  # the one reminder
    passed: bool = False  # to the manager: its time passed before anybody was told
    ways_on: tuple[WayOn, ...] = ()
    kind: Literal[MatterKind.DUTY] = MatterKind.DUTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(About):
    """To the operator: what failed, for whom, and what to do. `run` is the name of the run."""

    what: str
    affects: str
    action: str
    at: datetime
    run: str | None = None
    kind: Literal[MatterKind.FAILURE] = MatterKind.FAILURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(About):
    """A link to the portal that somebody has asked for; or a code, for somebody who is in the portal.

    Neither stands in the ledger: `session` says which visit the code is for, and `url` or `code` is made
    when the letter is written.
    """

    url: str
    valid_until: datetime
    session: int | None = None
    code: str = ""
    kind: Literal[MatterKind.LINK] = MatterKind.LINK


Matter = (
    Request
    | Reminder
    | Escalation
    | Digest
    | Receipt
    | Returned
    | Review
    | ReportOut
    | Apt
    | Duty
    | Failure
    | Link
)


@cache
def _stored() -> TypeAdapter[Matter]:
    return TypeAdapter(Annotated[Matter, Field(discriminator="kind")])


def to_json(matter: Matter) -> dict[str, Any]:
    """The matter as JSON values, for a notice's content."""
    content: dict[str, Any] = _stored().dump_python(matter, mode="json")
    return content


def from_json(content: Mapping[str, Any]) -> Matter:
    """The matter that `to_json` made `content` of; fields added since then take their defaults."""
    return _stored().validate_python(content)
