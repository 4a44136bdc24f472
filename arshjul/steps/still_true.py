"""What was put down may have been done before the letter leaves: nobody is reminded of that.

Asked when letters are gathered, and again when one that could not leave is tried anew. What a newer word
replaces is `arshjul.letters.restraint`. Called by `arshjul.steps.enveloping` and `arshjul.steps.posting`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.letters import Apt, Duty, Escalation, Link, Matter, MatterKind, Missing, Reminder, from_json
from arshjul.office import Office
from arshjul.steps.chasing import late_forms
from arshjul.steps.duty_words import confirmed_duties, occurrences_of


class Withdrawn(StrEnum):
    """Why something that was put down was never told."""

    DONE = "done"  # what was asked for has come
    DECIDED = "decided"  # the report was approved meanwhile
    REPLACED = "replaced"  # a newer word on the same, or the same to somebody who gets it anyway
    PAST = "past"  # it has lapsed


def still_true(office: Office, session: Session, notice: tables.Notice, now: datetime) -> Matter | Withdrawn:
    """The matter of a notice as it stands now: trimmed of what has been done, or why it is withdrawn."""
    matter = from_json(notice.content)
    if isinstance(matter, Link):
        return Withdrawn.PAST if matter.valid_until <= now else matter
    if isinstance(matter, Duty):
        return _duty(office, session, matter) or Withdrawn.DONE
    if notice.cycle_id is None:
        return matter
    cycle = session.get_one(tables.Cycle, notice.cycle_id)
    if matter.kind in _UNTIL_DECIDED and _decided_since(session, cycle, notice.created_at):
        return Withdrawn.DECIDED
    match matter:
        case Reminder():
            return _reminder(session, cycle, notice.receiver, matter) or Withdrawn.DONE
        case Escalation():
            return _escalation(session, cycle, matter) or Withdrawn.DONE
        case Apt():
            return _apt(office, session, cycle, matter) or Withdrawn.DONE
    return matter


def what_is_still_true(
    office: Office, session: Session, notices: Iterable[tables.Notice], now: datetime
) -> Iterator[tuple[tables.Notice, Matter]]:
    """The notices that are still to be told, as they stand now; the others are withdrawn."""
    for notice in notices:
        matter = still_true(office, session, notice, now)
        if isinstance(matter, Withdrawn):
            withdraw(notice, matter, now)
        else:
            yield notice, matter


def withdraw(notice: tables.Notice, why: Withdrawn, now: datetime) -> None:
    """Never tell it; the ledger keeps why."""
    notice.withdrawn_at, notice.withdrawn_why = now, why.value


_UNTIL_DECIDED = frozenset({MatterKind.REMINDER, MatterKind.ESCALATION, MatterKind.DIGEST, MatterKind.REVIEW})


def _decided_since(session: Session, cycle: tables.Cycle, at: datetime) -> bool:
    return (
        session.scalar(
            select(tables.ApprovedVersion.id)
            .where(tables.ApprovedVersion.cycle_id == cycle.id, tables.ApprovedVersion.approved_at >= at)
            .limit(1)
        )
        is not None
    )


def _reminder(session: Session, cycle: tables.Cycle, receiver: str, matter: Reminder) -> Reminder | None:
    missing = {each.scope for _, parts in late_forms(session, cycle, receiver) for each in parts}
    left = tuple(each for each in matter.missing if each.scope in missing)
    return _trimmed(matter, left) if left else None


def _trimmed(matter: Reminder, left: tuple[Missing, ...]) -> Reminder:
    names = {each.scope for each in left}
    return replace(
        matter,
        missing=left,
        subunits=tuple(name for name in matter.subunits if name in names),
        sections=tuple(name for name in matter.sections if name in names),
    )


def _escalation(session: Session, cycle: tables.Cycle, matter: Escalation) -> Escalation | None:
    missing = {each.scope for _, parts in late_forms(session, cycle) for each in parts}
    late = tuple(
        replace(one, missing=left)
        for one in matter.late
        if (left := tuple(each for each in one.missing if each.scope in missing))
    )
    if not late:
        return None
    return replace(
        matter,
        late=late,
        subunits=tuple(name for name in matter.subunits if name in missing),
        sections=tuple(name for name in matter.sections if name in missing),
    )


def _apt(office: Office, session: Session, cycle: tables.Cycle, matter: Apt) -> Apt | None:
    held = set(session.scalars(select(tables.AptMeeting.scope).where(tables.AptMeeting.cycle_id == cycle.id)))
    unit = office.installation.organisation.unit(cycle.unit_code)
    told = {subunit.name for subunit in unit.subunits if subunit.code in held}
    left = tuple(name for name in matter.subunits if name not in told)
    return replace(matter, subunits=left) if left else None


def _duty(office: Office, session: Session, matter: Duty) -> Duty | None:
    """Whom it is left for: a duty that is done in each sub-unit may have been confirmed in some of them."""
    if not matter.confirm:
        return matter
    unit = office.installation.organisation.unit(matter.unit_code)
    confirmed = confirmed_duties(session, unit.code)
    of_it = [
        occurrence
        for occurrence in occurrences_of(
            office.installation,
            unit.code,
            range(matter.due.year, matter.due.year + 1),
            lambda duty: duty.label == matter.title,
        )
        if occurrence.end == matter.due
    ]
    if not matter.subunits:
        return None if any(occurrence.id in confirmed for occurrence in of_it) else matter
    done = {occurrence.subunit for occurrence in of_it if occurrence.id in confirmed}
    names = {subunit.name for subunit in unit.subunits if subunit.code in done}
    left = tuple(name for name in matter.subunits if name not in names)
    return replace(matter, subunits=left) if left else None
