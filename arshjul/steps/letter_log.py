"""The log of letters: what was sent to whom, when, about what and why. Read from the ledger.

Called by `arshjul demo`, the simulation and the operator's view. Gives addresses: for output to people who
may see them, never for Prefect or archives.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.letters import from_json, reason
from arshjul.letters.hours import AT_ONCE
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.steps.composing import notices_of
from arshjul.wheel import STOCKHOLM, local_day


@dataclass(frozen=True, slots=True)
class LoggedMatter:
    kind: str
    cycle: str | None
    subunits: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LoggedLetter:
    """A letter that was sent. `immediate`: somebody waited for it, so office hours did not hold it."""

    at: datetime
    to: str
    role: str
    message_id: str
    immediate: bool
    uncertain: bool
    matters: tuple[LoggedMatter, ...]

    def as_json(self) -> dict[str, object]:
        """The letter in the contract of `demo --json` and `simulate --json`."""
        return {
            "at": self.at.astimezone(STOCKHOLM).isoformat(),
            "to": self.to,
            "role": self.role,
            "message_id": self.message_id,
            "immediate": self.immediate,
            "matters": [
                {"kind": m.kind, "cycle": m.cycle, "subunits": list(m.subunits), "reason": m.reason}
                for m in self.matters
            ],
        }


def sent_letters(office: Office) -> list[LoggedLetter]:
    """Every letter that has been sent, in order of time."""
    with office.database.reading() as session:
        letters = session.scalars(
            select(tables.Letter)
            .where(tables.Letter.state == "sent")
            .order_by(tables.Letter.sent_at, tables.Letter.id)
        )
        return [_logged(office, letter, notices_of(session, letter)) for letter in letters]


def _logged(office: Office, letter: tables.Letter, notices: list[tables.Notice]) -> LoggedLetter:
    assert letter.sent_at is not None
    today = local_day(letter.sent_at)
    matters = [from_json(notice.content) for notice in notices]
    return LoggedLetter(
        at=letter.sent_at,
        to=office.installation.organisation.person(letter.receiver).address,
        role=_role(office, letter),
        message_id=letter.message_id,
        immediate=any(matter.kind in AT_ONCE for matter in matters),
        uncertain=letter.uncertain,
        matters=tuple(
            LoggedMatter(matter.kind.value, matter.cycle, matter.subunits, reason(matter, today=today))
            for matter in matters
        ),
    )


def _role(office: Office, letter: tables.Letter) -> str:
    """What the receiver is to the unit; the highest role where she has several."""
    assert letter.sent_at is not None
    unit = office.installation.unit(letter.unit_code)
    day = local_day(letter.sent_at)
    return next((role.value for role in Role if letter.receiver in unit.holders(role, day)), "person")
