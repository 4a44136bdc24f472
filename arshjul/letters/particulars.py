"""The particulars that matters are made of: what is missing, who is late, what is attached, what to do.

The matters themselves are in `arshjul.letters.matters`. Pure.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MatterKind(StrEnum):
    """Every kind of letter there is; the values are part of `arshjul simulate --json`."""

    REQUEST = "request"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    DIGEST = "digest"
    RECEIPT = "receipt"
    RETURNED = "returned"
    REVIEW = "review"
    REPORT = "report"
    APT = "apt"
    DUTY = "duty"
    FAILURE = "failure"
    LINK = "link"


class Stage(StrEnum):
    """Which reminder it is; each is shorter and plainer than the one before."""

    FIRST = "first"
    SECOND = "second"
    LAST_DAY = "last_day"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the letter: its name to the receiver, and its bytes by their SHA-256."""

    name: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing from one sub-unit or section, by name.

    `parts` are named as the sentence needs them ("avsnitt 2"); without any, nothing has come at all.
    `unmarked`: everything is filled in, only the mark (klarmarkera) is missing. `returned`: it came, was sent
    back to be changed and has not come again.
    """

    scope: str
    parts: tuple[str, ...] = ()
    unmarked: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that somebody has got: `what` is a word or two ("underlag", "påminnelse")."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody who has not answered, what has been sent to her, and who handed the task on to her."""

    person: str
    address: str
    missing: tuple[Missing, ...]
    sent: tuple[SentLetter, ...] = ()
    delegated_by: str | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """One sub-unit or section that has not answered, and whose it is."""

    scope: str
    person: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that was put aside unread, with one sentence on why and what to do."""

    file: str
    note: str


@dataclass(frozen=True, slots=True)
class WayOn:
    """One thing to do, in words, and the command or the page that does it where there is one."""

    what: str
    command: str | None = None
    url: str | None = None
