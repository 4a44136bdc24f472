"""What was put down may have been done before the letter leaves: nobody is reminded of that.

Asked when letters are gathered, and again when one that could not leave is tried anew. What a newer word
replaces is `arshjul.letters.restraint`. Called by `arshjul.steps.letters.enveloping` and
`arshjul.steps.letters.posting`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.duty_days import DutyOccurrence
from arshjul.letters import Apt, Duty, Escalation, Link, Matter, MatterKind, Missing, Reminder, from_json
from arshjul.office import Office
from arshjul.steps.cycle.chasing import late_forms
from arshjul.steps.duties.duty_words import confirmed_in, occurrences_of


class Withdrawn(StrEnum):
    """Why something that was put down was never told."""

    DONE = "done"  # what was asked for has come
    DECIDED = "decided"  # the report was approved meanwhile
    REPLACED = "replaced"  # a newer word on the same, or the same to somebody who gets it anyway
    PAST = "past"  # it has lapsed


_DECIDED = select(func.max(tables.ApprovedVersion.approved_at)).where(
    tables.ApprovedVersion.cycle_id == bindparam("cycle")
)


class StillTrue:
    """What is asked of the store about several notices, once for each unit and cycle: in one transaction."""

    def __init__(self, office: Office, session: Session) -> None:
        self.office = office
        self.session = session
        self._confirmed: dict[str, frozenset[str]] = {}
        self.decided = cache(self._decided)
        self.late = cache(self._late)
        self.occurrences = cache(self._occurrences)

    def ask_of_duties(self, unit_codes: Collection[str]) -> None:
        """Ask of several units at once what is confirmed in each."""
        if unit_codes:
            self._confirmed |= confirmed_in(self.session, unit_codes)

    def confirmed(self, unit_code: str) -> frozenset[str]:
        """The unit's duties that are said to be done."""
        if unit_code not in self._confirmed:
            self.ask_of_duties([unit_code])
        return self._confirmed[unit_code]

    def _decided(self, cycle_id: int) -> datetime | None:
        """When the newest version was approved."""
        return self.session.scalar(_DECIDED, {"cycle": cycle_id})

    def _late(self, cycle_id: int) -> dict[str, tuple[Missing, ...]]:
        """What each person has missing."""
        cycle = self.session.get_one(tables.Cycle, cycle_id)
        return {form.person: parts for form, parts in late_forms(self.session, cycle)}

    def _occurrences(self, unit_code: str, title: str, end: date) -> tuple[DutyOccurrence, ...]:
        """Those of the duty of that name that end on that day."""
        every = occurrences_of(
            self.office.installation,
            unit_code,
            range(end.year, end.year + 1),
            lambda duty: duty.label == title,
        )
        return tuple(occurrence for occurrence in every if occurrence.end == end)


def still_true(known: StillTrue, notice: tables.Notice, now: datetime) -> Matter | Withdrawn:
    """The matter of a notice as it stands now: trimmed of what has been done, or why it is withdrawn."""
    matter = from_json(notice.content)
    if isinstance(matter, Link):
        return Withdrawn.PAST if matter.valid_until <= now else matter
    if isinstance(matter, Duty):
        return _duty(known, matter) or Withdrawn.DONE
    if notice.cycle_id is None:
        return matter
    decided = known.decided(notice.cycle_id) if matter.kind in _UNTIL_DECIDED else None
    if decided is not None and decided >= notice.created_at:
        return Withdrawn.DECIDED
    match matter:
        case Reminder():
            return _reminder(known.late(notice.cycle_id).get(notice.receiver, ()), matter) or Withdrawn.DONE
        case Escalation():
            return _escalation(known.late(notice.cycle_id), matter) or Withdrawn.DONE
        case Apt():
            return _apt(known, notice.cycle_id, matter) or Withdrawn.DONE
    return matter


def what_is_still_true(
    office: Office, session: Session, notices: Collection[tables.Notice], now: datetime
) -> Iterator[tuple[tables.Notice, Matter]]:
    """The notices that are still to be told, as they stand now; the others are withdrawn."""
    known = StillTrue(office, session)
    known.ask_of_duties({notice.unit_code for notice in notices if notice.kind == MatterKind.DUTY})
    for notice in notices:
        matter = still_true(known, notice, now)
        if isinstance(matter, Withdrawn):
            withdraw(notice, matter, now)
        else:
            yield notice, matter


def withdraw(notice: tables.Notice, why: Withdrawn, now: datetime) -> None:
    """Never tell it; the ledger keeps why."""
    notice.withdrawn_at, notice.withdrawn_why = now, why.value


_UNTIL_DECIDED = frozenset({MatterKind.REMINDER, MatterKind.ESCALATION, MatterKind.DIGEST, MatterKind.REVIEW})


def _reminder(hers: tuple[Missing, ...], matter: Reminder) -> Reminder | None:
    now = {each.scope: each for each in hers}
    left = tuple(now[each.scope] for each in matter.missing if each.scope in now)
    return _trimmed(matter, left) if left else None


def _trimmed(matter: Reminder, left: tuple[Missing, ...]) -> Reminder:
    names = {each.scope for each in left}
    return replace(
        matter,
        missing=left,
        subunits=tuple(name for name in matter.subunits if name in names),
        sections=tuple(name for name in matter.sections if name in names),
    )


def _escalation(late_parts: Mapping[str, tuple[Missing, ...]], matter: Escalation) -> Escalation | None:
    missing = {each.scope: each for parts in late_parts.values() for each in parts}
    late = tuple(
        replace(one, missing=left)
        for one in matter.late
        if (left := tuple(missing[each.scope] for each in one.missing if each.scope in missing))
    )
    if not late:
        return None
    return replace(
        matter,
        late=late,
        subunits=tuple(name for name in matter.subunits if name in missing),
        sections=tuple(name for name in matter.sections if name in missing),
    )


def _apt(known: StillTrue, cycle_id: int, matter: Apt) -> Apt | None:
    of_cycle = select(tables.AptMeeting.scope).where(tables.AptMeeting.cycle_id == cycle_id)
    held = set(known.session.scalars(of_cycle))
    unit = known.office.installation.organisation.unit(matter.unit_code)
    told = {subunit.name for subunit in unit.subunits if subunit.code in held}
    left = tuple(name for name in matter.subunits if name not in told)
    return replace(matter, subunits=left) if left else None


def _duty(known: StillTrue, matter: Duty) -> Duty | None:
    """Whom it is left for: a duty that is done in each sub-unit may have been confirmed in some of them."""
    if not matter.confirm:
        return matter
    unit = known.office.installation.organisation.unit(matter.unit_code)
    confirmed = known.confirmed(unit.code)
    of_it = known.occurrences(unit.code, matter.title, matter.due)
    if not matter.subunits:
        return None if any(occurrence.id in confirmed for occurrence in of_it) else matter
    done = {occurrence.subunit for occurrence in of_it if occurrence.id in confirmed}
    names = {subunit.name for subunit in unit.subunits if subunit.code in done}
    left = tuple(name for name in matter.subunits if name not in names)
    return replace(matter, subunits=left) if left else None
