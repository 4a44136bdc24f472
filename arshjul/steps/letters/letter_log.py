"""The log of letters: what was sent to whom, when, about what and why. Read from the ledger.

Called by `arshjul letters`, `arshjul demo` and the simulation. Gives addresses: for output to people who
may see them, never for Prefect or archives.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.letters import from_json, reason
from arshjul.letters.hours import AT_ONCE
from arshjul.letters.restraint import last_day
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.wheel import STOCKHOLM, local_day


@dataclass(frozen=True, slots=True)
class LoggedMatter:
    """One thing that a letter tells of a unit. `meant_for` is whose it is: another's, where she stands in.

    `cause` is what it was told for; with kind and person it is told once. `by` is the last day to act.
    """

    kind: str
    unit: str
    cycle: str | None
    subunits: tuple[str, ...]
    reason: str
    meant_for: str
    cause: str
    by: date | None


@dataclass(frozen=True, slots=True)
class LoggedLetter:
    """A letter. `immediate`: somebody waited for it, so office hours did not hold it.

    `unit` is the first one that it tells of.

    `at` is when it was sent, or when it came to be what `state` says. `late_from` is the day on which it
    should have gone, where that was missed.
    """

    at: datetime
    unit: str
    receiver: str
    to: str
    role: str
    message_id: str
    state: str
    immediate: bool
    uncertain: bool
    redirected: bool
    late_from: date | None
    trouble: str | None
    matters: tuple[LoggedMatter, ...]

    def as_json(self) -> dict[str, object]:
        """The letter in the contract of `demo --json` and `simulate --json`."""
        return {
            "at": self.at.astimezone(STOCKHOLM).isoformat(),
            "to": self.to,
            "role": self.role,
            "message_id": self.message_id,
            "immediate": self.immediate,
            "late_from": str(self.late_from) if self.late_from else None,
            "matters": [
                {"kind": m.kind, "cycle": m.cycle, "subunits": list(m.subunits), "reason": m.reason}
                for m in self.matters
            ],
        }


def sent_letters(office: Office) -> list[LoggedLetter]:
    """Every letter that has been sent, in order of time."""
    return [letter for letter in all_letters(office) if letter.state == "sent"]


def all_letters(office: Office, person: str | None = None) -> list[LoggedLetter]:
    """Every letter, or those that are or were meant for a person, in order of time."""
    with office.database.reading() as session:
        letters = session.scalars(select(tables.Letter).order_by(tables.Letter.id)).all()
        told: dict[int | None, list[tables.Notice]] = defaultdict(list)
        for notice in session.scalars(_TOLD):
            told[notice.letter_id].append(notice)
        logged = [_logged(office, letter, told[letter.id]) for letter in letters]
    mine = [
        letter
        for letter in logged
        if person is None or letter.receiver == person or any(m.meant_for == person for m in letter.matters)
    ]
    return sorted(
        mine, key=lambda letter: letter.at
    )  # stable: those of one moment in the order they were made


_TOLD = (
    select(tables.Notice)
    .where(tables.Notice.letter_id.is_not(None), tables.Notice.withdrawn_at.is_(None))
    .order_by(tables.Notice.id)
)


def _logged(office: Office, letter: tables.Letter, notices: Sequence[tables.Notice]) -> LoggedLetter:
    at = letter.sent_at or letter.refused_at or letter.given_up_at or letter.created_at
    today = local_day(at)
    matters = [from_json(notice.content) for notice in notices]
    missed = [local_day(n.meant_at) for n in notices if n.meant_at and local_day(n.meant_at) < today]
    return LoggedLetter(
        at=at,
        unit=letter.unit_code,
        receiver=letter.receiver,
        to=_address(office, letter.receiver),
        role=_role(office, letter, today),
        message_id=letter.message_id,
        state=letter.state,
        immediate=any(matter.kind in AT_ONCE for matter in matters),
        uncertain=letter.uncertain,
        redirected=letter.redirected,
        late_from=min(missed, default=None),
        trouble=letter.trouble,
        matters=tuple(
            LoggedMatter(
                matter.kind.value,
                matter.unit_code,
                matter.cycle,
                matter.subunits,
                reason(matter, today=today),
                notice.receiver,
                notice.cause,
                last_day(matter),
            )
            for matter, notice in zip(matters, notices, strict=True)
        ),
    )


def _address(office: Office, person: str) -> str:
    try:
        return office.installation.organisation.person(person).address
    except KeyError:  # she is gone: her id, then
        return person


def _role(office: Office, letter: tables.Letter, day: date) -> str:
    """What the receiver is to the unit; the highest role where she has several."""
    unit = office.installation.unit(letter.unit_code)
    return next((role.value for role in Role if letter.receiver in unit.holders(role, day)), "person")
